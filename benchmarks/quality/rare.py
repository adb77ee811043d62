"""Few known positives: how many critical frauds lie among the best 5 % when k of the earlier ones are known?

Two protocols for those that nobody discovered: (i) they stand in the records as clean, (ii) they were never inspected
and are left out. In neither may any label say of them that something was wrong: `known_part` makes the only labels.
"""

import sys
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from benchmarks.quality import kcs, metrics
from benchmarks.quality.learnt import learnt
from benchmarks.quality.risk_figures import Run, figure
from benchmarks.quality.risk_table import BadTable, Table, joined, rows_of, without

from vigie.risk import SHADOW_POSITIVES, How, Input, Label, Learner, ModelSpec

CRITICAL = 2
SHARE = 0.05
GOALS = {119: 0.42, 30: 0.22, 10: 0.15}
"""Known positives and what is asked for. Source: issue 3; 119 is the number of finds of Antwerp in 2019."""
MEASURED = {(119, 1): 0.370, (119, 2): 0.388, (30, 1): 0.187, (30, 2): 0.215, (10, 1): 0.119, (10, 2): 0.123}
"""Best of the reference page on the acceptance part: bags of small trees, three seeds."""
SEEDS = 10

_FROM = ("Country of Departure",)
_ROUTE = ("Country of Departure", "Country of Origin")
_ALL = (*_ROUTE, "Tax Rate", "Tax Type")
_CODE = ("HS6 Code",)
DEPARTED = ModelSpec(
    "seizure", Label.POSITIVE, Learner.RATES, (), {"smooth": 100.0},
    (_CODE, (*_CODE, *_FROM), (*_CODE, *_ROUTE), (*_CODE, *_ALL)), needed=1,
)  # fmt: skip
MADE = ModelSpec(
    "seizure", Label.POSITIVE, Learner.RATES, (), {"smooth": 100.0},
    (_CODE, (*_CODE, "Country of Origin"), (*_CODE, *_ROUTE), (*_CODE, *_ALL)), needed=1,
)  # fmt: skip
BAGS = ModelSpec(
    "seizure", Label.POSITIVE, Learner.BAGGED,
    (*kcs.INPUTS, Input("HS4", how=How.NUMBER), Input("HS2", how=How.NUMBER), Input("Unit Price", step=0.01)),
    {"bags": 20, "per_bag": 20, "fewest": 2000, "trees": 60, "leaves": 15, "rate": 0.1, "least": 5, "columns": 0.5,
     "l2": 0.0}, needed=1,
)  # fmt: skip
SHORT = ModelSpec(
    "seizure", Label.POSITIVE, Learner.RATES, (), {"smooth": 100.0}, (_CODE, (*_CODE, *_ALL)), needed=1
)
MEMBERS = {"departed": (DEPARTED, 0.5), "made": (MADE, 0.5), "bags": (BAGS, 0.3)}
FEW = {"short": (SHORT, 1.0), "bags": (BAGS, 0.0)}
"""Models and their weights; the score is the weighted sum of their log-odds, as channels are summed live. With fewer
than `SHADOW_POSITIVES` known, bags of trees have no voice, as live, and are taught as the peer alone."""

CONFIGURATIONS = 78
"""Chains of keys, smoothing, bags and weights that were compared on the validation part, after 2020 was cut into
quarters for the first choice among about as many."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the service knows: rows, and which of them were found to be critical. irregular: Any known irregularity."""

    table: Table
    positive: list[bool]
    irregular: list[bool]


