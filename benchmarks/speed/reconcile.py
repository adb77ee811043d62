"""A 14,000-box ship reconciled: bay plan against manifest against discharge, beside joins of plain dicts."""

import argparse
import json
import time
from random import Random

from vigie.arrivals import Call, Consignment, Equipment, GoodsItem, Movement, Route, Seal, Stowed
from vigie.terms import DAY, HOUR, ConsignmentId, Moment, check_digit
from vigie.tracking import Reconciliation, Ship, Visit, announcements, apply, reconcile

BOXES, QUICK = 14_000, 14_000
TARGET_S = 5.0
COMMAND = "python -m benchmarks.speed.reconcile"
START = Moment(1_700_000_000_000_000)
CALL = Call(imo="9074729", name="EVER FICTIVE", voyage="001E", carrier="SIMC", arrival=Moment(START + 10 * DAY))
ROUTE = Route(loading="ECGYE", unloading="BEANR")
SHIP = Ship("9074729", "001E", "BEANR")

Rows = tuple[list[Stowed], list[Consignment], list[Movement]]


def generate(boxes: int, seed: int) -> Rows:
    """Rows of a call in which a hundredth of the boxes shows each difference."""
    chance = Random(seed)
    plans, lines, moves = [], [], []
    for serial in range(boxes):
        ten = f"SIMU{serial:06d}"
        number, lot = f"{ten}{check_digit(ten)}", chance.random()
        mass = chance.randrange(20_000, 26_000) * 1000
        flag = ("SCAN OK:X",) if chance.random() < 0.7 else ()
        if lot > 0.01:
            plans.append(Stowed("BAPLIE", Equipment(number, "45R1", False, vgm_g=mass, stow=f"{serial % 999:03d}0482",
                                                    remarks=flag), CALL, ROUTE, START))  # fmt: skip
        if not 0.01 < lot <= 0.02:
            gross = mass + (3_000_000 if 0.02 < lot <= 0.03 else 0)
            lines.append(Consignment(
                ConsignmentId(f"bl:SIMC:{serial}"), document=f"B{serial}", form="CUSCAR", call=CALL, route=ROUTE,
                goods=(GoodsItem(1, "080390", "BANANAS", 1080, "CT", gross),),
                equipment=(Equipment(number, "45R1", False, (Seal(f"S{serial}"),), gross),),
            ))  # fmt: skip
        if not 0.03 < lot <= 0.04:
            seal = f"X{serial}" if 0.04 < lot <= 0.05 else f"S{serial}"
            moves.append(Movement(f"d{serial}", "DISC", container=number, at=Moment(START + 10 * DAY), place="BEANR",
                                  call=CALL, seals=(Seal(seal),), gross_g=mass, size_type="45R1", empty=False))  # fmt: skip
    return plans, lines, moves


def visits_of(rows: Rows) -> list[Visit]:
    """The boxes as the node keeps them after these rows."""
    known: dict[str, Visit] = {}
    hlc = int(START)
    plans, lines, moves = rows
    said = [(plan.equipment.number, plan) for plan in plans]
    said += [(one.container, one) for line in lines for one in announcements(line)]  # type: ignore[misc]
    said += [(move.container, move) for move in moves]  # type: ignore[misc]
    for number, one in said:
        hlc += 1
        after = apply(known.get(number), Moment(hlc), one, number)
        if after is not None:
            known[number] = after
    return list(known.values())


def peer(rows: Rows) -> dict[str, int]:
    """What a script does with the same rows: three dicts by number and set differences, no evidence, no masses by source."""
    plans, lines, moves = rows
    planned = {plan.equipment.number: plan for plan in plans}
    manifested = {unit.number: unit for line in lines for unit in line.equipment}
    landed = {move.container: move for move in moves}
    return {
        "not-in-manifest": len(planned.keys() - manifested.keys()),
        "not-in-plan": len(manifested.keys() - planned.keys()),
        "short-landed": len((planned.keys() | manifested.keys()) - landed.keys()),
        "seal": sum(
            {seal.number for seal in unit.seals}.isdisjoint(seal.number for seal in landed[number].seals)
            for number, unit in manifested.items() if number in landed
        ),
    }  # fmt: skip


def figures(seed: int, quick: bool, runs: int = 5) -> list[dict[str, object]]:
    """Measure; where the peer counts otherwise there is no figure."""
    rows = generate(QUICK if quick else BOXES, seed)
    visits, now = visits_of(rows), Moment(START + 12 * DAY + HOUR)
    times: list[float] = []
    told: Reconciliation | None = None
    for _ in range(runs):
        begun = time.perf_counter()
        told = reconcile(visits, SHIP, now)
        times.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    counts = peer(rows)
    other = time.perf_counter() - begun
    assert told is not None
    assert counts == {code: told.counts[code] for code in counts}, "plain dicts count otherwise"
    times.sort()
    return [{
        "name": f"reconciliation of a ship of {len(visits):,} boxes in memory: bay plan, manifest, discharge", "unit": "s",
        "value": times[len(times) // 2], "target": TARGET_S, "low": times[0], "high": times[-1],
        "peer": "joins of plain dicts: four of ten differences, no evidence", "peer_value": other,
        "ratio": other / times[len(times) // 2], "n": len(visits), "seed": seed, "command": COMMAND,
    }]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="the same; a ship is a ship")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, not given.long):
        print(json.dumps(figure, ensure_ascii=False))
