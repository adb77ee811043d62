"""Visits come back as they were put."""

from contextlib import suppress

import msgspec
import pytest
from tests.store_values import a_row, a_visit, listed, put

from vigie.store import Store
from vigie.terms import BadRequest, Moment, VisitId
from vigie.tracking import Query, Reach, Status

ALL = Reach(clearance=4)


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

    def half_done() -> None:
        with store.transaction():
            store.visits.put([(visit, listed(visit), 1)])
            raise KeyError

    with pytest.raises(KeyError):
        half_done()
    assert store.visits.row_numbers([visit.id]) == {}


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


def test_every_indicator_that_fired_finds_its_boxes(store: Store) -> None:
    put(store, a_row(1, reasons=("P1", "R2", "S3", "X4")), a_row(2, reasons=("X4",)), a_row(3))
    asked = Query(indicator="X4", sort="container")
    assert [row.container for row in store.visits.page(asked, ALL).rows] == ["MSCU0000001", "MSCU0000002"]
    assert store.visits.count(asked, ALL) == 2
    assert store.visits.tally("status", asked, ALL) == {"new": 2}
    put(store, a_row(1, reasons=("P1",)), a_row(3, reasons=("X4",)))  # judged again
    assert [row.container for row in store.visits.page(asked, ALL).rows] == ["MSCU0000002", "MSCU0000003"]
    assert store.visits.page(Query(indicator="P1"), ALL).rows[0].reasons == ("P1",)
    assert store.visits.page(Query(indicator="X4"), Reach(none=True)).rows == ()


def test_a_common_indicator_is_tested_row_by_row(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, *(a_row(n, score_milli=n, reasons=("P1",) if n % 2 else ("R2",)) for n in range(1, 9)))
    asked = Query(indicator="P1", sort="score_milli", descending=True, limit=3)
    rare = store.visits.page(asked, ALL)
    monkeypatch.setattr("vigie.store.visits._COMMON", 2)
    assert store.visits.page(asked, ALL) == rare
    assert [row.score_milli for row in rare.rows] == [7, 5, 3]
    assert store.visits.count(asked, ALL) == 4


def test_deadlines_are_written_anew_and_boxes_of_a_ship_are_found(store: Store) -> None:
    put(store, a_row(1, site="BEANR", due=Moment(5), due_source="document"), a_row(2, site="NLRTM"))
    for number in (1, 2):
        name = VisitId(f"MSCU{number:07d}-1")
        store.lookup.add([("imo", "9074729", name), ("vessel", "ALMA", name)])
    assert store.visits.waiting_for("9074729", "BEANR") == ["MSCU0000001-1"]
    assert store.visits.waiting_for("ALMA", "NLRTM") == ["MSCU0000002-1"]
    row = a_row(1, site="elsewhere", due=Moment(7), due_source="ais", leaves=Moment(9), leaves_source="on-ship", changed=Moment(6))
    store.visits.reschedule([row])
    kept = store.visits.one(row.visit, ALL)
    assert kept is not None
    assert (kept.site, kept.due, kept.due_source, kept.leaves, kept.leaves_source, kept.changed) == (
        "BEANR", 7, "ais", 9, "on-ship", 6)  # fmt: skip
    assert [one.visit for one in store.visits.page(Query(leaves_from=Moment(9), leaves_to=Moment(10)), ALL).rows] == [row.visit]


def test_an_expected_visit_has_its_number_before_it_is_put(store: Store) -> None:
    known, fresh = a_visit("MSCU0000001"), a_visit("MSCU0000002")
    store.visits.put([(known, listed(known), 7)])
    with store.transaction():
        store.visits.of_containers([known.container, fresh.container])
        store.visits.expect([known.id, fresh.id])
        assert (store.visits.is_expected(known.id), store.visits.is_expected(fresh.id)) == (False, True)
        store.lookup.add([("seal", "S1", known.id), ("seal", "S1", fresh.id)])
        store.lookup.add([("seal", "S1", known.id)])
        store.visits.put([(fresh, listed(fresh), 8), (known, listed(known, voyage="V"), 7)])
        assert not store.visits.is_expected(fresh.id)
    assert [visit for _, visit in store.lookup.exact("seal", ["S1"])] == [known.id, fresh.id]
    kept = store.visits.get([known.id, fresh.id])
    assert [kept[name].listed.voyage for name in (known.id, fresh.id)] == ["V", ""]


def test_what_was_expected_is_forgotten_with_its_transaction(store: Store) -> None:
    visit = a_visit()
    with suppress(ZeroDivisionError), store.transaction():
        store.visits.of_containers([visit.container])
        store.visits.expect([visit.id])
        _ = 1 / 0
    assert not store.visits.is_expected(visit.id)
    assert store.visits.row_numbers([visit.id]) == {}
    store.visits.put([(visit, listed(visit), 7)])
    assert list(store.visits.get([visit.id])) == [visit.id]


def test_bodies_that_an_earlier_release_wrote_are_read(store: Store) -> None:
    visit = a_visit(doubts=("é",))
    store.visits.put([(visit, listed(visit), 7)])
    former = store.vault.seal(7, msgspec.json.encode(visit), f"visit:{visit.id}".encode())
    with store.transaction():
        store.db.run("UPDATE visit_body SET body = ?", (former,))
    assert store.visits.get([visit.id])[visit.id].visit == visit
