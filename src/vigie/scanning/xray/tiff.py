"""Scans as 16-bit TIFF with a JSON profile: `ID.high.tif`, `ID.low.tif`, `ID.json`, or `ID.tif` with two pages.

Bytes of strangers: sizes are read and bounded before a pixel is decoded, and whatever the library raises on a damaged
file becomes one `BadScan`.
"""

import logging
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from msgspec.structs import replace

from vigie.scanning.xray.formats import BadScan, ScanBatch, ScanFile, ScanRead
from vigie.scanning.xray.mark import refuse_projected
from vigie.scanning.xray.profile import read_profile, write_profile
from vigie.scanning.xray.report import Threat
from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan, ScanFacts
from vigie.terms import Doubt, Place

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

_HEADS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_ENDINGS = (".high.tiff", ".low.tiff", ".high.tif", ".low.tif", ".tiff", ".tif", ".json")
_PAGES = 2
_LEAST = 8  # rows and columns below which nothing of a container can be seen
_MOST_TAGS = 4 << 20  # bytes between header and pixels that tags may take: two pages of 200,000 strips

logging.getLogger("tifffile").addHandler(logging.NullHandler())
logging.getLogger("tifffile").propagate = False  # what it says of a damaged file becomes our error


class Tiff:
    """The TIFF profile."""

    name = "tiff"

    def owns(self, file: ScanFile) -> bool:
        """A TIFF by its first bytes, or a profile by its name."""
        return file.body[:4] in _HEADS or file.name.lower().endswith((*_ENDINGS, ".json"))

    def group(self, file: ScanFile) -> str:
        """The name without its ending: `ID`."""
        lower = file.name.lower()
        ending = next((one for one in _ENDINGS if lower.endswith(one)), "")
        return file.name[: len(file.name) - len(ending)] if ending else file.name

    def read(self, files: Sequence[ScanFile]) -> ScanBatch:
        """Read one scan.

        Raises:
            BadScan: No profile, no high picture, not 16 bits, too large, damaged.
        """
        profile = next((file for file in files if file.name.lower().endswith(".json")), None)
        if profile is None:
            raise BadScan(reason="scan-without-profile")
        facts, threats = read_profile(profile.body)
        pictures = _pictures(files)
        if "high" not in pictures:
            raise BadScan(reason="scan-without-high-picture")
        high, low = pictures["high"], pictures.get("low")
        if low is not None and low.shape != high.shape:
            raise BadScan(reason="scan-pictures-differ-in-shape")
        facts, doubts = fitted(facts, low is not None, profile.name)
        names = tuple(file.name for file in files)
        scan = Scan(facts=facts, high=high, low=low)
        return ScanBatch((ScanRead(scan=scan, form=self.name, files=names, doubts=doubts, threats=threats),))

    def write(self, scan: Scan, stem: str, threats: Sequence[Threat] = ()) -> tuple[ScanFile, ...]:
        """Write a pair of pictures and their profile."""
        return write_tiff(scan, stem, threats)


def fitted(facts: ScanFacts, has_low: bool, name: str) -> tuple[ScanFacts, tuple[Doubt, ...]]:
    """Let facts say as many energies as there are pictures; a picture that is missing becomes a doubt.

    Raises:
        BadScan: There is a low picture, and nothing says its energy.
    """
    told = len(facts.energies_mev)
    if has_low and told == 1:
        raise BadScan(reason="scan-profile-field", field="energies_mev")
    if has_low or told == 1:
        return facts, ()
    doubt = Doubt("scan-low-missing", Place(part=name), {"mev": facts.energies_mev[1]})
    return replace(facts, energies_mev=facts.energies_mev[:1], air=facts.air[:1], dark=facts.dark[:1]), (doubt,)


def _pictures(files: Iterable[ScanFile]) -> dict[str, "NDArray[uint16]"]:
    found: dict[str, NDArray[uint16]] = {}
    for file in files:
        lower = file.name.lower()
        if lower.endswith(".json"):
            continue
        pages = read_pages(file.body)
        names = ("low",) if ".low.tif" in lower else ("high",) if ".high.tif" in lower else ("high", "low")
        if len(pages) > len(names):
            raise BadScan(reason="scan-too-many-pages", pages=len(pages))
        for name, page in zip(names, pages, strict=False):
            if name in found:
                raise BadScan(reason="scan-picture-twice")
            found[name] = page
    return found


