"""Which life-cycle segment of a box an entry belongs to, and when a new one opens."""

from collections.abc import Sequence

from vigie.arrivals import Call, Classifier, Movement, Stowed
from vigie.terms import DAY, Moment, Outcome
from vigie.tracking.clones import contradicts, sights
from vigie.tracking.journey import Said
from vigie.tracking.marks import Noted
from vigie.tracking.shipcall import ship_of
from vigie.tracking.split import Announced, Withdrawn
from vigie.tracking.visit import Move, Visit

SILENCE = 200 * DAY
"""After so long without a word the next one opens a new segment.

Source: Regulation (EU) 952/2013, Article 129(2): an entry summary declaration is worth nothing after 200 days.
"""

STORAGE = 90 * DAY
"""A ship that comes so long after the last known arrival brings the box anew.

Source: Regulation (EU) 952/2013, Article 149: goods leave temporary storage within 90 days.
"""

_BEGIN_AFTER_STRIPPING = frozenset(("STUF", "LOAD", "DISC"))
_ENDING = frozenset(("STRP", "GTIN"))
_BEGIN_AFTER_RETURN = _BEGIN_AFTER_STRIPPING | {"PICK", "GTOT"}


def segment_of(known: Sequence[Visit], said: Said, hlc: Moment) -> int:
    """Name the segment an entry belongs to.

    Args:
        known: The visits of the box, by rising segment. said: What the entry says. hlc: The log entry.

    Returns:
        The number of a known segment, or the next one where a new segment opens.

    Why a new one opens: the box came back empty or was stripped and something begins; a new voyage is announced after
    it left the port, or long after its last arrival; nobody spoke of it for long; it would be in two countries at once.
    """
    if not known:
        return 1
    if (named := _named(known, said)) is not None:
        return named
    if isinstance(said, Movement):
        return _of_event(known, said, hlc)
    latest = known[-1]
    if isinstance(said, (Announced, Stowed)) and _opens(latest, said, hlc):
        return latest.segment + 1
    return latest.segment


def _named(known: Sequence[Visit], said: Said) -> int | None:
    """Find the segment that already knows the consignment, the event, or is named by the outcome."""
    if isinstance(said, Movement):
        return _told_before(known, said.retracts or said.event_id)
    for visit in reversed(known):
        match said:
            case Announced():
                found = any(line.consignment == said.consignment.id for line in visit.lines)
            case Withdrawn():
                found = any(line.consignment == said.consignment for line in visit.lines)
            case Outcome() | Noted():
                found = visit.id == said.visit
            case _:
                found = False
        if found:
            return visit.segment
    return None


def _told_before(known: Sequence[Visit], name: str) -> int | None:
    """Find the latest segment that knows an event by its sender's name."""
    for visit in reversed(known) if name else ():
        for move in visit.moves:
            if move.movement.event_id == name:
                return visit.segment
    return None


def _of_event(known: Sequence[Visit], said: Movement, hlc: Moment) -> int:
    if said.at is not None:
        for visit in known[:-1]:
            over = ended(visit)
            if over is not None and said.at <= over:
                return visit.segment  # late news of an earlier life
    latest = known[-1]
    if _begins(latest, said):
        return latest.segment + 1
    if not sights(said):
        return latest.segment
    if (shipped := _by_ship(known, said)) is not None:
        return shipped.segment
    if len(known) == 1:
        return latest.segment + contradicts(latest, said, hlc)
    torn = [visit for visit in known if contradicts(visit, said, hlc)]
    if not torn:
        return _where_it_is(known, said).segment
    fitting = [visit for visit in known if visit not in torn and _live_beside(visit, latest)]
    return fitting[-1].segment if fitting else latest.segment + 1


def _by_ship(known: Sequence[Visit], said: Movement) -> Visit | None:
    """Of two boxes under one number, the one that is known to be on the ship that an event names."""
    ship = ship_of(said.call) if said.code in ("LOAD", "DISC") and len(known) > 1 else ""
    for visit in reversed(known) if ship else ():
        if not _live_beside(visit, known[-1]):
            continue
        calls = [*_calls(visit), *(move.movement.call for move in visit.moves if move.retracted is None)]
        if any(ship_of(call) == ship and call.voyage in {said.call.voyage, ""} for call in calls):
            return visit
    return None


