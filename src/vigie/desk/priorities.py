"""Conclusions at the desk: raise a priority, amend it, write down what followed, report on all of them."""

from collections.abc import Mapping
from datetime import date

from vigie.desk.acts import Prioritised, item_of
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.views.priorities import PriorityStepView, PriorityView
from vigie.desk.work import Working, hand_in
from vigie.ports import Priority, PriorityState, PriorityStep, PriorityVerb, after_step, possible_verbs, seminar_report
from vigie.registry import Document
from vigie.terms import BadRequest, NotFound, Officer, Purpose, datetime_of

STATISTICS = Purpose.STATISTICS
FIELDS = ("finding", "source", "owner", "measure", "due")
"""What a priority says of itself."""


def page(officer: Officer, node: Working, state: str = "", purpose: Purpose = STATISTICS) -> tuple[PriorityView, ...]:
    """List priorities: those that are overdue first, then by their date.

    Args:
        state: Only those; `overdue` for these alone; empty for all.

    Raises:
        NotForYou: The officer may not. BadRequest: Unknown state.
    """
    permit(officer, "see-priorities", purpose, "priorities", node)
    if state not in ("", "overdue", *(one.value for one in PriorityState)):
        raise BadRequest(reason="unknown-state", state=state[:20])
    late = state == "overdue"
    found = [one for one in _ordered(node) if (_late(one, node) if late else state in ("", one.state.value))]
    leave(officer, purpose, "see-priorities", "priorities", node, shown=len(found))
    return tuple(_view(one, node) for one in found)


def show(officer: Officer, name: str, node: Working, purpose: Purpose = STATISTICS) -> PriorityView:
    """Show one priority with its history.

    Raises:
        NotForYou: The officer may not. NotFound: There is none.
    """
    permit(officer, "see-priorities", purpose, f"priority {name[:20]}", node)
    found = _found(name, node)
    leave(officer, purpose, "see-priorities", f"priority {found.id}", node)
    return _view(found, node)


def propose(officer: Officer, told: Mapping[str, str], node: Working, purpose: Purpose = STATISTICS) -> PriorityView:
    """Raise a priority.

    Args:
        told: `FIELDS`, each as in `vigie.ports.PriorityStep`.

    Raises:
        NotForYou: The officer may not. BadRequest: Something is missing, too long, or no date.
    """
    return _take(officer, "", PriorityVerb.RAISE, told, "", node, purpose)


def step(
    officer: Officer,
    name: str,
    verb: str,
    note: str,
    node: Working,
    told: Mapping[str, str] | None = None,
    purpose: Purpose = STATISTICS,
) -> PriorityView:
    """Take a step with a priority: amend, follow, finish, drop, reopen.

    Raises:
        NotForYou: The officer may not. NotFound: There is none. BadRequest: Unknown, not legal from there, no words.
    """
    if verb not in {one.value for one in PriorityVerb} - {PriorityVerb.RAISE.value}:
        raise BadRequest(reason="unknown-verb", verb=verb[:20])
    return _take(officer, name, PriorityVerb(verb), told or {}, note, node, purpose)


def _take(
    officer: Officer, name: str, verb: PriorityVerb, told: Mapping[str, str], note: str, node: Working, purpose: Purpose
) -> PriorityView:
    subject = f"priority {name[:20]}" if name else "priorities"
    permit(officer, "change-priorities", purpose, subject, node)
    before = _found(name, node) if name else None
    fields = {field: told.get(field, "").strip() for field in FIELDS}
    now = node.now()
    made = PriorityStep(verb, officer.id, now, before.id if before else "", note.strip(), **fields)
    after_step(before, made)
    known = {one.id for one in node.store.priorities.all()}
    hand_in([item_of(Prioritised(made, officer.id, now), officer.id, now)], node)
    after = _found(before.id, node) if before else next(
        one for one in node.store.priorities.all() if one.id not in known and one.steps[0] == made
    )  # fmt: skip
    leave(officer, purpose, "change-priorities", f"priority {after.id}", node, verb=verb.value, state=after.state.value)
    return _view(after, node)


def report(
    officer: Officer,
    node: Working,
    day: date | None = None,
    language: str = "",
    title: str = "",
    purpose: Purpose = STATISTICS,
) -> Document:
    """Compose the seminar report of all priorities.

    Args:
        day: Of the report; None for today by the node's clock. language: Of the report; empty for the officer's own.

    Raises:
        NotForYou: The officer may not. NotFound: There is no priority yet.
    """
    permit(officer, "see-priorities", purpose, "seminar report", node)
    found = _ordered(node)
    if not found:
        raise NotFound(kind="priorities", reason="no-priority-yet")
    leave(officer, purpose, "see-priorities", "seminar report", node, shown=len(found))
    return seminar_report(
        found, day or _today(node), language or officer.language, title=title.strip()[:200],
        publisher=node.settings.name, is_simulated=node.settings.simulated,
    )  # fmt: skip


def _ordered(node: Working) -> list[Priority]:
    return sorted(node.store.priorities.all(), key=lambda one: (not _late(one, node), _rank(one), one.due, one.id))


def _rank(one: Priority) -> int:
    return list(PriorityState).index(one.state)


def _today(node: Working) -> date:
    return datetime_of(node.now()).date()


def _late(one: Priority, node: Working) -> bool:
    return one.is_overdue(_today(node))


def _found(name: str, node: Working) -> Priority:
    found = node.store.priorities.get(name.strip().upper())
    if found is None:
        raise NotFound(kind="priority")
    return found


def _view(one: Priority, node: Working) -> PriorityView:
    steps = tuple(
        PriorityStepView(step.verb.value, step.officer, step.at, step.note,
                         tuple(field for field in FIELDS if getattr(step, field)))
        for step in one.steps
    )  # fmt: skip
    return PriorityView(
        one.id, one.state.value, one.finding, one.source, one.owner, one.measure, one.due, _late(one, node),
        tuple(verb.value for verb in possible_verbs(one)), steps,
    )  # fmt: skip
