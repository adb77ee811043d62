"""What the faces show of conclusions."""

import msgspec

from vigie.terms import Moment


class PriorityStepView(msgspec.Struct, frozen=True):
    """A step of a priority. verb: What. officer, at: Who wrote it down, when. note: The words. changed: What it set."""

    verb: str
    officer: str
    at: Moment
    note: str
    changed: tuple[str, ...]


class PriorityView(msgspec.Struct, frozen=True):
    """A priority.

    Attributes:
        id, state, finding, source, owner, measure, due: As in `vigie.ports.Priority`.
        overdue: Its date has passed while it is open. verbs: What can be done with it now. steps: Oldest first.
    """

    id: str
    state: str
    finding: str
    source: str
    owner: str
    measure: str
    due: str
    overdue: bool
    verbs: tuple[str, ...]
    steps: tuple[PriorityStepView, ...]
