"""What stands beside what: cells of a ship's stowage plan, places in a container yard."""

import re

_CELL = re.compile(r"[0-9]{7}")
_NUMBER = re.compile(r"[0-9]{1,5}")
_PARTS = re.compile(r"[0-9]+|[A-Z]+")


def cells_beside(cell: str) -> tuple[str, ...]:
    """The cells of a ship that touch one: at its sides, above and below, before and behind.

    A 20-foot box lies beside the 40-foot bay that spans its own, and the other way round; rows 01 and 02 touch where a
    ship has no row 00, so both ways of counting are given.

    Args:
        cell: Bay, row and tier, seven digits.

    >>> "0320182" in cells_beside("0320082"), "0320084" in cells_beside("0320082")
    (True, True)

    Source: ISO 9711-1: three digits of bay (odd 20 feet, even 40 feet), two of row (00 centre, odd to starboard, even
    to port), two of tier (even, rising by two).
    """
    if not _CELL.fullmatch(cell):
        return ()
    bay, row, tier = int(cell[:3]), int(cell[3:5]), int(cell[5:])
    found = [(near, side, tier) for near in _alongside(bay) for side in _rows_beside(row)]
    found += [(near, row, level) for near in _alongside(bay) for level in (tier - 2, tier + 2)]
    step = 4 if bay % 2 == 0 else 2
    found += [(near, row, tier) for near in (bay - step, bay + step)]
    return tuple(
        f"{near:03d}{side:02d}{level:02d}" for near, side, level in found if near > 0 and 0 < level < 100 and side < 100
    )


def _alongside(bay: int) -> tuple[int, ...]:
    return bay, bay - 1, bay + 1


def _rows_beside(row: int) -> tuple[int, ...]:
    if row == 0:
        return 1, 2
    if row <= 2:  # 01 and 02 lie at the centre line
        return 0, 3 - row, row + 2
    return row - 2, row + 2


Place = tuple[str, int, int]
"""A place on the ground of a yard: block, bay, row. Tiers stand on one another, so they count as one place."""


def place_in_yard(slot: str) -> Place | None:
    """Read a yard position; None where it names no block, bay and row.

    >>> place_in_yard("A12-03-05-2"), place_in_yard("somewhere")
    (('A12', 3, 5), None)

    Source: block, bay (or slot), row, tier is how terminal operating systems write a yard position; separators and the
    width of numbers differ, so only the order of the parts is relied on.
    """
    parts = [part for part in re.split(r"[-./ ]+", slot.strip().upper()) if part]
    if len(parts) == 1:
        parts = _PARTS.findall(parts[0])
    if len(parts) not in (3, 4) or not all(_NUMBER.fullmatch(part) for part in parts[1:3]):
        return None
    return parts[0], int(parts[1]), int(parts[2])


def places_beside(place: Place) -> tuple[Place, ...]:
    """The places on the ground within one bay and one row of a place, its own among them (a box above or below)."""
    block, bay, row = place
    return tuple((block, bay + ahead, row + side) for ahead in (-1, 0, 1) for side in (-1, 0, 1))
