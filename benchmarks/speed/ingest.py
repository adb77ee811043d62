"""Complete ingest: file to durable log with features, indicators and score, on SQLite and PostgreSQL; and one live decision.

The peer of the ingest is pydifact 0.2.3 reading the same bytes into segments, and nothing more.
"""

import gc
import random
import shutil
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from benchmarks.speed._visit import LANDED, a_visit
from pydifact.segmentcollection import RawSegmentCollection
from tests.postgres_cluster import binaries, cluster

from vigie.arrivals import Call, Consignment, Equipment, GoodsItem, Route, Seal, Sending, write_cuscar
from vigie.desk import arrivals
from vigie.node import build, load_settings
from vigie.risk import (
    FEATURE_SET,
    LiveFeatures,
    MemoryState,
    Policy,
    assessor,
    columns,
    history_rows,
    line_keys,
    load_catalogue,
)
from vigie.terms import (
    DAY,
    ConsignmentId,
    Handling,
    Moment,
    Officer,
    OfficerId,
    Party,
    PartyRole,
    Purpose,
    Role,
    check_digit,
)

COMMAND = "python -m benchmarks --only ingest"
SHIP = 14_000
SINGLES = 300
"""Consignments that come alone; the first tenth warms up."""

FEED = Officer(OfficerId("feed"), "feed", tuple(Role), Handling.RED, tuple(Purpose))


def a_ship(boxes: int, seed: int) -> bytes:
    """A ship's manifest as CUSCAR: one box a consignment, parties drawn from a pool, as real manifests repeat them."""
    draw = random.Random(seed)
    call = Call(imo="9074729", name="FICTIVE STAR", voyage="451E", carrier="FICT", arrival=LANDED)
    lanes = [Route(loading=port, unloading="BEANR") for port in ("ECGYE", "COTRB", "BRSSZ", "CRLIO", "PECLL")]
    consignments = []
    for number in range(boxes):
        first_ten = f"FIC{'U'}{(seed * 100_000 + number) % 1_000_000:06d}"
        box = Equipment(f"{first_ten}{check_digit(first_ten)}", "45R1", False, (Seal(f"EC{draw.randrange(10**7):07d}"),),
                        gross_g=28_000_000, vgm_g=23_840_000 + draw.randrange(-400_000, 400_000))
        shipper, importer = draw.randrange(400), draw.randrange(300)
        parties = (
            Party(PartyRole.CONSIGNOR, f"Ficticia Frutas {shipper} SA", street="Calle 1", city="Guayaquil", country="EC"),
            Party(PartyRole.CONSIGNEE, f"Fictief Fruit {importer} NV", eori=f"BE{importer:010d}", country="BE"),
            Party(PartyRole.NOTIFY, f"Fictief Fruit {importer} NV", country="BE"),
        )
        goods = GoodsItem(hs="080390", description="FRESH BANANAS CAVENDISH 1080 BOXES", packages=1080, gross_g=19_240_000)
        consignments.append(Consignment(
            id=ConsignmentId(f"bl:FICT:F{seed}{number:06d}"), form="CUSCAR", document=f"F{seed}{number:06d}", parties=parties,
            goods=(goods,), equipment=(box,), call=call, route=draw.choice(lanes), filed_at=Moment(LANDED - 5 * DAY),
        ))
    return write_cuscar(consignments, Sending("FICT", "CUSTOMS", f"S{seed}", Moment(LANDED - 5 * DAY)))