def known_part(table: Table, k: int, seed: int, protocol: int) -> Known:
    """Let k positives be known and the others be undiscovered.

    Args:
        k: How many are drawn. seed: Of the draw. protocol: 1: the others are recorded as clean. 2: they are left out.

    Raises:
        BadTable: There are fewer than k.
    """
    critical = np.array(table["Critical Fraud"]) == CRITICAL
    places = critical.nonzero()[0]
    if len(places) < k:
        raise BadTable(f"TRAIN and VALID hold {len(places)} critical frauds: fewer than the {k} that should be known")
    found = np.zeros(len(critical), np.bool_)
    found[np.random.default_rng(seed).choice(places, k, replace=False)] = True
    hidden = critical & ~found
    irregular = (np.array(table["Fraud"]) == 1) & ~hidden
    kept = ~hidden if protocol == 2 else np.ones(len(critical), np.bool_)
    seen = {name: values for name, values in table.items() if name not in ("Fraud", "Critical Fraud")}
    return Known(rows_of(seen, kept), found[kept].tolist(), irregular[kept].tolist())


def scores(known: Known, test: Table, seed: int, trees: bool = True) -> dict[str, Any]:
    """Score the rows of a test: what each member says, and `all`, in thousandths of log-odds.

    Args:
        trees: Whether the bags speak; without them a run takes seconds.
    """
    told: dict[str, Any] = {}
    total = np.zeros(len(test["Date"]))
    members = FEW if sum(known.positive) < SHADOW_POSITIVES else MEMBERS
    for name, (spec, weight) in members.items():
        if spec.learner is Learner.BAGGED and not trees:
            continue
        model = learnt(msgspec.structs.replace(spec, seed=seed), kcs.FIELDS, known.table, known.positive, "Date")
        told[name] = model.many(test)
        total += weight * told[name]
    return told | {"all": total}


def figures(before: Table, valid: Table, test: Table, run: Run) -> list[dict[str, Any]]:
    """Teach on both earlier tables together, with k known positives; judge on the last."""
    past = without(joined(before, valid), test, "Declaration ID")
    critical = np.array(test["Critical Fraud"]) == CRITICAL
    if not 0 < critical.sum() < len(critical):
        raise BadTable("TEST: its column 'Critical Fraud' holds no 2, or nothing else: nothing can be judged")
    told = []
    for k, goal in GOALS.items():
        for protocol in (1, 2):
            print(f"rare: k={k}, protocol {protocol}", file=sys.stderr)
            told.append(_figure(past, test, critical, (k, goal, protocol), run))
    return told


def _figure(past: Table, test: Table, critical: Any, asked: tuple[int, float, int], run: Run) -> dict[str, Any]:
    k, goal, protocol = asked
    count = 3 if run.quick else SEEDS
    chosen, alone, recalls = [], [], []
    for seed in range(run.seed, run.seed + count):
        said = scores(known_part(past, k, seed, protocol), test, seed, trees=not run.quick)
        scanned = max(1, int(len(critical) * SHARE))
        best = np.zeros(len(critical), np.bool_)
        best[metrics.best_first(said["all"], seed)[:scanned]] = True
        chosen.append(best[critical])
        recalls.append(float(chosen[-1].mean()))
        if "bags" in said:
            found, _ = metrics.found_at(said["bags"], critical, SHARE, seed)
            alone.append(found / int(critical.sum()))
    found = np.array(chosen)
    return figure(
        run, f"KCS rare k={k}, protocol ({'i' * protocol}), R@5 %", float(np.mean(recalls)), _interval(found, run.seed),
        int(critical.sum()), target=f">= {goal}", floor=goal, peer="bags of small trees alone, same run",
        peer_value=round(float(np.mean(alone)), 5) if alone else None, published=MEASURED[k, protocol], seeds=count,
        each=[round(one, 4) for one in recalls], configurations=CONFIGURATIONS,
    )  # fmt: skip


def _interval(found: Any, seed: int) -> tuple[float, float]:
    """Seeds and positives of the test are both drawn again: shape (seeds, positives)."""
    draw = np.random.default_rng(seed)
    seeds, rows = found.shape
    told = [
        found[np.ix_(draw.integers(0, seeds, seeds), draw.integers(0, rows, rows))].mean() for _ in range(metrics.DRAWS)
    ]
    low, high = np.quantile(told, [0.025, 0.975]).tolist()
    return low, high
