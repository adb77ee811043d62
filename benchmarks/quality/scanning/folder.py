"""Score a folder of foreign scans: ID.high.tif, ID.low.tif, ID.json; nothing of them is taken for granted."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality.scanning.figures import area, curve, level, shares
from benchmarks.quality.scanning.foreign import Foreign, Place, Unusable, names_in, read_foreign

from vigie.scanning import HeatModel, Scan
from vigie.scanning.xray.finding import FindingKind
from vigie.scanning.xray.machine import read_scan
from vigie.scanning.xray.triage import Thresholds
from vigie.world import xray_parameters

SHOWN = (FindingKind.BRICK_LATTICE, FindingKind.FOREIGN_BLOCK)
NEAR_MM = 110.0
"""A place counts as found where its middle lies in a true box grown by so much: half a brick (12 pixels of the seeded
benchmark's 9 mm)."""
DRAWS = 1000
WEIGHTS_KG = (10.0, 25.0, 75.0, 200.0, 500.0)


def scored(folder: Path, model: HeatModel, thresholds: Thresholds) -> dict[str, Any]:
    """A score for each scan and box, and figures where the folder tells the truth.

    A scan that cannot be read has an `error` in words instead; it keeps no other from being scored.
    """
    told: dict[str, Any] = {}
    truths: dict[str, tuple[Place, ...]] = {}
    names = names_in(folder)
    for number, name in enumerate(names):
        try:
            brought = read_foreign(folder, name)
            told[name] = _scored(brought, model, thresholds)
        except Unusable as fault:
            told[name] = {"error": str(fault)}
            continue
        except Exception as fault:  # noqa: BLE001 -- a stranger's scan must not cost all others their score
            told[name] = {"error": f"could not be scored: {type(fault).__name__}: {fault}"[:300]}
            continue
        if brought.threats is not None:
            truths[name] = brought.threats
        if number % 50 == 49:
            print(f"{number + 1} of {len(names)}", file=sys.stderr, flush=True)
    unread = sum("error" in each for each in told.values())
    return {"scans": told, "read": len(told) - unread, "unread": unread, "model": model.sha} | _figures(told, truths)


def one(scan: Scan, model: HeatModel, thresholds: Thresholds) -> dict[str, Any]:
    """What is said of one scan; its score is that of the hottest place of bricks.

    Levels of parts were counted on another scanner and carry badly: on 200 pictures of a generator of our own, apart
    from `vigie.world`, ordering by part found .03 at 5 % false alarms, the hottest place .25 (ADR 0056).
    """
    began = time.process_time()
    reading = read_scan(scan, model=model, thresholds=thresholds)
    boxes = [
        {"box": list(each.box), "kind": each.kind.value, "zone": each.zone.value, "score": each.score,
         "alarm": each.alarm}
        for each in reading.findings if each.kind in SHOWN
    ]  # fmt: skip
    zones = {zone.value: list(box) for zone, box in reading.zones.areas}
    score = max((each["score"] for each in boxes if each["kind"] == SHOWN[0].value), default=0.0)
    return {"score": score, "place": reading.place.value, "boxes": boxes, "doubt": list(reading.zones.doubt),
            "container": reading.zones.container, "doors_at": reading.zones.doors_at, "zones": zones,
            "cpu_ms": round((time.process_time() - began) * 1000)}  # fmt: skip


def _scored(brought: Foreign, model: HeatModel, thresholds: Thresholds) -> dict[str, Any]:
    made = one(brought.scan, model, thresholds) | {"notes": list(brought.notes)}
    if brought.threats is not None:
        made["positive"] = bool(brought.threats)
    if brought.threats:
        made["hit"] = _hit(made["boxes"], brought)
    return made


def _hit(boxes: Sequence[Mapping[str, Any]], brought: Foreign) -> bool:
    """Whether the hottest place of bricks lies on a true one."""
    hottest = max(
        (each for each in boxes if each["kind"] == SHOWN[0].value), key=lambda each: each["score"], default=None
    )
    if hottest is None or brought.threats is None:
        return False
    x, y = hottest["box"][0] + hottest["box"][2] / 2, hottest["box"][1] + hottest["box"][3] / 2
    across, down = NEAR_MM / brought.scan.facts.column_mm, NEAR_MM / brought.scan.facts.row_mm
    return any(
        -across <= x - left <= width + across and -down <= y - top <= height + down
        for left, top, width, height in (each.box for each in brought.threats)
    )


def _figures(told: Mapping[str, Any], truths: Mapping[str, Sequence[Place]]) -> dict[str, Any]:
    """Area and detection with intervals of 95 %, by zone and weight; nothing where the folder tells no truth."""
    scores = {kind: np.array([told[name]["score"] for name, places in truths.items() if bool(places) is kind])
              for kind in (True, False)}  # fmt: skip
    if not all(len(some) for some in scores.values()):
        return {}
    held, clean = scores[True], scores[False]
    found = curve(held, clean, xray_parameters().judging.rates, DRAWS)
    limit = level(clean, 0.05)
    hidden = [(places[0], told[name]["score"]) for name, places in truths.items() if places]
    found["zone_at_0.05"] = shares(_grouped(hidden, lambda place: place.zone or "not told"), limit, DRAWS)
    found["weight_at_0.05"] = shares(_grouped(hidden, _weight), limit, DRAWS)
    hits = np.array([float(told[name]["hit"]) for name, places in truths.items() if places])
    found["hottest_place_is_true"] = shares({"all": hits}, 0.5, DRAWS)["all"]
    if len(clean) < 100:
        found["warning"] = f"{len(clean)} scans without threat: detection at 1 % stands on less than one of them"
    return {"auc": round(area(held, clean), 4), "with": len(held), "without": len(clean), "figures": found}


def _grouped(hidden: Sequence[tuple[Place, float]], name: Any) -> dict[str, Any]:
    held: dict[str, list[float]] = {}
    for place, score in hidden:
        held.setdefault(name(place), []).append(score)
    return {key: np.array(some) for key, some in sorted(held.items())}


def _weight(place: Place) -> str:
    if place.kg is None:
        return "not told"
    edges = (0.0, *WEIGHTS_KG)
    at = max(n for n, edge in enumerate(edges) if place.kg >= edge)
    return f"{edges[at]:g} to {edges[at + 1]:g} kg" if at + 1 < len(edges) else f"above {edges[at]:g} kg"
