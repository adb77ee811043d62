"""What a scanner makes of matter: beam, scatter, blur, uneven gain and dose, misaligned energies, noise, counts."""

from typing import TYPE_CHECKING, Any

from vigie.world.xray_canvas import Canvas, Frame, frame_of
from vigie.world.xray_load import rng
from vigie.world.xray_settings import ScannerMake, xray_parameters
from vigie.world.xray_texture import drawn_out
from vigie.world.xray_transparency import transparency

if TYPE_CHECKING:
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
    import numpy as np

    names = list(canvas.maps)
    maps = [canvas.maps[name][:, ::-1] if flip else canvas.maps[name] for name in names]
    high, wide = maps[0].shape
    through = np.empty((2, high, wide), np.float32)
    masses = np.empty((len(names), _BAND, wide), np.float32)
    for start in range(0, high, _BAND):
        count = min(_BAND, high - start)
        for number, mass in enumerate(maps):
            np.maximum(mass[start : start + count], 0.0, out=masses[number, :count])
        part = transparency(masses[:, :count].reshape(len(names), -1), names, make.energies_mev)
        through[:, start : start + count] = part.reshape(2, count, wide)
    streams = rng(seed, 23), rng(seed, 24)
    told = []
    for number in (0, 1):
        picture = _spread(through[number], make)
        if number:
            picture = _moved(picture, make.shift_px)
        told.append(_counts(picture, make, number, *streams))
    return told[0], told[1]


def _spread(picture: "Picture", make: ScannerMake) -> "Picture":
    """Scatter, and the blur of focal spot and detector."""
    import numpy as np
    from scipy.ndimage import gaussian_filter  # type: ignore[import-untyped]

    small = picture[: picture.shape[0] // _COARSE * _COARSE].reshape(-1, _COARSE, picture.shape[1] // _COARSE, _COARSE)
    soft = gaussian_filter(small.mean(axis=(1, 3)), make.scatter_px / _COARSE, mode="nearest")
    scattered = drawn_out(soft, picture.shape, _COARSE)
    side = np.exp(-0.5 / make.psf_px**2) / (1 + 2 * np.exp(-0.5 / make.psf_px**2) + 2 * np.exp(-2 / make.psf_px**2))
    far = np.exp(-2 / make.psf_px**2) / (1 + 2 * np.exp(-0.5 / make.psf_px**2) + 2 * np.exp(-2 / make.psf_px**2))
    blurred = _taps(_taps(picture, float(side), float(far), 0), float(side), float(far), 1)
    blurred *= np.float32(1 - make.scatter)
    scattered *= np.float32(make.scatter)
    blurred += scattered
    return blurred


def _taps(picture: "Picture", side: float, far: float, axis: int) -> "Picture":
    """Five taps along one axis; the two outermost pixels stay as they are."""
    import numpy as np

    told = picture * np.float32(1 - 2 * side - 2 * far)
    turned, source = (told, picture) if axis == 0 else (told.T, picture.T)
    inner = slice(2, -2)
    turned[inner] += np.float32(side) * (source[1:-3] + source[3:-1])
    turned[inner] += np.float32(far) * (source[:-4] + source[4:])
    for edge in (slice(0, 2), slice(-2, None)):
        turned[edge] = source[edge]
    return told


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
    picture: "Picture", make: ScannerMake, number: int, chance: "Generator", rare: "Generator"
) -> "NDArray[uint16]":
    """Counts with noise. rare: Draws of dark pixels, apart, so that all other pixels keep theirs when one darkens."""
    import numpy as np

    rows, columns = picture.shape
    photons, per_photon = make.photons[number], make.air[number] / make.photons[number]
    dose = photons * (1 + make.pulse * chance.standard_normal(columns, dtype=np.float32))
    gain = np.float32(per_photon) * (1 + make.stripes * chance.standard_normal((rows, 1), dtype=np.float32))
    dark = np.float32((make.electronic / per_photon) ** 2)
    told = np.empty((rows, columns), np.uint16)
    for start in range(0, rows, _BAND):
        band = slice(start, start + _BAND)
        mean = picture[band] * dose
        noise = chance.standard_normal(mean.shape, dtype=np.float32)
        level = np.sqrt(mean + dark)
        level *= noise
        level += mean
        few = np.flatnonzero(mean < _FEW)
        if few.size:
            level.ravel()[few] = rare.poisson(mean.ravel()[few]) + noise.ravel()[few] * np.sqrt(dark)
        level *= gain[band]
        level += make.dark[number] + 0.5
        told[band] = np.clip(level, 0, 65_535, out=level)
    return told
