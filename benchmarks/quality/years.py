"""Simulated years against the estimators: how often an interval covers what was planted, and what each channel finds.

Boxes are simulated (docs/explanation/world.md). Years are drawn from a library of exactly simulated years; ports of five
years each, smugglers adapt. `python -m benchmarks.quality.years --years 500 --library FOLDER` writes benchmarks/years.json;
a run that was stopped goes on where it was.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.quality._library import TRUTH, UPLIFT, Library, opened
from benchmarks.quality._recall import explored, recalled
from benchmarks.quality._resampled import RANDOM, Port, Week, scores_of

from vigie.desk.rules import CompiledRules
from vigie.risk import Estimate, exact, middle, weighted
from vigie.selection import Stratum
from vigie.terms import Found
from vigie.world import START, Smugglers
from vigie.world.parameters import SENSITIVITY

COMMAND = "python -m benchmarks.quality.years"
OUT = Path(__file__).parents[1] / "years.json"
TOGETHER = 5
"""Years of one port; their draws are also judged together."""

UPLIFTS = (8.0, 1.0)
"""As often as the demonstration plants, and at the published intensity."""

LABELS = {"irregular": lambda one: one is not Found.NOTHING, "cocaine": lambda one: one is Found.COCAINE}
TARGET = "0.93 to 0.97"


def drawn_of(weeks: Sequence[Week], label: str) -> dict[str, Any]:
    """What the random strata of some weeks brought, and beside it the truth of their pools."""
    counts = LABELS[label]
    found: list[bool] = []
    chances: list[float] = []
    uniform = hits = size = truth = 0
    for week in weeks:
        for place, one in enumerate(week.shows):
            if week.chance[place] == week.chance[place]:  # in the pool
                size += 1
                truth += counts(one)
            if week.stratum[place] in RANDOM:
                found.append(counts(one))
                chances.append(float(week.chance[place]))
                if week.stratum[place] == Stratum.UNIFORM.value:
                    uniform += 1
                    hits += counts(one)
    return {"found": found, "chances": chances, "uniform": uniform, "hits": hits, "size": size, "truth": truth}


def port_years(library: Library, scores: Any, uplift: float, port: int) -> list[dict[str, Any]]:
    """Five years of one port: per year what was drawn and what was true, per label."""
    made = Port(library, scores, 7_000_000 + port, uplift=uplift, smugglers=Smugglers())
    years = []
    for number in range(TOGETHER):
        weeks = list(made.year(number))
        years.append({label: drawn_of(weeks, label) for label in LABELS} | {"planted": _planted(library, weeks)})
    return years


def _planted(library: Library, weeks: Sequence[Week]) -> int:
    """Lots in the pools, found or not by whoever might look."""
    hidden = library.truth["concealment"]
    return sum(bool(hidden[row]) and hidden[row] != "hotel-container" for week in weeks
               for row, chance in zip(week.rows.tolist(), week.chance.tolist(), strict=True) if chance == chance)  # fmt: skip


def _joined(years: Sequence[dict[str, Any]], label: str) -> dict[str, Any]:
    one = [year[label] for year in years]
    told: dict[str, Any] = {name: sum(part[name] for part in one) for name in ("uniform", "hits", "size", "truth")}
    return told | {name: [each for part in one for each in part[name]] for name in ("found", "chances")}


def _intervals(told: dict[str, Any], sensitivity: float, planted: int) -> Iterator[tuple[str, Estimate, float]]:
    rate = told["truth"] / told["size"]
    plain = told["hits"] / told["uniform"] if told["uniform"] else 0.0
    for name, way in (("uniform, Clopper-Pearson", exact), ("uniform, mid-P", middle)):
        interval = way(told["hits"], told["uniform"])
        yield name, Estimate(plain, interval.low, interval.high), rate
    total = weighted(told["found"], told["chances"])
    yield "tilted + uniform, Horvitz-Thompson", total, told["truth"]
    if planted:
        scaled = Estimate(total.value / sensitivity, total.low / sensitivity, total.high / sensitivity)
        yield "tilted + uniform, over mean sensitivity, against what was planted", scaled, planted


def coverage(ports: Sequence[list[dict[str, Any]]], uplift: float, sensitivity: float) -> list[dict[str, Any]]:
    """Count how often each interval covered, year by year and five years together."""
    rows = []
    for label in LABELS:
        single = [(year[label], year["planted"]) for years in ports for year in years]
        pooled = [(_joined(years, label), sum(year["planted"] for year in years)) for years in ports]
        for span, cases in (("1 year", single), (f"{TOGETHER} years", pooled)):
            seen: dict[str, list[tuple[Estimate, float]]] = {}
            for told, planted in cases:
                for name, estimate, truth in _intervals(told, sensitivity, planted if label == "cocaine" else 0):
                    seen.setdefault(name, []).append((estimate, truth))
            rows += [_row(label, span, uplift, name, pairs, cases) for name, pairs in seen.items()]
    return rows


def _row(label: str, span: str, uplift: float, name: str, pairs: list[tuple[Estimate, float]],
         cases: Sequence[tuple[dict[str, Any], int]]) -> dict[str, Any]:
    covered = sum(truth in estimate.interval for estimate, truth in pairs)
    share = exact(covered, len(pairs))
    return {
        "name": f"coverage {label}, {name}, {span}, lots x{uplift:g}", "value": round(covered / len(pairs), 4),
        "unit": "share of intervals that hold the truth", "target": TARGET, "n": len(pairs), "low": round(share.low, 4),
        "high": round(share.high, 4), "below": sum(truth < estimate.low for estimate, truth in pairs),
        "above": sum(truth > estimate.high for estimate, truth in pairs),
        "draws": round(fmean(len(told["found"]) for told, _ in cases), 1),
        "hits": round(fmean(sum(told["found"]) for told, _ in cases), 2),
        "bias": round(fmean(estimate.value for estimate, _ in pairs) / max(fmean(t for _, t in pairs), 1e-9) - 1, 4),
        "width": round(fmean(min(estimate.high, 1e9) - estimate.low for estimate, _ in pairs), 4),
        "truth": round(fmean(truth for _, truth in pairs), 4), "command": COMMAND,
    }  # fmt: skip


def run_ports(library: Library, uplift: float, years: int, folder: Path, processes: int) -> list[list[dict[str, Any]]]:
    """Simulate ports until there are enough years; each finished port is a line of a file."""
    path = folder / f"ports-{uplift:g}.jsonl"
    kept = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    wanted = range(len(kept), -(-years // TOGETHER))
    work = partial(port_years, library, scores_of(library, CompiledRules(START).policy), uplift)
    with path.open("a") as out:
        if processes == 1:
            made: Iterator[list[dict[str, Any]]] = map(work, wanted)
        else:
            pool = Pool(processes)
            made = pool.imap(work, wanted)
        for one in made:
            kept.append(one)
            out.write(json.dumps(one) + "\n")
            out.flush()
    return kept[: -(-years // TOGETHER)]


def main() -> int:
    """Run; 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--years", type=int, default=500)
    asked.add_argument("--library", type=Path, required=True, help="folder for the exact years; made where missing")
    asked.add_argument("--exact", type=int, default=4, help="exact years in each of both libraries")
    asked.add_argument("--boxes", type=int, default=20_000)
    asked.add_argument("--chains", type=int, default=4, help="ports in the tables of recall")
    asked.add_argument("--uplift", type=float, action="append", help="only this intensity; may be given twice")
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--part", choices=("all", "coverage", "recall", "exploration"), default="all")
    asked.add_argument("--out", type=Path, default=OUT)
    given = asked.parse_args()
    rules = CompiledRules(START).policy
    judged = opened(given.library, "judged", range(201, 201 + given.exact), rules, given.boxes)
    told: dict[str, Any] = json.loads(given.out.read_text()) if given.out.exists() else {}
    told["simulated"] = f"{given.boxes} boxes a year, lots planted x{UPLIFT:g} in the library, thinned to x1 and x8"
    told["command"] = f"{COMMAND} --years {given.years} --library FOLDER"
    if given.part in ("all", "coverage"):
        lots = [judged.truth[TRUTH[-1]][row] for row in judged.lots.tolist()]
        sensitivity = fmean(SENSITIVITY.value[where] for where in lots if where != "hotel-container")
        told["coverage"] = []
        for uplift in given.uplift or UPLIFTS:
            ports = run_ports(judged, uplift, given.years, given.library, given.processes)
            told["coverage"] += coverage(ports, uplift, sensitivity)
            _kept(given.out, told)
    taught = opened(given.library, "taught", range(101, 101 + given.exact), rules, given.boxes)
    if given.part in ("all", "recall"):
        told["recall"] = recalled(taught, judged, rules, given.chains)
        _kept(given.out, told)
    if given.part in ("all", "exploration"):
        spans = [opened(given.library, "judged", range(seed, seed + 1), rules, given.boxes)
                 for seed in range(201, 201 + given.exact)]  # fmt: skip
        told["exploration"] = explored(taught, spans, rules, given.chains)
        _kept(given.out, told)
    for row in told.get("coverage", ()):
        print(f"{row['name']:90} {row['value']:.3f} ({row['low']:.3f}-{row['high']:.3f}) n {row['n']} hits {row['hits']}")
    return 0


def _kept(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
