"""Seizures that may be one: a proposal says why; a human decides."""

from collections.abc import Iterable, Iterator

import msgspec

from vigie.registry.rows import SeizureRow
from vigie.terms import DAY

DAYS = 3
"""Days between two accounts of one seizure: services date it by discovery, opening or record. Source: own."""

CLOSE = 0.10
"""Weights of two accounts of one seizure differ by this share at most: net against gross, before and after weighing.
Source: own; packing of bricks is 5 to 10 % of gross."""


class Proposal(msgspec.Struct, frozen=True):
    """Two seizures that may be one. marks: Why, of `container`, `place`, `day`, `weight`, `case`. score: 0 to 1."""

    one: str
    other: str
    marks: tuple[str, ...]
    score: float


_WEIGHTS = {"container": 0.5, "weight": 0.25, "day": 0.15, "place": 0.1}
ENOUGH = 0.4
"""Marks that are worth a look: the same box; or weight with day. Source: own; a place and a day alone are chance."""


def compared(one: SeizureRow, other: SeizureRow) -> Proposal | None:
    """Compare two seizures of the same substance; None where nothing speaks for one."""
    if one.substance != other.substance or abs(one.at - other.at) > DAYS * DAY:
        return None
    if one.container and other.container and one.container != other.container:
        return None
    marks = []
    if one.container and one.container == other.container:
        marks.append("container")
    if one.place == other.place:
        marks.append("place")
    if abs(one.at - other.at) < DAY:
        marks.append("day")
    if one.grams and other.grams and abs(one.grams - other.grams) <= CLOSE * max(one.grams, other.grams):
        marks.append("weight")
    score = round(sum(_WEIGHTS[mark] for mark in marks), 2)
    if score < ENOUGH or not {"container", "weight"} & set(marks):
        return None
    return Proposal(one.id, other.id, tuple(marks), score)


def proposals(rows: Iterable[SeizureRow]) -> Iterator[Proposal]:
    """Compare each seizure with those of the days before it, by its leading substance; rows by rising moment."""
    recent: list[SeizureRow] = []
    for row in rows:
        if not row.leads:
            continue
        recent = [one for one in recent if row.at - one.at <= DAYS * DAY]
        yield from (found for one in recent if (found := compared(one, row)) is not None)
        recent.append(row)
