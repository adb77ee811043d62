"""What is wrong with a scan before anybody reads it: each with its place in the picture, and told to a person.

Everything here is plain measurement on averaged pixels; nothing is judged to be harmless. Lengths are measured along
the way of the container, so that a scanner whose speed wobbles measures some per cent off: `LENGTH_SHARE`.
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.scanning.xray.physics import attenuation_of
from vigie.scanning.xray.scan import Scan, Travel
from vigie.terms import Doubt, Fact, Place

if TYPE_CHECKING:
    from numpy import bool_, float32, uint16
    from numpy.typing import NDArray

RATIO = (1.02, 1.40)
"""Attenuation at the low over the high energy that can be: computed 1.08 (9/6 MeV, iron) to 1.25, measured on real
scanners 1.08 to 1.10; widened for scatter. Source: reference page scan, section 4, physics limit."""

LENGTH_SHARE = 0.08
"""Measured length may differ from the declared one by this share: 5 % of wobble of a gantry's speed, and the edges."""

LENGTHS_MM = {"2": 6_058, "4": 12_192, "L": 13_716, "M": 14_630, "3": 9_125, "1": 2_991}
"""Outer length by the first character of the size code, mm. Source: ISO 668:2020, ISO 6346:2022 table of sizes."""

SHORTEST_MM = 5_000
"""A tall body at least this long is a container; a cab is 1.5 to 3.5 m. Source: ISO 668, EU directive 96/53."""

_TALL_MM = 2_200  # a container body is 2,438 mm high at least; a bare chassis 1,300 mm
_MATTER = 0.03  # e-folds: both corrugated walls are 3 to 4 mm of steel, 0.1 e-folds; averaged air has below 0.005
_DEAD = 0.002  # of the air above dark: below it over a whole column nothing was measured
_GAP_MM = 40  # two bodies are apart where so much air stands between them; two 20-foot boxes on a trailer leave 76 mm
_FULL_SHARE = 0.002  # pixels at the end of the scale: five rows of a detector card in 2,500
_CAB_MM = (1_200, 4_000)
_CAB_NEAR_MM = 2_500
_FULL = 65_535
_LEAST_PIXELS = 500  # behind matter, below which R is not told


class Expected(Struct, frozen=True):
    """What is known beside the picture.

    Attributes:
        size_type: ISO 6346 code that documents declare; empty when not known.
        reefer: Whether it is a refrigerated container; None when not known.
        energies: How many energies the scanner has by the register; 0 when not known.
    """

    size_type: str = ""
    reefer: bool | None = None
    energies: int = 0


class Body(Struct, frozen=True):
    """Something tall in the picture. left, right: Columns, the last one not included. mm: Its length."""

    left: int
    right: int
    mm: float

    @property
    def place(self) -> Place:
        """Its columns, as places are written."""
        return Place(path=f"columns {self.left}-{self.right}")


def scan_faults(scan: Scan, known: Expected) -> tuple[Doubt, ...]:
    """Tell what is wrong with a scan.

    Codes: `scan-low-missing`, `scan-energies-swapped`, `scan-energies-wrong`, `scan-dead-columns`, `scan-dead-rows`,
    `scan-saturated`, `scan-no-container`, `scan-truck-only`, `scan-two-containers`, `scan-mirrored`,
    `scan-other-length`. Texts in five languages stand in `scanning/texts/scans.toml`.
    """
    found = [*_energies(scan, known), *_detectors(scan)]
    dead = any(one.code == "scan-dead-columns" for one in found)
    bodies = bodies_of(scan)
    boxes = [one for one in bodies if one.mm >= SHORTEST_MM]
    cabs = [one for one in bodies if _CAB_MM[0] <= one.mm <= _CAB_MM[1]]
    if not boxes:
        code = "scan-truck-only" if bodies else "scan-no-container"
        return (*found, Doubt(code, bodies[0].place if bodies else Place()))
    if len(boxes) > 1 and not dead:
        found.append(Doubt("scan-two-containers", boxes[1].place, {"count": len(boxes)}))
    found += _mirrored(scan, boxes[0], cabs)
    found += [] if dead else _length(scan, boxes, known)
    return tuple(found)


def _energies(scan: Scan, known: Expected) -> list[Doubt]:
    if scan.low is None:
        return [Doubt("scan-low-missing", Place(), {"energies": known.energies})] if known.energies > 1 else []
    high_mev, low_mev = scan.facts.energies_mev
    if high_mev <= low_mev:
        return [Doubt("scan-energies-swapped", Place(), {"high": high_mev, "low": low_mev})]
    ratio = ratio_of(scan)
    if ratio is None or RATIO[0] <= ratio <= RATIO[1]:
        return []
    code = "scan-energies-swapped" if ratio < 1 / RATIO[0] else "scan-energies-wrong"
    facts: dict[str, Fact] = {"ratio": round(ratio, 3), "least": RATIO[0], "most": RATIO[1]}
    return [Doubt(code, Place(), facts)]


