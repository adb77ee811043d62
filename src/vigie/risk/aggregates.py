"""Features: mergeable whole-number aggregates over the ordered log, each declared once and compiled three times.

The value of a feature at entry e is the aggregate over the entries j with the same key and
`hlc_e - window <= hlc_j <= hlc_e - 1`; what a retraction took back before e is not counted if the entry that it took
back lies in that window. The rows of one entry share its hlc, so they never see each other.
"""

from enum import StrEnum
from hashlib import sha256

import msgspec

from vigie.risk.families import Family
from vigie.terms import DAY


class Aggregate(StrEnum):
    """How a feature sums up history.

    COUNT: entries whose measure is above 0; SUM: sum of the measure; both 0 over nothing.
    FIRST, LAST: the measure in the earliest or latest standing entry where it is above 0 (the greatest, where an
    entry has several rows of the key); None over nothing; over the whole history only.
    """

    COUNT = "count"
    SUM = "sum"
    FIRST = "first"
    LAST = "last"


class Feature(msgspec.Struct, frozen=True):
    """One feature.

    Attributes:
        name: Stable name; also the column name in SQL and the code of its label in `texts/features.toml`.
        family: Name of the key family. aggregate: How. measure: What of each entry.
        window_days: How far back, in days of 24 hours; None is the whole history.
        serves: The indicators of reference/trade.md it feeds.
        doc: What it says, in one sentence.
    """

    name: str
    family: str
    aggregate: Aggregate
    measure: str
    window_days: int | None = None
    serves: tuple[str, ...] = ()
    doc: str = ""

    @property
    def window(self) -> int | None:
        """The window in microseconds; None is the whole history."""
        return None if self.window_days is None else self.window_days * DAY

    @property
    def summed(self) -> bool:
        """Whether it is a count or a sum, 0 over nothing."""
        return self.aggregate in (Aggregate.COUNT, Aggregate.SUM)


class Novelty(msgspec.Struct, frozen=True):
    """A measure that is fixed when an entry arrives: `unit` of a row whose key was never seen, else 0.

    Summing it counts the distinct keys of `family` among the entries of another family.
    """

    measure: str
    family: str
    unit: str


FIXED = 3
"""Before the columns of a prefix row stand: rows counted, rows taken back, longest delay of a retraction (µs)."""


class Layout(msgspec.Struct, frozen=True):
    """What the prefix rows of one family hold.

    Attributes:
        columns: Cumulative counts and sums, each (aggregate, measure).
        slots: First and last values, each (aggregate, measure); each takes two places: hlc and value.
        windows: Window lengths in microseconds that the features of the family ask for, ascending.
    """

    columns: tuple[tuple[Aggregate, str], ...]
    slots: tuple[tuple[Aggregate, str], ...]
    windows: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many integers the totals of a prefix row are: rows, taken back, longest delay, columns, slots."""
        return FIXED + len(self.columns) + 2 * len(self.slots)

    def place(self, slot: int) -> int:
        """Where in the totals a slot stands: its hlc, and behind it its value."""
        return FIXED + len(self.columns) + 2 * slot

    def last_place(self, measure: str) -> int:
        """Where the last value of a measure stands; every first value has its last one beside it."""
        return self.place(self.slots.index((Aggregate.LAST, measure)))


class FeatureSet(msgspec.Struct, frozen=True):
    """Families, measures and features that belong together.

    Raises:
        ValueError: A feature names an unknown family or measure, a name is used twice, a window is not positive, or
            a first or last value has a window.
    """

    families: tuple[Family, ...]
    measures: tuple[str, ...]
    features: tuple[Feature, ...]
    novelties: tuple[Novelty, ...] = ()

    def __post_init__(self) -> None:
        known = {family.name for family in self.families}
        if len({feature.name for feature in self.features}) != len(self.features):
            raise ValueError("a feature name is used twice")
        for feature in self.features:
            if feature.family not in known or feature.measure not in self.measures:
                raise ValueError(f"{feature.name}: unknown family or measure")
            if feature.window_days is not None and (feature.window_days <= 0 or not feature.summed):
                raise ValueError(f"{feature.name}: this aggregate has no such window")

    @property
    def names(self) -> tuple[str, ...]:
        """The feature names in order."""
        return tuple(feature.name for feature in self.features)

    def family_number(self, name: str) -> int:
        """The position of a family."""
        return next(number for number, family in enumerate(self.families) if family.name == name)

    def of_family(self, name: str) -> tuple[tuple[int, Feature], ...]:
        """The features of a family, each with its position in the vector."""
        return tuple((place, each) for place, each in enumerate(self.features) if each.family == name)

    def layout(self, name: str) -> Layout:
        """What the prefix rows of a family hold."""
        mine = [feature for _, feature in self.of_family(name)]
        return Layout(
            tuple(dict.fromkeys((each.aggregate, each.measure) for each in mine if each.summed)),
            tuple(dict.fromkeys(
                (aggregate, each.measure)
                for each in mine if not each.summed
                for aggregate in (each.aggregate, Aggregate.LAST)
            )),
            tuple(sorted({each.window for each in mine if each.window is not None})),
        )

    def definition(self) -> str:
        """The hash of everything that decides a value: 16 hexadecimal characters; words do not count."""
        decides = (
            [(family.name, family.keys) for family in self.families],
            [(f.name, f.family, f.aggregate, f.measure, f.window_days) for f in self.features],
            [(n.measure, n.family, n.unit) for n in self.novelties],
        )
        return sha256(msgspec.json.encode(decides)).hexdigest()[:16]
