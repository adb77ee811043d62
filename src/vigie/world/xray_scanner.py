"""What a scanner makes of matter: beam, scatter, blur, uneven gain and dose, misaligned energies, noise, counts."""

from typing import TYPE_CHECKING, Any

from vigie.world.xray_canvas import Canvas, Frame, frame_of
from vigie.world.xray_load import rng
from vigie.world.xray_settings import ScannerMake, xray_parameters
from vigie.world.xray_texture import stretching
from vigie.world.xray_transparency import transparency

if TYPE_CHECKING:
    import numpy as np
    from numpy import uint16
    from numpy.random import Generator
    from numpy.typing import NDArray

    Picture = NDArray[Any]

_FEW = 40.0  # below so many photons the Poisson law is not a bell any more (own)
_BAND = 40  # rows at a time: what fits into the cache of a core
_COARSE = 10  # scatter is smooth: it is spread on every tenth pixel


def frame_for(make: ScannerMake, seed: int) -> Frame:
    """The pixels of one scan: the speed wobbles a little along the way."""
    import numpy as np

    columns = xray_parameters().picture.columns
    chance = rng(seed, 21)
    phase = np.arange(columns) / make.wobble_px * 2 * np.pi
    speed = 1 + make.wobble * (
        np.sin(phase + chance.uniform(0, 6.3)) + 0.5 * np.sin(2.3 * phase + chance.uniform(0, 6.3))
    )
    return frame_of(make, speed.astype(np.float32))


def detect(canvas: Canvas, make: ScannerMake, seed: int, *, flip: bool) -> tuple["NDArray[uint16]", "NDArray[uint16]"]:
    """Counts of both energies.

    Args:
        canvas: Matter. make: The scanner. seed: Of this scan. flip: Whether the picture is turned left to right.
    """

    through = _transparencies(canvas, make, flip=flip)
    streams = rng(seed, 23), rng(seed, 24)
    counts = [_counts(through[number], make, number, *streams) for number in (0, 1)]
    return counts[0], counts[1]


def _transparencies(canvas: Canvas, make: ScannerMake, *, flip: bool) -> "Picture":
    """Transparency (beam, rows, columns), band by band; a material that a band lacks costs it nothing."""
    import numpy as np

    maps = {name: mass[:, ::-1] if flip else mass for name, mass in canvas.maps.items()}
    high, wide = len(canvas.frame.rows) - 1, len(canvas.frame.columns) - 1
    through = np.ones((len(make.energies_mev), high, wide), np.float32)
    room = np.empty((len(maps), _BAND, wide), np.float32)
    for start in range(0, high, _BAND):
        band = slice(start, min(start + _BAND, high))
        names = [name for name, mass in canvas.maps.items() if mass[band].max() > 0]
        if not names:
            continue
        masses = room[: len(names), : band.stop - band.start]
        for number, name in enumerate(names):
            np.maximum(maps[name][band], 0.0, out=masses[number])
        part = transparency(masses.reshape(len(names), -1), names, make.energies_mev)
        through[:, band] = part.reshape(-1, band.stop - band.start, wide)
    return through


def _weights(make: ScannerMake) -> tuple["np.float32", "np.float32", "np.float32"]:
    """Weights of the five taps of the blur: the pixel itself, its neighbours, those two away."""
    import numpy as np

    near, far = np.exp(-0.5 / make.psf_px**2), np.exp(-2 / make.psf_px**2)
    whole = 1 + 2 * near + 2 * far
    side, end = float(near / whole), float(far / whole)
    return np.float32(1 - 2 * side - 2 * end), np.float32(side), np.float32(end)


def _scattered(picture: "Picture", make: ScannerMake) -> tuple["Picture", "Picture"]:
    """Scatter, as two factors: rows by few columns, few columns by columns."""
    from scipy.ndimage import gaussian_filter

    small = picture[: picture.shape[0] // _COARSE * _COARSE].reshape(-1, _COARSE, picture.shape[1] // _COARSE, _COARSE)
    soft = gaussian_filter(small.mean(axis=(1, 3)), make.scatter_px / _COARSE, mode="nearest")
    rows, columns = stretching(soft, picture.shape, _COARSE)
    return rows @ soft, columns.T


def _blurred(picture: "Picture", start: int, stop: int, taps: tuple[Any, Any, Any]) -> "Picture":
    """Some rows, blurred down and along; the two outermost pixels of each line stay as they are."""
    import numpy as np

    rows = len(picture)
    first, last = max(start, 2), min(stop, rows - 2)
    down = picture[start:stop].copy()
    inner = down[first - start : last - start]
    inner *= taps[0]
    for reach in (1, 2):
        pair = picture[first - reach : last - reach] + picture[first + reach : last + reach]
        pair *= taps[reach]
        inner += pair
    along = down * taps[0]
    for reach in (1, 2):
        pair = down[:, 2 - reach : -2 - reach] + down[:, 2 + reach : down.shape[1] - 2 + reach]
        pair *= taps[reach]
        along[:, 2:-2] += pair
    along[:, :2], along[:, -2:] = down[:, :2], down[:, -2:]
    return np.asarray(along)


def _moved(picture: "Picture", pixels: float) -> "Picture":
    """Shift along the columns by less than one pixel."""
    import numpy as np

    share = np.float32(abs(pixels))
    told = picture * (1 - share)
    if pixels > 0:
        told[:, 1:] += share * picture[:, :-1]
        told[:, 0] = picture[:, 0]
    else:
        told[:, :-1] += share * picture[:, 1:]
        told[:, -1] = picture[:, -1]
    return told


def _counts(
    through: "Picture", make: ScannerMake, number: int, chance: "Generator", rare: "Generator"
) -> "NDArray[uint16]":
    """Blur, scatter, shift and noise, band by band.

    Args:
        through: Transparency. number: Which energy. chance: Draws of all pixels.
        rare: Draws of dark pixels, apart, so that all other pixels keep theirs when one darkens.
    """
    import numpy as np

    rows, columns = through.shape
    photons, per_photon = make.photons[number], make.air[number] / make.photons[number]
    dose = photons * (1 + make.pulse * chance.standard_normal(columns, dtype=np.float32))
    gain = np.float32(per_photon) * (1 + make.stripes * chance.standard_normal((rows, 1), dtype=np.float32))
    dark = np.float32((make.electronic / per_photon) ** 2)
    taps, (down, along) = _weights(make), _scattered(through, make)
    along *= np.float32(make.scatter)
    told = np.empty((rows, columns), np.uint16)
    for start in range(0, rows, _BAND):
        band = slice(start, min(start + _BAND, rows))
        mean = _blurred(through, band.start, band.stop, taps)
        mean *= np.float32(1 - make.scatter)
        mean += down[band] @ along
        mean = _moved(mean, make.shift_px) if number else mean
        mean *= dose
        level = _noisy(mean, dark, chance, rare)
        level *= gain[band]
        level += make.dark[number] + 0.5
        told[band] = np.clip(level, 0, 65_535, out=level)
    return told


def _noisy(mean: "Picture", dark: "np.float32", chance: "Generator", rare: "Generator") -> "Picture":
    """Photons with their noise, and the detector's. dark: Variance without light, in photons."""
    import numpy as np

    noise = chance.standard_normal(mean.shape, dtype=np.float32)
    level = np.sqrt(mean + dark)
    level *= noise
    level += mean
    few = np.flatnonzero(mean < _FEW)
    if few.size:
        level.ravel()[few] = rare.poisson(mean.ravel()[few]) + noise.ravel()[few] * np.sqrt(dark)
    return np.asarray(level)
