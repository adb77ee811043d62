"""What a simulated scanner tells beside loads: three known pieces, and what of a picture is the threat alone."""

from typing import TYPE_CHECKING

import msgspec

from vigie.world.xray import matter_of
from vigie.world.xray_load import HiddenLot, Load, draw_load, rng
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_transparency import transparency

if TYPE_CHECKING:
    from vigie.scanning import Cutout, Piece
    from vigie.world.xray_canvas import Picture

PIECES = (("organic", "wood", 40.0), ("iron", "steel", 78.5), ("lead", "lead", 22.7))
"""Name, matter and g/cm² of the test pieces: 40 g/cm² of cellulose, 100 mm of steel, 20 mm of lead (own)."""
_PIXELS = 2500  # pixels of a piece that are averaged


def wedge(scanner: str, seed: int = 0) -> tuple["Piece", ...]:
    """What a scanner counts behind its three test pieces, as its operator would write it down."""
    import numpy as np

    from vigie.scanning import Piece

    make, chance, told = xray_parameters().scanners[scanner], rng(seed, 51), []
    for name, matter, mass in PIECES:
        through = transparency(np.array([[mass]], np.float32), [matter], make.energies_mev)[:, 0]
        seen = through * (1 - make.scatter) + make.scatter  # scatter of a picture that is mostly air
        noise = chance.normal(0, 1, 2) * np.sqrt(seen / np.array(make.photons) / _PIXELS)
        counts = (seen + noise) * np.array(make.air) + np.array(make.dark)
        told.append(Piece(name, mass, tuple(float(count) for count in counts)))
    return tuple(told)


def added(load: Load, scanner: str = "A", seed: int = 0) -> "Picture":
    """What hidden things add to a view of a load and take away from its goods, g/cm², before blur and noise."""
    import numpy as np

    sums = []
    for one in (load, load.cleaned()):
        canvas = matter_of(one, scanner, seed)[0]
        whole = sum(canvas.maps.values(), start=np.zeros((1, 1), np.float32))
        sums.append(whole if load.doors_first else whole[:, ::-1])
    return np.asarray(sums[0] - sums[1], dtype=np.float32)


def cutouts(count: int, seed: int = 0, scanner: str = "A") -> tuple["Cutout", ...]:
    """A library of simulated threats: bags of bricks, one to some, without anything of a load.

    Args:
        count: How many. seed: The same seed gives the same threats. scanner: On whose pixels they are drawn.
    """
    import numpy as np

    from vigie.scanning import cutout_of

    make, told = xray_parameters().scanners[scanner], []
    for number in range(count):
        place = ("rip-off", "in-load", "top", "in-boxes")[number % 4]
        kg = float(15.0 * 12.0 ** rng(seed, number, 53).random())
        load = draw_load(seed * 1_000 + number, commodity="empty", size_type="22G1")
        lot = msgspec.structs.replace(load, hidden=(HiddenLot(place, kg, seed * 1_000 + number),), cluttered=False)
        masses = np.maximum(added(lot, scanner), 0)
        rows, columns = np.flatnonzero(masses.sum(axis=1)), np.flatnonzero(masses.sum(axis=0))
        part = masses[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        told.append(
            cutout_of(
                f"SIM-{seed}-{number + 1}", part, make.pixel_mm, energies_mev=make.energies_mev, concealment=place
            )
        )
    return tuple(told)
