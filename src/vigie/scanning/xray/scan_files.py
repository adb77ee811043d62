"""Which forms of file are read, and all scans of some files: the list is written out here, and nowhere else."""

from collections.abc import Sequence
from functools import cache

from vigie.scanning.xray.formats import (
    LARGEST_SCAN_FILE,
    MOST_FILES,
    BadScan,
    ScanBatch,
    ScanFile,
    ScanFormat,
    ScanningMissing,
    UnreadScan,
)


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