def _where_it_is(known: Sequence[Visit], said: Movement) -> Visit:
    """Of two boxes under one number, the one last seen at the place of the event."""
    latest = known[-1]
    for visit in reversed(known):
        if _live_beside(visit, latest) and (last := _last(visit)) is not None and last.movement.place == said.place:
            return visit
    return latest


def _live_beside(visit: Visit, latest: Visit) -> bool:
    return visit is latest or (ended(visit) is None and visit.changed > latest.opened - SILENCE)


def _last(visit: Visit) -> Move | None:
    present = [move for move in visit.moves if move.retracted is None and sights(move.movement)]
    return max(present, key=lambda move: move.movement.at or 0, default=None)


def _opens(latest: Visit, said: Announced | Stowed, hlc: Moment) -> bool:
    told = said.consignment.filed_at if isinstance(said, Announced) else said.at
    over = ended(latest)
    if hlc - latest.changed > SILENCE or (over is not None and (told is None or told > over)):
        return True
    call = said.consignment.call if isinstance(said, Announced) else said.call
    if not _ship(call) or any(_ship(call) == _ship(other) for other in _calls(latest)):
        return False
    if left(latest) is not None:
        return True
    arrived = [moment for other in _calls(latest) if (moment := other.arrival) is not None]
    return bool(arrived) and (call.arrival or hlc) - max(arrived) > STORAGE


def _ship(call: Call) -> tuple[str, str] | None:
    """Name a voyage; None where the document names no ship."""
    ship = call.imo or call.call_sign or call.name
    return (ship, call.voyage) if ship or call.voyage else None


def _calls(visit: Visit) -> list[Call]:
    return [line.call for line in visit.lines] + [plan.stowed.call for plan in visit.plans]


def _begins(latest: Visit, said: Movement) -> bool:
    gated_in_full = said.code == "GTIN" and said.empty is False
    if said.classifier is not Classifier.ACTUAL or not (said.code in _BEGIN_AFTER_RETURN or gated_in_full):
        return False
    over = ended(latest)
    if over is None or (said.at is not None and said.at <= over):
        return False
    if gated_in_full or said.code in _BEGIN_AFTER_STRIPPING:
        return True
    return any(_empty_in(move) for move in latest.happened("GTIN"))


def left(visit: Visit) -> Moment | None:
    """When the box left the port of discharge by road, rail or barge; None while it has not."""
    landed = [_when(move) for move in visit.happened("DISC")]
    if landed:
        return min((_when(move) for move in visit.happened("GTOT") if _when(move) >= min(landed)), default=None)
    # Not every terminal tells of the landing; a box that leaves the port of discharge by its gate has landed there.
    ports = {line.route.unloading for line in visit.standing if line.route.unloading}
    return min((_when(move) for move in visit.happened("GTOT") if move.movement.place in ports), default=None)


def ended(visit: Visit) -> Moment | None:
    """When the life of the box with these goods was over: stripped, or back empty after it had left or landed."""
    ending = [move for move in visit.moves if move.movement.code in _ENDING and _happened(move)]
    if not ending:
        return None
    ends = [_when(move) for move in ending if move.movement.code == "STRP"]
    returns = [_when(move) for move in ending if move.movement.code == "GTIN" and _empty_in(move)]
    if returns:
        began = min((_when(move) for move in visit.happened("DISC", "GTOT", "STUF")), default=None)
        ends += [at for at in returns if began is not None and at >= began]
    return max(ends, default=None)


def _happened(move: Move) -> bool:
    return move.retracted is None and move.movement.classifier is Classifier.ACTUAL


def _empty_in(move: Move) -> bool:
    return move.movement.empty is True


def _when(move: Move) -> Moment:
    return move.hlc if move.movement.at is None else move.movement.at
