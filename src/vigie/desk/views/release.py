"""What officers and terminals see of release rights; a live key is in none of it but the one answer that makes it."""

import msgspec

from vigie.terms import Moment


class ReleaseRow(msgspec.Struct, frozen=True):
    """A right in a list: no party stands in it. until: When it expires. source: System that keeps it; empty: here."""

    id: str
    container: str
    visit: str
    site: str
    terminal: str
    state: str
    until: Moment
    changed: Moment
    steps: int
    pending: bool
    source: str


class ReleaseStepView(msgspec.Struct, frozen=True):
    """One step of a chain: what, by whom entered, when, who passed it to whom, and why."""

    verb: str
    state: str
    by: str
    at: Moment
    party: str
    to: str
    role: str
    reason: str


class ReleaseKeyView(msgspec.Struct, frozen=True):
    """A key as it can be told: whom and what it is bound to, never what it is. vehicle: Pseudonym of the plate."""

    carrier: str
    vehicle: str
    start: Moment
    end: Moment
    by: str
    used: Moment | None
    void: Moment | None


class ReleaseAttemptView(msgspec.Struct, frozen=True):
    """A key that was presented, and the gate's answer."""

    at: Moment
    terminal: str
    gate: str
    right: str
    code: str
    text: str
    vehicle: str
    officer: str


class ReleaseView(msgspec.Struct, frozen=True):
    """One right in full. possible: What the officer may do with it now."""

    row: ReleaseRow
    holder: str
    role: str
    offered: str
    offered_role: str
    start: Moment
    steps: tuple[ReleaseStepView, ...]
    keys: tuple[ReleaseKeyView, ...]
    attempts: tuple[ReleaseAttemptView, ...]
    pending: ReleaseStepView | None
    possible: tuple[str, ...]
    replaces: str


class ReleasePage(msgspec.Struct, frozen=True):
    """Rights, the last changed first. before: Where the next page begins; None at the end."""

    rows: tuple[ReleaseRow, ...]
    before: int | None


class ReleaseAlertView(msgspec.Struct, frozen=True):
    """An alert about a right. seen: Somebody said that it was seen."""

    at: Moment
    code: str
    right: str
    container: str
    text: str
    seen: bool


class ReleaseKeyMade(msgspec.Struct, frozen=True):
    """A key, told this once. key: Empty where the holder made it and handed in its commitment."""

    right: str
    key: str
    carrier: str
    start: Moment
    end: Moment


class GateAnswer(msgspec.Struct, frozen=True):
    """The answer of a gate. code: `allowed`, or why not. text: The same in the caller's language."""

    allowed: bool
    code: str
    text: str
    container: str


class ReleaseTaken(msgspec.Struct, frozen=True):
    """What a table or a message of another system brought. known: Taken in before. doubts: Rows that were unclear."""

    taken: int
    known: int
    doubts: int
