"""The names of a day: the few that are worth a talk, over all indicators, each with its evidence. Never a verdict."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from vigie.ports.access import AccessEvent, Act
from vigie.ports.badges import Habits, Surprise, by_day
from vigie.ports.chance import LEVEL, false_discoveries
from vigie.ports.looking import Looking, collected, roleless
from vigie.ports.uplift import Checked, Uplift, case_control
from vigie.terms import DAY, Moment

PER_DAY = 3
"""Names a day, at most. Source: issue 7, "3 alerts a day"; what two people can look into without hurry."""

RARE = 0.02
"""What is less unusual than this never becomes a name, however quiet the day. Source: chosen between 0.01 and 0.02 on
the first logs of benchmarks/quality/insiders.py, which are not those it reports."""

LOOKED_BACK_DAYS = 28
"""Look-ups of so many days are compared. Source: own figure; four rosters of a week."""


class Kind(StrEnum):
    """Which indicator names a person."""

    UPLIFT = "uplift"
    ROLELESS = "roleless"
    PICKUP = "pickup"
    BADGE = "badge"
    HOURS = "hours"


class Alert(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name of a day: a pseudonym, why, and how sure.

    Attributes:
        day: Days since 1970-01-01, UTC. user: Pseudonym. kind: Which indicator.
        chance: How likely so much is by chance alone. q: Share of false names among all as unlikely that day.
        peers: How many users were compared. counted, expected: What was counted and what the peers' habits give.
        risk, low, high: Relative risk with its 95 % interval; 0 where the indicator has none.
        bits: Surprise of the day's worst reads; 0 where the indicator has none.
        lane: Lane that `of_lane` of the counted boxes share. boxes: Numbers of boxes. places: When and where.
    """

    day: int
    user: str
    kind: Kind
    chance: float
    q: float
    peers: int
    counted: int = 0
    expected: float = 0.0
    risk: float = 0.0
    low: float = 0.0
    high: float = 0.0
    bits: float = 0.0
    lane: str = ""
    of_lane: int = 0
    boxes: tuple[str, ...] = ()
    places: tuple[tuple[Moment, str], ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether false names are held to `LEVEL` among those at least as unlikely; else it is one to look at."""
        return self.q <= LEVEL


def alerts(
    events: Iterable[AccessEvent], checked: Iterable[Checked], days: Sequence[int],
    lanes: Mapping[str, str] | None = None, told: Iterable[Alert] = (), most: int = PER_DAY,
) -> Iterator[tuple[int, list[Alert]]]:
    """Rank the names of some days, one day after the other: at most `most` a day, each person once.

    A day looks at nothing that came after it. Who was named for a reason is not named again for it for
    `LOOKED_BACK_DAYS`: the name lies on somebody's desk.

    Args:
        events: All that is kept, in any order. checked: Controls. days: Days since 1970-01-01 (UTC), rising.
        lanes: Lane of a box by its number. told: Names of days before.
    """
    kept, controls = by_day(events), list(checked)
    habits = (Habits(), Habits(Act.LOOK))
    muted = {(one.user, one.kind): one.day for one in told}
    upto = min(kept, default=0)
    for day in days:
        for earlier in sorted(one for one in kept if upto <= one < day):
            for each in habits:
                each.learn(kept[earlier])
        upto = max(upto, day)
        end = (day + 1) * DAY
        known = [event for one in sorted(kept) if one <= day for event in kept[one]]
        late = [event for event in known if event.at >= end - LOOKED_BACK_DAYS * DAY]
        users = {event.user for event in kept.get(day, ())}
        found = [
            *_counted(day, case_control(known, [one for one in controls if one.at < end])),
            *_looked(day, Kind.ROLELESS, roleless(late, lanes), users),
            *_looked(day, Kind.PICKUP, collected(late, lanes), users),
            *_surprising(Kind.BADGE, habits[0].judge(kept.get(day, ()), day)),
            *_surprising(Kind.HOURS, habits[1].judge(kept.get(day, ()), day)),
        ]
        names = _ranked(found, muted, most)
        muted |= {(one.user, one.kind): day for one in names}
        yield day, names


def _ranked(found: Iterable[Alert], muted: Mapping[tuple[str, Kind], int], most: int) -> list[Alert]:
    """The unlikeliest first, each person for the unlikeliest reason that was not told lately."""
    names: dict[str, Alert] = {}
    for one in sorted(found, key=lambda one: (one.q, one.chance, -one.bits, one.kind, one.user)):
        if one.chance <= RARE and one.day - muted.get((one.user, one.kind), -LOOKED_BACK_DAYS) >= LOOKED_BACK_DAYS:
            names.setdefault(one.user, one)
    return list(names.values())[:most]


def _counted(day: int, rows: list[Uplift]) -> Iterator[Alert]:
    for one in rows:
        yield Alert(day, one.user, Kind.UPLIFT, one.chance, one.q, len(rows), one.positive, one.expected, one.risk,
                    one.low, one.high, boxes=one.boxes)  # fmt: skip


def _looked(day: int, kind: Kind, rows: list[Looking], users: Collection[str]) -> Iterator[Alert]:
    for one in rows:
        if one.user in users:
            yield Alert(day, one.user, kind, one.chance, one.q, len(rows), one.counted, one.expected, lane=one.lane,
                        of_lane=one.of_lane, boxes=one.boxes)  # fmt: skip


def _surprising(kind: Kind, rows: list[Surprise]) -> Iterator[Alert]:
    """Days are ranked among all days before: a share, so that false names are held down as far as the past is long."""
    for one, q in zip(rows, false_discoveries([row.chance for row in rows]), strict=True):
        yield Alert(one.day, one.user, kind, one.chance, q, len(rows), one.reads, bits=one.bits, places=one.places)
