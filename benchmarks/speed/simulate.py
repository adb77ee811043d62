"""Edit an indicator and see the new list of the day: 330,000 open boxes in memory, beside judging them all again."""

import argparse
import json
import tempfile
import time
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.speed.backtest import generate, policy

from vigie.engine import OpenBoxes, scored, simulated
from vigie.risk import COLUMNS, Policy, Slots

ROWS, QUICK = 330_000, 330_000
TARGET_MS = 300.0
COMMAND = "python -m benchmarks.speed.simulate"
DAY = 86_400_000_000
SHIFTS = [Slots("BEANR", name, place * DAY // 3, (place + 1) * DAY // 3, {"S1": 120, "S2": 120, "S3": 80}, by_chance=32)
          for place, name in enumerate(("early", "late", "night"))]  # fmt: skip


def edits(rules: Policy) -> list[Policy]:
    """The rules with another condition for one indicator, a new one each time, as an officer tries them."""
    return [
        Policy(tuple(msgspec.structs.replace(one, expression=f"dwell_h > {hours} or reefer and dwell_h > {hours // 2}")
                     if one.id == "T1" else one for one in rules.indicators))
        for hours in range(200, 212)
    ]  # fmt: skip


def open_boxes(rows: int, rules: Policy, seed: int) -> OpenBoxes:
    """Random open boxes, due over three days."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        generate(path, rows, rules, (seed % 1000) / 1000)
        table = pq.read_table(path, columns=[one.name for one in COLUMNS])
    draw = np.random.default_rng(seed)
    keys = {"open_visit": pa.array([f"V{place:07}-1" for place in range(rows)]), "open_unit": pa.array(range(rows)),
            "open_site": pa.array(["BEANR"] * rows), "open_due": pa.array(draw.integers(0, 3 * DAY, rows)),
            "open_handling": pa.array(np.zeros(rows, np.int64)), "open_votes": pa.array(np.zeros(rows, np.int64))}  # fmt: skip
    boxes = OpenBoxes()
    whole = pa.table({**keys, **{name: table[name] for name in table.column_names}}).combine_chunks()
    boxes.put(whole)
    return boxes


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure; both ways must give the same scores, or there is no figure."""
    rules, rows = policy(), QUICK if quick else ROWS
    boxes = open_boxes(rows, rules, seed)
    simulated(boxes, rules, rules, SHIFTS)  # the list as it stands, once
    times, told = [], None
    for edit in edits(rules):
        begun = time.perf_counter()
        told = simulated(boxes, rules, edit, SHIFTS)
        times.append(1000 * (time.perf_counter() - begun))
    begun = time.perf_counter()
    whole = scored(edits(rules)[-1], boxes.table, threads=2)
    peer = 1000 * (time.perf_counter() - begun)
    # One thread, one connection per judgement, and caches named by the content of what is judged: nothing here can race.
    # Scores did differ once, while sources were edited between the imports of both roads.
    assert told is not None
    assert told.listed_after > 0
    assert whole["logodds_milli"].to_pylist() == boxes.judged(edits(rules)[-1]).score.tolist(), "scores differ"
    times.sort()
    return [{
        "name": f"edit an indicator, see the new list of the day: {rows:,} open boxes, {len(rules.indicators)} indicators,"
                " lists, reasons and loads included",
        "value": times[len(times) // 2], "unit": "ms", "target": TARGET_MS, "low": times[0], "high": times[-1],
        "peer": "the same boxes, every indicator judged again by the same engine, scores alone", "peer_value": peer,
        "ratio": peer / times[len(times) // 2], "n": len(times), "seed": seed, "command": COMMAND,
    }]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261122)
    for figure in figures(parser.parse_args().seed, quick=False):
        print(json.dumps(figure, ensure_ascii=False))
