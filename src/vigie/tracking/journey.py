"""What one entry does to a visit: pure, the same for a live message, a late one, a repeated one and a replay."""

import msgspec

from vigie.arrivals import Consignment, Function, Measurement, Movement, Stowed
from vigie.terms import Moment, Outcome, PartyRole, identity, visit_id
from vigie.tracking.marks import AccessNote, Noted, PartnerMark, PartnerNote, PictureMark, PictureNote, ReleaseNote
from vigie.tracking.split import Announced, Withdrawn
from vigie.tracking.visit import Cell, Controlled, Line, Measured, Move, Plan, Visit, line_key

Said = Announced | Withdrawn | Stowed | Movement | Measurement | Outcome | Noted
"""What an entry says about one box."""

_replace = msgspec.structs.replace


def apply(visit: Visit | None, hlc: Moment, said: Said, container: str, segment: int = 1) -> Visit | None:
    """Tell what a visit is after one entry.

    Args:
        visit: Before; None opens one. hlc: Log entry, later than all before it. said: What the entry says.
        container, segment: Name the visit to open.

    Returns:
        The visit after the entry; the very same object where the entry says nothing new (a repeated message), None
        where an entry that can open no visit (a withdrawal, an outcome, a note) meets none.
    """
    if visit is None:
        if isinstance(said, (Withdrawn, Outcome, Noted)) or _takes_back(said):
            return None
        visit = Visit(visit_id(container, segment), container, segment, hlc, hlc)
        return _said(visit, hlc, said)
    return _said(visit, hlc, said)


def _takes_back(said: Said) -> bool:
    return isinstance(said, Announced) and said.consignment.function is Function.CANCELLATION


def _said(visit: Visit, hlc: Moment, said: Said) -> Visit:
    match said:
        case Announced():
            if said.consignment.function is Function.CANCELLATION:
                return _withdraw(visit, hlc, line_key(said.consignment.id, said.consignment.form))
            return _announce(visit, hlc, said)
        case Withdrawn():
            return _withdraw(visit, hlc, line_key(said.consignment, said.form))
        case Movement():
            return _move(visit, hlc, said)
        case Stowed():
            return _plan(visit, hlc, said)
        case Measurement():
            return _measure(visit, hlc, said)
        case Outcome():
            return _control(visit, hlc, said)
        case Noted():
            return _note(visit, hlc, said)


def _announce(visit: Visit, hlc: Moment, said: Announced) -> Visit:
    told, key = said.consignment, line_key(said.consignment.id, said.consignment.form)
    at = next((place for place, line in enumerate(visit.lines) if line.key == key), None)
    before = None if at is None else visit.lines[at]
    line = _line(told, said, hlc, before)
    if before is not None and (_late(before, line) or (before.cancelled is None and _same(before, line))):
        return visit
    lines = (*visit.lines, line) if at is None else (*visit.lines[:at], line, *visit.lines[at + 1 :])
    return _replace(visit, lines=lines, changed=hlc)


def _line(told: Consignment, said: Announced, hlc: Moment, before: Line | None) -> Line:
    line = Line(
        consignment=told.id, first=hlc, latest=hlc, level=told.level, form=told.form, document=told.document,
        parent=told.parent, mrn=told.mrn, parties=told.parties, call=told.call, route=told.route,
        filed_at=told.filed_at, goods=said.goods, equipment=said.equipment, boxes=said.boxes,
    )
    if before is None:
        return line
    moved = _consignee(before) != _consignee(line)
    return _replace(
        line, first=before.first, amendments=before.amendments + 1,
        consignee_changed=hlc if moved else before.consignee_changed,
    )


def _consignee(line: Line) -> str | None:
    party = line.party(PartyRole.CONSIGNEE)
    return None if party is None else identity(party)


def _same(before: Line, after: Line) -> bool:
    """Tell whether two versions say the same, whenever they were said."""
    return _replace(
        after, first=before.first, latest=before.latest, amendments=before.amendments,
        consignee_changed=before.consignee_changed,
    ) == before


def _late(before: Line, after: Line) -> bool:
    """Tell whether a version was overtaken on the way by a later one."""
    return after.filed_at is not None and before.filed_at is not None and after.filed_at < before.filed_at


def _withdraw(visit: Visit, hlc: Moment, key: str) -> Visit:
    if not any(line.key == key and line.cancelled is None for line in visit.lines):
        return visit
    lines = tuple(
        _replace(line, cancelled=hlc) if line.key == key and line.cancelled is None else line for line in visit.lines
    )
    return _replace(visit, lines=lines, changed=hlc)


