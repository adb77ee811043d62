"""Conclusions: a finding of an analysis becomes a priority with an owner, a measure, a date, and what followed.

A priority is what its steps say, in order; none is ever changed or removed. Owners are units or roles, never persons.
Source: mission, S17 (findings → priorities → follow-up); issue 6, point 7.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from vigie.terms import BadRequest, Moment, OfficerId

LONGEST = 2_000
"""Characters of a finding, a measure or a note."""

LONGEST_OWNER = 120
SHORTEST = 3
"""Letters of a text that says something."""


class PriorityState(StrEnum):
    """Where a priority stands."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


class PriorityVerb(StrEnum):
    """What can be done with a priority."""

    RAISE = "raise"
    AMEND = "amend"
    FOLLOW = "follow"
    FINISH = "finish"
    DROP = "drop"
    REOPEN = "reopen"


_OPEN = frozenset((PriorityState.OPEN, PriorityState.UNDER_WAY))
_FROM: dict[PriorityVerb, frozenset[PriorityState]] = {
    PriorityVerb.RAISE: frozenset(),
    PriorityVerb.AMEND: _OPEN,
    PriorityVerb.FOLLOW: _OPEN,
    PriorityVerb.FINISH: _OPEN,
    PriorityVerb.DROP: _OPEN,
    PriorityVerb.REOPEN: frozenset((PriorityState.DONE, PriorityState.DROPPED)),
}
"""From where a step is legal; a priority is raised once, out of nothing."""

_TO = {
    PriorityVerb.RAISE: PriorityState.OPEN, PriorityVerb.FOLLOW: PriorityState.UNDER_WAY,
    PriorityVerb.FINISH: PriorityState.DONE, PriorityVerb.DROP: PriorityState.DROPPED,
    PriorityVerb.REOPEN: PriorityState.OPEN,
}  # fmt: skip
"""Where a step leads; what is amended stays where it stands."""


class PriorityStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step.

    Attributes:
        verb: What. officer, at: Who wrote it down, when. priority: Which; empty where it is raised.
        note: What followed, or why. finding: What the analysis showed. source: Where it stands: an address of this
            node (`/registry/figures?…`) or a document; empty where none is told. owner: Unit or role that has it in
            hand. measure: What is to be done. due: Until when, ISO date. Empty fields leave what was said before.
    """

    verb: PriorityVerb
    officer: OfficerId
    at: Moment
    priority: str = ""
    note: str = ""
    finding: str = ""
    source: str = ""
    owner: str = ""
    measure: str = ""
    due: str = ""


class Priority(msgspec.Struct, frozen=True):
    """A priority as it stands. id: `P`, year, number. steps: Oldest first. The rest as in `PriorityStep`."""

    id: str
    state: PriorityState
    finding: str
    source: str
    owner: str
    measure: str
    due: str
    steps: tuple[PriorityStep, ...]

    def is_overdue(self, today: date) -> bool:
        """Whether its date has passed while it is neither done nor dropped."""
        return self.state in _OPEN and date.fromisoformat(self.due) < today


def after_step(before: Priority | None, step: PriorityStep, name: str = "") -> Priority:
    """Take a step with a priority.

    Args:
        before: As it stands; None where it is raised. name: Its id, where it is raised.

    Raises:
        BadRequest: Not legal from there, a text is missing or too long, or the date is none.
    """
    state = None if before is None else before.state
    if (before is None) is not (step.verb is PriorityVerb.RAISE) or (state and state not in _FROM[step.verb]):
        raise BadRequest(reason="not-from-here", verb=step.verb.value, state=state.value if state else "")
    _check(step)
    if before is None:
        told = (step.finding, step.source, step.owner, step.measure, step.due)
        return Priority(name, PriorityState.OPEN, *told, (step,))
    return Priority(
        before.id, _TO.get(step.verb, before.state), step.finding or before.finding, step.source or before.source,
        step.owner or before.owner, step.measure or before.measure, step.due or before.due, (*before.steps, step),
    )  # fmt: skip


def _check(step: PriorityStep) -> None:
    texts = {"finding": step.finding, "measure": step.measure, "owner": step.owner, "note": step.note}
    needed: tuple[str, ...] = ("finding", "measure", "owner") if step.verb is PriorityVerb.RAISE else ()
    needed = ("note",) if step.verb not in (PriorityVerb.RAISE, PriorityVerb.AMEND) else needed
    for name, text in texts.items():
        if (name in needed or text) and len(text.strip()) < SHORTEST:
            raise BadRequest(reason="say-more", field=name)
        if len(text) > (LONGEST_OWNER if name == "owner" else LONGEST):
            raise BadRequest(reason="too-long", field=name, most=LONGEST_OWNER if name == "owner" else LONGEST)
    if len(step.source) > LONGEST:
        raise BadRequest(reason="too-long", field="source", most=LONGEST)
    if step.verb is PriorityVerb.RAISE or step.due:
        try:
            date.fromisoformat(step.due)
        except ValueError:
            raise BadRequest(reason="not-an-iso-date", field="due", day=step.due[:24]) from None
    if step.verb is PriorityVerb.AMEND and not any((step.finding, step.source, step.owner, step.measure, step.due)):
        raise BadRequest(reason="nothing-to-change", field="measure")


def priority_of(name: str, steps: Iterable[PriorityStep]) -> Priority | None:
    """Put a priority together from its steps; None where there is none."""
    made: Priority | None = None
    for step in steps:
        made = after_step(made, step, name)
    return made


def possible_verbs(one: Priority) -> tuple[PriorityVerb, ...]:
    """What can be done with a priority now, in the order of the list."""
    return tuple(verb for verb in PriorityVerb if one.state in _FROM[verb])
