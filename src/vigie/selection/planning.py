"""Which boxes of a shift are scanned and why: mandatory, by score, score-tilted random, uniform random."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import exp, sqrt

import msgspec

from vigie.selection.capacity import Scanner, Shift
from vigie.selection.draw import drawn, inclusion, rounded, roundings
from vigie.selection.policy import SelectionPolicy
from vigie.selection.sealing import lot
from vigie.terms import DAY, Moment, VisitId

SLOT = 1000
"""Thousandths of a slot in a slot."""


class Stratum(StrEnum):
    """Why a box is on the list."""

    MANDATORY = "mandatory"
    SCORE = "score"
    TILTED = "tilted"
    UNIFORM = "uniform"
    OFFICER = "officer"
    PERCENT = "percent"  # a criterion wants so many per hundred of the boxes that meet it


class Candidate(msgspec.Struct, frozen=True):
    """A box that could be scanned in a shift.

    Attributes:
        visit: Which. ready: From when. due: Until when; None where no deadline is known.
        logodds_milli: Its score, thousandths of natural log-odds. mandatory: Must be scanned.
        officer: An officer put it on the list.
        percent: Of the boxes that meet a criterion it meets, so many per hundred are drawn; 0 where it meets none.
    """

    visit: VisitId
    logodds_milli: int
    ready: Moment | None = None
    due: Moment | None = None
    mandatory: bool = False
    officer: bool = False
    percent: int = 0


class Selection(msgspec.Struct, frozen=True):
    """One box chosen for one shift.

    Attributes:
        visit: Which. stratum: Why. propensity: Probability with which this plan would choose it, 0 < p <= 1.
        rank: Place by score among the candidates of the shift, from 1.
        scanner: Where; empty where mandatory boxes exceed the slots: then a human decides.
    """

    visit: VisitId
    stratum: Stratum
    propensity: float
    rank: int
    scanner: str


class ShiftPlan(msgspec.Struct, frozen=True):
    """The plan of one shift, with all an auditor needs to draw again.

    Attributes:
        shift: Which. policy: Hash of the selection policy. selections: In order of rank.
        pool: Boxes below the cut as (visit, log-odds in thousandths), in order of visit: what the draws drew from.
        missed: Boxes not chosen, best first. slots: Slots there were.
        last_chance: Of those missed, the boxes whose deadline ends in this shift.
        overload: Mandatory boxes beyond the slots.
        expected_missed: Sum of the missed boxes' probabilities; not calibrated before outcomes have taught the score.
        criteria: Boxes that a criterion with a percentage was drawn for, as (visit, percent), in order of visit.
        drawn_milli: Thousandths of slots that the policy gives to the tilted and to the uniform draw; empty in plans of
            old, whose draws had whole slots.
    """

    shift: Shift
    policy: str
    selections: tuple[Selection, ...]
    pool: tuple[tuple[VisitId, int], ...]
    missed: tuple[VisitId, ...]
    last_chance: tuple[VisitId, ...]
    slots: int
    overload: int
    expected_missed: float
    criteria: tuple[tuple[VisitId, int], ...] = ()
    drawn_milli: tuple[int, ...] = ()


def probability(logodds_milli: int) -> float:
    """Turn log-odds in thousandths into a probability between 0 and 1."""
    return 1.0 / (1.0 + exp(-max(-700_000, min(700_000, logodds_milli)) / 1000))


def plan_shift(
    candidates: Sequence[Candidate], shift: Shift, policy: SelectionPolicy, key: bytes, draw: int = 0
) -> ShiftPlan:
    """Choose the boxes of a shift.

    Args:
        candidates: Boxes at the site that nobody has scanned; those outside the shift's hours are left out.
        shift: Site, hours, scanners. policy: Shares. key: Sealed key of the day (see `sealing`).
        draw: Number of the plan for this shift, from 0; each draws anew.

    Returns:
        The plan. Mandatory boxes and boxes an officer added always stand on it, even beyond the slots.
    """
    ranked = sorted((c for c in candidates if _in_hours(c, shift)), key=lambda c: (-c.logodds_milli, c.visit))
    ranks = {c.visit: place for place, c in enumerate(ranked, start=1)}
    criteria = tuple(sorted((c.visit, c.percent) for c in ranked if _is_met_today(c, shift)))
    by_percent = draw_percent(criteria, key)
    fixed = [c for c in ranked if c.mandatory or c.officer or c.visit in by_percent]
    rest = [c for c in ranked if not (c.mandatory or c.officer or c.visit in by_percent)]
    free = max(0, shift.slots - len(fixed))
    tilted, uniform = free * policy.tilted_permille, free * policy.uniform_permille
    certain = free - whole_slots(tilted, uniform)
    by_score, pool = rest[:certain], rest[certain:]
    chosen = [_fixed(c) for c in fixed]
    chosen += [(c.visit, Stratum.SCORE, 1.0) for c in by_score]
    below = tuple(sorted((c.visit, c.logodds_milli) for c in pool))
    chosen += draw_pool(below, tilted, uniform, key, f"{shift.id}|{draw}")
    chosen.sort(key=lambda pick: ranks[pick[0]])
    made = _written(chosen, ranked, ranks, below, shift, policy)
    return msgspec.structs.replace(made, criteria=criteria, drawn_milli=(tilted, uniform))


def _is_met_today(candidate: Candidate, shift: Shift) -> bool:
    """Whether the draw of a criterion is about a box: on the day it comes, so that each box is drawn for once."""
    came = candidate.ready is not None and candidate.ready // DAY == shift.start // DAY
    return candidate.percent > 0 and came and not (candidate.mandatory or candidate.officer)


def _fixed(candidate: Candidate) -> tuple[VisitId, Stratum, float]:
    if candidate.mandatory or candidate.officer:
        return candidate.visit, Stratum.MANDATORY if candidate.mandatory else Stratum.OFFICER, 1.0
    return candidate.visit, Stratum.PERCENT, candidate.percent / 100


def draw_percent(criteria: Sequence[tuple[VisitId, int]], key: bytes) -> frozenset[VisitId]:
    """Draw for boxes that meet a criterion: each with its percentage, by itself, whatever plan of the day it stands on.

    Args:
        criteria: Visit and percent, 1 to 100. key: Sealed key of the day.
    """
    return frozenset(visit for visit, percent in criteria if lot(key, Stratum.PERCENT, visit) * 100 < percent << 64)


def whole_slots(tilted_milli: int, uniform_milli: int) -> int:
    """Tell how many slots are drawn for: the shares of both draws in thousandths, rounded up together."""
    return -(-(tilted_milli + uniform_milli) // SLOT)


def draw_pool(
    pool: Sequence[tuple[VisitId, int]], tilted_milli: int, uniform_milli: int, key: bytes, label: str
) -> list[tuple[VisitId, Stratum, float]]:
    """Draw from the boxes below the cut: first tilted by score, then uniformly from what is left.

    Shares are seldom whole slots. They are rounded by the key, so that each draw has its share on average however few
    slots a shift has; what is left of the last slot belongs to the score, and falls to the best box of the pool. That
    box stands under the tilted draw: it was not certain either.

    Args:
        tilted_milli, uniform_milli: Thousandths of slots for each draw; together at most what the shift has free.

    Returns:
        Visit, stratum and total propensity (the chance to be drawn in any way, over all roundings) of each box drawn.

    Source: the tilt takes weights proportional to the square root of the probability of a hit, which minimises the
        variance of the Horvitz-Thompson estimate of rare hits (Neyman allocation; Särndal, Swensson and Wretman,
        Model Assisted Survey Sampling, 1992). Shares are rounded as W. G. Madow draws (see `draw.drawn`).
    """
    total = chances_in(pool, tilted_milli, uniform_milli)
    mark = lot(key, f"{label}|slots") * SLOT >> 64
    weights = _weights(pool)
    best, tilted, uniform = _rounded(weights, rounded(_parts(tilted_milli, uniform_milli), mark), pool)
    others = [name for name in weights if name not in best]
    by_tilt = drawn(others, inclusion([weights[name] for name in others], tilted), key, f"{label}|{Stratum.TILTED}")
    left = [name for name in others if name not in by_tilt]
    by_uniform = drawn(left, inclusion([1.0] * len(left), uniform), key, f"{label}|{Stratum.UNIFORM}")
    picks = [(name, Stratum.TILTED, total[name]) for name in weights if name in by_tilt or name in best]
    return picks + [(name, Stratum.UNIFORM, total[name]) for name in left if name in by_uniform]


def chances_in(pool: Sequence[tuple[VisitId, int]], tilted_milli: int, uniform_milli: int) -> dict[VisitId, float]:
    """Tell the chance of every box of a pool to be drawn, over all roundings of the shares; empty where none is."""
    if tilted_milli + uniform_milli == 0:
        return {}
    weights = _weights(pool)
    total = dict.fromkeys(weights, 0.0)
    for share, counts in roundings(_parts(tilted_milli, uniform_milli)):
        best, tilted, uniform = _rounded(weights, counts, pool)
        others = weights if not best else {name: weight for name, weight in weights.items() if name not in best}
        second = uniform / (len(others) - tilted) if len(others) > tilted else 0.0
        for visit in best:
            total[visit] += share
        for visit, chance in zip(others, inclusion(list(others.values()), tilted), strict=True):
            total[visit] += share * (chance + (1.0 - chance) * second)
    return {visit: min(1.0, chance) for visit, chance in total.items()}


def _weights(pool: Sequence[tuple[VisitId, int]]) -> dict[VisitId, float]:
    return {visit: sqrt(probability(score)) for visit, score in pool}


def _parts(tilted_milli: int, uniform_milli: int) -> tuple[int, int, int]:
    """What is left of the last slot for the score, and the shares of both draws: whole slots together."""
    return -(tilted_milli + uniform_milli) % SLOT, tilted_milli, uniform_milli


def _rounded(
    weights: Mapping[VisitId, float], counts: Sequence[int], pool: Sequence[tuple[VisitId, int]]
) -> tuple[tuple[VisitId, ...], int, int]:
    """The best of a pool, where a slot is left for it; how many of the others are drawn in either way."""
    best = (min(pool, key=lambda box: (-box[1], box[0]))[0],) if counts[0] and pool else ()
    left = len(weights) - len(best)
    tilted = min(counts[1], left)
    return best, tilted, min(counts[2], left - tilted)


def pool_chances(plan: ShiftPlan) -> dict[VisitId, float]:
    """Tell the chance of every box of a plan's pool to be drawn, drawn or not; what `draw_pool` told of the drawn."""
    return chances_in(plan.pool, *_shares_of(plan))


