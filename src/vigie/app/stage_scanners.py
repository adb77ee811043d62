"""The scanners of the simulated port in its register, calibrated: else no machine may read what they take."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from vigie.terms import Officer

if TYPE_CHECKING:
    from vigie.node import Node

DAYS = 366
"""For how long the calibration holds: as long as the simulated port runs."""
NOTE = "simulated"


def set_scanners(officer: Officer, site: str, node: "Node") -> int:
    """Register the port's scanners and those of ports of departure; gives how many: 0 without the extra `scanning`."""
    if find_spec("scipy") is None or find_spec("numpy") is None:
        return 0
    from vigie.desk import scanners
    from vigie.scanning import Scanner
    from vigie.world import day_scanners, wedge, xray_parameters

    given = day_scanners(site)
    for name, (where, letter) in given.items():
        make = xray_parameters().scanners[letter]
        told = Scanner(
            name=name, site=where, energies_mev=make.energies_mev, row_mm=make.pixel_mm, column_mm=make.pixel_mm,
            air=make.air, dark=make.dark, note=NOTE,
        )  # fmt: skip
        scanners.keep(officer, told, node)
        scanners.calibrate(officer, name, wedge(letter), make.air, node, days=DAYS)
    return len(given)
