"""The scanners of the simulated port in its register, calibrated: else no machine may read what they take."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import vigie
from vigie.node.threads import ONE_THREAD
from vigie.scanning import Piece
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
    from vigie.world import day_scanners, xray_parameters

    given = day_scanners(site)
    pieces = _wedges(sorted({letter for _, letter in given.values()}))
    for name, (where, letter) in given.items():
        make = xray_parameters().scanners[letter]
        told = Scanner(
            name=name, site=where, energies_mev=make.energies_mev, row_mm=make.pixel_mm, column_mm=make.pixel_mm,
            air=make.air, dark=make.dark, note=NOTE,
        )  # fmt: skip
        scanners.keep(officer, told, node)
        scanners.calibrate(officer, name, pieces[letter], make.air, node, days=DAYS)
    return len(given)


def _wedges(letters: list[str]) -> dict[str, tuple[Piece, ...]]:
    """What each scanner counts behind its test pieces, computed by a process of its own: it takes numpy with it."""
    own = os.environ | ONE_THREAD | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
    told = [sys.executable, "-m", "vigie.app.stage_scanners", *letters]
    done = subprocess.run(told, capture_output=True, check=True, env=own)
    return msgspec.json.decode(done.stdout, type=dict[str, tuple[Piece, ...]])


if __name__ == "__main__":
    from vigie.world import wedge

    sys.stdout.buffer.write(msgspec.json.encode({letter: wedge(letter) for letter in sys.argv[1:]}))
