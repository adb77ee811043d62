"""What port operators may know: counts and quartiles of groups, never of a person, and nothing of fewer than five."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import quantiles

import msgspec

from vigie.ports.access import NO_ROLE, AccessEvent, Act

FEWEST = 5
"""People in a cell, at the least, before it is told. Source: reference page sense, "Benchmark only quartiles per size
band"; five is the usual least cell of official statistics (threshold rule, Eurostat SDC handbook 2.3)."""


class GroupFigures(msgspec.Struct, frozen=True):
    """One system and act of one month.

    Attributes:
        month: `2026-03`. system: Which. act: What was done. people: How many different users, 5 at least.
        events: How many in all. low, middle, high: Quartiles of events per user.
        roleless: Look-ups without a role in the chain; None where fewer than 5 users had any, or no look-ups.
    """

    month: str
    system: str
    act: Act
    people: int
    events: int
    low: float
    middle: float
    high: float
    roleless: int | None


def group_figures(events: Iterable[tuple[str, AccessEvent]]) -> list[GroupFigures]:
    """Count by month, system and act; cells of fewer than `FEWEST` people are left out, and not summed anywhere.

    Args:
        events: Each with its month (`2026-03`).
    """
    cells: dict[tuple[str, str, Act], dict[str, list[AccessEvent]]] = defaultdict(lambda: defaultdict(list))
    for month, event in events:
        cells[month, event.system, event.act][event.user].append(event)
    told = []
    for (month, system, act), users in sorted(cells.items(), reverse=True):
        if len(users) < FEWEST:
            continue
        counts = [len(mine) for mine in users.values()]
        low, middle, high = quantiles(counts, n=4, method="inclusive")
        without = [sum(one.role == NO_ROLE for one in mine) for mine in users.values()]
        shown = act is Act.LOOK and sum(count > 0 for count in without) >= FEWEST
        told.append(GroupFigures(month, system, act, len(users), sum(counts), low, middle, high,
                                 sum(without) if shown else None))  # fmt: skip
    return told
