"""Erasure for data protection: one officer asks with reason and law, another one confirms, then nobody can read it.

Both hold the role of administrator and act for the purpose of administration alone. Asking and deciding are entries of
the log; what is erased is a box with everything that was said of it, so that nothing stays readable beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from vigie.desk.acts import ErasureAsked, ErasureDecided, act_of, item_of
from vigie.desk.gate import four_eyes, permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views import ErasedBox, ErasureScope, ErasureView
from vigie.desk.work import Working, hand_in
from vigie.terms import (
    DAY,
    BadRequest,
    Conflict,
    Moment,
    NotFound,
    Officer,
    PartyKey,
    Purpose,
    VisitId,
    key_number,
    moment_of,
)
from vigie.tracking import Erasing, Kept, Stone, Visit

ADMINISTRATION = Purpose.ADMINISTRATION
KINDS = ("box", "message", "party", "days")
"""What can be erased: one visit of a box; all that a message spoke of; all in which a party plays a role; all boxes
first heard of on some days (`2026-01-01/2026-01-31`, both included)."""

DECISIONS = ("confirmed", "refused", "withdrawn")
"""What can be decided of it; who asked can only withdraw, everybody else not."""

SHOWN = 50
"""Boxes that are named before an erasure; the others are counted."""

LARGEST = 20_000
"""Boxes erased together, at most: what was said of each is read to find it; a ship carries some 14,000."""


class Reached(msgspec.Struct, frozen=True):
    """All that an erasure would take. visits: Boxes. units: Keys. parties: Parties that nobody else names.

    others: Boxes that stay, of which some message part, that goes, speaks as well.
    """

    visits: tuple[VisitId, ...]
    units: tuple[int, ...]
    parties: int
    others: int
    boxes: tuple[ErasedBox, ...]


def preview(
    officer: Officer, kind: str, wanted: str, node: Node, purpose: Purpose = ADMINISTRATION
) -> ErasureScope:
    """Show what an erasure would take, before anybody asks for it.

    Raises:
        NotForYou: The officer may not. BadRequest: Unknown kind, or days that are no days. NotFound: There is no such
        box, message or party.
    """
    permit(officer, "erase", purpose, f"erasure {kind}", node)
    reached = _reached(kind, wanted, node)
    leave(officer, purpose, "erase", f"erasure {kind}", node, step="preview", boxes=len(reached.visits))
    return _scope(kind, wanted, reached, node)


def ask(
    officer: Officer, kind: str, wanted: str, reason: str, basis: str, node: Working,
    purpose: Purpose = ADMINISTRATION,
) -> ErasureView:
    """Ask that something be erased; nothing is erased before another officer confirms.

    Args:
        reason: Why; mandatory. basis: The law that asks for it (`GDPR 17(1)(d)`, a retention rule ...); mandatory.

    Raises:
        NotForYou: The officer may not. BadRequest: Unknown kind, no reason, no basis. NotFound: There is nothing.
    """
    permit(officer, "erase", purpose, f"erasure {kind}", node)
    if not reason.strip() or not basis.strip():
        raise BadRequest(reason="erasure-needs-reason")
    reached = _reached(kind, wanted, node)
    now = node.now()
    act = ErasureAsked(kind, wanted.strip(), reason.strip(), basis.strip(), officer.id, now)
    hand_in([item_of(act, officer.id, now)], node)
    made = next(
        one for one in node.store.erasures.page(50)
        if (one.officer, one.asked, one.kind, one.wanted) == (officer.id, now, kind, wanted.strip())
    )  # fmt: skip
    leave(officer, purpose, "erase", f"erasure {made.id}", node, step="asked", boxes=len(reached.visits))
    return _view(made, node)


def page(officer: Officer, node: Node, purpose: Purpose = ADMINISTRATION) -> tuple[ErasureView, ...]:
    """List erasures, newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "erase", purpose, "erasures", node)
    found = tuple(_view(one, node) for one in node.store.erasures.page(100))
    leave(officer, purpose, "erase", "erasures", node, step="list", shown=len(found))
    return found


def show(officer: Officer, which: int, node: Node, purpose: Purpose = ADMINISTRATION) -> ErasureView:
    """Show one erasure; while it waits, with what it would take now.

    Raises:
        NotForYou: The officer may not. NotFound: There is none.
    """
    permit(officer, "erase", purpose, f"erasure {which}", node)
    told = _found(which, node)
    leave(officer, purpose, "erase", f"erasure {which}", node, step="show")
    return _view(told, node, scoped=told.state == "asked")


