"""A running day with a past: what a demonstration needs so that features have something to count."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil

from vigie.terms import DAY, Moment
from vigie.world.consignments import seen_sites
from vigie.world.emit import Emission, generate
from vigie.world.known import OWN, Known
from vigie.world.services import calls_at
from vigie.world.truth import TruthBook

FULL_PAST_DAYS = Known(5.0, "days", OWN + "ships that came in the last days still have boxes on the terminal: their "
                       "events are told; of older ones the manifests and the outcomes of controls suffice")
AHEAD_DAYS = Known(17, "days", OWN + "ships that load today arrive within about so many days")


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
    daily = sum(count for port in seen_sites(site) for _, count in calls_at(port)) * scale / 7
    past = max(ceil(boxes / daily), 1)
    start = Moment((now // DAY - past) * DAY)
    book = TruthBook()
    stream = generate(
        seed, past + AHEAD_DAYS.value, scale, site, start, uplift=uplift, book=book,
        compact_until=Moment(now - round(FULL_PAST_DAYS.value * DAY)),
    )
    history = []
    first: list[Emission] = []
    for emission in stream:
        if emission.at >= now:
            first.append(emission)
            break
        history.append(emission)
    end = now + round(hours * DAY / 24)
    return Day(tuple(history), _until(chain(first, stream), end), book)


def _until(stream: Iterator[Emission], end: int) -> Iterator[Emission]:
    for emission in stream:
        if emission.at >= end:
            return
        yield emission
