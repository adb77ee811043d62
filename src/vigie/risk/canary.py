"""Decoys among the indicators: who shapes a box by one has read it; and who reads more than colleagues do."""

from collections.abc import Mapping, Sequence
from math import exp, log

import msgspec

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import Indicator
from vigie.risk.language_python import RowTest, row_test
from vigie.terms import Moment, OfficerId

RAREST = 1_000
"""A decoy is met by at most one box in so many; else a hit would tell nothing of who read it."""

LEAST = 1_000
"""Boxes that must have been looked at before a shape counts as rare: as many as `RAREST` asks about."""


class Canary(msgspec.Struct, frozen=True):
    """A decoy indicator; it is shown to its readers like any other and never scores.

    Attributes:
        id: As readers see it. body: The indicator as TOML. readers: Sign-in names that are shown it; empty: all whose
        clearance reaches its handling code. by, at, reason: Who planted it, when, why.
    """

    id: str
    body: str
    readers: tuple[OfficerId, ...]
    by: OfficerId
    at: Moment
    reason: str


class Reader(msgspec.Struct, frozen=True):
    """What an officer read of profiles.

    Attributes:
        officer: Who. looks: Looks at texts. profiles: Different ones. refused: Looks that were refused.
        usual: Looks a peer has on average. chance: Chance of so many looks for one who reads like the peers.
        decoys: Decoys among the profiles.
    """

    officer: str
    looks: int
    profiles: int
    refused: int
    usual: float
    chance: float
    decoys: int


def readers(
    looks: Mapping[str, Mapping[str, tuple[int, int]]], decoys: frozenset[str] = frozenset()
) -> tuple[Reader, ...]:
    """Tell who read what, the most unusual first: by how unlikely so many looks are for one who reads like the others.

    Args:
        looks: Officer to profile to (looks, refused looks). decoys: Profiles that are decoys.
    """
    totals = {who: sum(done + refused for done, refused in mine.values()) for who, mine in looks.items()}
    found = []
    for who, mine in looks.items():
        others = [total for other, total in totals.items() if other != who]
        usual = sum(others) / len(others) if others else float(totals[who])
        found.append(Reader(
            who, totals[who], len(mine), sum(refused for _, refused in mine.values()), round(usual, 2),
            at_least(totals[who], usual), len(decoys & mine.keys()),
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.chance, -one.looks, one.officer)))


def at_least(count: int, mean: float) -> float:
    """The chance of `count` or more where `mean` are usual (Poisson).

    Looks of a working day come in bursts, so small chances are too small: they sort a list and accuse nobody.
    """
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    term, below = -mean, 0.0
    for place in range(count):
        below += exp(term)
        term += log(mean) - log(place + 1)
    return max(0.0, 1.0 - below)


def is_canary_rare(met: int, boxes: int) -> bool:
    """Tell whether a shape is rare enough for a decoy."""
    return boxes >= LEAST and met * RAREST <= boxes


def canary_test(shapes: Sequence[Indicator]) -> RowTest:
    """Compile the shapes of decoys: bit `n` of its answer for a row of `columns` is shape `n`."""
    return row_test([one.tree for one in shapes], KINDS)


def meant_for(canaries: Sequence[Canary], officer: OfficerId) -> tuple[Canary, ...]:
    """The decoys that are meant for an officer."""
    return tuple(one for one in canaries if not one.readers or officer in one.readers)
