from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.selection import (
    Candidate,
    Scanner,
    SelectionPolicy,
    Shift,
    Stratum,
    draw_again,
    draw_percent,
    draw_pool,
    plan_shift,
    pool_chances,
    probability,
)
from vigie.selection.planning import chances_in, whole_slots
from vigie.terms import DAY, Moment, VisitId

KEY = b"k" * 32


def a_shift(slots=10, **more):
    return Shift(
        **{
            "site": "BEANR",
            "name": "early",
            "start": 1000,
            "end": 2000,
            "scanners": (Scanner("S1", slots // 2), Scanner("S2", slots - slots // 2)),
        }
        | more
    )


def boxes(count, **more):
    return [Candidate(visit=f"BOX{n:04}-1", logodds_milli=-n, **more) for n in range(count)]


@given(st.integers(0, 60), st.integers(0, 80), st.integers(0, 20), st.integers(0, 1000), st.integers(0, 3))
def test_a_plan_fills_the_slots_and_names_everybody_once(slots, count, mandatory, tilted, draw):
    policy = SelectionPolicy(tilted_permille=tilted, uniform_permille=(1000 - tilted) // 2)
    wanted = boxes(count) + [Candidate(f"MUST{n}-1", -5000, mandatory=True) for n in range(mandatory)]
    plan = plan_shift(wanted, a_shift(slots), policy, KEY, draw)
    chosen = [pick.visit for pick in plan.selections]
    assert sorted([*chosen, *plan.missed]) == sorted(c.visit for c in wanted)
    assert len(chosen) == max(mandatory, min(slots, len(wanted)))
    assert plan.overload == max(0, mandatory - slots)
    assert all(0 < pick.propensity <= 1 for pick in plan.selections)
    assert sum(bool(pick.scanner) for pick in plan.selections) == min(len(chosen), slots)
    assert plan == plan_shift(list(reversed(wanted)), a_shift(slots), policy, KEY, draw)


def test_order_of_precedence_is_mandatory_then_score_then_random():
    plan = plan_shift(
        [*boxes(100), Candidate("MUST-1", -9000, mandatory=True), Candidate("ASKED-1", -9000, officer=True)],
        a_shift(20),
        SelectionPolicy(),
        KEY,
    )
    by = {pick.visit: pick.stratum for pick in plan.selections}
    assert by["MUST-1"] is Stratum.MANDATORY
    assert by["ASKED-1"] is Stratum.OFFICER
    assert Counter(by.values()) == {
        Stratum.SCORE: 16,
        Stratum.TILTED: 1,
        Stratum.UNIFORM: 1,
        Stratum.MANDATORY: 1,
        Stratum.OFFICER: 1,
    }
    assert {v for v, s in by.items() if s is Stratum.SCORE} == {c.visit for c in boxes(16)}


def test_a_box_outside_the_hours_is_left_for_another_shift():
    early, late = Candidate("GONE-1", 0, due=1000), Candidate("LATER-1", 0, ready=2000)
    plan = plan_shift([early, late, *boxes(1)], a_shift(), SelectionPolicy(), KEY)
    assert [pick.visit for pick in plan.selections] == ["BOX0000-1"]
    assert not plan.missed


def test_what_the_capacity_misses_is_told():
    plan = plan_shift([*boxes(3), Candidate("LAST-1", -5000, due=1500)], a_shift(2), SelectionPolicy(), KEY)
    assert plan.missed == ("BOX0002-1", "LAST-1")
    assert plan.last_chance == ("LAST-1",)
    assert plan.expected_missed == pytest.approx(probability(-2) + probability(-5000))


def test_an_auditor_draws_the_same_from_the_recorded_pool():
    plan = plan_shift(boxes(200), a_shift(40), SelectionPolicy(), KEY)
    assert draw_again(plan, KEY, 0) == by_chance(plan)
    assert draw_again(plan, KEY, 1) != by_chance(plan)
    old = msgspec.structs.replace(plan, drawn_milli=())
    assert draw_again(old, KEY, 0) == by_chance(plan)  # of old, plans did not tell their shares, and had whole slots


@given(st.integers(0, 45), st.integers(0, 70), st.binary(min_size=4, max_size=4))
def test_an_auditor_draws_the_same_however_few_the_slots(slots, count, key):
    wanted = [
        Candidate(f"BOX{n:04}-1", -(n * 2_654_435_761 % 9001)) for n in range(count)
    ]  # names tell no order of scores
    plan = plan_shift(wanted, a_shift(slots), SelectionPolicy(), key, 3)
    assert draw_again(plan, key, 3) == by_chance(plan)
    if plan.pool and slots:
        assert pool_chances(plan).keys() == dict(plan.pool).keys()


def test_a_plan_of_old_whose_chances_were_summed_in_order_of_score_still_draws_again():
    for seed in range(40):
        wanted = [Candidate(f"BOX{n:04}-1", -(n * (seed + 1) * 2_654_435_761 % 9001)) for n in range(90)]
        plan = plan_shift(wanted, a_shift(40), SelectionPolicy(), b"%d" % seed)
        ranked = sorted(plan.pool, key=lambda box: (-box[1], box[0]))
        of_old = {
            visit: (stratum, chance)
            for visit, stratum, chance in draw_pool(ranked, 2000, 2000, b"%d" % seed, f"{plan.shift.id}|0")
        }
        picks = [
            msgspec.structs.replace(pick, propensity=of_old.get(pick.visit, ("", 1.0))[1]) for pick in plan.selections
        ]
        old = msgspec.structs.replace(plan, selections=tuple(picks), drawn_milli=())
        assert draw_again(old, b"%d" % seed, 0) == by_chance(old)


def by_chance(plan):
    return {
        (p.visit, p.stratum, p.propensity) for p in plan.selections if p.stratum in {Stratum.TILTED, Stratum.UNIFORM}
    }


@pytest.mark.parametrize(("slots", "count"), [(1, 9), (3, 8), (7, 14), (23, 28), (9, 9), (5, 3)])
def test_every_box_is_chosen_as_often_as_its_chance_says(slots, count):
    wanted = [Candidate(f"B{n}-1", -700 * n) for n in range(count)]
    runs = 1500
    seen, uniform, told = Counter(), Counter(), {}
    for n in range(runs):
        plan = plan_shift(wanted, a_shift(slots), SelectionPolicy(50, 50), b"%d" % n)
        seen.update(pick.visit for pick in plan.selections)
        uniform.update(pick.visit for pick in plan.selections if pick.stratum is Stratum.UNIFORM)
        told |= {pick.visit: pick.propensity for pick in plan.selections}
    chances = pool_chances(plan)
    assert set(chances) == {visit for visit, _ in plan.pool}
    for visit, chance in chances.items():
        assert told.get(visit, chance) == chance
        assert abs(seen[visit] / runs - chance) <= 5 * (chance * (1 - chance) / runs) ** 0.5 + 1e-12, visit
    assert all(seen[one.visit] == runs and told[one.visit] == 1 for one in wanted if one.visit not in chances)
    share = slots * 0.05
    if count > slots:
        assert abs(sum(uniform.values()) / runs - share) < 5 * (share % 1 * (1 - share % 1) / runs) ** 0.5 + 1e-12


@given(
    st.lists(st.integers(-8000, 4000), min_size=1, max_size=9),
    st.integers(0, 2600),
    st.integers(0, 2600),
    st.integers(0, 99),
)
def test_weighted_by_its_chance_a_pool_is_counted_whole(scores, tilted, uniform, seed):
    """Summed exactly over every rounding: chances add up to the boxes drawn, and each box has one."""
    pool = [(f"B{n}-1", score) for n, score in enumerate(scores)]
    chances = chances_in(pool, tilted, uniform)
    drawn = draw_pool(pool, tilted, uniform, b"%d" % seed, "x")
    slots = whole_slots(tilted, uniform)
    assert len(drawn) == len({visit for visit, _, _ in drawn}) == min(slots, len(pool))
    assert sum(chances.values()) == pytest.approx(len(drawn))
    assert {visit: chance for visit, _, chance in drawn} == {visit: chances[visit] for visit, _, _ in drawn}
    if tilted + uniform:
        assert all(0 < chance <= 1 for chance in chances.values())


@given(st.integers(-(10**9), 10**9))
def test_any_score_is_a_probability(logodds):
    assert 0 <= probability(logodds) <= 1


def test_every_box_of_a_pool_has_the_chance_that_the_drawn_ones_were_told():
    plan = plan_shift(boxes(60), a_shift(20), SelectionPolicy(), KEY)
    chances = pool_chances(plan)
    assert set(chances) == {visit for visit, _ in plan.pool}
    drawn = {one.visit: one.propensity for one in plan.selections if one.stratum in (Stratum.TILTED, Stratum.UNIFORM)}
    assert drawn
    assert {visit: chances[visit] for visit in drawn} == drawn
    assert sum(chances.values()) == pytest.approx(len(drawn))


def test_a_criterion_draws_its_share_of_the_boxes_that_meet_it():
    criteria = tuple((VisitId(f"BOX{number:04}-1"), 30) for number in range(4000))
    share = len(draw_percent(criteria, b"k" * 32)) / len(criteria)
    assert abs(share - 0.30) < 0.0217  # three standard deviations of 4,000 draws
    assert draw_percent(criteria, b"k" * 32) == draw_percent(criteria, b"k" * 32) != draw_percent(criteria, b"j" * 32)
    assert draw_percent(((VisitId("A"), 100),), b"k" * 32) == {"A"}


def test_a_box_is_drawn_for_a_criterion_once_and_stands_on_the_plan_with_its_share():
    shift = Shift("BEANR", "early", Moment(10 * DAY), Moment(10 * DAY + 8 * 3_600_000_000), (Scanner("MX", 40),))
    met = [
        Candidate(VisitId(f"BOX{number:04}-1"), -9000, Moment(10 * DAY + number), percent=30) for number in range(200)
    ]
    late = [Candidate(VisitId(f"LATE{number}-1"), -9000, Moment(9 * DAY), percent=30) for number in range(50)]
    made = plan_shift([*met, *late], shift, SelectionPolicy(), b"k" * 32)
    again = plan_shift([*met, *late], shift, SelectionPolicy(), b"k" * 32, draw=1)
    drawn = {one.visit for one in made.selections if one.stratum is Stratum.PERCENT}
    assert drawn == {one.visit for one in again.selections if one.stratum is Stratum.PERCENT}
    assert 40 < len(drawn) < 80
    assert {one.propensity for one in made.selections if one.stratum is Stratum.PERCENT} == {0.3}
    assert {visit for visit, _ in made.criteria} == {one.visit for one in met}
    assert drawn.isdisjoint(visit for visit, _ in made.pool)
