"""Simulation: what the list of a day would be under other rules, and what that asks of scanners.

Nothing is drawn and nothing is kept: the slots that chance fills are left out on both sides, so that the two lists
differ by the rules alone.
"""

from collections.abc import Sequence

import msgspec

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import Action, Indicator
from vigie.risk.language_sql import quoted, sql
from vigie.risk.policy import Policy
from vigie.risk.score_batch import prior_sql

SHOWN = 200
"""Boxes told by name on each side: what an officer looks through; the counts are of all."""


_UNBOUNDED = 1 << 40
"""More than any sum of weights."""


class Slots(msgspec.Struct, frozen=True):
    """What can be scanned by the rules in one shift.

    Attributes:
        site, shift: Which. start, end: µs. scanners: Name to boxes it takes. by_chance: Boxes drawn, not chosen.
    """

    site: str
    shift: str
    start: int
    end: int
    scanners: dict[str, int]
    by_chance: int = 0

    @property
    def slots(self) -> int:
        """Boxes that can be scanned in all."""
        return sum(self.scanners.values())


class Moved(msgspec.Struct, frozen=True):
    """A box that comes onto the list, or drops out of it.

    Attributes:
        visit, site, shift, origin: Which box, on the list of which shift, loaded where.
        before_milli, after_milli: Its score under both rules. mandatory: It must be scanned, on the side it stands on.
        gained, lost: Indicators that fire under the other rules alone; under the present ones alone. pushed: Nothing of
            its own changed: others took its place, or left it.
    """

    visit: str
    site: str
    shift: str
    origin: str
    before_milli: int
    after_milli: int
    mandatory: bool
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def pushed(self) -> bool:
        """Whether only others moved it."""
        return not self.gained and not self.lost and self.before_milli == self.after_milli


class Load(msgspec.Struct, frozen=True):
    """How many boxes a list holds. site, shift, scanner, origin: Of what; empty: of all. slots: None: no bound."""

    site: str
    shift: str
    scanner: str
    origin: str
    before: int
    after: int
    slots: int | None = None


class Fires(msgspec.Struct, frozen=True):
    """At how many boxes an indicator fires under both rules, where that differs."""

    indicator: str
    before: int
    after: int


class BandCount(msgspec.Struct, frozen=True):
    """How many of the boxes due in time lie in a band under both rules."""

    name: str
    before: int
    after: int


class Simulated(msgspec.Struct, frozen=True):
    """The list of a day under two rules.

    Attributes:
        before, after: Hashes of the policies. boxes: Boxes at the sites. considered: Of those, due in time.
        listed_before, listed_after, both: On the lists, and on both. came, dropped: The first `SHOWN` of each side,
            the highest score first; came_count, dropped_count: Of all. mandatory_before, mandatory_after: Of the lists.
        loads: By shift and scanner, by port, by origin. fires: Indicators that fire at another number of boxes.
        expected_before, expected_after: Hits expected on the lists, by the chance that each box has under the present
            rules; None where their score is not calibrated. One measure for both lists: what a draft alone knows is not
            in it, so it tells what the draft gives up, not what it is worth (the backtest does).
        bands: In the order of the present rules. chance_before, chance_after: Slots left to chance.
    """

    before: str
    after: str
    boxes: int
    considered: int
    listed_before: int
    listed_after: int
    both: int
    came: tuple[Moved, ...]
    dropped: tuple[Moved, ...]
    came_count: int
    dropped_count: int
    mandatory_before: int
    mandatory_after: int
    loads: tuple[Load, ...]
    fires: tuple[Fires, ...]
    expected_before: float | None = None
    expected_after: float | None = None
    bands: tuple[BandCount, ...] = ()
    chance_before: int = 0
    chance_after: int = 0


def flags_sql(indicators: Sequence[Indicator], rows: str) -> str:
    """Write the SELECT of one column `f0` … per indicator: whether it fires, null where unknown."""
    told = [f"{sql(one.tree, KINDS)} AS f{place}" for place, one in enumerate(indicators)]
    return f"SELECT {', '.join(told)} FROM {rows}"


def starts_sql(policy: Policy, rows: str) -> str:
    """Write the SELECT of `prior_milli`: where each box starts."""
    return f"SELECT CAST({prior_sql(policy)} AS BIGINT) AS prior_milli FROM {rows}"


def weights_of(policy: Policy) -> dict[str, str]:
    """Name the columns that hold weights: as `added_sql` wants them, to the column of the box."""
    return {f"w{place}": one.weight.column for place, one in enumerate(policy.indicators) if one.weight.column}


def by_typology(policy: Policy) -> tuple[Policy, ...]:
    """Part a policy into one for each typology that weighs, bounded as that typology is and by nothing else.

    What they add to a box, added up and bounded by the whole, is what the policy adds to it.
    """
    groups: dict[str, list[Indicator]] = {}
    for one in policy.indicators:
        if one.action is Action.SCORE:
            groups.setdefault(one.typology, []).append(one)
    return tuple(
        msgspec.structs.replace(policy, indicators=tuple(mine), most_evidence_milli=_UNBOUNDED, fusion=None)
        for mine in groups.values()
    )


def differing(before: Policy, after: Policy) -> tuple[str, ...]:
    """Name the indicators that are not the same in both policies."""
    first, second = ({one.id: one.hash for one in policy.indicators} for policy in (before, after))
    return tuple(sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)))


def named(names: Sequence[str]) -> str:
    """Write columns after SELECT."""
    return ", ".join(map(quoted, names))
