"""Backtest and comparison for officers: what they are cleared for, what is missing, what is in the trail."""

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, a_consignment, an_officer, manifest, numbers, take_in, trail
from tests.desk.test_archive import look

from vigie.desk import backtest as desk
from vigie.desk import selection
from vigie.terms import BadRequest, Found, Handling, NotForYou

CAPACITY = [{"name": "late", "start": "12:00", "hours": 8, "scanners": {"S1": 20}}]


@pytest.fixture
def seen(node):
    boxes = numbers(60)
    take_in(node, manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2:]}") for box in boxes)))
    selection.set_capacity(BOB, "BEANR", CAPACITY, node)
    view = selection.make(ANN, "BEANR", "2026-03-02", None, node)
    for place, one in enumerate(view.shifts[0].selections):
        look(node, one.row.visit, Found.COCAINE if place < 2 else Found.NOTHING)
    return node


def test_it_tells_what_the_rules_found_and_how_sure_that_is(seen):
    view = desk.backtest(BOB, seen)
    assert (view.all.boxes, view.all.inspected, view.all.hits, view.missing) == (20, 20, 2, "")
    assert view.all.low < view.all.per_thousand < view.all.high
    assert {one.code for one in view.indicators} == {one.id for one in seen.rules.policy.indicators}
    assert all(one.name and one.state == "live" for one in view.indicators)
    assert view.random.inspected == sum(one.random_inspected for one in [view.all])
    assert any(one.dead for one in view.indicators)
    assert [one.code for one in view.slices["site"]] == ["BEANR"]


def test_dates_narrow_it_and_are_read_strictly(seen):
    assert desk.backtest(BOB, seen, until="2026-03-01").missing == "decisions"
    assert desk.backtest(BOB, seen, since="2026-03-02", until="2026-03-02").all.boxes == 20
    with pytest.raises(BadRequest):
        desk.backtest(BOB, seen, since="tomorrow")


def test_what_is_held_more_closely_takes_no_part(seen):
    low = an_officer("low", clearance=Handling.CLEAR)
    view = desk.backtest(low, seen)
    assert {one.code for one in view.indicators} == {
        one.id for one in seen.rules.policy.indicators if one.handling <= Handling.CLEAR
    }
    assert view.fired.boxes <= desk.backtest(BOB, seen).fired.boxes


def test_nothing_decided_is_told_as_such(node):
    view = desk.backtest(ANN, node)
    assert (view.missing, view.since, view.all.per_thousand) == ("decisions", None, None)


def test_it_is_refused_and_in_the_trail(seen):
    with pytest.raises(NotForYou):
        desk.backtest(IAN, seen)
    desk.backtest(EVE, seen, purpose=EVE.purposes[0])
    assert {one.outcome for one in trail(seen) if one.act == "backtest"} == {"refused", "done"}


def test_a_comparison_needs_a_draft_and_tells_what_is_missing(seen):
    with pytest.raises(BadRequest):
        desk.compare(BOB, seen, "")
    with pytest.raises(NotForYou):
        desk.compare(BOB, seen, "NOSUCH@1")
    version = next(one for one in seen.rules.policy.indicators)
    view = desk.compare(BOB, seen, f"{version.id}@{version.version}")
    assert (view.boxes, view.chosen, view.both, view.missing) == (20, 20, 20, "")
    assert view.looked.p == 1.0
    assert view.sites == (("BEANR", 20, 20),)


def test_the_files_are_where_the_archive_keeps_them(seen):
    desk.backtest(BOB, seen)
    assert [path.stem for path in desk.archive_files(seen)] == ["2026-03"]
