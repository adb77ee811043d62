"""Scans from files and back: one Protocol, a form of file for each implementation; nothing here touches a disk."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from vigie.scanning.xray.report import Threat, ThreatReport
from vigie.scanning.xray.scan import Scan
from vigie.terms import AnalyticsMissing, Doubt, Fact, VigieError

LARGEST_SCAN_FILE = 256 << 20
"""Bytes of one file: two pictures of 32 million pixels of 16 bits, uncompressed, with room for a header."""

MOST_FILES = 2_000
"""Files of one import: a folder of a scanner's day."""


class BadScan(VigieError):
    """A file is no scan, or one that cannot be read: `reason` says why."""

    code = "bad-scan"


class ScanningMissing(AnalyticsMissing):
    """What reads pictures is not installed: extra `scanning`."""

    code = "scanning-missing"


class ScanFile(Struct, frozen=True):
    """One file of a scan. name: Without folders. body: Its bytes."""

    name: str
    body: bytes


class ScanRead(Struct, frozen=True, kw_only=True):
    """A scan that was read.

    Attributes:
        scan: The scan. form: Which format it came in. files: Names of the files it was read from.
        doubts: What is unsure in the files. threats: Places that its profile names, of simulated and of test scans.
        study, series: As the files name them (DICOS), with the instances of its pictures; empty elsewhere.
    """

    scan: Scan
    form: str
    files: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    threats: tuple[Threat, ...] = ()
    study: str = ""
    series: str = ""
    about: tuple[str, ...] = ()


class UnreadScan(Struct, frozen=True):
    """Files that gave no scan. reason: Code of why, as `BadScan` carries it. facts: Values that its text names."""

    files: tuple[str, ...]
    reason: str
    facts: dict[str, Fact] = {}


class ReportRead(Struct, frozen=True):
    """A report that was read. file: Its file."""

    report: ThreatReport
    file: str


class ScanBatch(Struct, frozen=True):
    """What files held. scans: The scans. reports: Threat detection reports. unread: What could not be read, and why."""

    scans: tuple[ScanRead, ...] = ()
    reports: tuple[ReportRead, ...] = ()
    unread: tuple[UnreadScan, ...] = ()


class ScanFormat(Protocol):
    """One form in which scanners write scans. ADR 0039 says how another one is added."""

    @property
    def name(self) -> str:
        """How commands name it: lower case, without blanks."""
        ...

    def owns(self, file: ScanFile) -> bool:
        """Tell by name and first bytes whether a file is of this form; reads no pixel."""
        ...

    def group(self, file: ScanFile) -> str:
        """Name the scan that a file belongs to: files of one group are read together.

        Raises:
            BadScan: Its head cannot be read.
        """
        ...

    def read(self, files: Sequence[ScanFile]) -> ScanBatch:
        """Read the files of one group.

        Raises:
            BadScan: They are no scan, too large, or damaged.
        """
        ...

    def write(self, scan: Scan, stem: str, threats: Sequence[Threat] = ()) -> tuple[ScanFile, ...]:
        """Write a scan. stem: Beginning of the names of the files. threats: Places to be told with it."""
        ...
