"""From counts to areal density (g/cm²), by scanner; and what two energies tell beside it.

The conversion without calibration is nominal: made for organic goods from a computed spectrum. Absolute values of an
instrument that was never calibrated are not to be trusted; see docs/explanation/scanning-recognition.md.
"""

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

from vigie.scanning.xray.scan import ScanFacts
from vigie.terms import Moment, VigieError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]
    Counts = NDArray[Any]

REFERENCE_MEV = 4.0
FIRST = 14.35
"""g/cm² of cellulose per unit of attenuation, thin, at 4 MeV; grows with the square root of the end point.

Source: spectra of 6 and 9 MeV and detector response of MIT semiZ, attenuation of NIST XCOM; fit within 2 % up to
120 g/cm² (energies between by scaling the spectrum).
"""
SECOND = 0.245
"""g/cm² per squared attenuation and MeV: a thick load hardens the beam. Source: as `FIRST`."""
ORGANIC_RATIO = 1.21
"""Attenuation at the low over that at the high energy, of organic goods. Source: reference page scan, physics limit."""


class BadCalibration(VigieError):
    """The pieces behind a calibration do not give one: too few, not in the order of their matter, or not darker."""

    code: ClassVar[str] = "bad-calibration"


class Piece(Struct, frozen=True):
    """A test piece. material: "organic", "iron" or "lead". g_cm2: Its areal density. counts: Behind it, high first."""

    material: str
    g_cm2: float
    counts: tuple[float, ...]


class Calibration(Struct, frozen=True, kw_only=True):
    """What three pieces told about one scanner.

    Attributes:
        scanner: Its name in the register.
        made, valid_until: When it was made, and until when it is trusted.
        scale: Factor on the nominal areal density, per energy.
        ratios: Low over high attenuation of organic, iron and lead.
    """

    scanner: str
    made: Moment
    valid_until: Moment
    scale: tuple[float, ...]
    ratios: tuple[float, ...] = ()

    def stale(self, now: Moment) -> bool:
        """Whether it is trusted no longer."""
        return now > self.valid_until


def nominal(attenuation: "Floats", energy_mev: float) -> "Floats":
    """Areal density of organic goods in g/cm² for an attenuation (0 is air) at an end-point energy of 3 to 10 MeV."""
    first = FIRST * (energy_mev / REFERENCE_MEV) ** 0.5
    made: Floats = attenuation * (SECOND * energy_mev)
    made += first
    made *= attenuation
    return made


def nominal_of(attenuation: float, energy_mev: float) -> float:
    """`nominal` of one value, for which nothing heavy is loaded."""
    first = float(FIRST * (energy_mev / REFERENCE_MEV) ** 0.5)
    return attenuation * (first + SECOND * energy_mev * attenuation)


def attenuation_of(counts: "Counts", air: float, dark: float = 0.0) -> "Floats":
    """Minus the logarithm of the transmitted share; 0 is air, counts of the dark level give the most that can be told.

    Source: Beer-Lambert law; one count is the least that is told apart from darkness.
    """
    import numpy as np

    made: Floats = np.asarray(np.subtract(counts, np.float32(dark), dtype=np.float32))
    np.maximum(made, np.float32(1.0), out=made)
    np.divide(np.float32(max(air - dark, 1.0)), made, out=made)
    return np.log(made, out=made)


def areal_density(
    counts: "Counts", facts: ScanFacts, energy: int = 0, calibration: Calibration | None = None
) -> "Floats":
    """Areal density in g/cm² of organic goods that would give these counts.

    Args:
        counts: Any shape.
        energy: Which picture: 0 is the high energy.
        calibration: Of the scanner; None takes the nominal curve.
    """
    import numpy as np

    dark = facts.dark[energy] if energy < len(facts.dark) else 0
    scale = calibration.scale[energy] if calibration is not None and energy < len(calibration.scale) else 1.0
    return nominal(attenuation_of(counts, facts.air[energy], dark), facts.energies_mev[energy]) * np.float32(scale)


def dual_residual(high: "Floats", low: "Floats") -> "Floats":
    """How far the low energy lies above or below what this very scan's own goods make expected.

    The curve low = a high + b high² is fitted to the scan itself, so that no absolute ratio is trusted. Metal lies
    below (negative), organic goods in a metal load above.

    Args:
        high, low: Attenuations of one shape, already averaged over neighbours (noise of single pixels dominates them).
    """
    import numpy as np

    pick = (high > 0.15) & (high < 4.0)  # thinner tells nothing of the ratio, thicker is mostly noise
    places = np.flatnonzero(pick)
    if places.size < 50:
        return np.zeros_like(high)
    places = places[:: max(1, places.size // 20_000)]
    a, b = _curve(high.ravel()[places].astype(np.float64), low.ravel()[places].astype(np.float64))
    made: Floats = low - np.float32(a) * high
    made -= np.float32(b) * high * high
    return made


def _curve(x: "NDArray[Any]", y: "NDArray[Any]") -> tuple[float, float]:
    """a and b of y = a x + b x² by least absolute deviations, which are least squares weighted again and again."""
    import numpy as np

    squared = x * x
    products = np.stack((squared, squared * x, squared * squared, x * y, squared * y))
    wide = np.maximum(x, 0.3)
    wide *= wide
    weight = 1.0 / wide
    a = b = 0.0
    for _ in range(3):
        one, mixed, two, *aim = products @ weight
        a, b = np.linalg.lstsq(np.array(((one, mixed), (mixed, two))), np.array(aim), rcond=None)[0]
        off = b * x
        off += a
        off *= x
        off -= y
        np.abs(off, out=off)
        np.maximum(off, 0.01, out=off)
        off *= wide
        np.divide(1.0, off, out=weight)
    return float(a), float(b)


def fit_calibration(
    pieces: Sequence[Piece], facts: ScanFacts, *, scanner: str, made: Moment, valid_until: Moment
) -> Calibration:
    """Three-point calibration: one piece of organic matter, one of iron, one of lead.

    The organic piece scales the nominal curve of each energy; the three together say where the matters lie on the ratio
    of the two energies of this instrument.

    Raises:
        BadCalibration: A piece is missing, or not darker than air.
    """
    known = {piece.material: piece for piece in pieces}
    if set(known) != {"organic", "iron", "lead"}:
        raise BadCalibration(reason="pieces", found=len(known))
    energies = range(len(facts.energies_mev))
    seen = {
        name: [log(max(facts.air[e] - facts.dark[e], 1) / max(piece.counts[e] - facts.dark[e], 1)) for e in energies]
        for name, piece in known.items()
    }
    if min(min(values) for values in seen.values()) <= 0.02:
        raise BadCalibration(reason="not darker than air", found=len(known))
    organic = known["organic"].g_cm2
    scale = tuple(organic / nominal_of(seen["organic"][e], facts.energies_mev[e]) for e in energies)
    ratios: tuple[float, ...] = ()
    if len(scale) > 1:
        ratios = tuple(seen[name][1] / seen[name][0] for name in ("organic", "iron", "lead"))
        if not ratios[0] > ratios[1]:
            raise BadCalibration(reason="iron not told from organic matter", found=len(known))
    return Calibration(scanner=scanner, made=made, valid_until=valid_until, scale=scale, ratios=ratios)
