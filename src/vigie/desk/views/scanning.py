"""What the faces show of scans and scanners."""

import msgspec

from vigie.scanning import Drift, Piece, QualityResult
from vigie.terms import Moment, VisitId


class ScanFaultView(msgspec.Struct, frozen=True):
    """What is wrong with a scan, or unsure. place: Where in file or picture. text: In the reader's language.

    route: Who has to look: `targeting`, `scanner`, `reader`.
    """

    code: str
    place: str
    text: str
    route: str


class ScanRow(msgspec.Struct, frozen=True):
    """One scan in a list.

    Attributes:
        id: Its id. visit: Its box; empty while it waits. claimed: Container number as the file has it.
        matched: `number`, `order`, `officer`; empty: it waits. taken: When; None where no file says it.
        findings: How many things are wrong or unsure. simulated: The pixels are a simulation.
    """

    id: str
    visit: VisitId
    claimed: str
    matched: str
    site: str
    scanner: str
    taken: Moment | None
    received: Moment
    rows: int
    columns: int
    energies_mev: tuple[float, ...]
    findings: int
    simulated: bool


class ScansPage(msgspec.Struct, frozen=True):
    """Scans, the latest received first. after: Where the next page begins; empty: at the end. waiting: Unmatched."""

    rows: tuple[ScanRow, ...]
    after: str
    waiting: int


class ScanCard(msgspec.Struct, frozen=True):
    """One scan as a page lists it. faults: What is wrong with it or unsure, in the reader's language."""

    row: ScanRow
    faults: tuple[ScanFaultView, ...]


class ScanCards(msgspec.Struct, frozen=True):
    """Scans as a page lists them. waits: Those without a box. rows: The others. Each the latest received first.

    after: Where the next page begins; empty: at the end. more: More wait than `waits` holds.
    """

    waits: tuple[ScanCard, ...]
    rows: tuple[ScanCard, ...]
    after: str
    more: bool


class OriginalView(msgspec.Struct, frozen=True):
    """A file as it came."""

    name: str
    sha256: str
    size: int


class ScanReportView(msgspec.Struct, frozen=True):
    """One reading of a scan. threats: How many places it speaks of."""

    type: str
    decision: str
    at: Moment | None
    author: str
    algorithm: tuple[str, ...]
    threats: int


class ScanView(msgspec.Struct, frozen=True):
    """One scan with all that is known of it.

    Attributes:
        row: As in a list. row_mm, column_mm, air, dark, travel, commodity: How it was taken.
        pixels: SHA-256 of what the detectors gave. disabled: Why no machine reads it, told; empty where one may.
        disabled_code: The same as a code.
    """

    row: ScanRow
    form: str
    row_mm: float
    column_mm: float
    air: tuple[int, ...]
    dark: tuple[int, ...]
    travel: str
    commodity: str
    pixels: str
    files: tuple[OriginalView, ...]
    findings: tuple[ScanFaultView, ...]
    reports: tuple[ScanReportView, ...]
    disabled: str
    disabled_code: str


class UnreadView(msgspec.Struct, frozen=True):
    """Files that gave no scan. code: Why. text: In the reader's language."""

    files: tuple[str, ...]
    code: str
    text: str


class ScanImportView(msgspec.Struct, frozen=True):
    """What became of files that were handed in.

    Attributes:
        taken, known: Scans that are new, and that were here before. reports: Readings that were added to scans.
        unmatched: Of the new ones, those that wait for an officer. rows: All scans of the files. unread: The rest.
    """

    taken: int
    known: int
    reports: int
    unmatched: int
    rows: tuple[ScanRow, ...]
    unread: tuple[UnreadView, ...]


class ScannerView(msgspec.Struct, frozen=True):
    """One scanner of the register.

    Attributes:
        calibrated, until: When it was calibrated, and until when that holds; None before the first time.
        ratios: Attenuation at the low over the high energy of organic, iron and lead.
        drifts: What single scans and pieces of steel said since, the latest last.
        disabled: Why no machine judges its pictures, told; empty where one may. disabled_code: The same as a code.
    """

    name: str
    site: str
    energies_mev: tuple[float, ...]
    row_mm: float
    column_mm: float
    air: tuple[int, ...]
    dark: tuple[int, ...]
    travel: str
    active: bool
    note: str
    calibrated: Moment | None
    until: Moment | None
    ratios: tuple[float, ...]
    pieces: tuple[Piece, ...]
    quality: tuple[QualityResult, ...]
    drifts: tuple[Drift, ...]
    disabled: str
    disabled_code: str
