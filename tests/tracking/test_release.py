"""The machine of a release right: a table that says all that may happen, and nothing else does."""

import itertools

import msgspec
import pytest
from tests.tracking.test_release_gate import END, T0, VISIT, issued, keyed, passed, wished

from vigie.terms import HOUR, BadRequest, Conflict, Moment, SecondNeeded
from vigie.tracking import (
    LIVE,
    RULES,
    ReleaseRight,
    ReleaseState,
    ReleaseStep,
    ReleaseVerb,
    advance,
    party_code,
    possible_steps,
)

FULL = {"container": "CSQU3054383", "terminal": "1742", "party": "HAUL", "to": "HAUL", "role": "carrier", "reason": "because", "seal": "0" * 64, "vehicle": "p",
        "start": T0, "end": Moment(T0 + HOUR)}  # fmt: skip


def standing(state):
    """A right in a state, held by a carrier, offered to it too, with two people behind it."""
    steps = tuple(ReleaseStep(ReleaseVerb.ISSUE, state, by, T0) for by in ("ann", "bob"))
    return ReleaseRight(
        f"{VISIT}-R1", VISIT, "CSQU3054383", "BEANR", "1742", state, END, T0, "HAUL", "carrier", "HAUL", "carrier", steps,
        pending=ReleaseStep(ReleaseVerb.ASK, state, "ann", T0, to="HAUL"),
    )  # fmt: skip


@pytest.mark.parametrize(("verb", "state"), list(itertools.product(ReleaseVerb, ReleaseState)))
def test_every_step_is_taken_from_where_the_table_says_and_from_nowhere_else(verb, state):
    rule = next(one for one in RULES if one.verb is verb)
    wish = wished(standing(state), verb, "bob", T0, **FULL)
    if state not in rule.starts:
        with pytest.raises(Conflict):
            advance(standing(state), wish)
        return
    assert advance(standing(state), wish).state is (rule.end or state)


def test_nothing_leads_out_of_the_end():
    for state in (ReleaseState.PICKED_UP, ReleaseState.REVOKED, ReleaseState.EXPIRED):
        assert possible_steps(msgspec.structs.replace(standing(state), pending=None), T0) == ()


def test_a_live_right_expires_by_itself_and_one_presented_does_not():
    assert {standing(state).at(END) for state in LIVE} == {ReleaseState.EXPIRED}
    assert standing(ReleaseState.PRESENTED).at(END) is ReleaseState.PRESENTED
    assert issued().changed == T0


@pytest.mark.parametrize("field", ["to", "end", "terminal", "role"])
def test_what_a_step_needs_is_asked_for(field):
    with pytest.raises(BadRequest):
        advance(None, wished(None, ReleaseVerb.ISSUE, "ann", T0, **({"container": "C", "terminal": "T", "to": "L", "role": "forwarder", "end": END} | {field: "" if field != "end" else None})))


@pytest.mark.parametrize(("start", "end"), [
    (Moment(T0 + HOUR), T0), (T0, Moment(T0 + 25 * HOUR)), (T0, Moment(END + 1)), (Moment(T0 - 2 * HOUR), Moment(T0 - HOUR)),
])  # fmt: skip
def test_a_key_opens_within_its_right_and_a_day(start, end):
    with pytest.raises(BadRequest):
        keyed(passed(issued()), "k", start=start, end=end)


def test_only_a_carrier_gets_a_key_and_a_new_one_ends_the_old():
    right = passed(issued())
    right = keyed(keyed(right, "first"), "second")
    assert [one.void is None for one in right.keys] == [False, True]
    line = msgspec.structs.replace(issued(), state=ReleaseState.ACCEPTED)
    with pytest.raises(Conflict):
        keyed(line, "k", by="bob")


def test_one_alone_gets_no_key_and_confirms_no_own_override():
    with pytest.raises(SecondNeeded):
        keyed(passed(issued(), "ann", "ann"), "k")
    assert keyed(passed(issued(), "ann", "ann"), "k", by="bob").state is ReleaseState.KEYED
    asked = advance(issued(), wished(issued(), ReleaseVerb.ASK, "ann", T0, to="HAUL", reason="offline"))
    with pytest.raises(SecondNeeded):
        advance(asked, wished(asked, ReleaseVerb.CONFIRM, "ann", T0, reason="me"))
    with pytest.raises(Conflict):
        advance(issued(), wished(issued(), ReleaseVerb.CONFIRM, "bob", T0, reason="nothing asked"))
    with pytest.raises(Conflict):
        advance(None, wished(None, ReleaseVerb.REVOKE, "ann", T0, reason="nothing there"))


def test_codes_of_parties_are_compared_as_people_mean_them():
    assert party_code(" be 0123 ") == "BE0123"
