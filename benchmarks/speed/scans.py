"""The simulator of scans: pictures a second, how far it is from published Geant4 calculations; a machine's reading."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vigie.node.threads import KEPT_MEMORY, ONE_THREAD

os.environ.update(ONE_THREAD)  # before numpy is loaded

import numpy as np

from vigie.world import example
from vigie.world.xray_attenuation import attenuation
from vigie.world.xray_beam import ANGLE, beam, energies, response
from vigie.world.xray_matter import MATTER
from vigie.world.xray_transparency import alpha, transparency

COMMAND = "python -m benchmarks.speed.scans"
READ_EACH_S, PROTOTYPE_READS = 40, 31
"""Scans read a second and core: the issue's goal, and the net alone of the prototype on its own machine (int8)."""
PROTOTYPE = 4.4
"""Pictures a second and core of the prototype, same size. Source: reference page scan, section 4."""
SEMIZ = Path(__file__).parents[3] / "shared" / "data" / "scan" / "semiZ" / "tutorial" / "data"
BEAMS = ((6.0, 4.0), (9.0, 6.0), (9.7, 6.3))


def _speed(count: int) -> tuple[float, float, float]:
    """CPU seconds a picture, threats and blocks included: median, lowest, highest quarter."""
    example("train", 0)
    told = []
    for number in range(count):
        begun = time.process_time()
        example("train", number)
        told.append(time.process_time() - begun)
    return tuple(float(one) for one in np.quantile(told, (0.5, 0.25, 0.75)))  # type: ignore[return-value]


def reading_ms(count: int) -> dict[str, list[float]]:
    """CPU ms of the parts of the machine's reading with the model that ships, one thread; each the best of three."""
    from vigie.scanning import find_zones, gridded, read_scan, seen
    from vigie.scanning.xray.card import shipped

    having = shipped()
    if having is None:
        return {}
    model = having[0]
    told: dict[str, list[float]] = {"zones": [], "grid": [], "channels": [], "net": [], "whole reading": []}
    for number in range(count):
        scan = example("train", number).view.scan
        zones = find_zones(scan)
        box = zones.container or (0, 0, *scan.high.shape[::-1])
        grid = gridded(scan, box)
        given = seen(grid, zones.doors_at)
        acts: dict[str, Callable[[], Any]] = {
            "zones": lambda scan=scan: find_zones(scan), "grid": lambda scan=scan, box=box: gridded(scan, box),
            "channels": lambda grid=grid, at=zones.doors_at: seen(grid, at), "net": lambda given=given: model.logits(given),
            "whole reading": lambda scan=scan: read_scan(scan, model=model),
        }  # fmt: skip
        for name, act in acts.items():
            spent = []
            for _ in range(3):
                begun = time.process_time()
                act()
                spent.append((time.process_time() - begun) * 1e3)
            told[name].append(min(spent))
    return told


def geant4_errors() -> list[float]:
    """Relative errors of alpha against the calibration of semiZ: carbon, iron and lead at 6 and 9 MeV, 100 angles."""
    ways = np.load(SEMIZ / "lmbda_calib.npy", allow_pickle=False)
    told = []
    for end, name in ((9.0, "alpha_H_calib"), (6.0, "alpha_L_calib")):
        true, mev = np.load(SEMIZ / f"{name}.npy", allow_pickle=False), energies(end)
        for row in range(len(true)):
            for column, element in enumerate((6, 26, 82)):
                way = ways[row, column]
                weights = beam(end, float(np.arccos(min(1.0, 100.0 / way)))) * response(mev)
                through = (weights * np.exp(-attenuation(element, mev) * way)).sum() / weights.sum()
                told.append(float(-np.log(through) / true[row, column] - 1))
    return told


