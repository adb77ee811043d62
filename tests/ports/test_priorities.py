from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.ports import PriorityState, PriorityStep, PriorityVerb, after_step, possible_verbs, priority_of
from vigie.terms import BadRequest, Moment, OfficerId

RAISE = {"finding": "Loads became smaller", "measure": "Scan small lots too", "owner": "Targeting unit",
         "due": "2026-06-30"}  # fmt: skip


def a_step(verb="raise", **told):
    fields = RAISE | told if verb == "raise" else {"note": "so it was", "priority": "P2026-001"} | told
    return PriorityStep(PriorityVerb(verb), OfficerId("bob"), Moment(1), **fields)


def a_priority(*verbs):
    return priority_of("P2026-001", [a_step(), *(a_step(verb) for verb in verbs)])


@given(st.lists(st.sampled_from([one.value for one in PriorityVerb]), max_size=8))
def test_every_way_of_steps_ends_where_it_says_or_is_refused(verbs):
    priority = a_priority()
    for verb in verbs:
        legal = PriorityVerb(verb) in possible_verbs(priority)
        step = a_step(verb, measure="Scan all") if verb == "amend" else a_step(verb)
        if not legal:
            with pytest.raises(BadRequest):
                after_step(priority, step)
            continue
        after = after_step(priority, step)
        assert after.steps == (*priority.steps, step)
        assert after.finding == RAISE["finding"]
        priority = after


def test_what_is_said_anew_replaces_and_the_rest_stays():
    after = after_step(a_priority(), a_step("amend", note="", due="2027-01-31", owner="Port police"))
    assert (after.due, after.owner, after.measure) == ("2027-01-31", "Port police", RAISE["measure"])
    assert after.state is PriorityState.OPEN


@pytest.mark.parametrize(
    "told",
    [{"finding": ""}, {"measure": "  "}, {"owner": "x"}, {"due": ""}, {"due": "30/06/2026"}, {"finding": "x" * 2001},
     {"owner": "x" * 121}, {"source": "x" * 2001}],
)  # fmt: skip
def test_what_lacks_something_is_not_raised(told):
    with pytest.raises(BadRequest):
        after_step(None, a_step(**told), "P2026-001")


@pytest.mark.parametrize("verb", ["follow", "finish", "drop"])
def test_a_step_without_words_is_refused(verb):
    with pytest.raises(BadRequest):
        after_step(a_priority(), a_step(verb, note=" "))


def test_nothing_amends_nothing():
    with pytest.raises(BadRequest):
        after_step(a_priority(), a_step("amend"))


@pytest.mark.parametrize(
    ("verbs", "day", "late"),
    [((), date(2026, 6, 30), False), ((), date(2026, 7, 1), True), (("follow",), date(2026, 7, 1), True),
     (("finish",), date(2026, 7, 1), False), (("drop",), date(2026, 7, 1), False),
     (("finish", "reopen"), date(2026, 7, 1), True)],
)  # fmt: skip
def test_what_is_open_after_its_day_is_overdue(verbs, day, late):
    assert a_priority(*verbs).is_overdue(day) is late