def ratio_of(scan: Scan) -> float | None:
    """Attenuation at the low over the high energy, the middle of all blocks of a tenth to nine tenths of e-folds of 3.

    None for one energy, or where too little matter stands in the picture.
    """
    import numpy as np

    if scan.low is None:
        return None
    dark = (*scan.facts.dark, 0, 0)
    high = attenuation_of(_averaged(scan.high), scan.facts.air[0], dark[0])
    low = attenuation_of(_averaged(scan.low), scan.facts.air[1], dark[1])
    fit = (high > 0.3) & (high < 2.7)
    if int(fit.sum()) * 16 < _LEAST_PIXELS:
        return None
    return float(np.median(low[fit] / high[fit]))


def _averaged(picture: "NDArray[uint16]", by: int = 4) -> "NDArray[float32]":
    import numpy as np

    rows, columns = picture.shape[0] // by, picture.shape[1] // by
    cut = picture[: rows * by, : columns * by].reshape(rows, by, columns * by)
    down = cut.sum(axis=1, dtype=np.uint32)
    made: NDArray[float32] = down[:, ::by].astype(np.float32)  # sums of 16 counts of 16 bits are exact in 24 bits
    for place in range(1, by):
        made += down[:, place::by]
    made *= np.float32(1.0 / (by * by))
    return made


def _detectors(scan: Scan) -> list[Doubt]:
    """Columns and rows in which nothing was measured, and pixels at the end of the scale."""
    import numpy as np

    found: list[Doubt] = []
    for name, picture, which in (("high", scan.high, 0), ("low", scan.low, 1)):
        if picture is None:
            continue
        dark, air = (*scan.facts.dark, 0, 0)[which], scan.facts.air[which]
        least = dark + _DEAD * (air - dark)
        for code, axis in (("scan-dead-columns", 0), ("scan-dead-rows", 1)):
            runs = runs_of(picture.max(axis=axis) <= least)
            word = "columns" if axis == 0 else "rows"
            found += [Doubt(code, Place(part=name, path=f"{word} {start}-{end}"), {"count": end - start})
                      for start, end in runs[:20]]  # fmt: skip
        full = float(np.count_nonzero(picture == _FULL) / picture.size)
        if full > _FULL_SHARE:
            found.append(Doubt("scan-saturated", Place(part=name), {"percent": round(100 * full, 1)}))
    return found


def runs_of(flags: "NDArray[bool_]") -> list[tuple[int, int]]:
    """Runs of what is true: first place, and the place after the last."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def bodies_of(scan: Scan) -> list[Body]:
    """What stands tall in the picture, from column 0 on: containers, cabs."""
    import numpy as np

    facts, by = scan.facts, 2
    dark = facts.dark[0] if facts.dark else 0
    matter = attenuation_of(_averaged(scan.high, by), facts.air[0], dark) > _MATTER
    tall = matter.sum(axis=0) * facts.row_mm * by >= _TALL_MM
    gap = max(int(_GAP_MM / (facts.column_mm * by)), 1)
    joined: list[tuple[int, int]] = []
    for start, end in runs_of(np.asarray(tall)):
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    bodies = [Body(start * by, end * by, (end - start) * by * facts.column_mm) for start, end in joined]
    return [one for one in bodies if one.mm >= _CAB_MM[0]]


def _mirrored(scan: Scan, box: Body, cabs: list[Body]) -> list[Doubt]:
    """A tractor stands before the front wall: a cab on the side of the doors says that the picture is turned."""
    if scan.facts.travel is Travel.UNKNOWN or not cabs:
        return []
    cab = cabs[0]
    near = min(abs(cab.left - box.right), abs(box.left - cab.right)) * scan.facts.column_mm
    front_at_zero = scan.facts.travel is Travel.FRONT_FIRST
    cab_at_zero = cab.left < box.left
    if near > _CAB_NEAR_MM or front_at_zero is cab_at_zero:
        return []
    return [Doubt("scan-mirrored", cab.place, {"travel": scan.facts.travel.value})]


def _length(scan: Scan, boxes: list[Body], known: Expected) -> list[Doubt]:
    wanted = LENGTHS_MM.get(known.size_type[:1])
    if wanted is None or any(abs(box.mm - wanted) <= LENGTH_SHARE * wanted for box in boxes):
        return []
    cut = boxes[0].left <= 2 or boxes[-1].right >= scan.high.shape[1] - 2
    facts: dict[str, Fact] = {"metres": round(boxes[0].mm / 1000, 1), "declared": round(wanted / 1000, 1)}
    return [Doubt("scan-cut-off" if cut and boxes[0].mm < wanted else "scan-other-length", boxes[0].place, facts)]


SCAN_ROUTES = {
    "scan-duplicate": "targeting", "scan-other-length": "targeting", "scan-two-containers": "targeting",
    "scan-truck-only": "scanner", "scan-no-container": "scanner", "scan-mirrored": "reader", "scan-cut-off": "scanner",
    "scan-low-missing": "scanner", "scan-energies-swapped": "scanner", "scan-energies-wrong": "scanner",
    "scan-dead-columns": "scanner", "scan-dead-rows": "scanner", "scan-saturated": "scanner",
    "scan-energy-unknown": "scanner", "scan-air-unknown": "scanner", "scan-pixel-unknown": "scanner",
    "scan-moment-unread": "scanner", "scan-number-unread": "targeting", "scan-unknown-container": "targeting",
    "scan-several-visits": "targeting", "scan-scanner-unknown": "scanner",
}  # fmt: skip
"""Finding to who has to look: `targeting` (which box is it), `scanner` (who runs it), `reader` (who reads it)."""
