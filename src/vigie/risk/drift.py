"""What the past weeks prove and do not prove: hit rates by stratum, precision against chance, a share to explore."""

from collections.abc import Sequence
from math import ceil, log1p

import msgspec

from vigie.risk.drift_charts import Point
from vigie.risk.drift_detectors import Adjusted
from vigie.risk.estimate import LEVEL, Interval, exact, weighted
from vigie.terms import DAY, BadRequest, Moment

WEEK = 7 * DAY
TRAILING = 13
"""Weeks over which exploitation is weighed against chance: a quarter, the span in which the reference page measured
exploration (reference page risk, "Exploration")."""

FEWEST_DRAWS = 30
"""Random controls of a quarter below which nothing is compared: 30 without a find still allow one box in ten
(`bound_of_none`), which no score of a port falls below by itself."""

LABELS = ("irregular", "cocaine")
"""What counts as a hit: anything out of order, or cocaine alone. The random stratum can prove little about cocaine
(reference page risk: use it for frequent labels)."""

SCORE, RANDOM_STRATA = "score", ("tilted", "uniform")
LEAST_PERMILLE, MOST_PERMILLE = 50, 200
"""Share of the slots drawn by chance: proposals stay within. Source: reference page risk: 5 % cost nothing, 20 % cost
10 % of the hits."""


class Controls(msgspec.Struct, frozen=True):
    """Controls. n: Boxes looked into. hits: Of those, with a find."""

    n: int = 0
    hits: int = 0

    @property
    def rate(self) -> float | None:
        """hits / n; None where nobody looked."""
        return self.hits / self.n if self.n else None


class StratumRow(msgspec.Struct, frozen=True):
    """A stratum: boxes chosen, controls of them, finds, rate with its exact 95 % interval."""

    stratum: str
    chosen: int
    n: int
    hits: int
    rate: float | None
    low: float
    high: float


class Drawn(msgspec.Struct, frozen=True):
    """A box drawn by chance and looked into. week: Start of its week. hit: Found. propensity: Chance to be drawn."""

    week: Moment
    hit: bool
    propensity: float


class WeekRow(msgspec.Struct, frozen=True):
    """A week of exploitation beside chance.

    Attributes:
        week: Start, µs. score, random: Controls of boxes chosen by score, and drawn by chance.
        precision: Rate of the trailing weeks chosen by score. low, high: Its exact interval.
        chance_high: Upper bound of the rate of a box of the pool, by the draws of the trailing weeks.
        alarm: Precision lies below that bound: choosing by score is not proven better than drawing lots.
    """

    week: Moment
    score: Controls
    random: Controls
    precision: float | None
    low: float
    high: float
    chance_high: float
    alarm: bool


class ColumnDrift(msgspec.Struct, frozen=True):
    """A column then and now.

    Attributes:
        column: Which. psi: Population stability index. by_chance: What an unchanged column stays below in 95 of 100.
        state: `same`, `watch`, `changed`. unknown_before, unknown_now: Share of boxes of which it is not said.
        new, gone: Codes that appeared or vanished, the most frequent first.
    """

    column: str
    psi: float
    by_chance: float
    state: str
    unknown_before: float
    unknown_now: float
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class IndicatorDrift(msgspec.Struct, frozen=True):
    """An indicator by week. firing: How often it fires. hits: How often a control of a box on which it fired finds."""

    indicator: str
    firing: tuple[Point, ...]
    hits: tuple[Point, ...]

    @property
    def alarm(self) -> bool:
        """A chart alarms in the latest four weeks."""
        return any(point.alarm for point in (*self.firing[-4:], *self.hits[-4:]))


class Counted(msgspec.Struct, frozen=True):
    """What the engine counted over a span; weeks are whole and in order, those without a box among them.

    Attributes:
        weeks: Starts, µs. chosen: Stratum to boxes chosen. strata: Stratum to controls.
        score, random: Controls by week.
        drawn: Boxes of random pools that were drawn and looked into. pool: Boxes of random pools, by week.
        firing: Indicator to (fired, boxes) by week. finds: Indicator to (finds, controls of boxes it fired on) by week.
        columns: Columns then and now. cells: Controls by detector and kind of box. rows: Decisions.
        detectors: Beside the reference.
    """

    weeks: tuple[Moment, ...]
    chosen: dict[str, int]
    strata: dict[str, Controls]
    score: tuple[Controls, ...]
    random: tuple[Controls, ...]
    drawn: tuple[Drawn, ...]
    pool: tuple[int, ...]
    firing: dict[str, tuple[tuple[int, int], ...]]
    finds: dict[str, tuple[tuple[int, int], ...]]
    columns: tuple[ColumnDrift, ...]
    detectors: tuple[Adjusted, ...]
    rows: int = 0


