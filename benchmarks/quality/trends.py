"""Displacement: how often it is found, how late, and how often it is told where only effort changed.

Simulated series with the intensities of the reference page sense (A3); nothing is tuned on them: every constant of
`vigie.trends` has its source in code. Raw CUSUM, share CUSUM, PELT (ruptures) and WDQ run beside on the same series.
`python -m benchmarks.quality.trends` prints the table; `--out FILE` keeps it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks.quality._ports import DETECTED, INSPECTED, MONTHS, MOVED_AT, NAMES, Scenario, Series, drawn
from benchmarks.quality._shares import count_cusum, first_over, limit_of, pelt, share_cusum, wdq

from vigie.risk import exact
from vigie.trends import FALSE_ALARMS, Verdict, monitored, month_of

COMMAND = "python -m benchmarks.quality.trends"
RUNS = 60
"""Series of each scenario by default: about four minutes in all."""

FIRST = 12 * 2019
SCENARIOS = (
    Scenario("nothing changes"),
    Scenario("only small ports look twice as much", doubled=True),
    Scenario("10 % shift to one small port", 0.10),
    Scenario("25 % shift to one small port", 0.25),
    Scenario("35 % shift to one small port", 0.35),
    Scenario("35 % shift, and small ports look twice as much", 0.35, doubled=True),
    Scenario("25 % shift to all small ports", 0.25, to=6),
    Scenario("35 % shift to all small ports", 0.35, to=6),
    Scenario("25 % shift to one small port, 5 % inspected", 0.25, inspected=0.05),
    Scenario("adaptive smugglers, large ports look three times as much", adaptive=True),
    Scenario("35 % shift, inspections unknown", 0.35, unknown=True),
)
TARGETS = {
    ("only small ports look twice as much", "alarms"): "<= 0.10",
    ("35 % shift to one small port", "found"): "= 1.00",
    ("25 % shift to one small port", "found within 12 months"): ">= 0.80 (floor 0.66)",
    ("25 % shift to one small port", "receiving port in the first two"): ">= 0.80",
    ("35 % shift, inspections unknown", "silent"): "= 1.00",
}


class Seen:
    """What one way told of the series of one scenario: months from the shift to the alarm, negative before it."""

    def __init__(self) -> None:
        self.waits: list[int | None] = []
        self.named: list[bool] = []
        self.since: list[bool] = []
        self.silent: list[bool] = []
        self.moved: list[float] = []

    def add(self, verdict: Verdict, series: Series) -> None:
        """Keep what vigie told."""
        self.moved.append(series.moved)
        self.silent.append(verdict.says == "counts-only" and verdict.alarm is None)
        alarm = verdict.alarm
        wait = None if alarm is None else month_of(alarm.month) - FIRST - MOVED_AT
        self.waits.append(wait)
        if alarm is not None and wait is not None and wait >= 0:
            self.named.append(bool({NAMES.index(name) for name in alarm.ranked[:2]} & series.receivers))
            low, high = (month_of(text) - FIRST for text in (alarm.since_low, alarm.since_high))
            self.since.append(low <= MOVED_AT <= high)


def figures(runs: int, seed: int) -> Iterator[dict[str, Any]]:
    """Every figure with its interval."""
    ways = _ways(runs, seed)
    for scenario in SCENARIOS:
        print(f"trends: {scenario.name}", file=sys.stderr)
        vigie, others = Seen(), {name: Seen() for name in ways}
        for step in range(runs):
            series = drawn(scenario, seed + step)
            vigie.add(monitored(series.counts(known=not scenario.unknown), seed=step), series)
            for name, way in ways.items():
                others[name].waits.append(way(series))
        yield from _told(scenario, "vigie", vigie, seed)
        if not scenario.unknown:
            for name, seen in others.items():
                yield from _told(scenario, name, seen, seed)


def _ways(runs: int, seed: int) -> dict[str, Callable[[Series], int | None]]:
    """Other ways, each with the limit that keeps 5 % false alarms where nothing changes (series of other seeds)."""
    quiet = [drawn(Scenario("quiet"), seed + 1_000_000 + step) for step in range(max(4 * runs, 100))]
    told: dict[str, Callable[[Series], Any]] = {
        "count CUSUM, raw": count_cusum, "share CUSUM, raw": lambda one: share_cusum(one, False),
        "share CUSUM / inspections": lambda one: share_cusum(one, True), "WDQ, rolling year": wdq,
    }  # fmt: skip
    ways: dict[str, Callable[[Series], int | None]] = {}
    for name, way in told.items():
        limit = limit_of([float(way(one).max()) for one in quiet])
        ways[name] = lambda series, way=way, limit=limit: first_over(way(series), limit)  # type: ignore[misc]
    for effort in (False, True):
        name = f"PELT{' / inspections' if effort else ', raw'} (afterwards)"
        ways[name] = lambda series, effort=effort: _after(pelt(series, effort))  # type: ignore[misc]
    return ways


def _after(month: int | None) -> int | None:
    return None if month is None else max(month - MOVED_AT, 0)


def _told(scenario: Scenario, way: str, seen: Seen, seed: int) -> Iterator[dict[str, Any]]:
    if scenario.unknown:
        yield _row(scenario, way, "silent", seen.silent, seed)
        return
    early = [wait is not None and wait < 0 for wait in seen.waits]
    if not scenario.shift and not scenario.adaptive:
        yield _row(scenario, way, "alarms", [wait is not None for wait in seen.waits], seed)
        return
    after = [wait for wait, before in zip(seen.waits, early, strict=True) if not before]
    row = _row(scenario, way, "found", [wait is not None for wait in after], seed)
    found = [wait + 1 for wait in after if wait is not None]
    moved = {"moved_truly": round(fmean(seen.moved), 4)} if scenario.adaptive and seen.moved else {}
    yield row | {"median_months": median(found) if found else None, "alarms_before": sum(early)} | moved
    yield _row(scenario, way, "found within 12 months", [wait is not None and wait < 12 for wait in after], seed)
    if way == "vigie" and seen.named:
        yield _row(scenario, way, "receiving port in the first two", seen.named, seed)
        yield _row(scenario, way, "month of the shift within its interval", seen.since, seed)


def _row(scenario: Scenario, way: str, what: str, told: list[bool], seed: int) -> dict[str, Any]:
    bounds = exact(sum(told), len(told))
    target = TARGETS.get((scenario.name, what), "none") if way == "vigie" else "none"
    return {
        "name": f"{scenario.name}: {what}", "way": way, "value": round(sum(told) / max(len(told), 1), 4),
        "unit": "share of series", "low": round(bounds.low, 4), "high": round(bounds.high, 4), "n": len(told),
        "target": target, "seed": seed, "command": COMMAND,
    }  # fmt: skip


def main() -> int:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=RUNS)
    asked.add_argument("--seed", type=int, default=600)
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    rows = []
    for row in figures(given.runs, given.seed):
        rows.append(row)
        print(json.dumps(row), flush=True)
    if given.out:
        conditions = {"ports": len(NAMES), "months": MONTHS, "shift_after": MOVED_AT, "inspected": INSPECTED,
                      "detected": DETECTED, "false_alarms": FALSE_ALARMS, "simulated": True}  # fmt: skip
        given.out.write_text(json.dumps({"conditions": conditions, "figures": rows}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
