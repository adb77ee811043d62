"""A past decision made again, as the faces show it."""

import msgspec

from vigie.terms import Moment, VisitId


class DifferenceView(msgspec.Struct, frozen=True):
    """What differs. part: Of the decision. name: Feature, indicator or list; empty where the reader may not know it.

    kept, again: The values as JSON.
    """

    part: str
    name: str
    kept: str
    again: str


class DrawView(msgspec.Struct, frozen=True):
    """A selection of the box made again.

    Attributes:
        plan: Log entry of the plan. shift, stratum, propensity, rank: As kept. verdict: `equal`, `different`,
        `sealed` (the key of the day is not revealed yet), `not-drawn` (no chance was involved), `erased`.
    """

    plan: str
    shift: str
    stratum: str
    propensity: float
    rank: int
    verdict: str


class Rederived(msgspec.Struct, frozen=True):
    """A past decision about a box, made again from what the node keeps.

    Attributes:
        visit: Which box. at: The log entry of the assessment. verdict: `equal` to the byte; `different`; `erased`
        (what it was made of is gone, by law or by order); `not-kept` (see `lacking`).
        policy: Hash of the policy that decided. entries: Log entries replayed. features: Values compared.
        differences: Exactly what differs. missing: What was erased or is not kept: `entry 1767…`, `policy …`.
        draws: Selections of the box up to now, newest first.
    """

    visit: VisitId
    at: Moment
    verdict: str
    policy: str
    entries: int
    features: int
    differences: tuple[DifferenceView, ...] = ()
    missing: tuple[str, ...] = ()
    draws: tuple[DrawView, ...] = ()

    @property
    def lacking(self) -> str:
        """What it takes and is not kept: `policy`, `model` (absent, or cannot be proved) or `declarations` (the policy
        is here, this version of vigie declares features or columns otherwise); empty where nothing is lacking.
        """
        return self.missing[0].partition(" ")[0] if self.verdict == "not-kept" and self.missing else ""


class RederivedSample(msgspec.Struct, frozen=True):
    """A random sample of past decisions made again.

    Attributes:
        asked: How many were wanted. checked: How many there were. equal, different, erased, not_kept: Of those.
        seed: Draws the same sample again. faults: Those that differ.
    """

    asked: int
    checked: int
    equal: int
    different: int
    erased: int
    not_kept: int
    seed: int
    faults: tuple[Rederived, ...] = ()
