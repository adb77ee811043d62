"""Threats laid into pictures: for teaching a site's model and for training officers, never for a decision.

Matter adds up in areal density, so that it multiplies in transmission: a cut-out is added to the density of every pixel
and turned back into counts at each energy, with the noise that fewer photons bring. Source of the method: Jaccard,
Rogers, Morton and Griffin 2016 (arXiv 1609.02805), who found no significant difference from real threats.

A projected picture is no `Scan`: nothing that keeps, sends or judges scans takes it. Its pixels carry a mark besides,
in the lowest bits of the upper rows, so that a scan which someone made of them again is refused where scans come in.
"""

from typing import TYPE_CHECKING, Any

import msgspec

from vigie.scanning.xray.cutout import BadProjection, Cutout
from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.mark import MARK_ROWS, marked
from vigie.scanning.xray.noise import noise_gain
from vigie.scanning.xray.physics import FIRST, REFERENCE_MEV, SECOND, areal_density
from vigie.scanning.xray.scan import Scan, ScanFacts

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

    Floats = NDArray[Any]
    Counts = NDArray[uint16]


class Projected(msgspec.Struct, frozen=True, kw_only=True):
    """A picture with a threat laid into it. It is not a `Scan` and cannot become one through vigie.

    Attributes:
        facts: Of the background, without container, commodity and moment: a trainee must not look them up.
        box: Where the threat lies, pixels. kg: Its mass. cutout: SHA-256 of its densities.
        background: Pixel hash of the scan it was laid into, empty where nobody said it.
    """

    facts: ScanFacts
    box: Box
    kg: float
    cutout: str
    background: str
    _high: "Counts"
    _low: "Counts | None"

    def pictures(self) -> "tuple[Counts, Counts | None]":
        """The marked pictures, high and low: to be shown, or to teach from."""
        return self._high, self._low


def attenuation_for(mass: "Floats", energy_mev: float) -> "Floats":
    """Attenuation of so many g/cm²: the inverse of `physics.nominal`."""
    import numpy as np

    first, second = FIRST * (energy_mev / REFERENCE_MEV) ** 0.5, SECOND * energy_mev
    return np.asarray((np.sqrt(first * first + 4 * second * mass) - first) / (2 * second), dtype=np.float32)


def project(
    scan: Scan, cutout: Cutout, at: tuple[int, int], *, seed: int = 0, mirrored: bool = False, background: str = ""
) -> Projected:
    """Lay a cut-out into a scan.

    Args:
        scan: A real background. cutout: The threat. at: Column and row of its upper left corner.
        seed: Of the noise. mirrored: Left to right. background: Pixel hash of the scan, to know it again.

    Raises:
        BadProjection: It does not lie within the picture.
    """
    masses = _onto(cutout, scan.facts, mirrored)
    (x, y), (height, width) = at, masses.shape
    rows, columns = scan.high.shape
    if x < 0 or y < MARK_ROWS or x + width > columns or y + height > rows:
        raise BadProjection(reason="outside")
    inside = slice(y, y + height), slice(x, x + width)
    made = [
        marked(_laid(picture, inside, masses, scan.facts, energy, seed))
        for energy, picture in enumerate((scan.high, scan.low)) if picture is not None
    ]  # fmt: skip
    facts = msgspec.structs.replace(scan.facts, container="", commodity="", taken=None)
    return Projected(
        facts=facts,
        box=(x, y, width, height),
        kg=cutout.facts.kg,
        cutout=cutout.facts.sha256,
        background=background,
        _high=made[0],
        _low=made[1] if len(made) > 1 else None,
    )


def shown_clean(scan: Scan, *, background: str = "") -> Projected:
    """A background without a threat, marked alike: for quizzes, in which both must look and weigh the same."""
    low = None if scan.low is None else marked(scan.low.copy())
    facts = msgspec.structs.replace(scan.facts, container="", commodity="", taken=None)
    return Projected(
        facts=facts,
        box=(0, 0, 0, 0),
        kg=0.0,
        cutout="",
        background=background,
        _high=marked(scan.high.copy()),
        _low=low,
    )


def _onto(cutout: Cutout, facts: ScanFacts, mirrored: bool) -> "Floats":
    """The densities on the pixels of a scan; their sum over the area stays what it was."""
    import numpy as np

    masses = cutout.masses()[:, ::-1] if mirrored else cutout.masses()
    for axis, pixel in ((0, facts.row_mm), (1, facts.column_mm)):
        edges = np.arange(masses.shape[axis] + 1) * cutout.facts.pixel_mm
        count = max(int(np.ceil(edges[-1] / pixel)), 1)
        new = np.arange(count + 1) * pixel
        whole = np.concatenate([np.zeros_like(masses.take([0], axis)), np.cumsum(masses, axis)], axis)
        whole = np.apply_along_axis(lambda line: np.interp(new, edges, line), axis, whole * cutout.facts.pixel_mm)  # noqa: B023
        masses = np.diff(whole, axis=axis) / pixel
    return masses.astype(np.float32)


def _laid(
    picture: "Counts", inside: tuple[slice, slice], masses: "Floats", facts: ScanFacts, energy: int, seed: int
) -> "Counts":
    import numpy as np

    dark = facts.dark[energy] if energy < len(facts.dark) else 0
    mev = facts.energies_mev[energy]
    before = picture[inside]
    mass = np.maximum(areal_density(before, facts, energy), 0)
    less = np.exp(attenuation_for(mass, mev) - attenuation_for(mass + masses, mev))
    net = np.maximum(before.astype(np.float32) - dark, 0)
    # thinning a count of variance g n by t leaves g n t²; g n t is due: g n t (1 - t) is missing
    missing = noise_gain(picture, dark) * net * less * (1 - less)
    draw = np.random.Generator(np.random.SFC64([seed, energy, 61]))
    counts = net * less + np.sqrt(missing) * draw.standard_normal(net.shape, dtype=np.float32) + dark
    told = picture.copy()
    told[inside] = np.where(masses > 0, np.clip(np.round(counts), 0, 65_535), before).astype(np.uint16)
    return told
