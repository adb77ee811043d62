"""Terminals that fall silent: how often one that works is called silent, and how soon one that stopped is.

It hears the traffic of `benchmarks.quality.clones` by the hour of receipt, files hours late among it; nobody stops there.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from math import log, sqrt
from statistics import median
from typing import Any

from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import silence_of

WAIT = 48 * HOUR
"""A terminal that stops should be told of within two days. Source: own."""

KEPT = 35 * DAY
"""How far back the page listens (`vigie.desk.tracking.HEARD_FOR`)."""

EVERY = 6 * HOUR
"""How often somebody looks, in the count of delays. Source: own; twice a shift."""

MONTH = 30.4 * DAY

OFTEN = 3.0
"""Different hours a day from which on a facility speaks often. Source: own; where words come at random at this rate, two days
pass without one once in 400 waits (e to the minus 6), so silence of two days means something."""

Hours = dict[tuple[str, str], Counter[int]]


def hours() -> Hours:
    """Nobody heard yet: (place, facility) to hour to events."""
    return defaultdict(Counter)


def judged(heard: Hours, end: Moment) -> dict[str, Any]:
    """Judge each pause of each facility at its longest; and let each fall silent now and then.

    Returns:
        facilities: Heard often enough to have a usual. months: Of them all, in which they could be called silent.
        false: Pauses that were called silence. delays_h: From the last word of one that stops to when it is told of.
        late: Stops that were not told of within `WAIT`. often_h, often_late: The same of facilities that speak often.
    """
    told: dict[str, Any] = {"facilities": 0, "months": 0.0, "false": 0, "delays_h": [], "late": 0, "pauses": 0,
                            "often": 0, "often_h": [], "often_late": 0}
    for (place, facility), counts in sorted(heard.items()):
        known = sorted((hour, n) for hour, n in counts.items() if hour <= end)
        begun = next((hour for at, (hour, _) in enumerate(known) if _usual(place, facility, known, at)), None)
        if begun is None:
            continue
        told["facilities"] += 1
        often = len(known) / max((known[-1][0] - known[0][0]) / DAY, 1.0) >= OFTEN
        told["often"] += often
        told["months"] += (known[-1][0] - begun) / MONTH
        for at, ((hour, _), (after, _)) in enumerate(pairwise(known)):
            if hour < begun or after - hour < 4 * HOUR:
                continue
            told["pauses"] += 1
            verdict = silence_of(place, facility, _window(known, at), Moment(after))
            told["false"] += verdict is not None and verdict.silent
        for at in range(0, len(known), max(1, len(known) // 20)):
            if known[at][0] >= begun:
                delay = _delay(place, facility, _window(known, at))
                told["late"] += delay is None or delay > WAIT
                told["delays_h"].append((WAIT if delay is None else delay) / HOUR)
                if often:
                    told["often_late"] += delay is None or delay > WAIT
                    told["often_h"].append((WAIT if delay is None else delay) / HOUR)
    return told


def _window(known: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    first = bisect_left(known, (known[at][0] - KEPT, 0))
    return known[first : at + 1]


def _usual(place: str, facility: str, known: list[tuple[int, int]], at: int) -> bool:
    if at < 19 or at % 5:  # fewer than twenty hours have no usual; every fifth hour is near enough
        return False
    verdict = silence_of(place, facility, _window(known, at), Moment(known[at][0]))
    return verdict is not None and verdict.usual_us is not None


def _delay(place: str, facility: str, heard: list[tuple[int, int]]) -> int | None:
    """From its last word until somebody who looks every so often is told; None where nobody is in two weeks."""
    last = heard[-1][0]
    for after in range(EVERY, 14 * DAY, EVERY):
        verdict = silence_of(place, facility, heard, Moment(last + after))
        if verdict is not None and verdict.silent:
            return after
    return None


def most_of(events: int) -> float:
    """Upper bound (95 %, one side) of the mean of a Poisson count; exact for none, else within a tenth of one.

    Source: exact -ln 0.05 for none; Ulm, Am. J. Epidemiol. 131 (1990): half the chi-square quantile of 2(n + 1) degrees,
    here by Wilson and Hilferty's cube.
    """
    if not events:
        return -log(0.05)
    degrees = events + 1
    return float(degrees * (1 - 1 / (9 * degrees) + 1.6449 / (3 * sqrt(degrees))) ** 3)


def figures(told: dict[str, Any], common: dict[str, Any]) -> list[dict[str, Any]]:
    """As the house writes figures."""
    months, delays = max(told["months"], 1e-9), sorted(told["delays_h"]) or [0.0]
    return [
        common | {"name": "working facilities called silent, per facility and month", "value": told["false"] / months, "unit": "alarms",
                  "target": None, "n": round(told["months"]), "low": None, "high": most_of(told["false"]) / months,
                  "detail": {key: told[key] for key in ("facilities", "pauses", "false")}},
        common | {"name": "from the last word of a facility that stops until it is called silent (median; high: worst)", "value": median(delays),
                  "unit": "h", "target": WAIT / HOUR, "n": len(delays), "low": delays[0], "high": delays[-1],
                  "detail": {"later_than_two_days": told["late"]}},
        common | {"name": f"the same, of facilities heard in {OFTEN:g} different hours a day or more (median; high: worst)",
                  "value": median(told["often_h"] or [0.0]), "unit": "h", "target": WAIT / HOUR, "n": len(told["often_h"]),
                  "low": min(told["often_h"], default=0.0), "high": max(told["often_h"], default=0.0),
                  "detail": {"facilities": told["often"], "later_than_two_days": told["often_late"]}},
    ]  # fmt: skip