class Share(msgspec.Struct, frozen=True):
    """A share of the slots to draw by chance. now, proposed: Thousandths of the free slots. why: Code of the reason."""

    now: int
    proposed: int
    why: str


def strata_rows(counted: Counted) -> tuple[StratumRow, ...]:
    """Hit rate by stratum, each with its exact interval."""
    order = ("mandatory", "officer", SCORE, *RANDOM_STRATA, "")
    found = {*counted.chosen, *counted.strata}
    names = [*(name for name in order if name in found), *sorted(found.difference(order))]
    rows = []
    for name in names:
        told = counted.strata.get(name, Controls())
        bound = exact(told.hits, told.n)
        rows.append(StratumRow(name, counted.chosen.get(name, 0), told.n, told.hits, told.rate, bound.low, bound.high))
    return tuple(rows)


def week_rows(counted: Counted) -> tuple[WeekRow, ...]:
    """Precision of what was chosen by score, week by week, against what chance would have found."""
    rows = []
    for place, week in enumerate(counted.weeks):
        first = max(0, place + 1 - TRAILING)
        score = _sum(counted.score[first : place + 1])
        bound = exact(score.hits, score.n)
        high = _chance(counted, first, place).high
        rows.append(WeekRow(
            week, counted.score[place], counted.random[place], score.rate, bound.low, bound.high, high,
            score.rate is not None and _looked(counted, first, place) and score.rate < high,
        ))  # fmt: skip
    return tuple(rows)


def _sum(parts: Sequence[Controls]) -> Controls:
    return Controls(sum(one.n for one in parts), sum(one.hits for one in parts))


def _looked(counted: Counted, first: int, last: int) -> bool:
    """Tell whether there is enough to compare: with fewer draws the bound of chance is no bound."""
    return sum(one.n for one in counted.random[first : last + 1]) >= FEWEST_DRAWS


def _chance(counted: Counted, first: int, last: int) -> Interval:
    """The rate of a box of the pool in some weeks, by draws weighted with their chances; else 0 to 1."""
    since, until = counted.weeks[first], counted.weeks[last]
    mine = [one for one in counted.drawn if since <= one.week <= until]
    pool = sum(counted.pool[first : last + 1])
    if not mine or not pool:
        return Interval(0.0, 1.0)
    found = weighted([one.hit for one in mine], [one.propensity for one in mine])
    return Interval(min(1.0, found.low / pool), min(1.0, found.high / pool))


def chance(counted: Counted) -> Interval:
    """The rate of a box of the pool over the whole span."""
    return _chance(counted, 0, len(counted.weeks) - 1) if counted.weeks else Interval(0.0, 1.0)


def needed(rate: float, level: float = LEVEL) -> int:
    """How many random controls it takes to meet at least one box that holds something, at a level.

    >>> needed(1e-4)
    29956

    Args:
        rate: Share of boxes that hold something, above 0 and below 1. level: Between 0 and 1.

    Raises:
        BadRequest: A rate or level outside.
    """
    if not 0.0 < rate < 1.0 or not 0.0 < level < 1.0:
        raise BadRequest(reason="rate-or-level")
    return ceil(log1p(-level) / log1p(-rate))


def proposal(now: int, weeks: Sequence[WeekRow], changed: int) -> Share:
    """Propose a share of the slots for chance; a human approves it.

    Args:
        now: Today's share, thousandths. weeks: As `week_rows` gives them. changed: Columns whose data changed.

    Raised by half while the score is not proven better than chance or data have changed; lowered by a fifth after half
    a year without either. The idea to let drift set the share, and that every port needs another one, is ADAPT's; the
    steps are ours and bounded by what the reference page measured.
    Source: arXiv 2109.14155; reference page risk, "Exploration".
    """
    quiet = 26
    if not weeks or all(row.score.n == 0 for row in weeks):
        return Share(now, now, "share-no-controls")
    if weeks[-1].alarm:
        return Share(now, min(MOST_PERMILLE, max(now, LEAST_PERMILLE) * 3 // 2), "share-not-proven")
    if changed:
        return Share(now, min(MOST_PERMILLE, max(now, LEAST_PERMILLE) * 3 // 2), "share-changed")
    if len(weeks) >= quiet and not any(row.alarm for row in weeks[-quiet:]):
        return Share(now, max(LEAST_PERMILLE, now * 4 // 5), "share-quiet")
    return Share(now, now, "share-keep")

