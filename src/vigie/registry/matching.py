"""Seizures that may be one: a proposal says why; a human decides."""

from collections.abc import Iterable, Iterator

import msgspec

from vigie.registry.rows import SeizureRow
from vigie.terms import DAY

DAYS = 3
"""Days between two accounts of one seizure: services date it by discovery, opening or record. Source: own."""

CLOSE = 0.10
"""Weights of two accounts of one box differ by this share at most: net against gross, before and after weighing.
Source: own; packing of bricks is 5 to 10 % of gross."""

NEAR = 0.03
"""Weights of two accounts differ by this share at most where no box is named by both. Source: own; two readings of one
weighing, so that a busy day at a large port does not offer every other load."""


class Proposal(msgspec.Struct, frozen=True):
    """Two seizures that may be one. marks: Why, of `container`, `place`, `day`, `weight`, `case`. score: 0 to 1."""

    one: str
    other: str
    marks: tuple[str, ...]
    score: float


_WEIGHTS = {"container": 0.5, "weight": 0.25, "day": 0.15, "place": 0.1}


def compared(one: SeizureRow, other: SeizureRow) -> Proposal | None:
    """Compare two seizures of the same substance; None where nothing speaks for one.

    The same box speaks for itself. Where no box is named by both, place, day, cover load (chapter) and nearly the same
    weight must all agree.
    """
    if one.substance != other.substance or abs(one.at - other.at) > DAYS * DAY:
        return None
    if one.container and other.container and one.container != other.container:
        return None
    same_box = bool(one.container) and one.container == other.container
    told = {
        "container": same_box, "place": one.place == other.place, "day": abs(one.at - other.at) < DAY,
        "weight": _close(one, other, CLOSE if same_box else NEAR),
    }  # fmt: skip
    alike = told["place"] and told["day"] and told["weight"] and one.cover_hs[:2] == other.cover_hs[:2]
    if not same_box and not alike:
        return None
    marks = tuple(mark for mark, holds in told.items() if holds)
    return Proposal(one.id, other.id, marks, round(sum(_WEIGHTS[mark] for mark in marks), 2))


def _close(one: SeizureRow, other: SeizureRow, share: float) -> bool:
    return bool(one.grams and other.grams) and abs((one.grams or 0) - (other.grams or 0)) <= share * max(
        one.grams or 0, other.grams or 0
    )


def proposals(rows: Iterable[SeizureRow]) -> Iterator[Proposal]:
    """Compare each seizure with those of the days before it, by its leading substance; rows by rising moment."""
    recent: list[SeizureRow] = []
    for row in rows:
        if not row.leads:
            continue
        recent = [one for one in recent if row.at - one.at <= DAYS * DAY]
        yield from (found for one in recent if (found := compared(one, row)) is not None)
        recent.append(row)