def read_pages(body: bytes) -> "list[NDArray[uint16]]":
    """Decode the pages of a TIFF: one sample of 16 bits without sign, two pages at most.

    Raises:
        BadScan: Anything else.
    """
    try:
        with tifffile.TiffFile(BytesIO(body)) as opened:
            pages = [opened.pages[which] for which in range(_counted(opened))]
            for page in pages:
                _bounded(page, len(body))
            return [np.ascontiguousarray(page.asarray(maxworkers=1), dtype=np.uint16) for page in pages]
    except BadScan:
        raise
    except MemoryError:
        raise BadScan(reason="scan-too-many-pixels", most=LARGEST_PIXELS) from None
    except Exception as fault:  # noqa: BLE001 -- a stranger's file makes the library raise whatever it meets
        raise BadScan(reason="scan-file-damaged", error=type(fault).__name__) from None


def _counted(opened: tifffile.TiffFile) -> int:
    """How many pages there are, looking no further than one beyond what is allowed: a chain of them may be endless."""
    count = 0
    while count <= _PAGES:
        try:
            opened.pages[count]
        except IndexError:
            break
        count += 1
    if not count:
        raise BadScan(reason="scan-file-damaged", error="pages")
    if count > _PAGES:
        raise BadScan(reason="scan-too-many-pages", pages=count)
    return count


def _bounded(page: "tifffile.TiffPage | tifffile.TiffFrame", size: int) -> None:
    """Refuse a page by what its head says, before anything is decoded.

    Raises:
        BadScan: Not one plane of 16 bits, or too large; or it places pixels where the file has none.
    """
    key = page.keyframe
    if page.dtype != np.dtype(np.uint16) or len(page.shape) != 2 or key is None or key.samplesperpixel != 1:
        raise BadScan(reason="scan-not-16-bit")
    rows, columns = page.shape
    pieces = key.chunks
    if rows * columns > LARGEST_PIXELS or min(rows, columns) < _LEAST:
        raise BadScan(reason="scan-too-many-pixels" if min(rows, columns) >= _LEAST else "scan-too-small",
                      rows=rows, columns=columns, most=LARGEST_PIXELS)  # fmt: skip
    # a strip or tile is decoded whole, however little of it lies in the picture
    if int(np.prod(pieces, dtype=np.int64)) > LARGEST_PIXELS or len(page.dataoffsets) * 16 > _MOST_TAGS:
        raise BadScan(reason="scan-too-many-pixels", most=LARGEST_PIXELS)
    if sum(page.databytecounts) > size:
        raise BadScan(reason="scan-file-damaged", error="bytes")


def write_tiff(
    scan: Scan, stem: str, threats: Sequence[Threat] = (), *, pages: bool = False, fast: bool = False
) -> tuple[ScanFile, ...]:
    """Write a scan as 16-bit TIFF with its profile.

    Args:
        stem: `ID` of the names. threats: Known places, of simulated and of test scans alone.
        pages: One file of two pages instead of a pair. fast: Not compressed.

    Returns:
        `ID.high.tif`, `ID.low.tif` (or `ID.tif`) and `ID.json`.

    Raises:
        ProjectedScan: A threat was laid into it for training.
    """
    refuse_projected(scan)
    profile = ScanFile(f"{stem}.json", write_profile(scan.facts, threats))
    if pages:
        both = [scan.high] if scan.low is None else [scan.high, scan.low]
        return ScanFile(f"{stem}.tif", _written(both, fast)), profile
    low = () if scan.low is None else (ScanFile(f"{stem}.low.tif", _written([scan.low], fast)),)
    return ScanFile(f"{stem}.high.tif", _written([scan.high], fast)), *low, profile


def _written(pictures: Sequence["NDArray[uint16]"], fast: bool) -> bytes:
    out = BytesIO()
    how: dict[str, Any] = {} if fast else {"compression": "zlib", "predictor": True, "compressionargs": {"level": 6}}
    with tifffile.TiffWriter(out) as writer:
        for picture in pictures:
            writer.write(picture, photometric="minisblack", metadata=None, software="vigie", contiguous=False, **how)
    return out.getvalue()
