"""Only declared steps can be taken, by whom they are declared for; what is in force follows from them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.lifecycle import (
    STEPS,
    VERBS,
    By,
    RuleKind,
    RuleStep,
    RuleVersion,
    State,
    after,
    content_hash,
    in_force,
    next_change,
    possible,
    rung,
    stand,
)
from vigie.terms import BadRequest, Moment, OfficerId

ANN, BOB = OfficerId("ann"), OfficerId("bob")


def a_version(version=1, state=State.LIVE, start=0, end=None, name="X1", author=ANN):
    return RuleVersion(RuleKind.INDICATOR, name, version, "h", b"", author, Moment(0), state, "", "", Moment(start), end)


def test_the_way_from_draft_to_retirement():
    state = State.DRAFT
    for verb in ("submit", "approve", "shadow", "live", "retire"):
        state = after(verb, state)
    assert state is State.RETIRED


@given(st.sampled_from(VERBS), st.sampled_from(State))
def test_what_is_not_declared_cannot_happen(verb, state):
    fits = state in rung(verb).start
    if fits:
        assert after(verb, state) is rung(verb).end
    else:
        with pytest.raises(BadRequest):
            after(verb, state)


@given(st.sampled_from(State))
def test_no_author_is_ever_offered_the_step_of_a_second_officer(state):
    one = a_version(state=state)
    others = {step.verb for step in STEPS if step.by is By.OTHER}
    assert others.isdisjoint(possible(one, ANN))
    assert {step.verb for step in STEPS if step.by is By.OTHER and state in step.start} <= set(possible(one, BOB))
    assert {step.verb for step in STEPS if step.end is State.APPROVED} == {"approve"}


def test_nothing_is_live_that_was_not_approved():
    reached, waiting = set(), [(State.DRAFT, frozenset())]
    while waiting:
        state, passed = waiting.pop()
        if (state, passed) in reached:
            continue
        reached.add((state, passed))
        waiting += [(step.end, passed | {step.end}) for step in STEPS if state in step.start]
    assert all(State.APPROVED in passed for state, passed in reached if state is State.LIVE)


def test_the_newest_live_version_in_its_validity_is_in_force_and_its_end_brings_the_older_back():
    found = [a_version(1), a_version(2, start=10, end=20), a_version(3, State.APPROVED), a_version(4, State.RETIRED)]
    assert [in_force(found, Moment(at))["X1"].version for at in (0, 9, 10, 19, 20)] == [1, 1, 2, 2, 1]
    assert in_force(found, Moment(0), State.SHADOW) == {}
    assert [next_change(found, Moment(at)) for at in (0, 10, 20)] == [10, 20, None]


def test_the_state_of_a_version_is_its_last_step():
    steps = [RuleStep(RuleKind.INDICATOR, "X1", 1, verb, state, BOB, Moment(1))
             for verb, state in (("submit", State.SUBMITTED), ("approve", State.APPROVED), ("live", State.LIVE))]  # fmt: skip
    told = stand(a_version(state=State.DRAFT), steps)
    assert (told.state, told.approved_by) == (State.LIVE, "bob")
    assert stand(a_version(), ()) == a_version()
    assert content_hash(b"a") != content_hash(b"b")
    with pytest.raises(BadRequest):
        rung("dance")
    assert msgspec.structs.asdict(told)["hash"] == "h"
