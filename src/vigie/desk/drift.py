"""Drift and honesty: what the controls of a year prove of the rules, of chance, of data and of detectors."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Protocol

from vigie.desk.errands import Running, catch_up, whole
from vigie.desk.gate import may_know, permit
from vigie.desk.policy import draft
from vigie.desk.shares import share_in_force
from vigie.desk.trail import leave
from vigie.desk.views.drift import DriftView, Proof, VolumeRow
from vigie.desk.work import Working
from vigie.risk import (
    LABELS,
    RANDOM_STRATA,
    WEEK,
    Counted,
    IndicatorDrift,
    bound_of_none,
    chance,
    cusum,
    proposal,
    spread_chart,
    strata_rows,
    week_rows,
)
from vigie.risk import needed as _needed
from vigie.terms import DAY, BadRequest, Moment, Officer, Purpose

__all__ = ["DETECTORS", "LABELS", "TABLES", "drift", "export", "needed", "propose_share", "volumes"]

TARGETING = Purpose.TARGETING
YEAR = 371 * DAY
"""What is looked at: a year and the week that it ends in, so that 53 whole weeks are there."""

DETECTORS: dict[str, tuple[str, ...]] = {
    "scanner": ("detector", "detector_id"), "depth": ("depth",), "team": ("team",), "analyst": ("analyst",),
}  # fmt: skip
"""Ways to tell detectors apart; analysts, under pseudonyms, only for who may see them."""

SIZES = (1_000, 5_000, 10_000, 30_000, 100_000)
"""Round numbers of random controls. Source: reference page risk, "What a random stratum can and cannot prove"."""

_VOLUME_WEEKS = 12


class Drifting(Running, Protocol):
    """A node that can count its decisions."""

    def counted(self, label: str, detector: tuple[str, ...], since: int) -> Counted:
        """Count decisions from a moment on."""
        ...


def drift(
    officer: Officer, node: Drifting, label: str = LABELS[0], by: str = "scanner", purpose: Purpose = TARGETING,
    *, fresh: bool = True,
) -> DriftView:  # fmt: skip
    """Tell what the past year proves and does not prove.

    Args:
        label: What counts as a hit, one of `LABELS`. by: What tells detectors apart, one of `DETECTORS`.
        fresh: Bring the decision table up to date first, as `errands.catch_up` does; else it is taken as it stands.

    Raises:
        NotForYou: The officer may not, or may not see analysts. BadRequest: An unknown label or detector.
        AnalyticsMissing: Not installed.
    """
    permit(officer, "see-drift", purpose, "drift", node)
    if label not in LABELS or by not in DETECTORS:
        raise BadRequest(reason="unknown-choice", field="label" if label not in LABELS else "by")
    if by == "analyst":
        permit(officer, "see-analysts", purpose, "drift", node)
    if fresh:
        catch_up(officer, node, purpose, "see-drift")
    found = node.counted(label, DETECTORS[by], node.now() - YEAR)
    leave(officer, purpose, "see-drift", "drift", node, label=label, by=by)
    return _view(found, label, by, officer, node)


def _view(found: Counted, label: str, by: str, officer: Officer, node: Working) -> DriftView:
    weeks = week_rows(found)
    handling = {one.id: int(one.handling) for one in node.rules.policy.indicators}
    known = [name for name in found.firing if may_know(officer, handling.get(name, 9))]
    pool = chance(found)
    drawn = [found.strata[name] for name in RANDOM_STRATA if name in found.strata]
    random, hits = sum(one.n for one in drawn), sum(one.hits for one in drawn)
    changed = sum(one.state == "changed" for one in found.columns)
    shares = share_in_force(node)
    return DriftView(
        label=label, rows=found.rows, controls=sum(one.n for one in found.strata.values()),
        since=found.weeks[0] if found.weeks else Moment(0), until=found.weeks[-1] if found.weeks else Moment(0),
        strata=strata_rows(found), weeks=weeks, pool_low=pool.low, pool_high=pool.high,
        indicators=tuple(sorted(
            (IndicatorDrift(name, spread_chart(found.firing[name]), cusum(found.finds[name])) for name in known),
            key=lambda one: (not one.alarm, one.indicator),
        )),
        names={name: node.rules.title(name, officer.language) for name in known},
        columns=found.columns, volumes=volumes(node), detector=DETECTORS[by], detectors=found.detectors,
        random=random, hits=hits, bound=bound_of_none(random), proofs=tuple(Proof(n, bound_of_none(n)) for n in SIZES),
        share=proposal(shares.tilted_permille + shares.uniform_permille, weeks, changed),
        window_since=Moment(node.now() - YEAR), window_until=node.now(),
    )  # fmt: skip


def volumes(node: Working) -> tuple[VolumeRow, ...]:
    """Messages by form over the last weeks; a source that fell silent changes every rate, and no rate tells it."""
    start = (node.now() // WEEK - _VOLUME_WEEKS + 1) * WEEK
    counts: dict[str, list[int]] = {}
    for form, week, n in node.store.parts.weekly(start, WEEK):
        counts.setdefault(form, [0] * _VOLUME_WEEKS)[min((week - start) // WEEK, _VOLUME_WEEKS - 1)] += n
    return tuple(VolumeRow(form, tuple(row), _state(row)) for form, row in sorted(counts.items()))


def _state(weeks: Sequence[int]) -> str:
    """The running week is not over, so the two before it count."""
    before, last = weeks[:-3], weeks[-3:]
    return "silent" if any(before) and not any(last) else "new" if any(last) and not any(before) else "same"


def needed(rate: float, level: float = 0.95) -> int:
    """How many random controls it takes to meet at least one box that holds something.

    Args:
        rate: Share of boxes that hold something, above 0 and below 1. level: Between 0 and 1.

    Raises:
        BadRequest: A rate or level outside.
    """
    return _needed(rate, level)


def propose_share(
    officer: Officer, permille: int, reason: str, node: Working, purpose: Purpose = TARGETING
) -> int:
    """Draft another share of chance, half tilted by score and half uniform; a second officer approves it.

    Args:
        permille: Thousandths of the free slots, 0 to 1000.

    Returns:
        The number of the version of the settings; everything else in it is as it is in force.

    Raises:
        NotForYou: The officer may not draft rules. BadRequest: A share outside, or no reason.
    """
    if not 0 <= permille <= 1000:
        raise BadRequest(reason="share-outside", field="permille")
    shares = {"tilted_permille": permille - permille // 2, "uniform_permille": permille // 2}
    return draft(officer, {"shares": shares}, reason, node, purpose).version


TABLES = ("strata", "weeks", "indicators", "columns", "detectors", "volumes")
"""Tables that can be taken along."""


def export(
    officer: Officer, node: Drifting, table: str, label: str = LABELS[0], by: str = "scanner",
    purpose: Purpose = TARGETING,
) -> str:
    """Write one table of the page as CSV, header first; errors as `drift`.

    Raises:
        BadRequest: No such table. ErrandUnderWay: Much of the decision table is still being written.
    """
    if table not in TABLES:
        raise BadRequest(reason="unknown-choice", field="table")
    permit(officer, "see-drift", purpose, "drift", node)
    whole(officer, node, purpose, "see-drift")
    view = drift(officer, node, label, by, purpose, fresh=False)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(rows_of_table(view, table))
    return out.getvalue()


def rows_of_table(view: DriftView, table: str) -> Iterator[tuple[object, ...]]:
    """The rows of one table, header first."""
    match table:
        case "strata":
            yield "stratum", "chosen", "controls", "hits", "rate", "low", "high"
            yield from ((r.stratum, r.chosen, r.n, r.hits, r.rate, r.low, r.high) for r in view.strata)
        case "weeks":
            yield ("week", "score_controls", "score_hits", "random_controls", "random_hits", "precision", "low", "high",
                   "chance_high", "alarm")  # fmt: skip
            yield from ((r.week, r.score.n, r.score.hits, r.random.n, r.random.hits, r.precision, r.low, r.high,
                         r.chance_high, int(r.alarm)) for r in view.weeks)  # fmt: skip
        case "indicators":
            yield "indicator", "chart", "week", "hits", "n", "rate", "low", "high", "up", "down", "alarm"
            for one in view.indicators:
                for chart, points in (("firing", one.firing), ("hits", one.hits)):
                    yield from ((one.indicator, chart, week.week, p.hits, p.n, p.rate, p.low, p.high, p.up, p.down,
                                 p.alarm) for week, p in zip(view.weeks, points, strict=True))  # fmt: skip
        case "columns":
            yield "column", "psi", "by_chance", "state", "unknown_before", "unknown_now", "new", "gone"
            yield from ((c.column, c.psi, c.by_chance, c.state, c.unknown_before, c.unknown_now, " ".join(c.new),
                         " ".join(c.gone)) for c in view.columns)  # fmt: skip
        case "detectors":
            yield (*view.detector, "controls", "hits", "ratio", "low", "high", "shared")
            yield from ((*d.detector, d.n, d.hits, d.ratio, d.low, d.high, d.shared) for d in view.detectors)
        case _:
            yield ("form", *(f"week_{place}" for place in range(1, _VOLUME_WEEKS + 1)), "state")
            yield from ((v.form, *v.weeks, v.state) for v in view.volumes)
