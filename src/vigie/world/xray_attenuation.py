"""How strongly matter attenuates photons of 0.03 to 10 MeV: NIST's tables, and nothing that guesses beyond them.

Source: `xcom.csv` beside this file (NIST SRD 8, XCOM). Other sources were tried and are silently wrong above 0.8 MeV:
xraydb clamps, gvxr gives 0 (docs/adr/0040); `tests/world/test_xray_attenuation.py` pins the values.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

DETECTOR = "CdWO4"
"""Name under which the table holds the energy absorption of the scintillator."""


@cache
def _table() -> tuple["Floats", dict[str, "Floats"]]:
    import numpy as np

    lines = [line for line in (files("vigie.world") / "xcom.csv").read_text("ascii").splitlines() if line[0] != "#"]
    cells = [line.split(",") for line in lines]
    numbers = {row[0]: np.log(np.array([float(cell) for cell in row[1:]])) for row in cells[1:]}
    return np.log(np.array([float(cell) for cell in cells[0][1:]])), numbers


def attenuation(element: int | str, mev: "Floats") -> "Floats":
    """Mass attenuation of an element, between the table's energies linear in both logarithms.

    Args:
        element: Atomic number 1 to 92; `DETECTOR` gives the energy absorption of the scintillator.
        mev: Photon energies, 0.03 to 10 MeV.

    Returns:
        cm²/g, coherent scattering included, of the shape of `mev`.

    Raises:
        ValueError: No such element, or an energy outside the table: it is never clamped.
    """
    import numpy as np

    grid, rows = _table()
    asked = np.log(np.asarray(mev, dtype=float))
    if str(element) not in rows or not (asked >= grid[0] - 1e-9).all() or not (asked <= grid[-1] + 1e-9).all():
        raise ValueError("outside the table of attenuation")
    return np.asarray(np.exp(np.interp(asked, grid, rows[str(element)])))


def compound(shares: Mapping[int, float], mev: "Floats") -> "Floats":
    """Mass attenuation of a compound or mixture.

    Args:
        shares: Atomic number to its share of the mass; they are scaled to sum to 1.
        mev: Photon energies, 0.03 to 10 MeV.

    Returns:
        cm²/g, of the shape of `mev`.
    """
    whole = sum(shares.values())
    parts = [share / whole * attenuation(element, mev) for element, share in shares.items()]
    return sum(parts[1:], start=parts[0])
