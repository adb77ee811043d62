"""Visits and the worklist: every page is what sorting all rows in reach would give."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.stores.build import a_visit, listed

from vigie.store import Store
from vigie.terms import BadRequest, Moment, VisitId
from vigie.tracking import SORTS, Assessed, Listed, Query, Reach, Status

ALL = Reach(clearance=4)
_VESSELS = ("", "ALMA", "BREL", "ÉTOILE", "ZWIN")


def put(store: Store, *rows: Listed) -> None:
    units = store.units(len(rows))
    visits = [(a_visit(row.container, row.segment, changed=row.changed), row, unit)
              for row, unit in zip(rows, units, strict=True)]  # fmt: skip
    store.visits.put(visits)


def a_row(number: int, **said: Any) -> Listed:
    container = f"MSCU{number:07d}"
    return Listed(VisitId(f"{container}-1"), container, 1, Moment(1), **said)


def test_a_visit_comes_back_as_it_was_put(store: Store) -> None:
    visit = a_visit(doubts=("x",))
    row = listed(visit, site="BEANR", due=Moment(9), reefer=True, empty=False, reasons=("A-1", "B-2"), handling=2)
    store.visits.put([(visit, row, 7)])
    kept = store.visits.get([visit.id])[visit.id]
    assert (kept.visit, kept.listed, kept.unit) == (visit, row, 7)
    assert store.visits.of_containers([visit.container, "NONE"]) == {visit.container: [kept]}
    assert store.visits.get([VisitId("NONE-1"), VisitId("odd")]) == {}


def test_a_visit_is_changed_in_place_and_its_claim_is_left_alone(store: Store) -> None:
    visit, later = a_visit(), a_visit(changed=5)
    store.visits.put([(visit, listed(visit), 7)])
    assert store.visits.claim(visit.id, "ana") == "ana"
    assert store.visits.claim(visit.id, "ben") == "ana"
    assert store.visits.claim(VisitId("NONE-1"), "ben") == ""
    store.visits.put([(later, listed(later, score_milli=50, status=Status.HELD.value), 99)])
    kept = store.visits.get([visit.id])[visit.id]
    assert (kept.unit, kept.visit.changed, kept.listed.score_milli, kept.listed.claimed_by) == (7, 5, 50, "ana")
    assert kept.listed.status == "held"


def test_segments_come_newest_first(store: Store) -> None:
    visits = [a_visit(segment=segment) for segment in range(1, 7)]
    store.visits.put([(visit, listed(visit), 1) for visit in visits])
    found = store.visits.of_containers([visits[0].container])[visits[0].container]
    assert [kept.visit.segment for kept in found] == [6, 5, 4, 3]


def test_marks_are_small_updates(store: Store) -> None:
    put(store, a_row(1), a_row(2), a_row(3))
    ids = [VisitId("MSCU0000001-1"), VisitId("MSCU0000002-1")]
    assert store.visits.mark([*ids, VisitId("NONE-1")], status="gone", selected=True) == 2
    assert store.visits.count(Query(statuses=("gone",), selected=True), ALL) == 2
    assert [row.container for row in store.visits.page(Query(statuses=("new",)), ALL).rows] == ["MSCU0000003"]
    with pytest.raises(BadRequest):
        store.visits.mark(ids, container="x")
    with pytest.raises(BadRequest):
        store.visits.mark(ids, status="lost")


def test_a_rolled_back_visit_is_not_remembered(store: Store) -> None:
    visit = a_visit()
    with pytest.raises(KeyError), store.transaction():
        store.visits.put([(visit, listed(visit), 1)])
        raise KeyError
    assert store.visits.row_numbers([visit.id]) == {}


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


def test_counting_stops_and_facets_count(store: Store) -> None:
    put(store, *(a_row(n, band="high" if n % 2 else "low", status="held" if n == 4 else "new") for n in range(1, 6)))
    assert store.visits.count(Query(), ALL, most=3) == 3
    assert store.visits.tally("band", Query(), ALL) == {"high": 3, "low": 2}
    assert store.visits.tally("status", Query(), ALL) == {"new": 4, "held": 1}


def test_one_row_only_in_reach(store: Store) -> None:
    put(store, a_row(1, site="BEANR", handling=3))
    name = VisitId("MSCU0000001-1")
    assert store.visits.one(name, Reach(3, ("BEANR",))) is not None
    assert store.visits.one(name, Reach(2)) is None
    assert store.visits.one(name, Reach(4, ("BEGNE",))) is None


@pytest.mark.parametrize("after", ["zz", "5b5d", "", "6e756c6c"])
def test_a_foreign_mark_or_sort_is_refused(store: Store, after: str) -> None:
    with pytest.raises(BadRequest):
        store.visits.page(Query(after=after, sort="due" if after else "id; DROP TABLE visit"), ALL)


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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    said=st.lists(_rows, max_size=25), reach=_reaches, sort=st.sampled_from(SORTS), descending=st.booleans(),
    limit=st.integers(1, 9), live=st.booleans(),
)  # fmt: skip
def test_pages_are_a_full_sort_of_what_is_in_reach(
    store: Store, said: list[dict[str, Any]], reach: Reach, sort: str, descending: bool, limit: int, live: bool
) -> None:
    store.erase(range(2_000_000, 2_000_001))  # forgets what the example before left in memory
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


def test_assessments_are_kept_as_made(store: Store) -> None:
    put(store, a_row(1), a_row(2))
    one, two = VisitId("MSCU0000001-1"), VisitId("MSCU0000002-1")

    def made(visit: VisitId, hlc: int, score: int) -> Assessed:
        return Assessed(visit, Moment(hlc), 5, "p1", score, "high", True, (1, None, -5, 1 << 62), b'{"why":1}')

    store.assessments.add([made(one, 10, 1), made(one, 20, 2), made(two, 20, 3)])
    assert store.assessments.latest([one, two]) == {one: made(one, 20, 2), two: made(two, 20, 3)}
    assert store.assessments.of(one) == [made(one, 20, 2), made(one, 10, 1)]
    assert store.assessments.vectors(10, 9) == [(one, 20, made(one, 20, 2).features), (two, 20, made(two, 20, 3).features)]
