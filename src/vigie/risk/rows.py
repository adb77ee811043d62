"""History rows: the whole-number projection of an entry, all that features ever see of it."""

from enum import IntEnum

import msgspec

from vigie.risk.families import Keys


class Kind(IntEnum):
    """What an entry did to a box line; a new kind is added, never renumbered."""

    ANNOUNCED = 1
    AMENDED = 2
    RETRACTED = 3
    OUTCOME = 4
    MOVED = 5


class HistoryRow(msgspec.Struct, frozen=True, gc=False):
    """What one entry adds to history for one box line (consignment by container).

    Attributes:
        hlc: The entry; rows of one entry share it and do not see each other.
        line: Stable number of the box line (or of the visit, or of a seal on it); with hlc and kind it is unique.
        kind: A `Kind`.
        keys: One key per family, None where not said.
        measures: One whole number >= 0 per measure; 0 where not said.
        target: Of a retraction: the entry it takes back; until the fold resolved it, the latest that it can be.
        of: Of a retraction: the kind of the row that it takes back.
    """

    hlc: int
    line: int
    kind: int
    keys: Keys = ()
    measures: tuple[int, ...] = ()
    target: int = 0
    of: int = 0
