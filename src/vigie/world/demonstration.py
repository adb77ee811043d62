"""A running day with a past: what a demonstration needs so that features have something to count."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil

from vigie.terms import DAY, HOUR, Moment
from vigie.world.consignments import seen_sites
from vigie.world.emit import Emission, generate
from vigie.world.known import OWN, Known
from vigie.world.parameters import LATE_FIND_DAYS
from vigie.world.services import calls_at
from vigie.world.truth import TruthBook

FULL_PAST_DAYS = Known(8.0, "days", OWN + "ships that came in the last days still have boxes on the terminal: their "
                       "events are told; of older ones manifests, outcomes of controls and gate-outs suffice")
AHEAD_DAYS = Known(33, "days", OWN + "ships whose first declaration comes today arrive within so many days; a test "
                   "measures it")


_WEEK = 7  # services call once a week
_STAY_DAYS = 14  # longer than almost any box stays on the terminal (DWELL_H)


@dataclass(frozen=True, slots=True)
class Day:
    """A simulated day with its past.

    Attributes:
        history: Messages before the day, in time order, for the back-load; controls of that time among them.
        running: Messages of the day, in time order, each to be handed over when the clock reaches its `at`.
        book: The truth; it is complete once `running` is used up.
    """

    history: tuple[Emission, ...]
    running: Iterator[Emission]
    book: TruthBook


def day(
    seed: int,
    now: Moment,
    *,
    scale: float = 0.2,
    site: str = "BEANR",
    boxes: int = 16_000,
    uplift: float = 8.0,
    hours: float = 24.0,
) -> Day:
    """Simulate a day from `now` on, with a past of about so many boxes.

    Args:
        seed: The same seed and `now` give the same bytes.
        now: When the clock starts.
        scale: 1 is the published traffic; a demonstration shows a fifth.
        site: Site of the node.
        boxes: About how many boxes arrived in the past that is told.
        uplift: How many times more often lots are planted than published figures say. A demonstration must show
            something within minutes; every page and the README of the world say that it does.
        hours: Length of the running day.
    """
    daily = sum(count for port in seen_sites(site) for _, count in calls_at(port)) * scale / _WEEK
    past = max(ceil(boxes / daily), 1)
    book = TruthBook()
    stream = generate(
        seed, past + _ahead_days(hours), scale, site, Moment((now // DAY - past) * DAY), uplift=uplift, book=book,
        compact_until=Moment(now - round(FULL_PAST_DAYS.value * DAY)),
    )
    history = []
    first: list[Emission] = []
    for emission in stream:
        if emission.at >= now:
            first.append(emission)
            break
        history.append(emission)
    return Day(tuple(history), _until(chain(first, stream), now + round(hours * HOUR)), book)


def running(
    seed: int,
    began: Moment,
    since: Moment,
    *,
    scale: float = 0.2,
    site: str = "BEANR",
    uplift: float = 8.0,
    hours: float = 24.0,
    book: TruthBook | None = None,
) -> Iterator[Emission]:
    """Go on from a moment without making the past again: for a demonstration that runs on, or is started again.

    Args:
        seed, scale, site, uplift: As they were given to `day`.
        began: The `now` that was given to `day`.
        since: From when on; not before `began`.
        hours: Length of what comes, from `since`; many hours cost nothing until their turn comes.
        book: Gets the truth of ships that arrived in the last weeks or are still to come.
    """
    back = ceil(LATE_FIND_DAYS.value[1]) + _STAY_DAYS
    stream = generate(
        seed, back + _ahead_days(hours + (since - began) / HOUR), scale, site, Moment((began // DAY - back) * DAY),
        uplift=uplift, book=book, compact_until=Moment(began - round(FULL_PAST_DAYS.value * DAY)), since=since,
    )
    return _until(stream, since + round(hours * HOUR))


def _ahead_days(hours: float) -> int:
    return AHEAD_DAYS.value + ceil(hours / 24)


def _until(stream: Iterator[Emission], end: int) -> Iterator[Emission]:
    for emission in stream:
        if emission.at >= end:
            return
        yield emission
