"""Numbers in two places: planted double sightings found, and false alarms, on simulated traffic with its message errors.

Sheets of the simulated world are written as files, read back, and told in the order of receipt, so that late, repeated,
retracted and zoneless messages are among them. `python -m benchmarks.quality.clones`.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from math import log
from random import Random
from typing import Any

from vigie.arrivals import Movement, Stowed, read, split
from vigie.terms import Moment, read_moment
from vigie.tracking import Visit, apply, conflicts, segment_of
from vigie.world import TruthBook, generate

COMMAND = "python -m benchmarks.quality.clones"
START = read_moment("2024-01-01T00:00:00Z")
MONTH_DAYS = 30.4
TARGET = 1.0
"""False alarms per 100,000 boxes a month, fewer than. Source: reference page trade, target 8."""


def traffic(seed: int, days: int, scale: float, uplift: float, book: TruthBook) -> Iterator[tuple[Moment, Any]]:
    """Rows about boxes in the order of receipt."""
    for emission in generate(seed, days, scale, "BEANR", START, uplift=uplift, book=book):
        if emission.kind in ("controls", "ais", "ics2", "cc315a", "vermas", "cuscar"):
            continue  # they say nothing of where a box is
        for part in split(BytesIO(emission.body)):
            for row in read(part).rows:
                if isinstance(row, (Movement, Stowed)):
                    yield emission.at, row


def follow(rows: Iterator[tuple[Moment, Any]]) -> dict[str, list[Visit]]:
    """The visits of every number, told as the sequencer tells them."""
    known: dict[str, list[Visit]] = defaultdict(list)
    hlc = 0
    for at, row in rows:
        hlc = max(hlc + 1, at)
        number = row.equipment.number if isinstance(row, Stowed) else row.container
        if not number:
            continue
        mine = known[number]
        segment = segment_of(mine[-4:], row, Moment(hlc)) if mine else 1
        before = next((visit for visit in mine if visit.segment == segment), None)
        after = apply(before, Moment(hlc), row, number, segment)
        if after is None or after is before:
            continue
        if before is None:
            mine.append(after)
        else:
            mine[mine.index(before)] = after
    return known


def measure(seed: int, days: int, scale: float, uplift: float) -> dict[str, Any]:
    """Simulate, follow, and count."""
    book = TruthBook()
    known = follow(traffic(seed, days, scale, uplift, book))
    alarms = {number for number, visits in known.items() if conflicts(visits)}
    planted = {case.container for case in book.cases if "number-twice" in case.traces}
    seen = {number for number in planted if any(_both(visit) for visit in known.get(number, ())) or number in alarms}
    apart = sum(len(known[number]) > 1 for number in planted & alarms)
    return {
        "boxes": len(known), "planted": len(planted), "told": len(seen), "found": len(planted & alarms), "apart": apart,
        "false": len(alarms - planted), "false_numbers": sorted(alarms - planted)[:20],
        "missed": sorted(planted - alarms)[:20], "again": planted_again(known, seed, 500),
    }


def planted_again(known: dict[str, list[Visit]], seed: int, most: int) -> dict[str, int]:
    """Plant a gate on boxes of their own: at a port on either side, while the box was at sea, told in any order, 3 times.

    Returns:
        boxes: Planted. found: A conflict names the planted event. apart: It stands in a segment without loading and
        discharge; the others are parted for the page (`lives`) alone.
    """
    chance = Random(seed)
    whole = [visits for visits in known.values() if len(visits) == 1 and _both(visits[0]) and not conflicts(visits)]
    found = apart = 0
    chosen = chance.sample(whole, min(most, len(whole)))
    for (visit,) in chosen:
        load, disc = visit.happened("LOAD")[-1].movement, visit.happened("DISC")[-1].movement
        at = Moment(round((load.at or 0) + ((disc.at or 0) - (load.at or 0)) * chance.uniform(0.2, 0.8)))
        place = chance.choice((disc.place, disc.place, load.place, "NLRTM", "DEHAM"))
        twin = Movement("twin", "GTIN", container=visit.container, at=at, place=place, facility="SIMX", empty=False)
        said = [*(plan.stowed for plan in visit.plans), *(move.movement for move in visit.moves), twin] * 3
        chance.shuffle(said)
        told = follow((Moment(hlc), row) for hlc, row in enumerate(said, 1))[visit.container]
        mine = {move.hlc for one in told for move in one.moves if move.movement == twin}
        found += any(mine & {one.first, one.second} for one in conflicts(told))
        apart += any(move.movement == twin for one in told if not _both(one) for move in one.moves)
    return {"boxes": len(chosen), "found": found, "apart": apart}


def _both(visit: Visit) -> bool:
    """Whether loading and discharge are both told: before, nothing contradicts a gate."""
    return bool(visit.happened("LOAD") and visit.happened("DISC"))


def figures(seed: int, quick: bool) -> list[dict[str, Any]]:
    """Recall on planted sightings, and the upper bound (95 %) of the rate of false alarms.

    quick: five weeks at a fiftieth of the traffic; else five weeks at a fifth.
    """
    days, scale = 35, 0.02 if quick else 0.2
    told = measure(seed, days, scale, 100.0 if quick else 20.0)
    per_month = told["boxes"] / 100_000 * days / MONTH_DAYS
    bound = -log(0.05) if not told["false"] else told["false"] + 1.645 * told["false"] ** 0.5 + 2
    common = {"unit": "", "peer": None, "peer_value": None, "ratio": None, "seed": seed, "command": COMMAND}
    return [
        common | {"name": "planted double sightings found", "value": told["found"] / max(told["told"], 1), "unit": "share",
                  "target": 1.0, "n": told["told"], "detail": {k: told[k] for k in ("planted", "found", "apart", "again", "false", "false_numbers", "missed")}},
        common | {"name": "sightings planted by hand found", "value": told["again"]["found"] / max(told["again"]["boxes"], 1),
                  "unit": "share", "target": 1.0, "n": told["again"]["boxes"]},
        common | {"name": "false alarms per 100,000 boxes a month", "value": told["false"] / per_month,
                  "unit": "alarms", "target": TARGET, "n": told["boxes"], "low": 0.0, "high": bound / per_month},
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, not given.long):
        print(json.dumps(figure, ensure_ascii=False))