def decide(
    officer: Officer, which: int, decision: str, node: Working, reason: str = "", units: int | None = None,
    purpose: Purpose = ADMINISTRATION,
) -> ErasureView:
    """Confirm, refuse or withdraw an erasure; confirmed, it is carried out before this returns.

    Args:
        decision: One of `DECISIONS`. reason: Why it is refused. units: Keys to be destroyed, as the officer saw them;
            confirmed only if it is still so many.

    Raises:
        NotForYou: The officer may not. OwnWork: Who asked confirms, or somebody else withdraws. NotFound: There is
        none. BadRequest: Unknown decision. Conflict: It is decided already, or takes something else by now.
    """
    permit(officer, "erase", purpose, f"erasure {which}", node)
    if decision not in DECISIONS:
        raise BadRequest(reason="unknown-decision", decision=decision[:20])
    told = _found(which, node)
    four_eyes(officer, told.officer, decision, "erase", purpose, f"erasure {which}", node)
    if told.state != "asked":
        raise Conflict(reason="erasure-decided", state=told.state)
    reached = _reached(told.kind, told.wanted, node) if decision == "confirmed" else None
    if reached is not None and units is not None and len(reached.units) != units:
        raise Conflict(reason="erasure-changed", units=len(reached.units))
    now = node.now()
    act = ErasureDecided(
        told.id, decision, officer.id, now, reason.strip(), reached.units if reached else (),
        reached.visits if reached else (),
    )
    hand_in([item_of(act, officer.id, now)], node)
    if reached is not None:
        carry_out(told.id, node)
    leave(officer, purpose, "erase", f"erasure {which}", node, step=decision, boxes=len(act.visits))
    return _view(_found(which, node), node)


def carry_out(which: int, node: Node) -> None:
    """Erase what was confirmed: stones first, then keys, bodies, and all that was derived; again, it does no harm."""
    told = _found(which, node)
    entry = node.store.log.get(told.entry)
    act = None if entry is None or entry.body is None else act_of(entry.body)
    if not isinstance(act, ErasureDecided) or act.state != "confirmed":
        return
    known = node.store.visits.get(act.visits)
    at = node.now()
    with node.store.transaction():
        node.store.erasures.lay([
            Stone(name, kept.listed.site, int(kept.listed.handling), told.id, at) for name, kept in known.items()
        ])
    gone = node.store.erase(act.units)
    rows = gone.rows + node.forget(act.units)
    with node.store.transaction():
        node.store.erasures.done(told.id, len(act.units), len(act.visits), rows)


def finish(node: Node) -> int:
    """Carry out what was confirmed and interrupted; gives how many erasures that were."""
    left = node.store.erasures.confirmed()
    for one in left:
        carry_out(one.id, node)
    return len(left)


def _found(which: int, node: Node) -> Erasing:
    told = node.store.erasures.get(Moment(which))
    if told is None:
        raise NotFound(kind="erasure")
    return told


def _view(told: Erasing, node: Node, *, scoped: bool = False) -> ErasureView:
    asked = node.store.log.get(told.id)
    act = act_of(asked.body) if asked is not None and asked.body is not None else None
    reason, basis = (act.reason, act.basis) if isinstance(act, ErasureAsked) else ("", "")
    last = node.store.log.get(told.entry) if told.entry != told.id else None
    answer = act_of(last.body) if last is not None and last.body is not None else None
    reached = _reached(told.kind, told.wanted, node, absent=True) if scoped else None
    scope = None if reached is None else _scope(told.kind, told.wanted, reached, node)
    return ErasureView(
        id=int(told.id), state=told.state, kind=told.kind, wanted=told.wanted, officer=told.officer, asked=told.asked,
        reason=reason, basis=basis, decided_by=told.decided_by, decided=told.decided,
        answer=answer.reason if isinstance(answer, ErasureDecided) else "", units=told.units, boxes=told.boxes,
        removed=told.removed, scope=scope,
    )  # fmt: skip


def _scope(kind: str, wanted: str, reached: Reached, node: Node) -> ErasureScope:
    return ErasureScope(
        kind=kind, wanted=wanted, boxes=len(reached.visits), units=len(reached.units), parties=reached.parties,
        others=reached.others, shown=reached.boxes[:SHOWN], name=_name(wanted, node) if kind == "party" else "",
    )


def _name(key: str, node: Node) -> str:
    known = node.store.parties.get([PartyKey(key)])
    return next((party.name for party in known.values()), "")


