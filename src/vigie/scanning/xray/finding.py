"""What a machine found in a picture: where, of which kind, how sure, how often wrong. It never clears anything."""

from enum import StrEnum

from msgspec import Struct

Box = tuple[int, int, int, int]
"""Left, top, width, height in pixels of the full picture; the origin is its top left corner."""

MOST_FINDINGS = 20
"""Findings of one reading that are kept: more than a person looks at beside one picture."""

NOT_COMPARED = "not-compared-yet"
"""Said (`quiet`) by a reading of zones and heat map alone, which was not laid beside papers and earlier pictures."""


class FindingKind(StrEnum):
    """What sort of thing was found. A lattice of bricks and a foreign block are different messages to a reader."""

    BRICK_LATTICE = "brick-lattice"
    FOREIGN_BLOCK = "foreign-block"
    REFERENCE_DIFFERENCE = "reference-difference"
    UNLIKE_COMMODITY = "unlike-commodity"
    WEIGHT_DIFFERS = "weight-differs"
    LOAD_CLASS_DIFFERS = "load-class-differs"
    NOT_EMPTY = "not-empty"


class Zone(StrEnum):
    """A part of what stands in the picture. Each has thresholds of its own."""

    INTERIOR = "interior"
    FLOOR = "floor"
    ROOF = "roof"
    DOORS = "doors"
    REEFER = "reefer"
    CHASSIS = "chassis"


class Place(StrEnum):
    """Where a scan stands in the queue of the people who read. No place says that a scan need not be read."""

    LOOK_FIRST = "look-first"
    LOOK = "look"
    RANDOM_AUDIT = "random-audit"


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing found.

    Attributes:
        kind, zone: What, and in which part.
        box: Where.
        score: From 0 to 1, greater is more; to be compared within one kind only.
        threshold: An alarm is a score of at least this.
        false_alarm_rate: Share of the negatives of which this kind alarms at that threshold.
        negatives: On how many negatives that share was counted; 0 where it never was.
        against: Which negatives: "clean", "hard" (harmless dense blocks), "site" or "reference".
        kg, kg_low, kg_high: Mass that is too much, with a 95 % interval; None where it cannot honestly be told.
        facts: Numbers that the words of the kind name.
    """

    kind: FindingKind
    zone: Zone
    box: Box
    score: float
    threshold: float
    false_alarm_rate: float
    negatives: int
    against: str
    kg: float | None = None
    kg_low: float | None = None
    kg_high: float | None = None
    facts: dict[str, str | int | float] = {}

    @property
    def alarm(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= self.threshold


class Zones(Struct, frozen=True, kw_only=True):
    """Where the container and its parts stand in the picture.

    Attributes:
        container: The outer box of the container; None where none was found.
        areas: Each part with its box.
        doors_at: "left", "right" or "unknown".
        doubt: Why a person must look: "no-container", "two-containers", "cut-off", "truck-only", "black-strips",
            "saturated", "no-low-energy", "low-high-swapped".
    """

    container: Box | None
    areas: tuple[tuple[Zone, Box], ...] = ()
    doors_at: str = "unknown"
    doubt: tuple[str, ...] = ()

    def area(self, zone: Zone) -> Box | None:
        """The box of a part; None where it is not in the picture."""
        return next((box for name, box in self.areas if name is zone), None)


class Heat(Struct, frozen=True):
    """How much each spot looks like bricks.

    Attributes:
        box: The part of the picture it covers; stretch the map over it.
        rows, columns: Of the map.
        values: One byte a place, row by row: 0 to 255 for a score from 0 to 1.
    """

    box: Box
    rows: int
    columns: int
    values: bytes


class MachineReading(Struct, frozen=True, kw_only=True):
    """What the machine says of one scan.

    Attributes:
        place: Where the scan stands in the queue.
        score: The score that puts it there, 0 to 1.
        findings: The strongest first, those below their threshold too.
        zones: Where the parts were found.
        heat: Map of the bricks; None where the model did not run.
        models: SHA-256 of each model that took part.
        thresholds: Version of the thresholds.
        quiet: Why a part did not run, such as "stale-calibration".
    """

    place: Place
    score: float
    findings: tuple[Finding, ...]
    zones: Zones
    heat: Heat | None = None
    models: tuple[str, ...] = ()
    thresholds: str = ""
    quiet: tuple[str, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether it was laid beside papers and earlier pictures."""
        return NOT_COMPARED not in self.quiet
