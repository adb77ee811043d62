"""What the statistics page tells: findings and kilos beside the effort that made them, against the span before."""

import msgspec

BANDS_KG = (10.0, 50.0, 200.0, 1000.0)
"""Bounds between lot sizes, kg. Source: own figure; press releases tell of bags of tens and loads of hundreds of kilos.
"""

STEP = 1.05
"""Median weights are told to this factor: weights are counted in classes, each 5 % heavier than the one before."""


class EffortRow(msgspec.Struct, frozen=True):
    """A box that was looked at.

    Attributes:
        at: When, µs UTC. place: UN/LOCODE. provenance: Country it was loaded in. irregular, cocaine: What showed.
        scanned: A plan of scans had it. random: Chance put it there.
    """

    at: int
    place: str
    provenance: str
    irregular: bool
    cocaine: bool
    scanned: bool
    random: bool


class Figures(msgspec.Struct, frozen=True):
    """Findings and effort of one span.

    Attributes:
        findings: Seizures, each once. grams: Of those weighed. unweighed: Findings without a weight.
        median_g: Median weight of a finding; None without any. largest_g: The heaviest one, for one load can outweigh
            a year. inspected, scanned, random: Boxes looked at; by a plan of scans; by chance. random_hits: Of the
            last, with any irregularity. None is not known: nothing was recorded there.
    """

    findings: int = 0
    grams: int = 0
    unweighed: int = 0
    median_g: int | None = None
    largest_g: int | None = None
    inspected: int | None = None
    scanned: int | None = None
    random: int | None = None
    random_hits: int | None = None


class Line(msgspec.Struct, frozen=True):
    """One row of a table: a month, port, country, cover load or lot size; this span, and the one before it."""

    name: str
    now: Figures
    before: Figures


class Counts(msgspec.Struct, frozen=True):
    """All that is counted for one span.

    Attributes:
        whole: Everything. months, ports, provenances, covers, lots: By what. Cover loads by HS chapter; lots by the
            classes between `BANDS_KG` (`0` to `4`), `unweighed`.
    """

    whole: Line
    months: tuple[Line, ...]
    ports: tuple[Line, ...]
    provenances: tuple[Line, ...]
    covers: tuple[Line, ...]
    lots: tuple[Line, ...]


class Span(msgspec.Struct, frozen=True):
    """What to count: months since year 0, first to last, against as many before or the same of the year before.

    place, provenance: Only this; empty asks nothing.
    """

    first: int
    last: int
    before_first: int
    before_last: int
    place: str = ""
    provenance: str = ""
