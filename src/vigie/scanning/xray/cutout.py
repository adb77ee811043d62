"""Threats cut out of pictures: areal density alone, to be laid into other pictures, and exchanged without trade images.

The file is a line of magic, a line of JSON, and the densities packed by zlib; nothing in it can run. Sizes are checked
before anything is unpacked, and the hash of the densities after.
"""

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.physics import areal_density
from vigie.scanning.xray.scan import Scan
from vigie.terms import VigieError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

MAGIC = b"VIGIE-CUTOUT 1\n"
LARGEST_SIDE = 2_000
"""Rows and columns at most: 10 m at 5 mm; more is no threat but a picture."""
LARGEST_HEADER = 4_096
STEP = 0.005
"""g/cm² of one step: 65,535 of them are 327 g/cm²."""
_RING = 6  # pixels around a box from which the background is taken


class BadCutout(VigieError):
    """A file is no cut-out, or a box cannot be cut: `reason` says why."""

    code: ClassVar[str] = "bad-cutout"


class BadProjection(VigieError):
    """A cut-out cannot be laid there: `reason` says why."""

    code: ClassVar[str] = "bad-projection"


class ProjectedScan(VigieError):
    """A picture into which a threat was laid was about to be kept, sent or judged as if it were a scan."""

    code: ClassVar[str] = "projected-scan"


class CutoutFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known of a cut-out.

    Attributes:
        name: How people call it. pixel_mm: Side of a pixel. rows, columns: Its size.
        kg: Mass that its densities add up to, or that was weighed. depth_mm: How deep the heap was; 0: not known.
        energies_mev: End points of the scanner it was cut from. concealment: Where it lay; empty: not said.
        origin: `simulated`, `seizure` or `test-piece`. sha256: Of the densities, little-endian.
    """

    name: str
    pixel_mm: float
    rows: int
    columns: int
    kg: float
    depth_mm: float = 0.0
    energies_mev: tuple[float, ...] = ()
    concealment: str = ""
    origin: str = "simulated"
    sha256: str = ""


class Cutout(msgspec.Struct, frozen=True):
    """A threat without its surroundings. density: uint16, little-endian, row by row, in steps of `STEP`."""

    facts: CutoutFacts
    density: bytes

    def masses(self) -> "Floats":
        """Areal density in g/cm², (rows, columns)."""
        import numpy as np

        told = np.frombuffer(self.density, "<u2").reshape(self.facts.rows, self.facts.columns)
        return told.astype(np.float32) * np.float32(STEP)


def cutout_of(
    name: str,
    masses: "Floats",
    pixel_mm: float,
    *,
    energies_mev: tuple[float, ...] = (),
    depth_mm: float = 0.0,
    concealment: str = "",
    origin: str = "simulated",
) -> Cutout:
    """A cut-out of densities.

    Args:
        masses: g/cm², 0 or more, (rows, columns). pixel_mm: Side of a pixel. Others: As in `CutoutFacts`.

    Raises:
        BadCutout: Empty, or larger than `LARGEST_SIDE`.
    """
    import numpy as np

    if masses.ndim != 2 or not 0 < masses.shape[0] <= LARGEST_SIDE or not 0 < masses.shape[1] <= LARGEST_SIDE:
        raise BadCutout(reason="size")
    steps = np.clip(np.round(masses / STEP), 0, 65_535).astype("<u2")
    kg = float(steps.sum()) * STEP * (pixel_mm / 10) ** 2 / 1000
    if kg <= 0:
        raise BadCutout(reason="empty")
    body = steps.tobytes()
    facts = CutoutFacts(
        name=name, pixel_mm=pixel_mm, rows=masses.shape[0], columns=masses.shape[1], kg=round(kg, 3), depth_mm=depth_mm,
        energies_mev=energies_mev, concealment=concealment, origin=origin, sha256=sha256(body).hexdigest(),
    )  # fmt: skip
    return Cutout(facts, body)


def cut_out(
    scan: Scan,
    box: Box,
    name: str,
    *,
    clean: Scan | None = None,
    depth_mm: float = 0.0,
    concealment: str = "",
    origin: str = "seizure",
) -> Cutout:
    """Cut what lies in a box out of a scan.

    Args:
        scan: With the threat. box: x, y, width, height in pixels.
        clean: The same picture without it, pixel on pixel; without one, the background is the median along the upper
            and lower rim of the box in each column, so that the box should be drawn with a little air.
        name, depth_mm, concealment, origin: As in `CutoutFacts`.

    Raises:
        BadCutout: The box does not lie in the picture, the pictures differ in size, or nothing is left.
    """
    import numpy as np

    x, y, width, height = box
    rows, columns = scan.high.shape
    if width < 2 or height < 2 or x < 0 or y < 0 or x + width > columns or y + height > rows:
        raise BadCutout(reason="box")
    if clean is not None and clean.high.shape != scan.high.shape:
        raise BadCutout(reason="shapes")
    inside = slice(y, y + height), slice(x, x + width)
    mass: Floats = areal_density(scan.high[inside], scan.facts)
    if clean is not None:
        mass = mass - areal_density(clean.high[inside], clean.facts)
    else:
        rims = slice(max(y - _RING, 0), y), slice(y + height, min(y + height + _RING, rows))
        around = np.concatenate([scan.high[rim, x : x + width] for rim in rims])
        mass = mass - np.median(areal_density(around, scan.facts), axis=0)
    return cutout_of(
        name,
        np.maximum(mass, 0).astype(np.float32),
        (scan.facts.row_mm + scan.facts.column_mm) / 2,
        energies_mev=scan.facts.energies_mev,
        depth_mm=depth_mm,
        concealment=concealment,
        origin=origin,
    )


def write_cutout(cutout: Cutout) -> bytes:
    """The file of a cut-out."""
    return MAGIC + msgspec.json.encode(cutout.facts) + b"\n" + zlib.compress(cutout.density, 6)


def read_cutout(body: bytes) -> Cutout:
    """Read a cut-out; nothing is unpacked before the sizes are known, and no more than they say.

    Raises:
        BadCutout: It is none, is damaged, or is too large.
    """
    if not body.startswith(MAGIC):
        raise BadCutout(reason="magic")
    end = body.find(b"\n", len(MAGIC), len(MAGIC) + LARGEST_HEADER)
    if end < 0:
        raise BadCutout(reason="header")
    try:
        facts = msgspec.json.decode(body[len(MAGIC) : end], type=CutoutFacts)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadCutout(reason="header") from None
    if not (0 < facts.rows <= LARGEST_SIDE and 0 < facts.columns <= LARGEST_SIDE and 0.5 <= facts.pixel_mm <= 50):
        raise BadCutout(reason="size")
    whole, unpack = facts.rows * facts.columns * 2, zlib.decompressobj()
    try:
        density = unpack.decompress(body[end + 1 :], whole + 1)
    except zlib.error:
        raise BadCutout(reason="damaged") from None
    if len(density) != whole or not unpack.eof or sha256(density).hexdigest() != facts.sha256:
        raise BadCutout(reason="damaged")
    return Cutout(facts, density)
