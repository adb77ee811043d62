"""Many random rows at little cost, near the thresholds of the indicators: for laws over a million cases."""

import random
from collections.abc import Iterator

from tests.risk.rows import _NEAR, _TEXTS, _derive

from vigie.risk import COLUMNS
from vigie.risk.columns_row import GIVEN_KINDS
from vigie.risk.language import Type

_KNOWN = (0.05, 0.3, 0.6, 0.95)  # shares of columns that are said: a bare announcement up to a box told of by all
_BY_NAME = {column.name: column for column in COLUMNS}


def _choices(name):
    column = _BY_NAME[name]
    if column.type is Type.BOOL:
        return [False, True], None
    if column.type is Type.TEXT:
        return _TEXTS, None
    low, high = int(column.low), int(column.high)
    near = [value for value in _NEAR if low <= value <= high] or [low]
    return ([float(value) for value in near], (low, high, float)) if column.type is Type.FLOAT else (near, (low, high, int))


_CHOICES = [_choices(name) for name in GIVEN_KINDS]


def drawn_rows(count: int, seed: int) -> Iterator[tuple[object, ...]]:
    """Rows of all columns, derived ones included; the same seed gives the same rows."""
    chance = random.Random(seed)
    draw, pick = chance.random, chance.choice
    for _ in range(count):
        share, given = pick(_KNOWN), []
        for near, span in _CHOICES:
            if draw() >= share:
                given.append(None)
            elif span is None or draw() < 0.7:
                given.append(near[int(draw() * len(near))])
            else:
                low, high, kind = span
                given.append(kind(chance.randint(low, high)))
        yield (*given, *_derive(given))
