"""Insiders: how many planted people are named at three alerts a day, and how many flagged names are false.

Both on simulated access logs of our own making (`vigie.world.access_log`), with another seed for every log; a figure
from them says that the arithmetic does what it should, not that a real insider would be found.
`python -m benchmarks.quality.insiders` prints the table.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from statistics import fmean, stdev
from typing import Any

from vigie.ports import (
    PER_DAY,
    AccessEvent,
    Act,
    Checked,
    Kind,
    ReadEvent,
    alerts,
    case_control,
    pseudonym,
    read_access,
)
from vigie.risk import exact
from vigie.terms import DAY, HOUR, Moment
from vigie.world import Behaviour, access_boxes, access_log, as_access_csv, poisson, spread, stream

PEOPLE = 120
COMMAND = "python -m benchmarks.quality.insiders"
START = Moment(20_000 * DAY)
DAYS, SINCE = 70, 46
"""Length of a log; planted people act from the day `SINCE` on, and are looked for from then to the end."""
USERS, PLANTED, EXTRA, BOXES_DAYS = 120, 5, 12, 90
"""Of the false-discovery logs: users, planted among them, contaminated boxes each of those asks for, days."""
FITTING = {
    Behaviour.CONTAMINATED: {Kind.UPLIFT}, Behaviour.BADGE: {Kind.BADGE}, Behaviour.PICKUP: {Kind.PICKUP, Kind.ROLELESS},
}  # fmt: skip
"""Indicators that see a behaviour; a planted person named for another reason was named by chance, and does not count."""
_SECRET = b"benchmark of people, no real node"


def named(seed: int) -> tuple[dict[Behaviour, tuple[bool, bool]], float]:
    """One log with one person of each behaviour: whether each was named for it, and flagged (q <= 5 %).

    Beside them the share of all other people who were named at least once: what chance alone names.
    """
    boxes = access_boxes(seed, START, DAYS)
    log = access_log(seed, boxes, START, DAYS, people=PEOPLE, since=SINCE)
    events = [one.event for one in read_access(as_access_csv(log.rows), _SECRET) if isinstance(one, ReadEvent)]
    checked = [Checked(box.container, box.controlled, box.positive, box.lane) for box in boxes if box.controlled]
    first = START // DAY + SINCE
    told = [one for _, names in alerts(events, checked, range(first, START // DAY + DAYS)) for one in names]
    users = {pseudonym(one.user, _SECRET): one.behaviour for one in log.planted}
    found = {}
    for user, behaviour in users.items():
        names = [one for one in told if one.user == user and one.kind in FITTING[behaviour]]
        found[behaviour] = (bool(names), any(one.flagged for one in names))
    return found, len({one.user for one in told} - set(users)) / (PEOPLE - len(users))


def touched(seed: int, planted: int) -> tuple[list[AccessEvent], list[Checked], set[str]]:
    """A log of look-ups alone: everybody asks for boxes at random, the planted for contaminated ones as well."""
    chance = stream(seed, "touched", planted)
    boxes = [box for box in access_boxes(seed, START, BOXES_DAYS) if box.controlled]
    positive = [box for box in boxes if box.positive]
    events, bad = [], set()
    for number in range(USERS):
        user, group = f"u{number}", f"job-{number % 4}"
        wanted = [chance.choice(boxes) for _ in range(poisson(chance, 60 * spread(chance, 0.6)))]
        if number < planted:
            bad.add(user)
            wanted += chance.sample(positive, min(EXTRA, len(positive)))
        events += [AccessEvent(Moment((box.controlled or 0) - HOUR), user, "tos", Act.LOOK, box.container, group=group)
                   for box in wanted]  # fmt: skip
    checked = [Checked(box.container, box.controlled, box.positive, box.lane) for box in boxes if box.controlled]
    return events, checked, bad


def discoveries(seed: int, planted: int) -> tuple[float, float | None]:
    """One log: the share of false names among the flagged (0 where none is), and the share of the planted flagged."""
    events, checked, bad = touched(seed, planted)
    flagged = {one.user for one in case_control(events, checked) if one.q <= 0.05}
    false = len(flagged - bad) / max(len(flagged), 1)
    return false, len(flagged & bad) / planted if planted else None


def figures(seed: int, quick: bool) -> Iterator[dict[str, Any]]:
    """Every figure with its interval. quick: a tenth of the logs."""
    logs, nulls = (4, 20) if quick else (40, 200)
    hits: dict[Behaviour, list[tuple[bool, bool]]] = {one: [] for one in Behaviour}
    innocent: list[float] = []
    for step in range(logs):
        print(f"insiders: log {step + 1} of {logs}", file=sys.stderr)
        told, share = named(seed + step)
        innocent.append(share)
        for behaviour, one in told.items():
            hits[behaviour].append(one)
    for behaviour, found in hits.items():
        yield _rate(f"named: {behaviour.value}", [one for one, _ in found], ">= 0.9", seed)
        yield _rate(f"flagged (q <= 5 %): {behaviour.value}", [one for _, one in found], "none", seed)
    yield _rate("named: all three", [one for found in hits.values() for one, _ in found], ">= 0.9", seed)
    yield _mean(f"others named at least once in {DAYS - SINCE} days", innocent, "none", seed)
    for planted in (0, PLANTED):
        drawn = [discoveries(seed + 10_000 + step, planted) for step in range(nulls)]
        yield _mean(f"false discoveries, {planted} planted", [one for one, _ in drawn], "<= 0.05", seed)
        if planted:
            yield _mean("planted flagged by the case-control", [one for _, one in drawn if one is not None], "none", seed)


def _rate(name: str, found: list[bool], target: str, seed: int) -> dict[str, Any]:
    bounds = exact(sum(found), len(found))
    return _row(name, fmean(found), bounds.low, bounds.high, len(found), target, seed)


def _mean(name: str, values: list[float], target: str, seed: int) -> dict[str, Any]:
    mean, half = fmean(values), 1.96 * stdev(values) / len(values) ** 0.5
    return _row(name, mean, max(mean - half, 0.0), min(mean + half, 1.0), len(values), target, seed)


def _row(name: str, value: float, low: float, high: float, n: int, target: str, seed: int) -> dict[str, Any]:
    return {
        "name": name, "value": round(value, 4), "unit": "share", "target": target, "peer": "chance", "n": n,
        "low": round(low, 4), "high": round(high, 4), "seed": seed, "command": COMMAND, "alerts_a_day": PER_DAY,
    }  # fmt: skip


def main() -> int:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=100)
    asked.add_argument("--quick", action="store_true")
    given = asked.parse_args()
    for row in figures(given.seed, given.quick):
        print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
