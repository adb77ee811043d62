"""The unit of work of an act: handed in durably, then written by the sequencer; when it returns, lists show it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from vigie.desk.judging import Judging
from vigie.desk.rules import Titled
from vigie.registry import Document
from vigie.risk import Policy
from vigie.terms import BadRequest, Conflict, InboxItem


class Working(Judging, Protocol):
    """A node at which officers work."""

    @property
    def rules(self) -> Titled:
        """Features and indicators with their texts."""
        ...

    def printed(self, document: Document, form: str) -> bytes:
        """Print a document as `pdf` or `docx`."""
        ...

    def masks(self, policy: Policy, rows: Sequence[Sequence[object]]) -> list[int] | None:
        """Which indicators fire, row by row, as DuckDB says (63 at most); None where it is not installed."""
        ...


CHANGED = "the box changed since you looked"
"""Why a decision is refused: somebody decided, or a message came, in between."""


def hand_in(items: Sequence[InboxItem], node: Judging, meanwhile: Callable[[], None] | None = None) -> None:
    """Hand acts in and wait until the log holds them.

    Args:
        meanwhile: Done while another process writes them.

    Raises:
        Conflict: By its turn the box had changed. BadRequest: The sequencer set one aside.
        StoreFault: The store cannot write, or no sequencer answers.
    """
    receipts = node.store.inbox.add(items)
    if meanwhile is not None:
        node.nudge()
        meanwhile()
    node.settle([receipt.id for receipt in receipts])
    states = node.store.inbox.state([receipt.id for receipt in receipts])
    if "refused" in states.values():
        raise Conflict(reason=CHANGED)
    faults = sorted(state for state in states.values() if state.startswith("fault"))
    if faults:
        raise BadRequest(reason="the-act-could-not-be-written", fault=faults[0].partition(":")[2])
