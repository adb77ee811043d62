"""Fifty generated indicators: live, in batch, and in the rule engine that a peer would use, in one run."""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence

import duckdb
import pyarrow as pa
import zen
from benchmarks.speed._visit import LANDED, a_visit

from vigie.risk import FEATURES, Policy, assessor, columns, load_catalogue
from vigie.risk.language import Call, Column, Expression, Literal, Type
from vigie.risk.language_python import Value, row_test
from vigie.risk.language_sql import quoted, sql
from vigie.risk.language_types import Kind, check_condition

COUNT = 50
NUMBERS, TEXTS, FLAGS = 12, 6, 4
WORDS = ("banana", "coffee", "scrap", "timber", "sugar", "cocoa", "BEANR", "NLRTM", "ECGYE", "BRSSZ")
KINDS = {
    **{f"n{place}": Kind(Type.INT, 0, 1_000_000) for place in range(NUMBERS)},
    **{f"t{place}": Kind(Type.TEXT) for place in range(TEXTS)},
    **{f"p{place}": Kind(Type.BOOL) for place in range(FLAGS)},
}
COMMAND = "python -m benchmarks.speed.indicators"


def conditions(draw: random.Random) -> list[Expression]:
    """Fifty indicators of one to four conditions each, none of them shipped ones."""
    return [_joined([_condition(draw) for _ in range(draw.randint(1, 4))]) for _ in range(COUNT)]


