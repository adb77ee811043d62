"""Simulated controls: who looks into which box, and what they then see. A label exists only where somebody looked.

The practice decides box by box, by what messages show of it: standing orders and information first, then an officer's
hunch that every visible trace strengthens, then a few at random. It knows nothing of the truth but what a tip tells.
"""

from dataclasses import dataclass
from random import Random
from statistics import NormalDist

from vigie.world.chance import Choice
from vigie.world.parameters import (
    CONTROLLED_ALL,
    CONTROLLED_SOUTH_AMERICA,
    DEPTHS,
    DOG_SHARE,
    HUNCH_PER_TRACE,
    IRREGULARITY,
    MANDATORY_SHARE,
    RANDOM_SHARE,
    SENSITIVITY,
    TARGETED_PLAIN,
    TIPPED,
)


@dataclass(frozen=True, slots=True)
class Practice:
    """A way of choosing boxes.

    Attributes:
        mandatory, targeted, random: Shares of clean boxes without traces that each reason chooses.
        tipped: Chance that information names a loaded box.
        hunch: Standard deviations by which one visible trace moves the officer.
    """

    mandatory: float
    targeted: float
    random: float
    tipped: float
    hunch: float

    def chosen(self, traces: int, loaded: bool, chance: Random) -> str | None:
        """Say why a box is looked at (`mandatory`, `targeted`, `random`), or None."""
        draw = chance.random()
        if loaded and chance.random() < self.tipped:
            return "mandatory"
        if draw < self.mandatory:
            return "mandatory"
        if chance.gauss(0.0, 1.0) + self.hunch * traces > self.bar:
            return "targeted"
        return "random" if draw > 1.0 - self.random else None

    @property
    def bar(self) -> float:
        """How strong a hunch must be, in standard deviations."""
        return NormalDist().inv_cdf(1.0 - self.targeted)


def practice_of(lane: str) -> Practice:
    """The historical practice for a lane: `south-america` or any other."""
    share = CONTROLLED_SOUTH_AMERICA.value if lane == "south-america" else CONTROLLED_ALL.value
    part = share / CONTROLLED_SOUTH_AMERICA.value
    return Practice(
        MANDATORY_SHARE.value * part, TARGETED_PLAIN.value * part, RANDOM_SHARE.value * part, TIPPED.value,
        HUNCH_PER_TRACE.value,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one control of one box showed.

    Attributes:
        found: `terms.Found` value. kilos: Net kilograms, None where nothing was weighed.
        concealment: `terms.Concealment` value, or empty. detector: `terms.Detector` value.
        depth: `terms.Depth` value. opened: The doors were opened, so the box got a new seal.
    """

    found: str
    kilos: float | None
    concealment: str
    detector: str
    depth: str
    opened: bool


_DEPTHS = Choice(tuple(depth for depth, _ in DEPTHS.value), tuple(share for _, share in DEPTHS.value))


def detected(concealment: str, chance: Random) -> bool:
    """Draw whether a control finds what is hidden there; the only chance that decides a find."""
    return chance.random() < SENSITIVITY.value[concealment]


def look(concealment: str, kilos: float, chance: Random) -> Seen:
    """Control a box; `concealment` is empty where nothing is hidden.

    A find is opened and unloaded whatever the control began with; a lot that is missed is recorded as nothing found.
    """
    depth = _DEPTHS.draw(chance)
    if concealment and detected(concealment, chance):
        detector = "scanner" if depth == "scan" else ("dog" if chance.random() < DOG_SHARE.value else "inspection-team")
        people = concealment == "hotel-container"
        return Seen("people" if people else "cocaine", None if people else kilos, concealment, detector,
                    "fully-unloaded", True)
    opened = depth != "scan"
    if not concealment and chance.random() < IRREGULARITY.value:
        return Seen("irregularity", None, "", "inspection-team", "partly-unloaded", True)
    return Seen("nothing", None, "", "scanner" if not opened else "inspection-team", depth, opened)
