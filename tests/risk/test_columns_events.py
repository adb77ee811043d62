import pytest
from tests.risk.visits import LANDED, NOW, T0, a_line, a_move, a_visit

from vigie.risk.columns_events import DECLARED, read
from vigie.risk.columns_seen import see
from vigie.terms import DAY, HOUR, MINUTE, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Controlled

DISC = a_move("DISC", LANDED)


def told(*parts):
    row = read(see(a_visit(a_line(), *parts), NOW))
    return dict(zip((column.name for column in DECLARED), row, strict=True))


def out(after=5 * HOUR, **named):
    return a_move("GTOT", LANDED + after, **named)


def test_dwell_counts_to_leaving_else_to_now():
    assert told(DISC)["dwell_h"] == 48
    row = told(DISC, out())
    assert (row["dwell_h"], row["gone"], row["gate_out_hour_utc"]) == (5, True, 13)
    assert told()["dwell_h"] is None


def test_time_in_the_yard_before_loading():
    assert told(a_move("GTIN", T0 - 12 * DAY, "ECGYE"), a_move("LOAD", T0, "ECGYE"))["origin_yard_h"] == 288
    assert told(a_move("GTIN", T0 - 12 * DAY, "ECGYE"))["origin_yard_h"] is None


@pytest.mark.parametrize(
    ("moves", "before", "minutes"),
    [
        ([out(), a_move("CUSR", LANDED + 6 * HOUR)], True, -60),
        ([a_move("CUSR", LANDED), out(7 * MINUTE)], False, 7),
        ([a_move("CRO", LANDED), a_move("CUSR", LANDED + HOUR), out()], False, 300),
        ([out()], None, None),
        ([a_move("CUSR", LANDED)], None, None),
    ],
)
def test_leaving_before_or_after_release(moves, before, minutes):
    row = told(DISC, *moves)
    assert (row["gate_out_before_release"], row["gate_out_after_release_min"]) == (before, minutes)


@pytest.mark.parametrize(
    ("moves", "left", "after"),
    [
        ([a_move("CUSS", LANDED + HOUR), out()], True, 4),
        ([a_move("CUSS", LANDED + HOUR), a_move("INSP", LANDED + 2 * HOUR), out()], False, 4),
        ([a_move("CUSI", LANDED + HOUR), a_move("CUSR", LANDED + 2 * HOUR), out()], False, 4),
        ([a_move("CUSS", LANDED + 9 * HOUR), out()], False, None),
        ([out()], None, None),
        ([a_move("CUSS", LANDED)], None, None),
    ],
)
def test_leaving_while_selected(moves, left, after):
    row = told(DISC, *moves)
    assert (row["gate_out_while_selected"], row["gate_out_after_selection_h"]) == (left, after)


def test_events_in_an_impossible_order():
    assert told(DISC, a_move("DISC", LANDED + DAY))["discharged_twice"] is True
    assert told(DISC, a_move("DISC", LANDED + MINUTE))["discharged_twice"] is False  # two senders, one discharge
    assert told(DISC, out(-HOUR))["gate_out_before_discharge"] is True
    assert told(out())["gate_out_without_discharge"] is True
    assert told(DISC, out(), a_move("STRP", LANDED + HOUR))["stripped_before_gate_out"] is True
    assert told(DISC, out(), a_move("STRP", LANDED + DAY))["stripped_before_gate_out"] is False


def test_coming_back_full_or_empty():
    row = told(DISC, out(), a_move("GTIN", LANDED + DAY, "BEANR", empty=False))
    assert (row["returned_full"], row["empty_return_h"]) == (True, None)
    row = told(DISC, out(), a_move("GTIN", LANDED + DAY, "BEANR", empty=True))
    assert (row["returned_full"], row["empty_return_h"]) == (False, 19)


def test_two_places_are_as_close_in_time_as_their_closest_events():
    row = told(DISC, a_move("GTIN", LANDED + 10 * MINUTE, "NLRTM"), out())
    assert row["two_places_min"] == 10
    assert told(DISC, out())["two_places_min"] is None


def test_retractions_and_controls_are_counted():
    control = Outcome(VisitId("X-1"), Moment(NOW), Found.COCAINE, Detector.SCANNER, Depth.SCAN, OfficerId("ann"))
    row = told(DISC, a_move("GTOT", LANDED, retracted=NOW), Controlled(Moment(NOW), control))
    assert (row["retracted_events"], row["controls"], row["found_before"], row["pick_ups"]) == (1, 1, True, 0)
