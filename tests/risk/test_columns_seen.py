from hypothesis import given
from hypothesis import strategies as st
from tests.risk.visits import LANDED, NOW, T0, a_box, a_line, a_move, a_plan, a_visit

from vigie.arrivals import Call, Level, Route
from vigie.risk.columns_seen import see
from vigie.terms import DAY, HOUR, ConsignmentId
from vigie.tracking import call_of, is_empty, is_reefer, route_of, size_type_of


def test_the_main_line_is_the_latest_that_is_no_master_bill():
    master = a_line(consignment=ConsignmentId("bl:M"), level=Level.MASTER, hlc=T0)
    house = a_line(consignment=ConsignmentId("bl:H"), level=Level.HOUSE, hlc=T0 - DAY)
    seen = see(a_visit(master, house), NOW)
    assert seen.line is house
    assert seen.goods_lines == (house,)
    assert see(a_visit(master), NOW).line is master


def test_a_cancelled_line_and_a_retracted_event_are_not_seen():
    seen = see(a_visit(a_line(cancelled=T0), a_move("DISC", LANDED, retracted=LANDED + 1)), NOW)
    assert seen.line is None
    assert seen.moves("DISC") == []
    assert seen.discharged_at is None


def test_loading_falls_back_on_the_departure_of_the_ship():
    assert see(a_visit(a_line()), NOW).loaded_at == T0 + HOUR
    assert see(a_visit(a_line(), a_move("LOAD", T0, "ECGYE")), NOW).loaded_at == T0


def test_loading_again_after_discharge_is_not_the_loading():
    seen = see(a_visit(a_line(), a_move("DISC", LANDED), a_move("LOAD", LANDED + DAY, "")), NOW)
    assert seen.loaded_at == T0 + HOUR


def test_leaving_is_the_last_gate_out_after_discharge():
    out = [a_move("GTOT", LANDED + hours * HOUR) for hours in (5, 9)]
    assert see(a_visit(a_line(), a_move("DISC", LANDED), *out), NOW).left_at == LANDED + 9 * HOUR


def test_a_place_tells_the_side_of_the_sea():
    seen = see(a_visit(a_line(), a_plan()), NOW)
    assert seen.before_sea(a_move("GTIN", T0, "ECGYE"))
    assert not seen.before_sea(a_move("GTIN", LANDED, "BEANR"))
    assert seen.before_sea(a_move("LOAD", T0, ""))
    assert not seen.before_sea(a_move("GTOT", LANDED, ""))


def test_selection_is_the_first_choice_as_logged():
    seen = see(a_visit(a_move("CUSI", LANDED, hlc=LANDED + 5), a_move("CUSS", LANDED, hlc=LANDED + 2)), NOW)
    assert seen.selected.hlc == LANDED + 2


_BOXES = st.builds(
    a_box, size_type=st.sampled_from(["", "45R1", "4532", "22G1", "2200", "45R?", "??", "45H0", "L5R1"]),
    empty=st.sampled_from([None, True, False]), setpoint_dc=st.sampled_from([None, None, 136]),
)  # fmt: skip
_CALLS = st.sampled_from([Call(), Call(imo="1"), Call(imo="2")])
_ROUTES = st.sampled_from([Route(), Route(loading="ECGYE"), Route(loading="CRLIO", unloading="BEANR")])
_PARTS = st.one_of(
    st.builds(lambda box, hlc, call, route: a_line(equipment=box, hlc=T0 + hlc, call=call, route=route),
              st.none() | _BOXES, st.integers(0, 9), _CALLS, _ROUTES),
    st.builds(lambda box, hlc, call, route: a_plan(T0 + hlc, equipment=box, call=call, route=route), _BOXES,
              st.integers(0, 9), _CALLS, _ROUTES),
    st.builds(lambda size, empty: a_move("GTOT", LANDED, size_type=size, empty=empty), st.sampled_from(["", "45G1"]),
              st.sampled_from([None, True])),
)  # fmt: skip


@given(st.lists(_PARTS, max_size=5))
def test_what_is_read_from_the_boxes_is_what_tracking_tells(parts):
    visit = a_visit(*parts)
    seen = see(visit, NOW)
    assert (seen.size_type, seen.reefer, seen.empty) == (size_type_of(visit), is_reefer(visit), is_empty(visit))
    assert (seen.route, seen.call) == (route_of(visit), call_of(visit))
