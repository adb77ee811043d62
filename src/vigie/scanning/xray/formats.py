"""Scans from files and back: one Protocol, a form of file for each implementation; nothing here touches a disk."""

from collections.abc import Sequence
from functools import cache
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


@cache
def scan_formats() -> tuple[ScanFormat, ...]:
    """The forms that this node reads and writes; the first that owns a file reads it.

    Raises:
        ScanningMissing: The extra `scanning` is not installed.
    """
    try:
        from vigie.scanning.xray.dicos import Dicos
        from vigie.scanning.xray.tiff import Tiff
    except ModuleNotFoundError:
        raise ScanningMissing from None
    return Dicos(), Tiff()


def format_named(name: str) -> ScanFormat:
    """The form of a name.

    Raises:
        BadScan: There is none. ScanningMissing: The extra is not installed.
    """
    found = next((one for one in scan_formats() if one.name == name), None)
    if found is None:
        raise BadScan(reason="unknown-scan-format", form=name[:20])
    return found


def group_of(file: ScanFile) -> str:
    """Name the scan that a file belongs to, so that its files are handed in together; empty where it is no scan.

    Raises:
        ScanningMissing: The extra is not installed.
    """
    try:
        which, form = _form_of(file)
        return f"{which} {form.group(file)}"
    except BadScan:
        return ""


def read_scans(files: Sequence[ScanFile]) -> ScanBatch:
    """Read all scans of some files; one that cannot be read keeps no other from being read.

    Raises:
        BadScan: More than `MOST_FILES`. ScanningMissing: The extra is not installed.
    """
    if len(files) > MOST_FILES:
        raise BadScan(reason="too-many-files", count=len(files), most=MOST_FILES)
    groups: dict[tuple[int, str], list[ScanFile]] = {}
    unread: list[UnreadScan] = []
    for file in files:
        try:
            which, form = _form_of(file)
            groups.setdefault((which, form.group(file)), []).append(file)
        except BadScan as fault:
            unread.append(_unread((file,), fault))
    found = [_read(scan_formats()[which], members, unread) for (which, _), members in groups.items()]
    return ScanBatch(
        tuple(one for batch in found for one in batch.scans), tuple(one for batch in found for one in batch.reports),
        (*unread, *(one for batch in found for one in batch.unread)),
    )  # fmt: skip


def _read(form: ScanFormat, files: Sequence[ScanFile], unread: list[UnreadScan]) -> ScanBatch:
    try:
        return form.read(files)
    except BadScan as fault:
        unread.append(_unread(files, fault))
        return ScanBatch()


def _form_of(file: ScanFile) -> tuple[int, ScanFormat]:
    if len(file.body) > LARGEST_SCAN_FILE:
        raise BadScan(reason="scan-file-too-large", bytes=len(file.body), most=LARGEST_SCAN_FILE)
    for which, form in enumerate(scan_formats()):
        if form.owns(file):
            return which, form
    raise BadScan(reason="unknown-scan-format")


def _unread(files: Sequence[ScanFile], fault: BadScan) -> UnreadScan:
    return UnreadScan(tuple(file.name for file in files), str(fault.facts.get("reason", "")), dict(fault.facts))
