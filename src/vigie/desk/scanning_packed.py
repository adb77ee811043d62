"""Scans in one archive, as a browser or a program uploads them: unpacked within bounds, nothing written to a disk."""

from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from vigie.scanning import LARGEST_SCAN_FILE, BadScan, ScanFile

LARGEST_ARCHIVE = 512 << 20
"""Bytes that an archive may unpack to: some 100 scans of two pictures of 900,000 pixels."""

MOST_MEMBERS = 2_000
"""Files of one archive."""

_MARK = b"PK\3\4"


def unpacked(name: str, body: bytes) -> tuple[ScanFile, ...]:
    """The files of an archive; a body that is none is one file.

    Args:
        name: Of the file, where it is one.

    Raises:
        BadScan: Damaged, too many files, or more than `LARGEST_ARCHIVE` unpacked.
    """
    if body[:4] != _MARK:
        return (ScanFile(name, body),)
    try:
        with ZipFile(BytesIO(body)) as opened:
            members = [one for one in opened.infolist() if not one.is_dir()]
            if len(members) > MOST_MEMBERS:
                raise BadScan(reason="too-many-files", count=len(members), most=MOST_MEMBERS)
            return _read(opened, members)
    except BadScan:
        raise
    except Exception as fault:  # noqa: BLE001 -- ZIP reader and decompressors raise many kinds
        raise BadScan(reason="scan-file-damaged", error=type(fault).__name__) from None


def _read(opened: ZipFile, members: list[ZipInfo]) -> tuple[ScanFile, ...]:
    """Read members, counting what really comes out: what an archive says of its sizes may be false."""
    found, left = [], LARGEST_ARCHIVE
    for one in members:
        with opened.open(one) as stream:
            told = stream.read(min(left, LARGEST_SCAN_FILE) + 1)
        left -= len(told)
        if left < 0 or len(told) > LARGEST_SCAN_FILE:
            raise BadScan(reason="scan-file-too-large", bytes=len(told), most=LARGEST_SCAN_FILE)
        found.append(ScanFile(PurePosixPath(one.filename).name, told))
    return tuple(found)


def packed(files: tuple[ScanFile, ...]) -> bytes:
    """Put files into an archive."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for one in files:
            made.writestr(ZipInfo(one.name), one.body)
    return out.getvalue()
