"""Every page is what sorting all rows in reach would give."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store_values import a_row, put

from vigie.store import Store, open_store
from vigie.store.listing import Stream, streams, write_mark
from vigie.terms import BadRequest, Moment, VisitId
from vigie.tracking import SORTS, Listed, Query, Reach, Status

ALL = Reach(clearance=4)


_VESSELS = ("", "ALMA", "BREL", "ÉTOILE", "ZWIN")


_rows = st.fixed_dictionaries({
    "site": st.sampled_from(("BEANR", "BEGNE", "NLRTM")), "due": st.none() | st.integers(0, 3),
    "score_milli": st.integers(-2, 2), "changed": st.integers(1, 3), "vessel": st.sampled_from(_VESSELS),
    "mandatory": st.booleans(), "status": st.sampled_from([s.value for s in Status]),
    "stratum": st.sampled_from(("", "score")), "reefer": st.none() | st.booleans(), "empty": st.none() | st.booleans(),
    "fired": st.integers(0, 2), "doubts": st.integers(0, 2), "handling": st.integers(0, 4),
    "claimed_by": st.sampled_from(("", "ana", "ben")), "watched": st.booleans(), "selected": st.booleans(),
})  # fmt: skip


_reaches = st.builds(
    Reach, st.integers(0, 4), st.sampled_from(((), ("BEANR",), ("BEANR", "NLRTM"))), st.sampled_from((False,) * 9 + (True,))
)


def _key(sort: str, place: int, row: Listed) -> tuple[Any, int]:
    """What the page promises: unknown due last, flags as said or not said, ties in the order of opening."""
    column = {"band": "score_milli"}.get(sort, sort)
    if sort == "opened":
        return place, place
    value = getattr(row, column)
    if sort == "due":
        value = 1 << 53 if value is None else value
    if sort in ("reefer", "empty"):
        value = value is True
    if sort == "status":
        value = [s.value for s in Status].index(value)
    return value, place


@pytest.mark.parametrize(("query", "found"), [
    (Query(sites=("BEANR",)), {1, 2}), (Query(bands=("high",)), {1}), (Query(vessel="AL"), {1}),
    (Query(container="MSCU000000"), {1, 2, 3}), (Query(container="MSCU0000002"), {2}), (Query(carriers=("X",)), set()),
    (Query(reefer=True), {1}), (Query(reefer=False), {2}), (Query(mandatory=True), {2}), (Query(claimed_by="-"), {1, 3}),
    (Query(claimed_by="ana"), {2}), (Query(due_from=Moment(10), due_to=Moment(20)), {1}), (Query(score_from=5), {1, 3}),
    (Query(statuses=("gone",)), {3}), (Query(statuses=("new", "gone")), {1, 2, 3}), (Query(statuses=("lost",)), set()),
    (Query(sites=("BEANR", "BEGNE"), score_from=6), {3}),
])  # fmt: skip
def test_filters(store: Store, query: Query, found: set[int]) -> None:
    put(
        store,
        a_row(1, site="BEANR", band="high", vessel="ALMA", reefer=True, due=Moment(10), score_milli=5),
        a_row(2, site="BEANR", mandatory=True, reefer=False, due=Moment(20), claimed_by="ana"),
        a_row(3, site="BEGNE", status="gone", score_milli=9),
    )
    assert {int(row.container[4:]) for row in store.visits.page(query, ALL).rows} == found
    assert store.visits.count(query, ALL) == len(found)


def test_the_gone_alone_by_status(store: Store) -> None:
    put(store, a_row(1, status="gone"), a_row(2))
    assert len(store.visits.page(Query(sort="status", statuses=("gone",)), ALL).rows) == 1


@pytest.mark.parametrize("after", ["zz", "5b5d", "", "6e756c6c"])
def test_a_foreign_mark_or_sort_is_refused(store: Store, after: str) -> None:
    with pytest.raises(BadRequest):
        store.visits.page(Query(after=after, sort="due" if after else "id; DROP TABLE visit"), ALL)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    said=st.lists(_rows, max_size=25), reach=_reaches, sort=st.sampled_from(SORTS), descending=st.booleans(),
    limit=st.integers(1, 9), live=st.booleans(),
)  # fmt: skip
def test_pages_are_a_full_sort_of_what_is_in_reach(
    store: Store, said: list[dict[str, Any]], reach: Reach, sort: str, descending: bool, limit: int, live: bool
) -> None:
    store.visits.forget()
    for table in ("visit", "visit_body"):
        store.db.run(f"DELETE FROM {table}")
    rows = [a_row(number * 7919 % 10_000_000, **each) for number, each in enumerate(said)]
    if rows:
        put(store, *rows)
    statuses = tuple(s.value for s in Status if s is not Status.GONE) if live else ()
    query = Query(sort=sort, descending=descending, limit=limit, statuses=statuses)
    expected = [
        row.container
        for place, row in sorted(enumerate(rows), key=lambda each: _key(sort, *each), reverse=descending)
        if reach.covers(row) and (not live or row.status != "gone")
    ]
    paged: list[str] = []
    page = store.visits.page(query, reach)
    paged += [row.container for row in page.rows]
    while page.after:
        page = store.visits.page(Query(sort=sort, descending=descending, limit=limit, statuses=statuses,
                                       after=page.after), reach)  # fmt: skip
        assert page.rows
        paged += [row.container for row in page.rows]
    assert paged == expected
    assert store.visits.count(query, reach) == len(expected)
    second = Query(sort=sort, descending=descending, limit=limit, offset=limit, statuses=statuses)
    skipped = [row.container for row in store.visits.page(second, reach).rows]
    assert skipped == expected[limit : 2 * limit]


def test_no_page_is_sorted_at_reading_time() -> None:
    """SQLite tells its plan for an empty table too: rows come from an index in the order that is asked for."""
    with open_store("sqlite://", None) as store:
        for sort, descending, live in product(SORTS, (False, True), (False, True)):
            statuses = tuple(s.value for s in Status if s is not Status.GONE) if live else ()
            text = isinstance(getattr(a_row(1), sort, 0), str) and sort not in ("band", "status")
            for mark in ("", write_mark("a" if text else 1, 1)):
                query = Query(sort=sort, descending=descending, statuses=statuses, after=mark)
                for stream in (each for group in streams(query, Reach(2, ("BEANR", "BEGNE"))) for each in group):
                    plan = _plan(store, stream)
                    assert "USING INDEX" in plan, plan
                    assert "TEMP B-TREE" not in plan, plan


def _plan(store: Store, stream: Stream) -> str:
    way = " DESC" if stream.descending else ""
    order = f"{stream.column}{way}" + ("" if stream.column == "id" else f", id{way}")
    sql = f"SELECT * FROM visit v WHERE {stream.where} ORDER BY {order} LIMIT 50"
    return " | ".join([sql, *(row[3] for row in store.db.rows("EXPLAIN QUERY PLAN " + sql, stream.args))])


def test_reading_many_visits_outlives_what_is_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigie.store.visits._REMEMBERED", 1)
    put(store, a_row(1), a_row(2), a_row(3))
    ids = [VisitId(f"MSCU000000{n}-1") for n in (1, 2, 3)]
    assert list(store.visits.row_numbers(ids[:1])) == ids[:1]
    assert list(store.visits.row_numbers(ids)) == ids
