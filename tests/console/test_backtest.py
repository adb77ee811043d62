import csv
import time

import pytest

from vigie.console.backtest import Span, bound, span, top_of
from vigie.desk import inspections, selection
from vigie.desk.views import RateRow
from vigie.risk import Load
from vigie.terms import Depth, Detector, Found, Outcome


def a_row(rate=None, low=None, high=None):
    return RateRow("P1", "", 9, 5, 1, 1, 0, rate, low, high, 0, 0, None, None, None, None, None, None)


def test_an_interval_is_drawn_on_the_common_scale_and_cut_at_its_end():
    assert span(a_row(10.0, 5.0, 100.0), 40.0) == Span(30.0, 210.0, 60.0)
    assert span(a_row(), 40.0) is None
    assert span(a_row(0.0, 0.0, 1.0), 0.0) is None
    assert top_of((a_row(10.0, 1.0, 50.0), a_row())) == 15.0
    assert top_of(()) == 0.0


def test_a_bar_has_room_for_what_it_shows():
    assert bound(Load("BEANR", "early", "", "", 3, 9, 5)) == 9
    assert bound(Load("BEANR", "", "", "", 0, 0)) == 1


@pytest.fixture(scope="module")
def looked(port):
    """Outcomes of the boxes on a plan, one with cocaine."""
    from tests.console.conftest import ADA, SITE

    shifts = [{"name": "early", "start": "04:00", "hours": 12, "scanners": {"S1": 12, "S2": 6}}]
    selection.set_capacity(ADA, SITE, shifts, port.node)
    view = selection.make(ADA, SITE, "2024-03-04", "early", port.node)
    for place, one in enumerate(next(shift for shift in view.shifts if shift.name == "early").selections):
        found = Found.COCAINE if place == 0 else Found.NOTHING
        told = Outcome(one.row.visit, port.node.now(), found, Detector.SCANNER, Depth.SCAN, ADA.id)
        inspections.record(ADA, told, port.node)
    return port


def test_much_that_is_missing_is_added_beside_and_the_page_says_so(looked, ada):
    told = ada.get("/risk/backtest").text
    assert "boxes are not in these figures yet" in told
    assert 'id="errand-archive"' in told
    until = time.monotonic() + 60
    while "data-hx-get" in (part := ada.get("/errands/archive").text) and time.monotonic() < until:
        time.sleep(0.1)
    assert "data-hx-get" not in part
    assert "not in these figures" not in ada.get("/risk/backtest").text


def test_the_backtest_tells_rates_with_their_intervals(looked, ada):
    told = ada.get("/risk/backtest")
    assert told.status_code == 200
    assert 'id="h-indicators"' in told.text
    assert "cocaine in 1 of" in told.text
    assert "<rect" in told.text


def test_a_span_without_decisions_says_what_is_needed(looked, ada):
    told = ada.get("/risk/backtest?until=2001-01-01").text
    assert "No decisions yet" in told
    assert 'id="h-indicators"' not in told
    assert ada.get("/risk/backtest?since=soon").status_code == 422


def test_indicators_and_lists_go_along_as_csv(looked, ada):
    rows = list(csv.DictReader(ada.get("/risk/backtest.csv").text.splitlines()))
    assert rows
    assert {"code", "per_thousand", "alone_hits"} <= rows[0].keys()
    listed = list(csv.reader(ada.get("/risk/simulation.csv").text.splitlines()))
    assert listed[0][:3] == ["side", "visit", "site"]


def test_the_simulation_shows_load_and_what_runs_in_shadow(looked, ada):
    told = ada.get("/risk/simulation").text
    assert 'id="h-load"' in told
    assert "Nothing runs in shadow" in told
    part = ada.get("/risk/simulate", headers={"hx-request-type": "partial"})
    assert part.status_code == 200
    assert "<html" not in part.text


def test_the_comparison_asks_for_a_draft_and_compares_one(looked, ada):
    assert "Choose a draft to compare" in ada.get("/risk/compare").text
    one = looked.node.rules.policy.indicators[0]
    told = ada.get(f"/risk/compare?draft={one.id}@{one.version}").text
    assert 'id="h-looked"' in told
    assert 'id="h-random"' in told


def test_who_has_no_need_is_refused(bo):
    for address in ("/risk/backtest", "/risk/simulation", "/risk/compare?draft=P1@1", "/risk/simulate"):
        assert bo.get(address).status_code == 404
