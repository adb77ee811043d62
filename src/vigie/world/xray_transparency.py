"""What comes through: the simulator's own attenuation integral, whole for few numbers, by few energies for pictures."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from vigie.world.xray_attenuation import attenuation
from vigie.world.xray_beam import energies, seen
from vigie.world.xray_matter import MATTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vigie.world.xray_attenuation import Floats

    Picture = NDArray[Any]

LATTICE_MEV = (0.12, 0.18, 0.3, 0.5, 0.8, 1.3, 2.0, 3.0, 4.5, 6.5, 9.0)
"""Energies among which the few of a beam are chosen."""
_TAUGHT = ("water", "wood", "plastic", "aluminium", "glass", "steel", "copper")
_MASSES = (0.0, 1, 2, 4, 8, 12, 18, 25, 35, 50, 70, 95, 125, 160, 200, 260)  # g/cm²
_CHUNK = 16_384  # pixels at a time: what fits into the cache of a core


def alpha(matter: str | int, mass: float, end_mev: float) -> float:
    """Negative logarithm of the transparency of one material, by the whole integral.

    Args:
        matter: A name of `MATTER`, or an atomic number. mass: Areal density, g/cm². end_mev: End point of the beam.
    """
    import numpy as np

    mev = energies(end_mev)
    through = attenuation(matter, mev) if isinstance(matter, int) else MATTER[matter].attenuation(mev)
    return float(-np.log((seen(end_mev) * np.exp(-through * mass)).sum()))


@cache
def nodes(ends_mev: tuple[float, ...]) -> tuple["Floats", "Floats"]:
    """A few energies and, per beam, their weights, which give the same transparency as the whole spectrum.

    Returns:
        Energies (count,) and weights (beam, count), the weights of a beam sum to 1 within 0.1 %.

    Source: non-negative least squares (Lawson and Hanson 1974) on relative transparencies of seven materials.
    """
    import numpy as np
    from scipy.optimize import nnls

    lattice = np.array(LATTICE_MEV)
    rows = []
    for end in ends_mev:
        fine, weights = energies(end), seen(end)
        few, whole = [], []
        for name in _TAUGHT:
            for mass in _MASSES:
                true = (weights * np.exp(-MATTER[name].attenuation(fine) * mass)).sum()
                few.append(np.exp(-MATTER[name].attenuation(lattice) * mass) / true)
                whole.append(1.0)
        rows.append(nnls(np.array(few) * _trust(len(few)), np.array(whole) * _trust(len(few))[:, 0])[0])
    told = np.array(rows)
    used = told.max(axis=0) > 1e-6
    return lattice[used], told[:, used] / told.sum(axis=1, keepdims=True)


def _trust(rows: int) -> "Floats":
    """Air must come out exactly: its rows weigh more."""
    import numpy as np

    weight = np.ones((rows, 1))
    weight[:: len(_MASSES)] = 30.0
    return weight


@cache
def _matrices(matters: tuple[str, ...], ends_mev: tuple[float, ...]) -> tuple["Picture", "Picture"]:
    """Minus the attenuation (energy, material), and the weights (beam, energy)."""
    import numpy as np

    few, weights = nodes(ends_mev)
    through = -np.stack([MATTER[name].attenuation(few) for name in matters], axis=1).astype(np.float32)
    return through, weights.astype(np.float32)


def transparency(masses: "Picture", matters: Sequence[str], ends_mev: tuple[float, ...]) -> "Picture":
    """Transparency of every pixel for every beam.

    Args:
        masses: Areal density in g/cm², (material, pixels).
        matters: Names of `MATTER`, one for each row of `masses`.
        ends_mev: End points of the beams.

    Returns:
        (beam, pixels), 0 to 1.
    """
    import numpy as np

    through, mixed = _matrices(tuple(matters), ends_mev)
    told = np.empty((len(ends_mev), masses.shape[1]), np.float32)
    for start in range(0, masses.shape[1], _CHUNK):
        part = through @ masses[:, start : start + _CHUNK]
        np.exp(part, out=part)
        np.matmul(mixed, part, out=told[:, start : start + _CHUNK])
    return told
