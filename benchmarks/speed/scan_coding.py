"""How many bytes a scan takes, without loss, within a quarter of the noise and as a preview; beside codecs of the same run.

The pictures are simulated (`vigie.world.example`); the noise that the small copy is judged by is that of its scanner's
parameters, not what the copy's own estimate says.
"""

import json
import sys
from collections.abc import Callable
from statistics import mean
from time import perf_counter, process_time
from typing import Any

import imagecodecs
import numpy as np

from vigie.scanning import (
    Scan,
    companded_of,
    frame_of,
    master_of,
    picture_of_frame,
    preview_of,
    read_scans,
    scan_of,
    write_dicos,
    write_tiff,
)
from vigie.world import example, xray_parameters

COMMAND = "python -m benchmarks.speed.scan_coding"
FEW, MANY = 12, 120
PEERS: dict[str, Callable[[Any], bytes]] = {
    "JPEG-LS": lambda one: imagecodecs.jpegls_encode(one, out=2 * one.nbytes),
    "HTJ2K": lambda one: imagecodecs.htj2k_encode(one, reversible=True),
    "JPEG lossless .70": imagecodecs.ljpeg_encode,
    "JPEG XL e3": lambda one: imagecodecs.jpegxl_encode(one, lossless=True, effort=3),
}


def _pictures(scan: Scan) -> list[Any]:
    return [scan.high] if scan.low is None else [scan.high, scan.low]


def _timed(act: Callable[[], Any]) -> tuple[Any, float, float]:
    start, wall = process_time(), perf_counter()
    made = act()
    return made, (process_time() - start) * 1e3, (perf_counter() - wall) * 1e3


def _worst(scan: Scan, copy: Scan, photons: tuple[float, ...]) -> float:
    """Largest error of the copy over the noise of photons that the scanner's parameters say."""
    found = 0.0
    for told, kept, count, air, dark in zip(_pictures(scan), _pictures(copy), photons, scan.facts.air, scan.facts.dark, strict=False):
        gain = (air - dark) / count
        noise = np.sqrt(np.maximum(told.astype(float) - dark, 1.0) * gain)
        found = max(found, float((np.abs(told.astype(float) - kept) / noise).max()))
    return found


def figures(seed: int, quick: bool = True) -> list[dict[str, Any]]:
    """All figures of coding."""
    count = FEW if quick else MANY
    sizes: dict[str, list[float]] = {name: [] for name in (*PEERS, "master", "companded", "preview", "frames")}
    spent: dict[str, list[float]] = {name: [] for name in (*PEERS, "master", "companded", "preview", "decode", "frame", "tiff", "dicos")}
    worst = []
    for place in range(count):
        shown = example("clean" if place % 2 else "unseen", seed % 1_000 + place).view
        scan = shown.scan
        for name, encode in PEERS.items():
            made, cpu, _ = _timed(lambda encode=encode, scan=scan: sum(len(encode(one)) for one in _pictures(scan)))
            sizes[name].append(made)
            spent[name].append(cpu)
        for name, act in (("master", master_of), ("companded", companded_of), ("preview", preview_of)):
            body, cpu, _ = _timed(lambda act=act, scan=scan: act(scan))
            sizes[name].append(len(body))
            spent[name].append(cpu)
            if name == "master":
                back, cpu, _ = _timed(lambda body=body: scan_of(body))
                spent["decode"].append(cpu)
                assert all(np.array_equal(a, b) for a, b in zip(_pictures(scan), _pictures(back), strict=True))
            if name == "companded":
                scanner = xray_parameters().scanners[scan.facts.scanner.removeprefix("SIM-")]
                worst.append(_worst(scan, scan_of(body), tuple(scanner.photons)))
        frames = [frame_of(one) for one in _pictures(scan)]
        sizes["frames"].append(sum(map(len, frames)))
        spent["frame"].append(_timed(lambda frames=frames, scan=scan: picture_of_frame(frames[0], *scan.high.shape))[1])
        for name, files in (("tiff", write_tiff(scan, "A")), ("dicos", write_dicos(scan, "A"))):
            spent[name].append(_timed(lambda files=files: read_scans(files))[1])
    return _rows(sizes, spent, worst, count, seed)


def _rows(sizes: dict[str, list[float]], spent: dict[str, list[float]], worst: list[float], count: int, seed: int) -> list[dict[str, Any]]:
    def row(name: str, told: list[float], unit: str, target: float | None, peer: str = "none", theirs: list[float] | None = None) -> dict[str, Any]:
        value, other = mean(told), None if theirs is None else mean(theirs)
        return {"name": name, "value": round(value, 4), "unit": unit, "target": target, "peer": peer,
                "peer_value": None if other is None else round(other, 4), "ratio": round(value / other, 4) if other else None,
                "n": count, "low": round(min(told), 4), "high": round(max(told), 4), "seed": seed, "command": COMMAND}  # fmt: skip

    mb = {name: [one / 1e6 for one in told] for name, told in sizes.items()}
    best = mb["JPEG-LS"]
    rows = [row("a pair kept without loss", mb["master"], "MB", mean(best), "JPEG-LS of the same pictures", best)]
    rows += [row(f"the same pair as {name}", mb[name], "MB", None, "JPEG-LS", best) for name in PEERS if name != "JPEG-LS"]
    rows += [
        row("the companded copy of a pair", mb["companded"], "MB", 0.4 * mean(best), "JPEG-LS of the same pictures", best),
        row("largest error of the companded copy", worst, "sd of the photons' noise", 0.25),
        row("preview of a pair", [one * 1e3 for one in mb["preview"]], "kB", 39.0),
        row("frames of a pair for a browser", mb["frames"], "MB", None, "JPEG-LS", best),
        row("a pair encoded without loss", spent["master"], "ms of CPU", None, "JPEG-LS", spent["JPEG-LS"]),
        row("a pair decoded", spent["decode"], "ms of CPU", None),
        row("the companded copy made", spent["companded"], "ms of CPU", None),
        row("the preview made", spent["preview"], "ms of CPU", 150.0),
        row("one frame opened", spent["frame"], "ms of CPU", 500.0),
        row("a pair read from TIFF", spent["tiff"], "ms of CPU", None, "read from DICOS .70", spent["dicos"]),
    ]
    return rows


if __name__ == "__main__":
    print(json.dumps(figures(0, quick="--long" not in sys.argv), indent=1))
