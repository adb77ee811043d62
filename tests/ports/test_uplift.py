import random

import pytest
from benchmarks.quality.insiders import START, discoveries, touched
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.ports import LEVEL, AccessEvent, Act, Checked, case_control
from vigie.terms import DAY, HOUR, Moment

AT = Moment(START + DAY)


def look(user, box, at=AT, act=Act.LOOK, group=""):
    return AccessEvent(Moment(at), user, "tos", act, box, group=group)


def controls(positive, negative):
    return [Checked(f"P{n}", Moment(AT + HOUR), True) for n in range(positive)] + [
        Checked(f"N{n}", Moment(AT + HOUR), False) for n in range(negative)
    ]


def crowd(users=20, boxes=100):
    return [look(f"u{n}", f"N{(n * 7 + k) % boxes}") for n in range(users) for k in range(10)]


def test_who_asks_for_what_is_found_later_comes_first():
    events = crowd() + [look("bad", f"P{n}") for n in range(6)] + [look(f"u{n}", f"P{n}") for n in range(6, 10)]
    first, *rest = case_control(events, controls(10, 100))
    assert (first.user, first.touched, first.positive, first.boxes) == ("bad", 6, 6, tuple(f"P{n}" for n in range(6)))
    assert first.q <= LEVEL < min(one.q for one in rest)
    assert 1.0 < first.low < first.risk < first.high
    assert first.expected == pytest.approx(6 * 10 / 110)


def test_asking_after_the_find_is_no_suspicion():
    late = [look("late", f"P{n}", AT + 2 * HOUR) for n in range(10)]
    assert [one.user for one in case_control(crowd() + late, controls(10, 100)) if one.user == "late"] == []


def test_a_job_close_to_risk_is_compared_with_its_own():
    """All of a group work on one risky lane: none of them stands out."""
    risky = [look(f"r{n}", f"P{k}", group="risky") for n in range(8) for k in range(10)]
    told = case_control(crowd() + risky, controls(10, 100))
    assert [one.user for one in told if one.q <= LEVEL] == []


def test_one_find_says_nothing_and_badges_are_no_touch():
    events = [*crowd(), look("one", "P0"), look("door", "P1", act=Act.BADGE)]
    told = {one.user: one for one in case_control(events, controls(2, 100))}
    assert told["one"].chance == told["one"].q == 1.0
    assert "door" not in told


def test_nothing_gives_nothing():
    assert case_control([], []) == []
    assert case_control(crowd(), []) == []


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(chance):
    events, checked, _ = touched(3, 2)
    events, checked = events[:800], checked[:300]
    wanted = case_control(events, checked)
    twice = events + chance.sample(events, 200)
    chance.shuffle(twice)
    chance.shuffle(checked)
    assert case_control(twice, checked) == wanted


def test_pure_noise_is_flagged_no_more_than_declared():
    """Sixty logs without an insider: the share of logs with any false name stays near 5 % (99.9 % of the time <= 9)."""
    assert sum(discoveries(seed, 0)[0] > 0 for seed in range(60)) <= 9


def test_planted_people_are_found():
    assert sum(discoveries(seed, 5)[1] for seed in range(5)) / 5 > 0.8


def test_names_do_not_decide():
    """Pseudonyms given the other way round give the same rows, renamed."""
    events, checked, _ = touched(4, 2)
    users = sorted({one.user for one in events})
    shuffled = users[:]
    random.Random(1).shuffle(shuffled)
    other = dict(zip(users, shuffled, strict=True))
    renamed = [AccessEvent(e.at, other[e.user], e.system, e.act, e.container, group=e.group) for e in events]
    before = {other[one.user]: (one.chance, one.q, one.positive) for one in case_control(events, checked)}
    after = {one.user: (one.chance, one.q, one.positive) for one in case_control(renamed, checked)}
    assert after.keys() == before.keys()
    assert all(after[user] == pytest.approx(before[user]) for user in after)
