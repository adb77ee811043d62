"""A look at a rule that is held closely says why; the reason stands in the trail and holds for one sitting."""

import pytest
from tests.desk.port import ANN, BOB, EVE, trail
from tests.desk.test_indicators import CAT, fields

from vigie.desk import indicators
from vigie.desk.looking import CONFIDENTIAL, LOOK_HOLDS, reason_of
from vigie.terms import Handling, Moment, Purpose, ReasonNeeded


@pytest.fixture
def held(node):
    """The id of an indicator that is held closely."""
    made = indicators.draft(BOB, fields(handling="amber-strict"), "a try", node)
    return made.id


def looks(node, officer="bob"):
    return [(one.subject, one.facts.get("reason")) for one in trail(node, act="see-rule", officer=officer)]


def test_without_a_reason_nothing_is_shown_by_any_way(node, held):
    for wanted in (
        lambda: indicators.show(BOB, held, node), lambda: indicators.export(BOB, held, 1, "text", node),
        lambda: indicators.fields(BOB, held, 1, node), lambda: indicators.diff(BOB, held, 1, 1, node),
        lambda: indicators.show(BOB, held, node, reason="  x "),
    ):  # fmt: skip
        with pytest.raises(ReasonNeeded) as asked:
            wanted()
        assert asked.value.facts == {"indicator": held}
    assert looks(node) == []


def test_a_reason_is_in_the_trail_and_holds_for_the_sitting_of_that_officer_alone(node, held):
    assert indicators.show(BOB, held, node, reason="hearing of the 4th").formula
    assert indicators.export(BOB, held, 1, "text", node)
    assert indicators.fields(BOB, held, 1, node)
    assert looks(node) == [(f"indicator {held} v1", "hearing of the 4th")] * 3
    with pytest.raises(ReasonNeeded):
        indicators.show(CAT, held, node)
    with pytest.raises(ReasonNeeded):
        indicators.show(EVE, held, node, purpose=Purpose.OVERSIGHT)
    node.clock.at = Moment(node.now() + LOOK_HOLDS + 1)
    with pytest.raises(ReasonNeeded):
        indicators.show(BOB, held, node)


def test_a_reason_for_one_rule_is_none_for_another(node, held):
    indicators.show(BOB, held, node, reason="hearing of the 4th")
    other = next(one for one in node.rules.written if one.handling >= CONFIDENTIAL)
    with pytest.raises(ReasonNeeded):
        reason_of(other, BOB, "", node)
    assert reason_of(other, BOB, " audit of 2026 ", node) == "audit of 2026"


def test_what_is_not_held_closely_asks_for_none_and_steps_need_their_own(node, held):
    plain = next(one for one in node.rules.written if one.handling == Handling.AMBER)
    assert indicators.show(ANN, plain.id, node).formula
    assert looks(node, "ann") == [(f"indicator {plain.id} v{plain.version}", None)]
    assert indicators.step(BOB, held, 1, "submit", "", node).state == "submitted"
    assert indicators.trial(BOB, f"{held}@1", node).indicators