def _reached(kind: str, wanted: str, node: Node, *, absent: bool = False) -> Reached:
    """Find all that goes with what is to be erased.

    Raises:
        BadRequest: Unknown kind, no days, more than `LARGEST` boxes. NotFound: There is nothing (unless `absent`).
    """
    own: set[int] = set()
    named: tuple[int, ...] = ()
    store = node.store
    match kind:
        case "box":
            visits: Sequence[VisitId] = [VisitId(wanted.strip().upper())]
        case "message":
            own = set(store.erasures.units_of_message(wanted.strip()))
            visits = _spoken_of(sorted(own), node)
        case "party":
            named = node.pseudonyms.merges(store.parties).one_with(_key(wanted))  # type: ignore[attr-defined]
            visits = store.erasures.visits_of_parties(named)
        case "days":
            visits = store.erasures.opened(*days(wanted))
        case _:
            raise BadRequest(reason="unknown-kind", kind=kind[:20])
    if len(visits) > LARGEST:
        raise BadRequest(reason="erasure-too-large", boxes=len(visits), most=LARGEST)
    known = store.visits.get(visits)
    parties = {*store.erasures.parties_only_of(list(known)), *store.erasures.units_of_parties(named)}
    units = own | {kept.unit for kept in known.values()} | {unit for _, unit in parties}
    units |= _units_said(known.values(), node) | store.erasures.units_of_acts(list(known))
    units |= store.scans.units_of(list(known))
    units |= store.packages.units_of([visit.rpartition("-")[0] for visit in known])
    if not units and not absent:
        raise NotFound(kind=kind)
    boxes = tuple(
        ErasedBox(name, kept.listed.site, kept.visit.opened) for name, kept in list(known.items())[:SHOWN]
    )  # fmt: skip
    others = set(_spoken_of(sorted(units), node)) - set(known)
    return Reached(tuple(known), tuple(sorted(units)), len(parties), len(others), boxes)


def _key(wanted: str) -> int:
    try:
        return key_number(PartyKey(wanted.strip()))
    except ValueError:
        raise BadRequest(reason="not-a-party", wanted=wanted[:20]) from None


def days(wanted: str) -> tuple[Moment, Moment]:
    """Read two dates, both included (`2026-01-01/2026-01-31`), or one; from the first moment to the one after the last.

    Raises:
        BadRequest: No dates, or the last lies before the first.
    """
    first, _, last = wanted.strip().partition("/")
    try:
        since, until = (date.fromisoformat(one) for one in (first, last or first))
    except ValueError:
        raise BadRequest(reason="not-an-iso-date", day=wanted[:24]) from None
    if until < since:
        raise BadRequest(reason="days-backwards", day=wanted[:24])
    start, end = (moment_of(datetime.combine(one, time(), tzinfo=UTC)) for one in (since, until))
    return start, Moment(end + DAY)


def entries_of(visit: Visit) -> set[int]:
    """The log entries that a box is made of."""
    moments = {line.first for line in visit.lines} | {line.latest for line in visit.lines}
    moments |= {plan.hlc for plan in visit.plans} | {move.hlc for move in visit.moves}
    return moments | {one.hlc for one in visit.measured} | {one.hlc for one in visit.controlled}


def _units_said(known: Iterable[Kept], node: Node) -> set[int]:
    """The units of every log entry that speaks of some boxes: messages in all their versions, acts."""
    entries: set[int] = set()
    whole: set[str] = set()
    numbers: set[str] = set()
    for kept in known:
        visit = kept.visit
        entries |= entries_of(visit)
        whole |= {visit.id, *(line.consignment for line in visit.lines)}
        numbers.add(visit.container)
    rows = node.store.erasures.units_of_entries(sorted(whole))
    rows += [row for row in node.store.erasures.units_of_entries(sorted(numbers)) if row[0] in entries]
    return {unit for _, _, unit in rows}


def _spoken_of(units: Sequence[int], node: Node) -> list[VisitId]:
    """The boxes that some message parts speak of."""
    rows = node.store.erasures.entries_of_units(units)
    moments = {hlc for hlc, _, _ in rows}
    subjects = sorted({subject for _, subject, _ in rows})
    found = {visit for _, visit in node.store.lookup.exact("consignment", subjects)}
    for known in node.store.visits.of_containers(subjects, newest=100).values():
        found |= {kept.visit.id for kept in known if entries_of(kept.visit) & moments}
    return sorted(found)
