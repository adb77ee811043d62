"""The order of the human queue. A machine puts scans first or leaves them to the audit; it never clears one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.scanning.xray.finding import Finding, FindingKind, Place, Zone

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


class Threshold(Struct, frozen=True, kw_only=True):
    """From which score on a kind alarms in a part.

    Attributes:
        look, first: Scores for LOOK and for LOOK FIRST.
        look_rate, first_rate: Share of the negatives that reach each.
        negatives, against: How many, and which.
    """

    look: float
    first: float
    look_rate: float
    first_rate: float
    negatives: int
    against: str


class Level(Struct, frozen=True):
    """What is usual in one part: middle and 95 % point of its logits in pictures without threat."""

    middle: float
    high: float


class Thresholds(Struct, frozen=True, kw_only=True):
    """All thresholds of a site, by kind, zone, commodity and scanner; the most special that exists counts.

    Attributes:
        version: Changes with any value.
        values: By "kind/zone/commodity/scanner", where "*" stands for any of the last three.
        levels: What is usual in each part, by which the parts are made comparable.
    """

    version: str
    values: Mapping[str, Threshold]
    levels: Mapping[str, Level] = {}

    def of(self, kind: FindingKind, zone: Zone, commodity: str = "", scanner: str = "") -> Threshold:
        """The threshold that counts; one that nothing reaches where none was ever counted."""
        for part, goods, device in (
            (zone, commodity, scanner), (zone, "*", scanner), (zone, commodity, "*"), (zone, "*", "*"),
            ("*", commodity, scanner), ("*", "*", scanner), ("*", commodity, "*"), ("*", "*", "*"),
        ):  # fmt: skip
            found = self.values.get(f"{kind}/{part}/{goods or '*'}/{device or '*'}")
            if found is not None:
                return found
        return NEVER


NEVER = Threshold(look=2.0, first=2.0, look_rate=0.0, first_rate=0.0, negatives=0, against="")
"""No negatives were counted: no alarm can be told how often it is wrong, so none is given."""
LEAST_NEGATIVES = 100
"""Negatives below which no threshold is taken at 1 in 100: it would stand on less than one of them."""


def threshold_of(scores: "NDArray[float64]", against: str, *, look: float = 0.05, first: float = 0.01) -> Threshold:
    """Thresholds at two shares of false alarms, counted on negatives of one kind and part.

    Args:
        scores: Of scans in which nothing is hidden.
        look, first: Shares of them that may alarm.
    """
    import numpy as np

    if len(scores) < LEAST_NEGATIVES:
        return NEVER
    ordered = np.sort(np.asarray(scores, np.float64))[::-1]

    def at(share: float) -> tuple[float, float]:
        allowed = int(len(ordered) * share)
        level = float(np.nextafter(ordered[allowed], 2.0))
        return level, float((ordered >= level).mean())

    (low, low_rate), (high, high_rate) = at(look), at(first)
    return Threshold(
        look=low, first=high, look_rate=low_rate, first_rate=high_rate, negatives=len(ordered), against=against
    )


def combined(logits: Mapping[str, float], levels: Mapping[str, Level]) -> float:
    """An order by part, which is measured and not taken (ADR 0042): what lies farthest above what is usual, 0 to 1.

    0.5 is the point that one in twenty pictures without threat reaches in that part.
    """
    import math

    def above(part: str, value: float) -> float:
        usual = levels.get(part)
        return value if usual is None else (value - usual.high) / max(usual.high - usual.middle, 0.5)

    most = max((above(part, value) for part, value in logits.items()), default=-20.0)
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, most))))


def place_of(findings: Sequence[tuple[Finding, Threshold]], doubts: Sequence[str]) -> Place:
    """Where a scan stands in the queue; what reaches nothing waits with those of which the lot draws some for audit.

    Args:
        findings: What was found, each with its thresholds.
        doubts: Why the picture could not be judged; such a scan goes to a person first.
    """
    if doubts or any(each.score >= limit.first for each, limit in findings):
        return Place.LOOK_FIRST
    return Place.LOOK if any(each.score >= limit.look for each, limit in findings) else Place.RANDOM_AUDIT


def base_rate(detection: float, false_alarms: float, prevalence: float) -> float:
    """Out of how many alarms one is true.

    Args:
        detection: Share of the threats that are found. false_alarms: Share of the others that alarm.
        prevalence: Share of scans with a threat.

    >>> round(base_rate(0.41, 0.01, 0.001))
    25
    """
    true = detection * prevalence
    return (true + false_alarms * (1 - prevalence)) / true if true else float("inf")
