"""What the columns of one visit are read from, gathered once: main line, documents, plans, events."""

import msgspec

from vigie.arrivals import Call, Classifier, Equipment, Level, Route
from vigie.terms import Moment
from vigie.tracking import Line, Move, Plan, Visit

_BEFORE = frozenset(("STUF", "GTIN", "LOAD"))  # events at the port of loading, which show the seal that left
_NO_CALL, _NO_ROUTE = Call(), Route()
_NO_MOVES: list[Move] = []  # only ever read
_RELEASES = frozenset(("CUSR", "CRO"))  # customs release, container release order (DCSA)


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A visit as the columns see it.

    Attributes:
        visit: The whole. now: The moment of assessment.
        line: The main line: the latest standing one that is no master bill, else the latest standing.
        lines: All standing lines. goods_lines: Those that name goods without counting them twice (no master bill
            beside its houses).
        plan: The latest plan. boxes: The box as documents and plans describe it, the latest first.
        route: The announced route. events: Actual, standing events by code, in the order received.
        call: The announced ship. size_type, reefer, empty: As the latest that says so says; the same as
            `vigie.tracking` tells of the visit, read from `boxes` without gathering them again.
        loaded_at: When it was put on the ship, else when the ship was to leave. discharged_at: At the announced port.
        left_at: When it left that port. selected: The event by which customs first chose it, as logged.
    """

    visit: Visit
    now: Moment
    line: Line | None
    lines: tuple[Line, ...]
    goods_lines: tuple[Line, ...]
    plan: Plan | None
    boxes: tuple[Equipment, ...]
    route: Route
    events: dict[str, list[Move]]
    call: Call
    size_type: str
    reefer: bool | None
    empty: bool | None
    loaded_at: Moment | None
    discharged_at: Moment | None
    left_at: Moment | None
    selected: Move | None

    def moves(self, *codes: str) -> list[Move]:
        """Events of the codes, in the order received."""
        if not self.events:
            return []
        if len(codes) == 1:
            return self.events.get(codes[0], [])
        found = [move for code in codes for move in self.events.get(code, ())]
        return sorted(found, key=lambda move: move.hlc)

    @property
    def releases(self) -> list[Move]:
        """Releases by customs or line."""
        return self.moves(*_RELEASES)

    def before_sea(self, move: Move) -> bool:
        """Whether an event lies on the side of the port of loading."""
        at, place = move.movement.at, move.movement.place
        if place and place == self.route.loading:
            return True
        if place and place == self.route.unloading:
            return False
        return move.movement.code in _BEFORE and not (
            at is not None and self.discharged_at is not None and at >= self.discharged_at
        )


def see(visit: Visit, now: Moment) -> Seen:
    """Gather what the columns are read from.

    Route, ship, size, kind and content are what `vigie.tracking` tells of the visit (a law of the tests), gathered in
    one walk: this is the hot path of a live decision.
    """
    lines = visit.standing
    below = lines
    if any(line.level is Level.MASTER for line in lines):
        below = tuple(line for line in lines if line.level is not Level.MASTER)
    plan = visit.plans[-1] if visit.plans else None
    events: dict[str, list[Move]] = {}
    for move in visit.moves:
        if move.retracted is None and move.movement.classifier is Classifier.ACTUAL:
            events.setdefault(move.movement.code, []).append(move)
    said: list[tuple[Moment, Call, Equipment | None]] = [(line.latest, line.call, line.equipment) for line in lines]
    said += [(told.hlc, told.stowed.call, told.stowed.equipment) for told in visit.plans]
    if len(said) > 1:
        said.sort(key=_newest)
    call = next((each for _, each, _ in said if each != _NO_CALL), None) or _call_of_moves(visit)
    boxes = tuple([box for _, _, box in said if box is not None])
    route = _route(visit, lines)
    landed = _first(events.get("DISC", _NO_MOVES), route.unloading)
    chosen = [*events.get("CUSS", ()), *events.get("CUSI", ())]
    size = next((box.size_type for box in boxes if box.size_type), "") or _of_moves(visit)
    return Seen(
        visit=visit, now=now, line=_latest_of(below or lines), lines=lines,
        goods_lines=_once(below or lines), plan=plan, boxes=boxes, route=route, events=events,
        call=call, size_type=size, reefer=_reefer(size, boxes), empty=_empty(visit, boxes),
        loaded_at=_loaded(call, events, route.loading, landed), discharged_at=landed,
        left_at=_left(events, route.unloading, landed), selected=min(chosen, key=_logged) if chosen else None,
    )


def _once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Each transport document once: its declaration and its manifest speak of the same goods; the latest counts."""
    if len(lines) == 1:
        return lines
    told: dict[str, Line] = {}
    for line in lines:
        name = line.document or line.key
        if name not in told or (line.goods and line.latest > told[name].latest):
            told[name] = line
    return tuple(told.values())


def _newest(said: tuple[Moment, Call, Equipment | None]) -> int:
    return -said[0]


def _latest(line: Line) -> Moment:
    return line.latest


def _latest_of(lines: tuple[Line, ...]) -> Line | None:
    return lines[0] if len(lines) == 1 else max(lines, key=_latest, default=None)


def _logged(move: Move) -> Moment:
    return move.hlc


def _planned(plan: Plan) -> Moment:
    return plan.hlc


def _route(visit: Visit, lines: tuple[Line, ...]) -> Route:
    if (line := _latest_of(lines)) is not None:
        return line.route
    return max(visit.plans, key=_planned).stowed.route if visit.plans else _NO_ROUTE


def _call_of_moves(visit: Visit) -> Call:
    return next((move.movement.call for move in reversed(visit.moves) if move.movement.call != _NO_CALL), _NO_CALL)


def _of_moves(visit: Visit) -> str:
    return next((move.movement.size_type for move in reversed(visit.moves) if move.movement.size_type), "")


def _reefer(size: str, boxes: tuple[Equipment, ...]) -> bool | None:
    """Refrigerated by type code (R, H; 3 and 4 of ISO 6346:1984), or because a temperature is set."""
    if len(size) == 4 and size[2] in ("34" if size.isdecimal() else "RH"):
        return True
    for box in boxes:
        if box.setpoint_dc is not None:
            return True
    return False if len(size) == 4 else None


def _empty(visit: Visit, boxes: tuple[Equipment, ...]) -> bool | None:
    for box in boxes:
        if box.empty is not None:
            return box.empty
    return next((move.movement.empty for move in reversed(visit.moves) if move.movement.empty is not None), None)


def _first(moves: list[Move], place: str) -> Moment | None:
    """The earliest moment of events at a place; events that name no place count too."""
    if not moves:
        return None
    times = [move.movement.at for move in moves if move.movement.at is not None and move.movement.place in (place, "")]
    return min(times, default=None)


def _loaded(call: Call, events: dict[str, list[Move]], port: str, landed: Moment | None) -> Moment | None:
    """When the box was put on the ship; where nobody says so, when the ship was to leave."""
    at = _first(events.get("LOAD", _NO_MOVES), port)
    if at is not None and (landed is None or at < landed):
        return at
    return call.departure


def _left(events: dict[str, list[Move]], port: str, landed: Moment | None) -> Moment | None:
    if "GTOT" not in events:
        return None
    out = [move for move in events["GTOT"] if move.movement.place == port or not move.movement.place]
    times = [move.movement.at for move in out if move.movement.at is not None]
    return max((at for at in times if landed is None or at >= landed), default=min(times, default=None))
