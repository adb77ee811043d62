"""Whether a projected threat looks as one would: dark enough to be there, not too dark to be seen, rightly noisy."""

from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.noise import noise_gain
from vigie.scanning.xray.physics import attenuation_of
from vigie.scanning.xray.projection import Projected
from vigie.scanning.xray.scan import Scan

NOISE_BOUNDS = (0.5, 2.0)
"""Measured over expected noise within the box; own: beyond a factor of two people see a patch."""
FAINT = 1.0
"""Mean contrast in standard deviations of one pixel below which a projection teaches nothing; own."""
BLACK = 7.0
"""Attenuation beyond which the instrument shows black: about one count in a thousand of the air; own."""
RATIO_OFF = 0.25
"""Largest difference between what the threat adds at the low and at the high energy, as a share; own: 4 to 10 MeV give
organic matter a ratio of 1.1 to 1.25 (reference page scan)."""


class Realism(Struct, frozen=True):
    """What was found.

    Attributes:
        contrast: Mean darkening in standard deviations of a pixel. noise: Measured over expected noise in the box.
        ratio: What is added at the low over that at the high energy; None without a low picture.
        against: Reasons against showing it: `faint`, `black`, `noise`, `ratio`, `outside`.
    """

    contrast: float
    noise: float
    ratio: float | None
    against: tuple[str, ...]

    @property
    def fit(self) -> bool:
        """Nothing speaks against it."""
        return not self.against


def realism(projected: Projected, background: Scan, container: Box | None = None) -> Realism:
    """Judge a projection.

    Args:
        projected: The picture. background: The scan it was laid into. container: Where the box stands, if known.
    """
    import numpy as np

    x, y, width, height = projected.box
    inside = slice(y, y + height), slice(x, x + width)
    facts, (high, low) = background.facts, projected.pictures()
    before = attenuation_of(background.high[inside], facts.air[0], facts.dark[0])
    after = attenuation_of(high[inside], facts.air[0], facts.dark[0])
    net = np.maximum(high[inside].astype(np.float32) - facts.dark[0], 1)
    gain = max(noise_gain(background.high, facts.dark[0]), 1e-6)
    sigma = np.sqrt(gain / net)  # of the attenuation of one pixel
    darker = after - before
    contrast = float(np.mean(darker) / np.mean(sigma))
    second = after[:, 2:] - 2 * after[:, 1:-1] + after[:, :-2]
    expected = np.sqrt(6) * float(np.median(sigma))
    noise = float(np.median(np.abs(second)) / 0.6745 / max(expected, 1e-6))
    ratio = None
    if low is not None and background.low is not None:
        lower = attenuation_of(low[inside], facts.air[1], facts.dark[1])
        base = attenuation_of(background.low[inside], facts.air[1], facts.dark[1])
        ratio = float(np.sum(lower - base) / max(float(np.sum(darker)), 1e-6))
    against = _against(contrast, noise, ratio, float(np.median(after)), projected.box, container)
    return Realism(contrast, noise, ratio, against)


def _against(
    contrast: float, noise: float, ratio: float | None, dark: float, box: Box, container: Box | None
) -> tuple[str, ...]:
    told = []
    if contrast < FAINT:
        told.append("faint")
    if dark > BLACK:
        told.append("black")
    if not NOISE_BOUNDS[0] <= noise <= NOISE_BOUNDS[1] * 2:  # edges of bricks count as noise: twice the room above
        told.append("noise")
    if ratio is not None and contrast >= FAINT and abs(ratio - 1.17) > RATIO_OFF:
        told.append("ratio")
    if container is not None and not (
        container[0] <= box[0] and container[1] <= box[1]
        and box[0] + box[2] <= container[0] + container[2] and box[1] + box[3] <= container[1] + container[3]
    ):  # fmt: skip
        told.append("outside")
    return tuple(told)
