"""Numbers in two places: planted double sightings found, and false alarms, on simulated traffic with its message errors.

Sheets of the simulated world are written as files, read back, and told in the order of receipt, so that late, repeated,
retracted and zoneless messages are among them. Only what says where a box is gets written: the rest would say nothing.
`python -m benchmarks.quality.clones`, with `--long` nine months of a whole port (a quarter of an hour).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from random import Random
from time import perf_counter
from typing import Any

from benchmarks.quality import silence

from vigie.arrivals import Movement, Stowed, read, split
from vigie.terms import DAY, HOUR, Moment, read_moment
from vigie.tracking import NEWEST, Conflict, Visit, apply, conflicts, segment_of
from vigie.world import Case, TruthBook, World

COMMAND = "python -m benchmarks.quality.clones"
START = read_moment("2024-01-01T00:00:00Z")
MONTH_DAYS = 30.4
TARGET = 1.0
"""False alarms per 100,000 boxes a month, fewer than. Source: issue 7; reference page trade, target 8."""

SILENT = frozenset(("controls", "ais", "ics2", "cc315a", "vermas", "cuscar"))
"""Kinds of file that say nothing of where a box is."""

EARLY, LATE = 40 * DAY, 20 * DAY
"""A planted sighting belongs to the journey that lands so long after it, or left so long before. Source: the longest
lane takes under forty days (`vigie.world.truth`)."""


def traffic(
    seed: int, days: int, scale: float, uplift: float, book: TruthBook, heard: silence.Hours | None = None
) -> Iterator[tuple[Moment, Any]]:
    """Rows about boxes in the order of receipt. heard: Gets who was heard of, by hour; a file sent twice counts once."""
    for sheet in World(seed, days, scale, "BEANR", START, uplift).sheets(book):
        if sheet.kind in SILENT:
            continue
        fresh = heard is not None and not sheet.reference.endswith("-again")
        for part in split(BytesIO(sheet.written())):
            for row in read(part).rows:
                if isinstance(row, (Movement, Stowed)):
                    if fresh and isinstance(row, Movement) and row.facility:
                        heard[row.place, row.facility][sheet.at // HOUR * HOUR] += 1  # type: ignore[index]
                    yield sheet.at, row


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
        segment = segment_of(mine[-NEWEST:], row, Moment(hlc)) if mine else 1
        before = next((visit for visit in mine if visit.segment == segment), None)
        after = apply(before, Moment(hlc), row, number, segment)
        if after is None or after is before:
            continue
        if before is None:
            mine.append(after)
        else:
            mine[mine.index(before)] = after
    return known


def measure(seed: int, days: int, scale: float, uplift: float, most: int = 500) -> dict[str, Any]:
    """Simulate, follow, and count.

    Returns:
        boxes: Journeys with loading and discharge. planted, told, found: Double sightings by smugglers: all; those whose
        journey is told; those that raise an alarm. apart: Found, and in segments of their own. false: Visits with an
        alarm that nobody planted. again: See `planted_again`. silence: See `silence.judged`.
    """
    book, heard = TruthBook(), silence.hours()
    known = follow(traffic(seed, days, scale, uplift, book, heard))
    planted = [case for case in book.cases if "number-twice" in case.traces]
    alarms = {number: found for number, visits in known.items() if (found := conflicts(visits))}
    false = {
        one.visits[1] for number, found in alarms.items() for one in found
        if not any(case.container == number and _about(case, one) for case in planted)
    }  # fmt: skip
    seen = [
        case for case in planted if any(_both(visit) and _of(case, visit) for visit in known.get(case.container, ()))
    ]
    found = [case for case in planted if any(_about(case, one) for one in alarms.get(case.container, ()))]
    return {
        "boxes": sum(_both(visit) for visits in known.values() for visit in visits), "numbers": len(known),
        "planted": len(planted), "told": len({*map(id, seen), *map(id, found)}), "found": len(found),
        "apart": sum(len({visit for one in alarms[case.container] if _about(case, one) for visit in one.visits}) > 1
                     for case in found),
        "false": len(false), "false_numbers": sorted(false)[:20],
        "missed": sorted(case.container for case in seen if case not in found)[:20],
        "again": planted_again(known, seed, most), "silence": silence.judged(heard, Moment(START + days * DAY)),
    }  # fmt: skip


def _about(case: Case, found: Conflict) -> bool:
    """Whether a conflict is about the journey of a planted lot."""
    return any(case.landed - EARLY <= at <= case.out + LATE for at in found.times)


def _of(case: Case, visit: Visit) -> bool:
    return any(
        move.movement.at is not None and abs(move.movement.at - case.landed) <= DAY for move in visit.happened("DISC")
    )


def planted_again(known: dict[str, list[Visit]], seed: int, most: int) -> dict[str, int]:
    """Plant a gate on boxes of their own: at a port on either side, while the box was at sea, told in any order, 3 times.

    Returns:
        boxes: Planted. found: A conflict names the planted event. apart: It stands in a segment without loading and
        discharge; the others are parted for the page (`lives`) alone.
    """
    chance = Random(seed)
    whole = [visit for visits in known.values() if not conflicts(visits) for visit in visits if _both(visit)]
    found = apart = 0
    chosen = chance.sample(whole, min(most, len(whole)))
    for visit in chosen:
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
    """Recall on planted sightings; rate of false alarms of clones and of silence, each with its bound.

    quick: five weeks at a fiftieth of the traffic; else nine months of the whole port, about 330,000 boxes.
    """
    days, scale, uplift = (35, 0.02, 100.0) if quick else (276, 1.0, 20.0)
    begun = perf_counter()
    told = measure(seed, days, scale, uplift, 500 if quick else 5000)
    seconds = round(perf_counter() - begun)
    common = {
        "unit": "",
        "peer": None,
        "peer_value": None,
        "ratio": None,
        "seed": seed,
        "command": COMMAND + " --long" * (not quick),
    }
    return [
        common | {"name": "planted double sightings found", "value": told["found"] / max(told["told"], 1), "unit": "share",
                  "target": 1.0, "n": told["told"], "low": 0.05 ** (1 / max(told["told"], 1)), "high": 1.0,
                  "detail": {k: told[k] for k in ("planted", "found", "apart", "missed")}},
        common | {"name": "sightings planted by hand found", "value": told["again"]["found"] / max(told["again"]["boxes"], 1),
                  "unit": "share", "target": 1.0, "n": told["again"]["boxes"], "low": 0.05 ** (1 / max(told["again"]["boxes"], 1)),
                  "high": 1.0, "detail": told["again"]},
        common | {"name": "false alarms of clones per 100,000 boxes, each followed to its end (5 weeks to 3 months)",
                  "value": told["false"] * 1e5 / told["boxes"], "unit": "alarms", "target": TARGET, "n": told["boxes"],
                  "low": 0.0, "high": silence.most_of(told["false"]) * 1e5 / told["boxes"],
                  "detail": {"false": told["false"], "which": told["false_numbers"], "numbers": told["numbers"], "seconds": seconds}},
        *silence.figures(told["silence"], common),
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, not given.long):
        print(json.dumps(figure, ensure_ascii=False), flush=True)
