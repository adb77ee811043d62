"""Backtest: what indicators would have found among boxes whose outcome is known, and how sure that is.

Everything is counted from the decision table, so nothing looks ahead; what nobody looked into counts as nothing known,
never as nothing found. Source of the intervals: `vigie.risk.estimate`.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigie.risk.decisions import INSPECTED, RANDOM
from vigie.risk.estimate import Estimate, Interval, exact, lift, weighted
from vigie.risk.policy import Policy
from vigie.risk.score_batch import mask_sql

PER = 1000
"""Hits are told per 1,000 controls: rates of some per mille read as whole numbers."""

SLICES: Mapping[str, str] = {"site": "site", "origin": "loading_country", "detector": "detector"}
"""Ways of cutting a backtest: name to column of the decision table."""

_LOOKED = ("found", "late", "stratum", "propensity", *SLICES.values())


class Measured(msgspec.Struct, frozen=True):
    """What controls of some boxes showed.

    Attributes:
        code: Which boxes: an indicator, a typology, a port ...; empty for all.
        boxes: How many there were, looked into or not. inspected: Looked into at the port.
        hits: With cocaine. irregular: With anything at all. late: Found after they had left: missed.
        rate: Hits per inspected box with its exact interval; it tells of boxes that were chosen, not of all.
        random_inspected, random_hits: Of those, drawn by chance alone.
        weighted: Hits per box of the random pools, each draw weighted with its chance; None without such draws.
        lift: How many times as often as boxes drawn uniformly hold cocaine; None where nothing can be compared.
    """

    code: str
    boxes: int
    inspected: int
    hits: int
    irregular: int
    late: int
    rate: Estimate
    random_inspected: int = 0
    random_hits: int = 0
    weighted: Estimate | None = None
    lift: Estimate | None = None

    @property
    def per_thousand(self) -> float | None:
        """Hits per 1,000 controls; None without a control."""
        return self.hits * PER / self.inspected if self.inspected else None


class Alone(msgspec.Struct, frozen=True):
    """What an indicator adds that no other one tells.

    Attributes:
        alerts: Boxes at which it alone fired. inspected: Of those, looked into. hits: Found by it alone.
    """

    alerts: int
    inspected: int
    hits: int


class Tested(msgspec.Struct, frozen=True):
    """An indicator in a backtest. version, typology, action: As declared. dead: It never fired. within: Indicators that
    fired at every box at which it fired: beside them it says nothing new.
    """

    indicator: str
    version: int
    typology: str
    action: str
    measured: Measured
    alone: Alone
    dead: bool = False
    within: tuple[str, ...] = ()


class Overlap(msgspec.Struct, frozen=True):
    """Two indicators that fire together.

    Attributes:
        first, second: Which. both: Boxes at which both fired. of_first, of_second: As a share of the boxes of each.
        jaccard: As a share of the boxes of either.
    """

    first: str
    second: str
    both: int
    of_first: float
    of_second: float
    jaccard: float


class Backtest(msgspec.Struct, frozen=True):
    """What a policy would have found.

    Attributes:
        policy: Its hash. since, until: First and last decision counted, µs; None without decisions.
        all: Every box. fired: Boxes at which any indicator fired. random: Boxes drawn by chance alone.
        indicators: Each one, in the order of the policy. typologies, slices: Cuts of the boxes at which any fired;
            slices by the names of `SLICES`. overlaps: The strongest, at most `OVERLAPS`.
    """

    policy: str
    since: int | None
    until: int | None
    all: Measured
    fired: Measured
    random: Measured
    indicators: tuple[Tested, ...]
    typologies: tuple[Measured, ...]
    slices: dict[str, tuple[Measured, ...]]
    overlaps: tuple[Overlap, ...]


OVERLAPS = 20
"""Pairs shown: a screenful; a redundant indicator names its own pairs whatever their rank."""


class Tally(msgspec.Struct, frozen=True):
    """Boxes counted, before rates are made of them; everything a whole number.

    Attributes:
        boxes ... random_hits: As in `Measured`. uniform_inspected, uniform_hits: Drawn uniformly. pool: Boxes of random
            pools, drawn or not. drawn: Of those drawn and looked into, (found, chance) each.
    """

    boxes: int = 0
    inspected: int = 0
    hits: int = 0
    irregular: int = 0
    late: int = 0
    pool: int = 0
    random_inspected: int = 0
    random_hits: int = 0
    uniform_inspected: int = 0
    uniform_hits: int = 0
    drawn: tuple[tuple[bool, float], ...] = ()


def measured(code: str, told: Tally, base: Tally) -> Measured:
    """Make rates of counts.

    Args:
        code: Which boxes. told: Their counts. base: Counts of all boxes: lift compares with its uniform stratum.
    """
    within = exact(told.hits, told.inspected) if told.inspected else Interval(0.0, 1.0)
    rate = Estimate(told.hits / told.inspected if told.inspected else 0.0, within.low, within.high)
    by_chance = _weighted(told)
    above = None
    if told.inspected and base.uniform_inspected and told.hits + base.uniform_hits:
        above = lift(told.hits, told.inspected, base.uniform_hits, base.uniform_inspected)
    return Measured(code, told.boxes, told.inspected, told.hits, told.irregular, told.late, rate,
                    told.random_inspected, told.random_hits, by_chance, above)  # fmt: skip


def _weighted(told: Tally) -> Estimate | None:
    if not told.drawn or not told.pool:
        return None
    total = weighted([found for found, _ in told.drawn], [chance for _, chance in told.drawn])
    return Estimate(*(min(1.0, part / told.pool) for part in (total.value, total.low, total.high)))


def tried_sql(policy: Policy, rows: str) -> str:
    """Write the SELECT that tells of every decision which indicators fire, and what came of it; one pass.

    Returns:
        SQL with `at`, `pooled` (in a random pool), `looked` (somebody looked), `inspected` (at the port), `random`
        (drawn by chance), `found`, `late`, `stratum`, `propensity`, the columns of `SLICES`, then words `mask_0` …
    """
    told = (
        f"(SELECT *, propensity IS NOT NULL AS pooled, found IS NOT NULL AS looked, {INSPECTED} AS inspected,"
        f" {RANDOM} AS random FROM {rows})"
    )
    return mask_sql(policy, told, ("at", "pooled", "looked", "inspected", "random", *_LOOKED))


def overlaps(names: Sequence[str], together: Sequence[Sequence[int]]) -> tuple[Overlap, ...]:
    """Tell which indicators fire together, the strongest first.

    Args:
        names: Indicators. together: Boxes at which each pair fired; on the diagonal the boxes of each.
    """
    found = [
        Overlap(names[a], names[b], both, both / together[a][a], both / together[b][b],
                both / (together[a][a] + together[b][b] - both))
        for a in range(len(names)) for b in range(a + 1, len(names)) if (both := together[a][b])
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.jaccard, one.first, one.second))[:OVERLAPS])


def within(place: int, names: Sequence[str], together: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Name the indicators that fired at every box at which one fired."""
    own = together[place][place]
    return tuple(name for other, name in enumerate(names) if own and other != place and together[place][other] == own)


def tested(
    policy: Policy, tallies: Sequence[Tally], alone: Sequence[Alone], together: Sequence[Sequence[int]], base: Tally
) -> tuple[Tested, ...]:
    """Put the indicators of a policy together with their counts, in the order of the policy."""
    names = [one.id for one in policy.indicators]
    return tuple(
        Tested(one.id, one.version, one.typology, one.action.value, measured(one.id, told, base), apart,
               not told.boxes, within(place, names, together))
        for place, (one, told, apart) in enumerate(zip(policy.indicators, tallies, alone, strict=True))
    )  # fmt: skip


def cut(told: Mapping[str, Tally], base: Tally) -> tuple[Measured, ...]:
    """Make rates of the counts of each cut, the most inspected first."""
    order: Iterable[tuple[str, Tally]] = sorted(told.items(), key=lambda pair: (-pair[1].inspected, pair[0]))
    return tuple(measured(code, counts, base) for code, counts in order)
