"""Score a folder of foreign scans: ID.high.tif, ID.low.tif, ID.json; nothing of them is taken for granted."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality.scanning.figures import area

from vigie.scanning import HeatModel, Scan, ScanFile, read_scans
from vigie.scanning.xray.finding import FindingKind
from vigie.scanning.xray.machine import read_scan
from vigie.scanning.xray.triage import Thresholds


def scored(folder: Path, model: HeatModel, thresholds: Thresholds) -> dict[str, Any]:
    """A score for each scan and box, and the area under the curve where the folder tells the truth."""
    told: dict[str, Any] = {}
    truths: dict[str, bool] = {}
    for sheet in sorted(folder.glob("*.json")):
        name = sheet.stem
        pictures = [
            ScanFile(path.name, path.read_bytes())
            for path in (folder / f"{name}.high.tif", folder / f"{name}.low.tif")
            if path.exists()
        ]
        batch = read_scans([ScanFile(sheet.name, plain(sheet.read_bytes())), *pictures])
        if not batch.scans:
            told[name] = {"error": [str(each) for each in batch.unread]}
            continue
        told[name] = one(batch.scans[0].scan, model, thresholds)
        truths[name] = bool(json.loads(sheet.read_bytes()).get("threats"))
    return {"scans": told} | _figures(told, truths)


def plain(sheet: bytes) -> bytes:
    """A sheet with what the reader needs alone, whatever else stands in it; nothing where that is no JSON object."""
    try:
        told = json.loads(sheet)
    except ValueError:
        return sheet
    if not isinstance(told, dict):
        return sheet
    kept: dict[str, Any] = {name: told[name] for name in ("pixel_mm", "energies_mev") if name in told}
    air = told.get("air")
    if air is not None:
        kept["air"] = [round(each) for each in air] if isinstance(air, list) else round(air)
    if isinstance(told.get("commodity"), str):
        kept["commodity"] = told["commodity"]
    return json.dumps(kept).encode()


def one(scan: Scan, model: HeatModel, thresholds: Thresholds) -> dict[str, Any]:
    """What is said of one scan."""
    began = time.process_time()
    reading = read_scan(scan, model=model, thresholds=thresholds)
    boxes = [
        {"box": list(each.box), "kind": each.kind.value, "zone": each.zone.value, "score": round(each.score, 6),
         "alarm": each.alarm}
        for each in reading.findings if each.kind in (FindingKind.BRICK_LATTICE, FindingKind.FOREIGN_BLOCK)
    ]  # fmt: skip
    return {"score": reading.score, "place": reading.place.value, "boxes": boxes, "doubt": list(reading.zones.doubt),
            "container": reading.zones.container, "cpu_ms": round((time.process_time() - began) * 1000)}  # fmt: skip


def _figures(told: dict[str, Any], truths: dict[str, bool]) -> dict[str, Any]:
    scores = {
        kind: np.array([told[name]["score"] for name, there in truths.items() if there is kind])
        for kind in (True, False)
    }
    if not all(len(some) for some in scores.values()):
        return {}
    return {
        "auc": round(area(scores[True], scores[False]), 4),
        "with": len(scores[True]),
        "without": len(scores[False]),
    }