def _move(visit: Visit, hlc: Moment, said: Movement) -> Visit:
    known, name = visit.moves, said.event_id
    for move in known:
        other = move.movement
        if name and name != other.event_id:
            continue  # neither the same, nor the same told again
        if other == said or (not name and _alike(other, said)) or _overtaken(said, move):
            return visit
    if said.retracts:
        struck = tuple(_struck(move, said.retracts, hlc) for move in known)
        # The retraction itself is no event of the box: it is kept, and counted as taken back from the start.
        return _replace(visit, moves=(*struck, Move(hlc, said, hlc)), changed=hlc)
    # A retraction may come before what it takes back, and a sender may correct an event under its own name.
    taken, kept = False, known
    for move in known if name else ():
        taken = taken or move.movement.retracts == name
        if move.movement.event_id == name:
            kept = tuple(_struck(each, name, hlc) for each in known)
    return _replace(visit, moves=(*kept, Move(hlc, said, hlc if taken else None)), changed=hlc)


def _overtaken(said: Movement, known: Move) -> bool:
    """Tell whether a later version of the same event is known already."""
    other = known.movement
    return (
        bool(said.event_id) and said.event_id == other.event_id and said.recorded_at is not None
        and other.recorded_at is not None and said.recorded_at < other.recorded_at
    )  # fmt: skip


def _struck(move: Move, event_id: str, hlc: Moment) -> Move:
    if move.movement.event_id != event_id or move.retracted is not None:
        return move
    return _replace(move, retracted=hlc)


def _alike(one: Movement, other: Movement) -> bool:
    """Tell whether two events are one: a sender that gives no names repeats the rest of the event."""
    return _replace(one, event_id="", recorded_at=None) == _replace(other, event_id="", recorded_at=None)


def _plan(visit: Visit, hlc: Moment, said: Stowed) -> Visit:
    at = next((place for place, plan in enumerate(visit.plans) if _for_same(plan.stowed, said)), None)
    if at is None:
        return _replace(visit, plans=(*visit.plans, Plan(hlc, said)), changed=hlc)
    before = visit.plans[at].stowed
    older = said.at is not None and before.at is not None and said.at < before.at
    if older or _replace(said, at=before.at) == before:
        return visit
    plan = Plan(hlc, said, _cells(visit.plans[at], said))
    return _replace(visit, plans=(*visit.plans[:at], plan, *visit.plans[at + 1 :]), changed=hlc)


def _cells(before: Plan, said: Stowed) -> tuple[Cell, ...]:
    """The cells of earlier plans, where the new one moves the box: a restow is seen from them."""
    stow = before.stowed.equipment.stow
    return before.earlier if not stow or stow == said.equipment.stow else (*before.earlier, Cell(before.hlc, stow))


def _for_same(one: Stowed, other: Stowed) -> bool:
    return (one.form, one.call.imo or one.call.name, one.call.voyage, one.route.unloading) == (
        other.form, other.call.imo or other.call.name, other.call.voyage, other.route.unloading,
    )


def _measure(visit: Visit, hlc: Moment, said: Measurement) -> Visit:
    if any(measured.measurement == said for measured in visit.measured):
        return visit
    return _replace(visit, measured=(*visit.measured, Measured(hlc, said)), changed=hlc)


def _control(visit: Visit, hlc: Moment, said: Outcome) -> Visit:
    if any(control.outcome == said for control in visit.controlled):
        return visit
    return _replace(visit, controlled=(*visit.controlled, Controlled(hlc, said)), changed=hlc)


def _note(visit: Visit, hlc: Moment, said: Noted) -> Visit:
    """Keep what was noted last; a mark that was counted from less came late."""
    if said.release is not None:
        known = visit.release
        if known is not None and (known.mark.told > said.release.told or known.mark == said.release):
            return visit
        return _replace(visit, release=ReleaseNote(hlc, said.release), changed=hlc)
    if said.partner is not None:
        told = visit.partner.mark if visit.partner is not None else PartnerMark()
        return visit if told == said.partner else _replace(visit, partner=PartnerNote(hlc, said.partner), changed=hlc)
    if said.picture is not None:
        seen = visit.picture.mark if visit.picture is not None else PictureMark()
        return visit if seen == said.picture else _replace(visit, picture=PictureNote(hlc, said.picture), changed=hlc)
    if said.access is None or (visit.access is not None and visit.access.mark == said.access):
        return visit
    return _replace(visit, access=AccessNote(hlc, said.access), changed=hlc)


def doubted(visit: Visit, codes: tuple[str, ...]) -> Visit:
    """Add the doubt codes of a message to a visit it spoke of, without repetition."""
    new = tuple(code for code in dict.fromkeys(codes) if code not in visit.doubts)
    return _replace(visit, doubts=visit.doubts + new) if new else visit
