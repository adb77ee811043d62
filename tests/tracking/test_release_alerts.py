import msgspec
from tests.tracking.test_release_gate import T0, issued, keyed, passed, presented, wished

from vigie.tracking import ALERTS, ReleaseState, ReleaseVerb, Seen, advance, left_terminal, present, wish_alerts


def codes(alerts):
    assert {one.code for one in alerts} <= set(ALERTS)
    return [one.code for one in alerts]


def test_a_box_that_left_uses_up_what_was_presented():
    shown = present([keyed(passed(issued()), "K")], presented("K"), Seen()).changed
    after, alerts = left_terminal([shown], T0)
    assert (after.state, alerts) == (ReleaseState.PICKED_UP, ())
    assert left_terminal([after], T0) == (None, ())


def test_a_box_that_left_without_a_key_is_told_and_one_that_needed_none_is_not():
    after, alerts = left_terminal([keyed(passed(issued()), "K")], T0)
    assert (after, codes(alerts)) == (None, ["release-no-presentation"])
    assert left_terminal([], T0) == (None, ())


def test_what_a_step_tells():
    right = passed(issued())
    once, twice = keyed(right, "K"), keyed(keyed(right, "K"), "L")
    key = wished(right, ReleaseVerb.KEY, "ann", T0)
    assert codes(wish_alerts(once, key)) == []
    assert codes(wish_alerts(twice, key)) == ["release-reissued"]
    again = wished(right, ReleaseVerb.ISSUE, "ann", T0, replaces="R0")
    assert codes(wish_alerts(right, again)) == ["release-reissued"]
    asked = wished(right, ReleaseVerb.ASK, "ann", T0, to="H", reason="because")
    assert codes(wish_alerts(advance(issued(), asked), asked)) == ["release-override"]


def test_a_pick_up_tells_what_is_unusual_in_it():
    right = msgspec.structs.replace(keyed(passed(issued()), "K"), replaces="R0")
    told = msgspec.structs.replace(presented("K"), off_hours=True)
    answer = present([right], told, Seen(vehicle_known=False))
    assert answer.allowed
    assert codes(answer.alerts) == ["release-off-hours", "release-new-vehicle", "release-reissued"]
