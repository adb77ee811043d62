"""How a column is declared: name, type, unit, range, and which parts of a visit it is read from."""

from enum import StrEnum

import msgspec

from vigie.risk.language import Type
from vigie.risk.language_types import EXACT, Kind
from vigie.terms import LARGEST_G


class Unit(StrEnum):
    """What a number counts; decides how it is written for an officer."""

    NONE = ""
    COUNT = "count"
    GRAM = "g"
    HOUR = "h"
    MINUTE = "min"
    PERMILLE = "permille"
    DECIDEGREE = "dc"
    CHARACTER = "character"
    CLOCK = "clock"
    MOMENT = "moment"
    KEY = "key"
    MILLI = "milli"


class Origin(StrEnum):
    """Where a value comes from; `evidence_entries` finds the log entries by it."""

    LINE = "line"
    PLAN = "plan"
    MOVE = "move"
    MEASURED = "measured"
    CONTROL = "control"
    RELEASE = "release"
    ACCESS = "access"
    PARTNER = "partner"
    PICTURE = "picture"
    FEATURE = "feature"
    WATCH = "watch"
    DERIVED = "derived"


class Declared(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        name: Stable name; also the code of its label in `texts/columns.toml` (of a feature: `texts/features.toml`).
        type: Type of its values. unit: Of numbers.
        origins: Where it comes from. events: Event codes it is read from, where `MOVE` is among the origins.
        text: The expression of a derived column.
        low, high, tiny: Range of a number, see `Kind`.
    """

    name: str
    type: Type
    unit: Unit = Unit.NONE
    origins: tuple[Origin, ...] = (Origin.LINE,)
    events: tuple[str, ...] = ()
    text: str = ""
    low: float = 0
    high: float = 0
    tiny: float = 1

    @property
    def kind(self) -> Kind:
        """Type and range as the language wants them."""
        return Kind(self.type, self.low, self.high, self.tiny)


DOCUMENTS = (Origin.LINE, Origin.PLAN)
MOST = 1_000_000_000  # of things counted; more are taken for unknown
MOST_HOURS = 10_000_000  # about 1,140 years


def flag(name: str, *origins: Origin, events: tuple[str, ...] = ()) -> Declared:
    """Declare a yes or no."""
    return Declared(name, Type.BOOL, Unit.NONE, origins or (Origin.LINE,), events)


def text(name: str, *origins: Origin, events: tuple[str, ...] = ()) -> Declared:
    """Declare a text."""
    return Declared(name, Type.TEXT, Unit.NONE, origins or (Origin.LINE,), events)


def count(name: str, *origins: Origin, unit: Unit = Unit.COUNT, events: tuple[str, ...] = ()) -> Declared:
    """Declare a number of things, from 0."""
    return Declared(name, Type.INT, unit, origins or (Origin.LINE,), events, "", 0, MOST)


def grams(name: str, *origins: Origin, events: tuple[str, ...] = ()) -> Declared:
    """Declare a mass in grams."""
    return Declared(name, Type.INT, Unit.GRAM, origins or (Origin.LINE,), events, "", 0, LARGEST_G)


def hours(name: str, *origins: Origin, unit: Unit = Unit.HOUR, events: tuple[str, ...] = ()) -> Declared:
    """Declare a time span in whole hours (or minutes), before or after."""
    return Declared(name, Type.INT, unit, origins or (Origin.LINE,), events, "", -60 * MOST_HOURS, 60 * MOST_HOURS)


def moment(name: str, *origins: Origin, events: tuple[str, ...] = ()) -> Declared:
    """Declare a moment."""
    return Declared(name, Type.MOMENT, Unit.MOMENT, origins or (Origin.LINE,), events, "", 0, EXACT)
