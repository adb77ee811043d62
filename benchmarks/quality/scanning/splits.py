"""Every picture of a split judged once; what came out is kept in a folder, so that a run can be gone on with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.scanning.judged import judge
from benchmarks.quality.scanning.pairs import PAIRS

from vigie.scanning.xray.heat import HeatModel
from vigie.world import Example, example, xray_parameters

Row = dict[str, Any]
PICTURES = ("choose", "hard", "clean", "unseen")
"""Splits judged picture by picture; "train" is judged for the boosted trees alone."""


def rows_of(
    split: str, models: dict[str, HeatModel], work: Path, told: Callable[[str], None], most: int | None = None
) -> list[Row]:
    """The rows of a split: those that are kept, and the rest now.

    Args:
        most: Only so many pictures; None takes all of the split.
    """
    kept = work / f"{split}.jsonl"
    rows = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
    whole = xray_parameters().splits[split].count
    many = min(whole, most or whole)
    with kept.open("a") as file:
        for number in range(len(rows), many):
            row = _row(split, number, models)
            rows.append(row)
            file.write(json.dumps(row) + "\n")
            if number % 50 == 49:
                file.flush()
                told(f"{split} {number + 1} of {many}")
    return rows[:many]


def _row(split: str, number: int, models: dict[str, HeatModel]) -> Row:
    found = example(split, number)
    row: Row = {"number": number, "positive": found.positive, "commodity": found.load.commodity,
                "box": found.load.size_type, "truths": list(_truths(found))}  # fmt: skip
    if split in PAIRS:
        return row | PAIRS[split](found, number)
    judged = judge(found.view.scan, {} if split == "train" else models)
    return row | {
        "whole": judged.whole, "parts": judged.parts, "boxes": judged.boxes, "doubt": list(judged.zones.doubt),
        "found": judged.zones.container is not None, "features": [round(float(each), 5) for each in judged.features],
    }  # fmt: skip


def _truths(found: Example) -> Iterator[Row]:
    for each in found.view.hidden:
        yield {"zone": each.zone, "kg": each.kg, "concealment": each.concealment, "box": each.box}