def draw_again(plan: ShiftPlan, key: bytes, draw: int) -> frozenset[tuple[VisitId, Stratum, float]]:
    """Draw again from the recorded pool of a plan, with the revealed key of its day and the plan's number.

    Plans of old summed their chances in order of score; sums in another order may differ in the last digit.
    """
    pool = plan.pool if plan.drawn_milli else sorted(plan.pool, key=lambda box: (-box[1], box[0]))
    return frozenset(draw_pool(pool, *_shares_of(plan), key, f"{plan.shift.id}|{draw}"))


def _shares_of(plan: ShiftPlan) -> tuple[int, int]:
    """Thousandths of slots of both draws, of old plans as many whole slots as boxes were drawn."""
    if plan.drawn_milli:
        return plan.drawn_milli[0], plan.drawn_milli[1]
    strata = [one.stratum for one in plan.selections]
    return strata.count(Stratum.TILTED) * SLOT, strata.count(Stratum.UNIFORM) * SLOT


def _in_hours(candidate: Candidate, shift: Shift) -> bool:
    ready = candidate.ready is None or candidate.ready < shift.end
    return ready and (candidate.due is None or candidate.due > shift.start)


def _written(
    chosen: Sequence[tuple[VisitId, Stratum, float]],
    ranked: Sequence[Candidate],
    ranks: dict[VisitId, int],
    pool: tuple[tuple[VisitId, int], ...],
    shift: Shift,
    policy: SelectionPolicy,
) -> ShiftPlan:
    taken = {visit for visit, _, _ in chosen}
    missed = [c for c in ranked if c.visit not in taken]
    berths = _berths(shift.scanners)
    return ShiftPlan(
        shift=shift,
        policy=policy.hash,
        selections=tuple(
            Selection(visit, stratum, chance, ranks[visit], berths[place] if place < len(berths) else "")
            for place, (visit, stratum, chance) in enumerate(chosen)
        ),
        pool=pool,
        missed=tuple(c.visit for c in missed),
        last_chance=tuple(c.visit for c in missed if c.due is not None and c.due <= shift.end),
        slots=shift.slots,
        overload=max(0, len(chosen) - shift.slots),
        expected_missed=sum(probability(c.logodds_milli) for c in missed),
    )


def _berths(scanners: Sequence[Scanner]) -> list[str]:
    """Deal the slots round the scanners, so that each gets high and low ranks alike."""
    longest = max((scanner.slots for scanner in scanners), default=0)
    return [scanner.id for turn in range(longest) for scanner in scanners if turn < scanner.slots]
