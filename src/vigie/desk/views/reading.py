"""What the faces show of the reading room."""

from typing import Self

import msgspec

from vigie.desk.views.container import ContainerView, ReasonView
from vigie.scanning import Region, RoomRules
from vigie.terms import Moment, OfficerId, VisitId


class ReadingRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A scan on the list of the reading room.

    Attributes:
        scan: Its name. container: Number, as the file or the match says. visit: Empty where it belongs to no visit yet.
        site, scanner, received: Where, by what, since when. due: When it should have its first reading. late: It has
            not. awaits: Whom it waits for. mine: Which reading this officer can give; empty for none.
        place: Queue of the machine: `look-first`, `look`, `random-audit`; empty where it read nothing, or the site
            hides it. band: Of the box's risk; empty where unknown. claimed_by, until: Who reads it now.
        simulated: The picture is invented. doubts: Doubts about the scan. taken: When, or when it came.
    """

    scan: str
    container: str
    visit: str
    site: str
    scanner: str
    received: Moment
    due: Moment
    late: bool
    awaits: str
    mine: str = ""
    place: str = ""
    band: str = ""
    score_milli: int = 0
    claimed_by: str = ""
    until: Moment | None = None
    simulated: bool = False
    doubts: int = 0
    taken: Moment = Moment(0)


class ReadingQueue(msgspec.Struct, frozen=True):
    """The list of the reading room.

    Attributes:
        rows: In the order in which they are to be read. counts: Waiting scans by whom they wait for, before filters.
        machine_order: The machine's queues made the order. found: Rows before the limit.
        unread, lag_s: Scans of the node that no machine has read yet, and seconds the oldest of them waits.
    """

    rows: tuple[ReadingRow, ...]
    counts: dict[str, int]
    found: int
    machine_order: bool = False
    unread: int = 0
    lag_s: int = 0


class FindingView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding of the machine, as `vigie.scanning.Finding`. text: Kind and part in the officer's language."""

    kind: str
    zone: str
    box: tuple[int, int, int, int]
    score: float
    alarm: bool
    text: str
    facts: str = ""
    false_alarm_rate: float = 0.0
    negatives: int = 0
    against: str = ""
    kg: float | None = None
    kg_low: float | None = None
    kg_high: float | None = None


class GivenView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reading that was given. reader: Empty where the officer may not know who. Else as `vigie.scanning.Reading`."""

    order: str
    verdict: str
    at: Moment
    seconds: int
    regions: tuple[Region, ...] = ()
    saw_machine: bool = False
    saw_reasons: bool = False
    note: str = ""
    reader: str = ""


class ReferenceView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A scan to compare with. why: `same-box`, `same-goods`, `empty`, `same-reefer`. at: When it was received."""

    scan: str
    why: str
    container: str
    site: str
    scanner: str
    at: Moment


class ScanReadingView(msgspec.Struct, frozen=True):
    """One scan as its reader sees it.

    Attributes:
        row: As on the list. rows, columns: Of the picture, pixels. row_mm, column_mm: Of a pixel. air, dark: Counts of
            each energy. energies_mev: The high one first. taken: When. hash: Of the pixels; part of their address.
        density: Pairs of transmission and areal density (g/cm²) of the scanner's calibration; empty without one.
        context: The box it belongs to; None where none, or the officer may not see it. reasons: Of its risk; None where
            the site hides them while the scan is read.
        machine: Findings of the machine; None while they are hidden. machine_why: Why there are none: `hidden`,
            `not-read`, or a reason of the machine.
        given: Readings that may be seen now. verdict: What was decided; empty while it waits. agreed: Of two readers.
        claim: Who reads it. earlier: Other scans of the box. references: Scans to compare with.
        base_rate: How rarely such an alarm is true, in words; empty where nothing alarms.
        quiet: Why parts of the machine did not run. commodity: As the file says. doubts: What is wrong with
            the scan, or unsure.
    """

    row: ReadingRow
    rows: int
    columns: int
    row_mm: float
    column_mm: float
    air: tuple[int, ...]
    dark: tuple[int, ...]
    energies_mev: tuple[float, ...]
    taken: Moment | None
    hash: str
    density: tuple[tuple[float, float], ...] = ()
    context: ContainerView | None = None
    reasons: tuple[ReasonView, ...] | None = None
    machine: tuple[FindingView, ...] | None = None
    machine_why: str = ""
    given: tuple[GivenView, ...] = ()
    verdict: str = ""
    agreed: bool | None = None
    claim: OfficerId | None = None
    earlier: tuple[ReadingRow, ...] = ()
    references: tuple[ReferenceView, ...] = ()
    base_rate: str = ""
    quiet: tuple[str, ...] = ()
    commodity: str = ""
    doubts: tuple[str, ...] = ()


class ReadingGiven(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a reading did. visit: The box that is held now, or whose scan is recorded; empty where none. next: The scan
    to read after it; empty where none waits."""

    scan: str
    order: str
    verdict: str
    awaits: str
    visit: VisitId | str = ""
    next: str = ""


class AgreementView(msgspec.Struct, frozen=True):
    """How far readers agree, as `vigie.scanning.Agreement`. waiting: Scans that wait for an arbiter."""

    pairs: int
    both_nothing: int
    both_hold: int
    first_only: int
    second_only: int
    observed: float | None
    kappa: float | None
    low: float | None
    high: float | None
    waiting: int


class RoomView(msgspec.Struct, frozen=True):
    """The rules of the reading room, as `vigie.scanning.RoomRules`."""

    machine_first: bool
    reasons_shown: bool
    places_shown: bool
    second_ppm: int
    claim_minutes: int
    due_minutes: int

    @classmethod
    def of(cls, rules: RoomRules) -> Self:
        """The rules as they are shown."""
        return cls(**msgspec.structs.asdict(rules))