def _joined(parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Call("and", tuple(parts))


def _condition(draw: random.Random) -> Expression:
    kind = draw.random()
    if kind < 0.6:
        limit = Literal(draw.randrange(1_000_000))
        return Call(draw.choice((">", "<", ">=", "<=")), (Column(f"n{draw.randrange(NUMBERS)}"), limit))
    if kind < 0.75:
        left, right = draw.sample(range(NUMBERS), 2)
        return Call(">", (Call("-", (Column(f"n{left}"), Column(f"n{right}"))), Literal(draw.randrange(500_000))))
    if kind < 0.9:
        return Call("=", (Column(f"t{draw.randrange(TEXTS)}"), Literal(draw.choice(WORDS))))
    return Call("=", (Column(f"p{draw.randrange(FLAGS)}"), Literal(draw.random() < 0.5)))


def rows(draw: random.Random, many: int, unknown: float) -> list[tuple[Value, ...]]:
    """Rows of which a share of the values is unknown."""
    def one(kind: Kind) -> Value:
        if draw.random() < unknown:
            return None
        if kind.type is Type.INT:
            return draw.randrange(1_000_000)
        return draw.choice(WORDS) if kind.type is Type.TEXT else draw.random() < 0.5

    return [tuple(one(kind) for kind in KINDS.values()) for _ in range(many)]


def zen_text(expression: Expression) -> str:
    """Write a condition as zen-engine's expression language does."""
    match expression:
        case Column(name):
            return name
        case Literal(value):
            return json.dumps(value)
        case Call("and", args):
            return " and ".join(zen_text(arg) for arg in args)
        case Call(op, (left, right)):
            return f"{zen_text(left)} {'==' if op == '=' else op} {zen_text(right)}"
    raise ValueError(expression)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _median(work: Callable[[], object], many: int, runs: int) -> tuple[float, float, float]:
    """CPU microseconds per row: median, lowest and highest of several runs."""
    told = sorted(1e6 * _cpu(work) / many for _ in range(runs))
    return told[len(told) // 2], told[0], told[-1]


def _zen(trees: Sequence[Expression], given: Sequence[tuple[Value, ...]], runs: int) -> tuple[float, list[int]]:
    """The peer: zen-engine 2 with the same conditions as one expression node; CPU microseconds per row, and masks."""
    fields = [{"id": f"i{n}", "key": f"i{n}", "value": zen_text(tree)} for n, tree in enumerate(trees)]
    content = {"nodes": [{"id": "a", "type": "inputNode", "name": "a", "content": {}},
                         {"id": "b", "type": "expressionNode", "name": "b", "content": {"expressions": fields}},
                         {"id": "c", "type": "outputNode", "name": "c", "content": {}}],
               "edges": [{"id": "1", "sourceId": "a", "targetId": "b", "type": "edge"},
                         {"id": "2", "sourceId": "b", "targetId": "c", "type": "edge"}]}
    decision = zen.ZenEngine().create_decision(json.dumps(content))
    contexts = [dict(zip(KINDS, row, strict=True)) for row in given]
    told = [decision.evaluate(each)["result"] for each in contexts]
    masks = [sum(1 << n for n in range(COUNT) if each[f"i{n}"] is True) for each in told]
    middle, _, _ = _median(lambda: [decision.evaluate(each) for each in contexts], len(contexts), runs)
    return middle, masks


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure; every engine must say the same of every row, or there is no figure."""
    draw, runs = random.Random(seed), 3 if quick else 7
    trees = conditions(draw)
    for tree in trees:
        check_condition(tree, KINDS)
    run = row_test(trees, KINDS)
    live = rows(draw, 20_000 if quick else 100_000, 0.1)
    python, low, high = _median(lambda: [run(row) for row in live], len(live), runs)
    known = rows(draw, 500 if quick else 2_000, 0.0)
    peer, masks = _zen(trees, known, min(runs, 3))
    assert masks == [run(row) for row in known], "zen-engine says otherwise"
    batch, batch_low, batch_high, batch_rows = _duckdb(trees, run, draw, runs, quick)
    shared = {"seed": seed, "command": COMMAND}
    return [
        {"name": "50 generated indicators, one row at a time, Python", "value": python, "unit": "µs/row (CPU)",
         "target": 8.0, "peer": f"zen-engine {_version()}", "peer_value": peer, "ratio": peer / python,
         "n": len(live), "low": low, "high": high, **shared},
        {"name": "50 generated indicators, batch, DuckDB", "value": 1e6 / batch, "unit": "rows/CPU-s",
         "target": 1_000_000, "peer": "the same conditions, Python one row at a time", "peer_value": 1e6 / python,
         "ratio": python / batch, "n": batch_rows, "low": 1e6 / batch_high, "high": 1e6 / batch_low, **shared},
        *_shipped(runs, shared),
    ]  # fmt: skip


def _shipped(runs: int, shared: dict[str, object]) -> list[dict[str, object]]:
    """The live path after the features: a visit with six messages to its row, and the row to its assessment."""
    visit, features, many = a_visit(), (1,) * len(FEATURES), 2_000
    judge = assessor(Policy(load_catalogue().in_force(LANDED)))
    row = columns(visit, features, LANDED)
    told = judge.assess(visit.id, LANDED, row, features)
    reading = _median(lambda: [columns(visit, features, LANDED) for _ in range(many)], many, runs)
    judging = _median(lambda: [judge.assess(visit.id, LANDED, row, features) for _ in range(many)], many, runs)
    base = {"unit": "µs (CPU)", "peer": None, "peer_value": None, "ratio": None, "n": many * runs, **shared}
    return [
        {"name": f"row of {len(row)} columns from one visit", "value": reading[0], "target": 40, "low": reading[1],
         "high": reading[2], **base},
        {"name": f"assessment by {len(judge.policy.indicators)} shipped indicators, {len(told.fired)} fired",
         "value": judging[0], "target": 20, "low": judging[1], "high": judging[2], **base},
    ]  # fmt: skip


def _duckdb(
    trees: Sequence[Expression], run: Callable[[Sequence[Value]], int], draw: random.Random, runs: int, quick: bool
) -> tuple[float, float, float, int]:
    """One 64-bit mask per row, from an Arrow table; the first rows are compared with Python, unknown values included."""
    base = rows(draw, 50_000, 0.1)
    types = {Type.INT: pa.int64(), Type.TEXT: pa.string(), Type.BOOL: pa.bool_()}
    turned = zip(*base, strict=True)
    table = pa.table({name: pa.array(values, types[kind.type])
                      for (name, kind), values in zip(KINDS.items(), turned, strict=True)})  # fmt: skip
    table = pa.concat_tables([table] * (4 if quick else 20)).combine_chunks()
    bits = [f"CASE WHEN {sql(tree, KINDS)} THEN CAST({1 << n} AS BIGINT) ELSE 0 END" for n, tree in enumerate(trees)]
    query = f"SELECT {' + '.join(bits)} AS mask FROM rows"
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("given", table)
        connection.execute(f"CREATE TABLE rows AS SELECT {', '.join(map(quoted, KINDS))} FROM given")
        told = connection.sql(f"{query} LIMIT 50000").fetchall()
        assert [row[0] for row in told] == [run(row) for row in base], "DuckDB says otherwise"
        work = lambda: connection.sql(query).to_arrow_table()  # noqa: E731
        return (*_median(work, table.num_rows, runs), table.num_rows)


def _version() -> str:
    from importlib.metadata import version

    return version("zen-engine")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    for figure in figures(given.seed, given.quick):
        print(json.dumps(figure, ensure_ascii=False))