def spectrum_errors() -> list[float]:
    """Relative errors of alpha with our spectrum and crystal against the published ones, Z 6 to 82, 10 to 150 g/cm2."""
    mev, crystal = (np.load(SEMIZ / f"{name}.npy", allow_pickle=False) for name in ("E", "D"))
    ways = np.load(SEMIZ / "lmbda_calib.npy", allow_pickle=False)[:, 0]
    row = int(np.abs(ways - 100.0 / np.cos(ANGLE)).argmin())  # the published spectrum at the angle that we use
    mev, told = np.maximum(mev, 0.03), []
    for end, name in ((6.0, "phi_6MeV"), (9.0, "phi_9MeV")):
        weights = np.load(SEMIZ / f"{name}.npy", allow_pickle=False)[row] * crystal
        for element in (6, 13, 26, 50, 82):
            for mass in (10.0, 20.0, 40.0, 80.0, 120.0, 150.0):
                true = -np.log((weights * np.exp(-attenuation(element, mev) * mass)).sum() / weights.sum())
                told.append(alpha(element, mass, end) / float(true) - 1)
    return told


def reduction_errors() -> list[float]:
    """Relative errors of alpha by the few energies of pictures against the whole spectrum."""
    told = []
    for ends in BEAMS:
        for name in MATTER:
            for mass in (5.0, 20.0, 60.0, 120.0, 200.0):
                few = transparency(np.array([[mass]], np.float32), [name], ends)[:, 0]
                told += [float(-np.log(few[number]) / alpha(name, mass, end) - 1) for number, end in enumerate(ends)]
    return told


def figures(seed: int, quick: bool) -> list[dict[str, Any]]:
    """Measure; where ../shared/data is absent the figures against Geant4 are left out."""
    shared = {"seed": seed, "command": COMMAND}
    count = 24 if quick else 120
    middle, low, high = _speed(count)
    told: list[dict[str, Any]] = [
        {"name": "simulated dual-energy scan, 600 x 1500", "value": round(1 / middle, 2), "unit": "pictures/CPU-s",
         "target": 10, "peer": "prototype (its own machine)", "peer_value": PROTOTYPE,
         "ratio": round(1 / middle / PROTOTYPE, 2), "n": count, "low": round(1 / high, 2), "high": round(1 / low, 2),
         **shared},
    ]  # fmt: skip
    parts = reading_ms(8 if quick else 60)
    for name, spent in parts.items():
        middle, low, high = (float(one) for one in np.quantile(spent, (0.5, 0.05, 0.95)))
        told.append({"name": f"machine reading, 600 x 1500: {name}", "value": round(middle, 2), "unit": "CPU ms",
                     "target": f"<= {1000 / READ_EACH_S:g}" if name == "whole reading" else None,
                     "peer": "the prototype's net alone (int8, its own machine)", "peer_value": round(1000 / PROTOTYPE_READS, 1),
                     "ratio": None, "n": len(spent), "low": round(low, 2), "high": round(high, 2), **shared})  # fmt: skip
    tables = [("few energies against the whole spectrum", reduction_errors, "own integral")]
    if SEMIZ.exists():
        tables += [("forward model against Geant4 calibration (C, Fe, Pb; 6 and 9 MeV)", geant4_errors, "semiZ"),
                   ("forward model against published spectra and response (Z 6 to 82)", spectrum_errors, "semiZ")]  # fmt: skip
    for name, errors, peer in tables:
        size = np.abs(errors())
        for what, value, target in (("mean", size.mean(), 0.01), ("most", size.max(), 0.03)):
            told.append({"name": f"{name}: {what} error of alpha", "value": round(float(value), 5), "unit": "relative",
                         "target": target, "peer": peer, "peer_value": None, "ratio": None, "n": size.size, "low": None,
                         "high": None, **shared})  # fmt: skip
    return told


if __name__ == "__main__":
    if any(name not in os.environ for name in KEPT_MEMORY):  # as the child that reads scans; read at the start alone
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.speed.scans", *sys.argv[1:]], os.environ | KEPT_MEMORY)
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    for figure in figures(given.seed, given.quick):
        print(json.dumps(figure, ensure_ascii=False))