@contextmanager
def a_node(url: str | None = None):
    """A fresh node in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="vigie-bench-"))
    given = {"store": url} if url else {}
    try:
        with build(load_settings(environment={}, home=folder, log_level="error", **given)) as node:
            yield node
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def figures(seed: int, quick: bool):
    """Measure the ship and the decision."""
    boxes = SHIP
    body = a_ship(boxes, 1)
    gc.collect()
    begun = process_time()
    segments = len(RawSegmentCollection.from_str(body.decode("latin-1")).segments)
    peer = process_time() - begun
    rows = [_taken(body, boxes, peer, None, "SQLite", seed), *_alone(None, "SQLite", seed)]
    if binaries() is not None:
        with cluster(lasting=True) as url:
            rows.append(_taken(body, boxes, peer, url, "PostgreSQL", seed))
        with cluster(lasting=True) as url:
            rows += _alone(url, "PostgreSQL", seed)
    assert segments > boxes
    return rows + _decision(seed, 2_000 if quick else 20_000)


def _taken(body, boxes, peer, url, name, seed):
    with a_node(url) as node:
        arrivals.take_in(FEED, [("warm", BytesIO(a_ship(200, 2)))], node)
        begun, cpu = perf_counter(), process_time()
        report = arrivals.take_in(FEED, [("ship", BytesIO(body))], node)
        wall, cpu = perf_counter() - begun, process_time() - cpu
    assert report.assessed == boxes, report
    return {
        "name": f"complete ingest of a manifest of {boxes} boxes, {name}, durable, sequencer and its mate", "value": round(boxes / wall),
        "unit": "containers/s", "target": "floor 2500, goal 10000", "peer": "pydifact 0.2.3, segments only (CPU)",
        "peer_value": round(boxes / peer), "ratio": round(peer / wall, 2), "n": boxes, "low": None,
        "high": round(boxes / cpu), "seed": seed, "command": COMMAND,
    }


def _alone(url, name, seed):
    """One consignment at a time, each handed in, parsed, judged, written durably and left in the trail before the next."""
    taken, cpu = [], []
    with a_node(url) as node, node.jobs.alone():
        arrivals.take_in(FEED, [("warm", BytesIO(a_ship(200, 2)))], node)
        for number in range(SINGLES):
            body = a_ship(1, 1_000 + number)
            begun, spent = perf_counter(), process_time()
            arrivals.take_in(FEED, [(f"one {number}", BytesIO(body))], node)
            taken.append((perf_counter() - begun) * 1e3)
            cpu.append((process_time() - spent) * 1e3)
    told = sorted(taken[SINGLES // 10 :])
    return [{
        "name": f"one consignment alone, {name}, durable, all steps ({kind})", "value": round(told[len(told) * part // 100], 2),
        "unit": "ms", "target": target, "peer": "processor time of this process, p50",
        "peer_value": round(sorted(cpu)[len(cpu) // 2], 2), "ratio": None, "n": len(told), "low": round(told[0], 2),
        "high": round(told[-1], 2), "seed": seed, "command": COMMAND,
    } for kind, part, target in (("p50", 50, None), ("p99", 99, "<= 5"))]


def _decision(seed, runs):
    rules, live = assessor(Policy(load_catalogue().indicators)), LiveFeatures(FEATURE_SET)
    visit, state, times = a_visit(), MemoryState(), []
    keys = {}
    folded = live.fold(history_rows(None, visit, visit.opened, lambda party: keys.setdefault(party, len(keys) + 1)), state)
    state.keep(folded.rows, folded.prefix, folded.taken)
    asked = line_keys(visit, visit.lines[0], lambda party: keys.setdefault(party, len(keys) + 1))
    now = Moment(LANDED + DAY)
    gc.collect()
    gc.freeze()
    for _ in range(runs):
        begun = perf_counter()
        vector = live.ask(asked, now, state)
        rules.assess(visit.id, now, columns(visit, vector, now), vector)
        times.append((perf_counter() - begun) * 1e6)
    cut = quantiles(times, n=100)
    zen = _zen(runs // 4)
    return [{
        "name": f"live decision, features in memory: features, columns, {len(rules.policy.indicators)} indicators, score ({kind})",
        "value": round(cut[place], 1), "unit": "us", "target": target, "peer": "zen-engine 2.1.3, 50 expressions alone",
        "peer_value": round(zen, 1), "ratio": round(zen / cut[place], 2), "n": runs, "low": round(min(times), 1),
        "high": round(max(times), 1), "seed": seed, "command": COMMAND,
    } for kind, place, target in (("p50", 49, "<= 100"), ("p99", 98, "<= 1000"))]


def _zen(runs):
    import json

    import zen

    fields = [{"id": f"e{n}", "key": f"r{n}", "value": f"weight > {n * 1000} and hs == '080390'"} for n in range(50)]
    graph = {"nodes": [
        {"id": "i", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "x", "name": "rules", "type": "expressionNode", "position": {"x": 1, "y": 0},
         "content": {"expressions": fields, "passThrough": False, "inputField": None, "outputPath": None,
                     "executionMode": "single"}},
        {"id": "o", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ], "edges": [{"id": "a", "sourceId": "i", "targetId": "x", "type": "edge"},
                 {"id": "b", "sourceId": "x", "targetId": "o", "type": "edge"}]}
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    begun = perf_counter()
    for _ in range(runs):
        decision.evaluate({"weight": 23_840, "hs": "080390"})
    return (perf_counter() - begun) / runs * 1e6
