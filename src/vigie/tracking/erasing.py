"""Erasures: what was asked for and by whom, how far it is, and the stones that say that a box was erased."""

import msgspec

from vigie.terms import Moment, VisitId


class Erasing(msgspec.Struct, frozen=True):
    """An erasure as it stands.

    Attributes:
        id: Log entry that asked for it. state: `asked`, `refused`, `withdrawn`, `confirmed` or `done`.
        kind: `box`, `message`, `party` or `days`. wanted: Which: a visit, a message, a pseudonym, two dates.
        officer, asked: Who asked, when. entry: Log entry of the last step. decided_by, decided: Who decided, when.
        units: Keys destroyed. boxes: Boxes erased. removed: Rows removed or emptied.
    """

    id: Moment
    state: str
    kind: str
    wanted: str
    officer: str
    asked: Moment
    entry: Moment
    decided_by: str = ""
    decided: Moment | None = None
    units: int = 0
    boxes: int = 0
    removed: int = 0


class Stone(msgspec.Struct, frozen=True):
    """A box that was erased: what must be known to say so, and to whom. erasure: Which one. at: When."""

    visit: VisitId
    site: str
    handling: int
    erasure: Moment
    at: Moment
