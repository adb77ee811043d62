"""Training of officers: what a quiz asks, how an answer is judged, and what a record says, with its uncertainty."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random

from msgspec import Struct

from vigie.scanning.xray.finding import Box

NEAR_PX = 12
"""A marked place counts where its middle lies in the true box grown by so many pixels: about a brick (own; as in the
benchmark's parameters)."""
SHARE = 0.5
"""Share of quiz pictures with a threat; own: many enough that a short quiz tells something, and said to the trainee,
because at work they are one in hundreds."""
LEVEL = 0.95


class QuizItem(Struct, frozen=True):
    """One picture of a quiz.

    Attributes:
        number: Its place, from 0. background: Id of the scan shown. cutout: Which threat is laid into it; empty: none.
        seed: For its place and noise. mirrored: Whether the threat is turned left to right.
    """

    number: int
    background: str
    cutout: str
    seed: int
    mirrored: bool = False


class QuizAnswer(Struct, frozen=True):
    """What an officer said. threat: Whether there is one. places: Boxes that were marked. seconds: How long it took."""

    threat: bool
    places: tuple[Box, ...] = ()
    seconds: float = 0.0


class Judged(StrEnum):
    """How an answer came out. A threat that was called in the wrong place is misplaced: it counts as missed."""

    HIT = "hit"
    MISS = "miss"
    MISPLACED = "misplaced"
    FALSE_ALARM = "false-alarm"
    REJECTION = "rejection"


class Rate(Struct, frozen=True):
    """A number with its interval; all None where nothing was asked."""

    value: float | None
    low: float | None
    high: float | None


class TrainingRecord(Struct, frozen=True):
    """What answers add up to.

    Attributes:
        hits, misses, misplaced, false_alarms, rejections: Counts.
        hit_rate: Hits over pictures with a threat. false_rate: False alarms over pictures without.
        dprime: How well threat and none are told apart, in standard deviations; 0 is guessing.
        seconds: Median time; None where nobody took it.
    """

    hits: int
    misses: int
    misplaced: int
    false_alarms: int
    rejections: int
    hit_rate: Rate
    false_rate: Rate
    dprime: Rate
    seconds: float | None


def draw_quiz(seed: int, backgrounds: Sequence[str], cutouts: Sequence[str], count: int) -> tuple[QuizItem, ...]:
    """Draw a quiz: half of its pictures, to one, with a threat, in chance order.

    No background comes twice while others are left.

    Args:
        seed: The same seed gives the same quiz. backgrounds: Ids of scans that are known to be clean.
        cutouts: Ids of threats. count: Pictures, 1 or more.

    Returns:
        Nothing where there is no background; no picture with a threat where there is no cut-out.
    """
    if not backgrounds or count < 1:
        return ()
    chance = Random(f"quiz|{seed}")
    scans: list[str] = []
    while len(scans) < count:
        scans += chance.sample(list(backgrounds), len(backgrounds))
    with_threat = int(count * SHARE + chance.random()) if cutouts else 0
    flags = [n < with_threat for n in range(count)]
    chance.shuffle(flags)
    told = []
    for n, flag in enumerate(flags):
        cutout = chance.choice(list(cutouts)) if flag else ""
        told.append(QuizItem(n, scans[n], cutout, chance.getrandbits(31), chance.random() < 0.5))
    return tuple(told)


def place_in(container: Box, size: tuple[int, int], seed: int, *, floor: bool = True) -> tuple[int, int]:
    """Where a threat of a size (width, height) goes within a container: heaps stand near the floor more often.

    Args:
        container: Pixels of the hold. size: Of the cut-out, pixels. seed: Of the item. floor: Whether it may stand low.
    """
    chance = Random(f"place|{seed}")
    wide, high = max(container[2] - size[0], 0), max(container[3] - size[1], 0)
    down = 1.0 - chance.random() ** 2 if floor else chance.random()
    return container[0] + round(wide * chance.random()), container[1] + round(high * down)


def judged(item: QuizItem, answer: QuizAnswer, truth: Box) -> Judged:
    """Judge an answer. truth: Where the threat was laid; not looked at where there is none."""
    if not item.cutout:
        return Judged.FALSE_ALARM if answer.threat else Judged.REJECTION
    if not answer.threat:
        return Judged.MISS
    return Judged.HIT if any(_near(place, truth) for place in answer.places) else Judged.MISPLACED


def _near(place: Box, truth: Box) -> bool:
    x, y = place[0] + place[2] / 2, place[1] + place[3] / 2
    return (truth[0] - NEAR_PX <= x <= truth[0] + truth[2] + NEAR_PX
            and truth[1] - NEAR_PX <= y <= truth[1] + truth[3] + NEAR_PX)  # fmt: skip


def record_of(outcomes: Sequence[Judged], seconds: Sequence[float] = ()) -> TrainingRecord:
    """Add outcomes up.

    Rates with exact intervals (Clopper and Pearson 1934); d′ with the log-linear correction (Hautus 1995) and the
    normal interval of Gourevitch and Galanter (1967). The interval of d′ is rough below some thirty pictures.
    """
    from statistics import median

    counts = {kind: sum(one is kind for one in outcomes) for kind in Judged}
    hits, false = counts[Judged.HIT], counts[Judged.FALSE_ALARM]
    missed = counts[Judged.MISS] + counts[Judged.MISPLACED]
    taken = [one for one in seconds if one > 0]
    return TrainingRecord(
        hits, counts[Judged.MISS], counts[Judged.MISPLACED], false, counts[Judged.REJECTION],
        _rate(hits, hits + missed), _rate(false, false + counts[Judged.REJECTION]),
        _dprime(hits, hits + missed, false, false + counts[Judged.REJECTION]), median(taken) if taken else None,
    )  # fmt: skip


def _rate(hits: int, asked: int) -> Rate:
    from vigie.risk import exact

    if not asked:
        return Rate(None, None, None)
    told = exact(hits, asked, LEVEL)
    return Rate(hits / asked, told.low, told.high)


def _dprime(hits: int, threats: int, false: int, clean: int) -> Rate:
    from statistics import NormalDist

    if not threats or not clean:
        return Rate(None, None, None)
    normal = NormalDist()
    rates = (hits + 0.5) / (threats + 1), (false + 0.5) / (clean + 1)
    places = normal.inv_cdf(rates[0]), normal.inv_cdf(rates[1])
    spread = sum(rate * (1 - rate) / (count * normal.pdf(place) ** 2)
                 for rate, place, count in zip(rates, places, (threats, clean), strict=True))  # fmt: skip
    value, half = places[0] - places[1], normal.inv_cdf(0.5 + LEVEL / 2) * spread**0.5
    return Rate(value, value - half, value + half)
