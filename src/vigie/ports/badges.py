"""Badges: how surprising a day's doors and hours are, against the person's own past and the peers'.

A model of zone and hour of the week, learnt from the days before and never from the day itself; of the peers' part the
person is left out, so that nobody makes the own habit usual. Look-ups are judged the same way, the system as zone.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log2

import msgspec

from vigie.ports.access import AccessEvent, Act, hour_of_week
from vigie.terms import DAY, Moment

OWN = 20.0
"""Reads at which the own past counts as much as the peers'."""
PEERS = 50.0
"""Reads at which the peers count as much as the whole site."""
SITE = 5.0
"""Reads at which the whole site counts as much as "any door, any hour"."""
WORST = 3
"""The most surprising reads of a day that count. Source: reference page sense, 3 injected reads a day."""
_SHIFT_H = 4
"""Hours taken together: a shift of eight hours has two halves, and an early comer is no suspect."""


class Surprise(msgspec.Struct, frozen=True):
    """One person's day. bits: Mean surprise of its `WORST` reads. reads: How many there were. places: Those reads.

    chance: Share of all person-days of the days before that were as surprising; never 0.
    """

    user: str
    day: int
    bits: float
    reads: int
    chance: float
    places: tuple[tuple[Moment, str], ...]


class Habits:
    """What was usual so far: doors and hours of persons, peers and the whole site, and how surprising past days were.

    Args:
        act: Badges, or look-ups with the system as door.
    """

    def __init__(self, act: Act = Act.BADGE) -> None:
        self.act = act
        self.own: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.peers: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.site: Counter[tuple[str, int]] = Counter()
        self.size: Counter[str] = Counter()
        self.past: tuple[list[float], list[float]] = ([], [])

    def learn(self, events: Iterable[AccessEvent]) -> None:
        """Learn the reads of one day; judged by what was known before it, its surprises become the past's."""
        mine = [event for event in events if event.act is self.act]
        if self.site:
            for _, bits, _, places in _judged(mine, self):
                insort(self.past[_is_weekend(places[0][0])], bits)
        for event in mine:
            key = _key(event)
            self.own[event.user][key] += 1
            self.peers[event.group][key] += 1
            self.site[key] += 1
            self.size.update((f"u{event.user}", f"g{event.group}", "all"))

    def judge(self, events: Iterable[AccessEvent], day: int) -> list[Surprise]:
        """Judge one day, the most surprising person first; without a past nobody.

        A weekend is set against weekends where any are known: fewer people work, and all of them look unusual.
        """
        past = self.past[_is_weekend(day * DAY)] or self.past[0] or self.past[1]
        if not past:
            return []
        told = [
            Surprise(user, day, bits, reads, _share(past, bits), places)
            for user, bits, reads, places in _judged([event for event in events if event.act is self.act], self)
        ]
        return sorted(told, key=lambda one: (-one.bits, one.user))

    def bits(self, event: AccessEvent) -> float:
        """How surprising a read is, in bits."""
        key = _key(event)
        own = self.own[event.user] if event.user in self.own else Counter()
        mine, n = own[key], self.size[f"u{event.user}"]
        cells = max(len(self.site), 1) + 1
        # the person is left out of peers and site
        site = (self.site[key] - mine + SITE / cells) / (self.size["all"] - n + SITE)
        group, m = self.peers.get(event.group, Counter()), self.size[f"g{event.group}"]
        peers = (max(group[key] - mine, 0) + PEERS * site) / (max(m - n, 0) + PEERS)
        return -log2((mine + OWN * peers) / (n + OWN))


def _key(event: AccessEvent) -> tuple[str, int]:
    """Door, and the part of a day it was passed in; weekends are days of their own kind."""
    return event.zone or event.system, hour_of_week(event.at) % 24 // _SHIFT_H + 6 * _is_weekend(event.at)


def _is_weekend(at: int) -> bool:
    return hour_of_week(Moment(at)) >= 120


def by_day(events: Iterable[AccessEvent]) -> dict[int, list[AccessEvent]]:
    """Events by their day (days since 1970-01-01, UTC), in order, each once."""
    days: dict[int, list[AccessEvent]] = defaultdict(list)
    for event in sorted(set(events), key=_order):
        days[event.at // DAY].append(event)
    return days


def surprises(events: Iterable[AccessEvent], day: int, act: Act = Act.BADGE) -> list[Surprise]:
    """Judge everybody's day against the days before; the most surprising first.

    Args:
        events: Of any kind and order. day: Days since 1970-01-01, UTC. act: Badges, or look-ups.

    Source: reference page sense, "badge / peer-group surprise"; Docs: docs/explanation/insiders.md
    """
    days, habits = by_day(events), Habits(act)
    for earlier in sorted(one for one in days if one < day):
        habits.learn(days[earlier])
    return habits.judge(days.get(day, []), day)


def _order(event: AccessEvent) -> tuple[int, str, str, str, str, str]:
    return event.at, event.user, event.act, event.system, event.zone, event.container


def _judged(
    reads: Sequence[AccessEvent], habits: Habits
) -> list[tuple[str, float, int, tuple[tuple[Moment, str], ...]]]:
    """Person by person: the mean of the worst reads, how many there were, and which."""
    by_user: dict[str, list[tuple[float, AccessEvent]]] = defaultdict(list)
    for event in reads:
        by_user[event.user].append((habits.bits(event), event))
    told = []
    for user, judged in sorted(by_user.items()):
        worst = sorted(judged, key=lambda one: (-one[0], _order(one[1])))[:WORST]
        bits = sum(one for one, _ in worst) / WORST
        told.append((user, bits, len(judged), tuple((event.at, event.zone or event.system) for _, event in worst)))
    return told


def _share(past: Sequence[float], bits: float) -> float:
    """The share of past person-days at least as surprising; the day itself counts as one of them."""
    return (1 + len(past) - bisect_left(past, bits)) / (1 + len(past))

