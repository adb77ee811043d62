"""Look-ups without a job: boxes asked for without a role in their chain, and boxes collected soon after by others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigie.ports.access import NO_ROLE, AccessEvent, Act
from vigie.ports.chance import false_discoveries, more_than_rate, shape_of
from vigie.terms import HOUR, Moment

WITHIN = 24 * HOUR
"""Between a look-up and the pick-up it may have served. Source: own figure; a release code lives a few days, a stolen
one is used at once (reference page trade, PIN-code fraud: the box is collected before the client comes)."""

FEWEST = 3
"""Boxes before anything is said: a wrong number typed twice is nothing. Source: own figure."""

_PRIOR = 10.0
"""Look-ups at which the peers' own share counts as much as everybody's."""


class Looking(msgspec.Struct, frozen=True):
    """What the look-ups of one user say.

    Attributes:
        user: Pseudonym. looked: Boxes looked up, each once. counted: Of them suspicious. expected: How many of the
            peers' habits give. chance: One-sided chance of so many or more. q: Share of false names among those as
            unlikely. lane: Lane that most of the counted boxes share. of_lane: How many. boxes: The counted ones.
    """

    user: str
    looked: int
    counted: int
    expected: float
    chance: float
    q: float
    lane: str
    of_lane: int
    boxes: tuple[str, ...]


def roleless(events: Iterable[AccessEvent], lanes: Mapping[str, str] | None = None) -> list[Looking]:
    """Compare how many boxes users look up without a role in the chain; the unlikeliest first.

    Only look-ups of which the source says the role count: not known is not suspicious.

    Args:
        events: In any order. lanes: Lane of a box by its number, where known.
    """
    told = _told(events)
    return _compared(told, {user: {box for box, one in mine.items() if one.role == NO_ROLE}
                            for user, mine in told.items()}, lanes or {})  # fmt: skip


def collected(events: Iterable[AccessEvent], lanes: Mapping[str, str] | None = None) -> list[Looking]:
    """Compare how many boxes users looked up without a role that a third party collected within `WITHIN`.

    A third party is another person than the looker, and of another firm where both firms are told.
    """
    known = list(events)
    pickups: dict[str, list[AccessEvent]] = defaultdict(list)
    for event in known:
        if event.act is Act.PICKUP:
            pickups[event.container].append(event)
    told = _told(known)
    hits: dict[str, set[str]] = {user: set() for user in told}
    for event in known:
        if event.act is Act.LOOK and event.role == NO_ROLE and third_party(event, pickups.get(event.container, ())):
            hits[event.user].add(event.container)
    return _compared(told, hits, lanes or {})


def third_party(look: AccessEvent, pickups: Sequence[AccessEvent]) -> AccessEvent | None:
    """The pick-up by a third party that followed a look-up within `WITHIN`; None where there is none."""
    for one in pickups:
        soon = look.at < one.at <= look.at + WITHIN
        if soon and one.user != look.user and not (one.party and one.party == look.party):
            return one
    return None


def _told(events: Iterable[AccessEvent]) -> dict[str, dict[str, AccessEvent]]:
    """Per user the boxes looked up with a role told; where one box has several, the one without a role counts."""
    told: dict[str, dict[str, AccessEvent]] = defaultdict(dict)
    for event in events:
        if event.act is Act.LOOK and event.role:
            before = told[event.user].get(event.container)
            if before is None or (event.role == NO_ROLE, -event.at) > (before.role == NO_ROLE, -before.at):
                told[event.user][event.container] = event
    return dict(sorted(told.items()))


def _compared(
    told: Mapping[str, Mapping[str, AccessEvent]], hits: Mapping[str, set[str]], lanes: Mapping[str, str]
) -> list[Looking]:
    """Counts against what the peers' share gives, the person left out; peers are drawn towards everybody."""
    group = {user: max(one.group for one in mine.values()) for user, mine in told.items()}
    sizes: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for user, mine in told.items():
        for name in (f"g{group[user]}", "all"):
            looked, counted = sizes[name]
            sizes[name] = (looked + len(mine), counted + len(hits[user]))
    counts = []
    for user, mine in told.items():
        own = len(mine), len(hits[user])
        everybody = _share(sizes["all"], own, 1.0, 1.0)
        peers = _share(sizes[f"g{group[user]}"], own, _PRIOR * everybody, _PRIOR)
        counts.append((len(hits[user]), len(mine) * peers))
    shape = shape_of(counts)
    chances = [
        more_than_rate(count, expected, shape) if count >= FEWEST else 1.0 for count, expected in counts
    ]
    rows = []
    for user, (count, expected), chance, q in zip(told, counts, chances, false_discoveries(chances), strict=True):
        boxes = tuple(sorted(hits[user], key=lambda box, user=user: (told[user][box].at, box)))  # type: ignore[misc]
        lane, most = _lane(boxes, lanes)
        rows.append(Looking(user, len(told[user]), count, expected, chance, q, lane, most, boxes))
    return sorted(rows, key=lambda one: (one.chance, -one.counted, one.user))


def _share(whole: tuple[int, int], own: tuple[int, int], hits: float, looked: float) -> float:
    """The share of the others, with so much of a prior."""
    return (whole[1] - own[1] + hits) / (whole[0] - own[0] + looked)


def _lane(boxes: Sequence[str], lanes: Mapping[str, str]) -> tuple[str, int]:
    """The lane that most boxes share, and how many."""
    counts: dict[str, int] = defaultdict(int)
    for box in boxes:
        if lanes.get(box):
            counts[lanes[box]] += 1
    most = max(counts, key=lambda name: (counts[name], name), default="")
    return most, counts.get(most, 0)


def looked_at(events: Iterable[AccessEvent]) -> dict[str, tuple[int, Moment]]:
    """Per box: how many users without a role looked it up, and when the last did."""
    seen: dict[str, dict[str, Moment]] = defaultdict(dict)
    for event in events:
        if event.act is Act.LOOK and event.role == NO_ROLE:
            seen[event.container][event.user] = event.at
    return {box: (len(users), max(users.values())) for box, users in seen.items()}
