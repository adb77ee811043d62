"""A live decision with every channel voting, in parts, beside what peers take for the same work in the same run.

Columns and features are in memory; what is written (log entry, audit) is not counted. Models are those the house
declares, taught on invented decisions over the house's own columns, so that their size and inputs are real.
"""

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles
from typing import Any, NamedTuple

import numpy as np
import zen
from sklearn.ensemble import HistGradientBoostingClassifier
from tests.desk.taught import decisions

from vigie.engine import decision_table, scored, teach_channels
from vigie.engine.models import columns_of
from vigie.risk import COLUMNS, Fusion, Policy, Voting, assessor, load_catalogue, load_model
from vigie.risk.models.encode import encode
from vigie.terms import Moment

NOW = Moment(1_800_000_000_000_000)
NAMES = tuple(column.name for column in COLUMNS)
PASSES = 3
COMMAND = "python -m benchmarks.speed.models"


class Timed(NamedTuple):
    """Of one call, microseconds: median and 99th percentile, by the clock on the wall and by this thread's own time."""

    p50: float
    p99: float
    own_p50: float
    own_p99: float


def timed(function: Callable[[Any], object], rows: Sequence[Any]) -> Timed:
    """Time single calls; of some passes the quickest, each figure for itself, with no search for garbage between.

    The thread's own time leaves out what other processes of a busy machine took; asking for it costs about half a
    microsecond, which is not taken off.
    """
    function(rows[0])
    gc.collect()
    gc.freeze()
    passes = []
    for _ in range(PASSES):
        wall, own = [], []
        for row in rows:
            start, mine = time.perf_counter_ns(), time.thread_time_ns()
            function(row)
            own.append((time.thread_time_ns() - mine) / 1000)
            wall.append((time.perf_counter_ns() - start) / 1000)
        cuts, mine_cuts = quantiles(wall, n=100), quantiles(own, n=100)
        passes.append((cuts[49], cuts[98], mine_cuts[49], mine_cuts[98]))
    return Timed(*map(min, zip(*passes, strict=True)))


def zen_rules(rows: Sequence[Sequence[Any]]) -> Timed:
    """Fifty conditions of one comparison each in zen-engine: simpler than ours, which it cannot express."""
    names = [column.name for column in COLUMNS if column.type == "int"][:50]
    where = {"x": 0, "y": 0}
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "o", "name": "o", "field": "o"}],
        "rules": [{"_id": name, name: "> 1000", "o": "1"} for name in names],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": where},
        {"id": "t", "type": "decisionTableNode", "name": "t", "position": where, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": where},
    ]
    edges = [{"id": "a", "sourceId": "in", "targetId": "t"}, {"id": "b", "sourceId": "t", "targetId": "out"}]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    places = {name: place for place, name in enumerate(NAMES)}
    return timed(decision.evaluate, [{name: row[places[name]] or 0 for name in names} for row in rows])


def figures(seed: int, quick: bool = True) -> Iterator[dict[str, Any]]:
    """Measure; `quick` takes fewer rows."""
    table = decision_table(decisions(3300, seed=seed % 1000))
    rules = Policy(load_catalogue().in_force(NOW))
    taught = teach_channels(table, rules)
    models = {name: load_model(body) for name, body in taught.bodies.items()}
    votes = tuple(Voting(one.name, one.model, 500, 0, 2000) for one in taught.channels.members)
    policy = Policy(rules.indicators, fusion=Fusion(votes, taught.channels.fusion.calibration))
    rows = list(zip(*(table[name].to_pylist() for name in NAMES), strict=True))[: 1500 if quick else 3300]
    few = rows[:200]
    alone, judge = assessor(rules), assessor(policy, models)
    peer = zen_rules(few)
    common = {"n": len(rows), "seed": seed, "command": COMMAND, "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    one = assessor(Policy(rules.indicators, fusion=Fusion(votes[-1:], taught.channels.fusion.calibration)), models)
    for name, at_work in (("rules alone", alone), ("rules and the seizure channel", one), ("rules and three channels", judge)):
        yield from _decision(name, timed(lambda row, at_work=at_work: at_work.assess("X-1", NOW, row), rows), peer, common)
    for member in taught.channels.members:
        yield from _channel(member.name, models[member.model], table, rows, common)
    seizure = models[taught.channels.members[-1].model]
    own, other = timed(seizure.bind(NAMES), rows).p50, timed(*_sklearn(seizure, table)).p50
    yield {"name": "seizure model, one box, p50", "value": own, "unit": "us", "target": 100, "peer": "scikit-learn HGB predict_proba", "peer_value": other, "ratio": other / own, **common}
    yield from _batch(policy, table, models, judge, common)


def _decision(name: str, told: Timed, peer: Timed, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    named = "zen-engine" if name == "rules alone" else "zen-engine (rules only)"
    for field, target in (("p50", 100), ("p99", 1000), ("own_p50", 100), ("own_p99", 1000)):
        value, other = getattr(told, field), getattr(peer, field)
        kind = f"{field[-3:]}{', own time of the thread' if field.startswith('own') else ''}"
        yield {"name": f"{name}, one box, {kind}", "value": value, "unit": "us", "target": target, "peer": named, "peer_value": other, "ratio": other / value, **common}


def _channel(name: str, model: Any, table: Any, rows: Sequence[Any], common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    matrix = encode(model.spec.inputs, model.file.books, columns_of(table, model.spec.reads))
    booster = model.trees._booster
    own = timed(model.bind(NAMES), rows).p50
    single = [matrix[place : place + 1] for place in range(200)]
    other = timed(lambda row: booster.predict(row, raw_score=True, num_threads=1), single).p50
    yield {"name": f"{name} model with encoding, one box, p50", "value": own, "unit": "us", "target": None, "peer": "Booster.predict, encoded row", "peer_value": other, "ratio": other / own, **common}


def _sklearn(model: Any, table: Any) -> tuple[Callable[[Any], object], list[Any]]:
    part = columns_of(table, model.spec.reads)
    matrix, score = encode(model.spec.inputs, model.file.books, part), model.many(part)
    peer = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, early_stopping=False)
    peer.fit(matrix, score > np.quantile(score, 0.9))
    return peer.predict_proba, [matrix[place : place + 1] for place in range(40)]


def _batch(policy: Policy, table: Any, models: Any, judge: Any, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    start = time.process_time()
    told = scored(policy, table, models=models)
    rate = table.num_rows / (time.process_time() - start)
    live = [judge.assess("X-1", NOW, row).logodds_milli for row in zip(*(table[name].to_pylist() for name in NAMES), strict=True)]
    apart = sum(a != b for a, b in zip(live, told["logodds_milli"].to_pylist(), strict=True))
    yield {"name": "rules and three channels, batch", "value": rate, "unit": "rows/CPU-s", "target": None, "peer": "", "peer_value": None, "ratio": None, **common}
    yield {"name": "scores that differ, live and batch", "value": apart, "unit": "rows", "target": 0, "peer": "", "peer_value": None, "ratio": None, **common}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=20261122)
    for figure in figures(asked.parse_args().seed):
        print(json.dumps(figure))
