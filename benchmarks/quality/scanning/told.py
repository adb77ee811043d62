"""The figures of the seeded benchmark out of the rows of its splits."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from benchmarks.quality.scanning.figures import area, bootstrapped, curve, level, shares, shown
from benchmarks.quality.scanning.splits import Row

from vigie.scanning.xray.triage import Level, combined
from vigie.world import xray_parameters

Say = Callable[[Row], float]


def levels_of(rows: Sequence[Row]) -> dict[str, Level]:
    """What is usual in each part: of the pictures without threat of the split `choose`."""
    held: dict[str, list[float]] = {}
    for row in rows:
        if not row["positive"]:
            for part, value in row["parts"].items():
                held.setdefault(part, []).append(value)
    return {part: Level(float(np.median(some)), float(np.quantile(some, 0.95))) for part, some in held.items()}


def ways(levels: dict[str, Level], boosted: Any = None) -> dict[str, Say]:
    """Each way to score a picture."""
    made: dict[str, Say] = {
        "net by part": lambda row: combined(row["parts"], levels),
        "net whole": lambda row: row["whole"]["net"],
        "net in 8 bits": lambda row: row["whole"].get("net8", row["whole"]["net"]),
        "CFAR": lambda row: row["whole"]["cfar"],
        "CFAR x lattice": lambda row: row["whole"]["lattice"],
    }
    if boosted is not None:
        made["boosted physics features"] = lambda row: float(
            boosted.predict_proba(np.array([row["features"]], np.float32))[0, 1]
        )
    return made


def told(splits: dict[str, list[Row]], boosted: Any = None, draws: int = 0) -> dict[str, Any]:
    """All figures that the given splits allow; draws: of every bootstrap, else as the parameters say."""
    rules = xray_parameters().judging
    draws, rates = draws or rules.bootstrap, rules.rates
    found: dict[str, Any] = {name: {"pictures": len(rows)} for name, rows in splits.items()}
    if "choose" in splits:
        each = ways(levels_of(splits["choose"]), boosted)
        for name in ("choose", "hard", "unseen"):
            if name in splits:
                found[name]["ways"] = {
                    way: _curve(splits[name], splits[name], say, rates, draws) for way, say in each.items()
                }
        if "hard" in splits and "clean" in splits:
            found["clean"]["ways"] = {
                way: _curve(splits["hard"], splits["clean"], say, rates, draws) for way, say in each.items()
            }
            found["clean"]["groups"] = _groups(splits["hard"], splits["clean"], each["net by part"], draws)
        if "hard" in splits and "unseen" in splits:
            found["unseen"]["carried"] = _carried(splits["hard"], splits["unseen"], each["net by part"], rates)
        if "hard" in splits:
            found["hard"]["places"] = _places(splits["hard"], rules.near_px)
    for name in ("reefer", "makes", "ports"):
        if name in splits:
            keys = sorted(splits[name][0]["whole"])
            found[name]["ways"] = {key: _curve(splits[name], splits[name], _at(key), rates, draws) for key in keys}
    return found


def _at(key: str) -> Say:
    return lambda row: row["whole"][key]


def _scores(rows: Sequence[Row], say: Say, positive: bool) -> Any:
    return np.array([say(row) for row in rows if row["positive"] is positive], np.float64)


def _curve(
    positives: Sequence[Row], negatives: Sequence[Row], say: Say, rates: Sequence[float], draws: int
) -> dict[str, Any]:
    return curve(_scores(positives, say, True), _scores(negatives, say, False), rates, draws)


def _groups(positives: Sequence[Row], negatives: Sequence[Row], say: Say, draws: int) -> dict[str, Any]:
    """Detection by concealment, zone (at 1 % of clean) and weight (at 5 % of clean)."""
    clean = _scores(negatives, say, False)
    hidden = [(row["truths"][0], say(row)) for row in positives if row["positive"] and row["truths"]]
    edges = (*xray_parameters().judging.weight_classes_kg, 1e9)

    def by(name: Callable[[Row], str]) -> dict[str, Any]:
        held: dict[str, list[float]] = {}
        for truth, score in hidden:
            held.setdefault(name(truth), []).append(score)
        return {key: np.array(some) for key, some in sorted(held.items())}

    def weight(truth: Row) -> str:
        place = max(n for n, edge in enumerate((0, *edges[:-1])) if truth["kg"] >= edge)
        return (
            f"{(0, *edges)[place]:g} to {edges[place]:g} kg"
            if place + 1 < len(edges)
            else f"above {edges[place - 1]:g} kg"
        )

    at1, at5 = level(clean, 0.01), level(clean, 0.05)
    return {
        "concealment_at_0.01": shares(by(lambda truth: truth["concealment"]), at1, draws),
        "zone_at_0.01": shares(by(lambda truth: truth["zone"]), at1, draws),
        "weight_at_0.05": shares(by(weight), at5, draws),
    }


def _carried(home: Sequence[Row], away: Sequence[Row], say: Say, rates: Sequence[float]) -> dict[str, Any]:
    """What a threshold of scanner A does on scanner B: false alarms and detection."""
    made = {}
    for rate in rates:
        limit = level(_scores(home, say, False), rate)
        strange = {
            name: float((_scores(away, say, kind) > limit).mean())
            for name, kind in (("false_alarms", False), ("detection", True))
        }
        made[f"{rate:g}"] = {name: round(value, 4) for name, value in strange.items()}
    return made


def _places(rows: Sequence[Row], near: int) -> dict[str, float]:
    """Share of the pictures with a threat whose hottest box lies on it."""
    hits = []
    for row in rows:
        if row["positive"] and row["truths"]:
            _, _, (x, y, w, h) = max(row["boxes"], key=lambda box: box[0])
            left, top, width, height = row["truths"][0]["box"]
            across, down = x + w / 2, y + h / 2
            hits.append(left - near <= across <= left + width + near and top - near <= down <= top + height + near)
    values = np.array(hits, np.float64)
    return shown(bootstrapped(lambda one, _: float(one.mean()), values, values, 500)) if hits else {}


__all__ = ["area", "levels_of", "told", "ways"]
