"""What a list says about a visit in a few words: where it lands, when it must be decided, what it is."""

from collections.abc import Iterable

from vigie.arrivals import Call, Classifier, Equipment, Level, Route
from vigie.terms import Moment
from vigie.tracking.segment import ended, left
from vigie.tracking.visit import Line, Plan, Visit

_REEFER_TYPES = frozenset("RH")
"""Third character of a size-type code: R refrigerated, H with removable equipment.

Source: ISO 6346:2022, type groups R and H.
"""
_REEFER_1984 = frozenset("34")
"""Third digit of the older, wholly numeric code: 3 refrigerated or heated, 4 with removable equipment.

Source: ISO 6346:1984, table of type codes 30 to 49.
"""


_NO_CALL = Call()
Saying = tuple[Moment, Route, Call, Equipment | None]


_HELD: list[tuple[Visit, list[Saying], str] | None] = [None]
"""What was worked out of the visit asked last: a list row asks a dozen questions of each. Read and set in one step."""


def _of(visit: Visit) -> tuple[Visit, list[Saying], str]:
    held = _HELD[0]
    if held is None or held[0] is not visit:
        _HELD[0] = held = (visit, _said(visit), _site(visit))
    return held


def _sayings(visit: Visit) -> list[Saying]:
    """What documents and plans say, the latest first."""
    return _of(visit)[1]


def _said(visit: Visit) -> list[Saying]:
    said: list[Saying] = [
        (line.latest, line.route, line.call, line.equipment) for line in visit.lines if line.cancelled is None
    ]
    for plan in visit.plans:
        stowed = plan.stowed
        said.append((plan.hlc, stowed.route, stowed.call, stowed.equipment))
    if len(said) > 1:
        said.sort(key=_age)
    return said


def _age(saying: Saying) -> int:
    return -saying[0]


def main_line(visit: Visit) -> Line | None:
    """The consignment by which the box is judged; None where no standing one names it.

    A house or straight bill comes before a master bill, whose parties are forwarders; then the one announced first.
    """
    lines = visit.standing
    if len(lines) == 1:
        return lines[0]
    return min(lines, key=lambda line: (line.level is Level.MASTER, line.first), default=None)


def route_of(visit: Visit) -> Route:
    """The route that documents announce: the latest standing consignment's, else the latest plan's."""
    lines, plans = visit.standing, visit.plans
    if lines:
        return lines[0].route if len(lines) == 1 else max(lines, key=_latest).route
    return max(plans, key=_planned).stowed.route if plans else Route()


def call_of(visit: Visit) -> Call:
    """The ship that brings the box: of the latest standing consignment, else of the latest plan."""
    for _, _, call, _ in _sayings(visit):
        if call != _NO_CALL:
            return call
    return next((move.movement.call for move in reversed(visit.moves) if move.movement.call != _NO_CALL), _NO_CALL)


def _latest(line: Line) -> Moment:
    return line.latest


def _planned(plan: Plan) -> Moment:
    return plan.hlc


def site_of(visit: Visit) -> str:
    """UN/LOCODE where the box is discharged; empty where nothing says so."""
    return _of(visit)[2]


def _site(visit: Visit) -> str:
    if unloading := route_of(visit).unloading:
        return unloading
    for plan in reversed(visit.plans):
        if plan.stowed.route.unloading:
            return plan.stowed.route.unloading
    return next((move.movement.place for move in reversed(visit.happened("DISC")) if move.movement.place), "")


def terminal_of(visit: Visit) -> str:
    """Terminal of discharge as written: where it was discharged, else where documents say it will be."""
    for move in reversed(visit.happened("DISC")):
        if move.movement.facility:
            return move.movement.facility
    return next((route.terminal for _, route, _, _ in _sayings(visit) if route.terminal), "")


def landed_at(visit: Visit) -> Moment | None:
    """When the box was discharged at its site; None while it was not."""
    if not visit.moves:
        return None
    site = site_of(visit)
    times = [
        move.movement.at
        for move in visit.happened("DISC")
        if move.movement.at is not None and move.movement.place in {site, ""}
    ]
    return min(times, default=None)


def due_of(visit: Visit) -> Moment | None:
    """The moment until which it should be decided what happens to the box.

    The discharge where it happened; else its latest estimate; else the announced arrival of the ship at the site.

    Source: reference page trade: a selection has effect from discharge on, when the box can be held on the quay.
    """
    if (landed := landed_at(visit)) is not None:
        return landed
    told = expected_events(visit) + announced_arrivals(visit)
    return max(told)[1] if told else None


def expected_events(visit: Visit) -> list[tuple[Moment, Moment]]:
    """When events of the box say that it, or its ship, will arrive at its site: (log entry, moment)."""
    if not visit.moves:
        return []
    site = site_of(visit)
    return [
        (move.hlc, move.movement.at)
        for move in visit.moves
        if move.retracted is None and move.movement.code in {"DISC", "ARRI"} and move.movement.at is not None
        and move.movement.place == site
        and (move.movement.classifier is not Classifier.ACTUAL or move.movement.code == "ARRI")
    ]  # fmt: skip


def announced_arrivals(visit: Visit) -> list[tuple[Moment, Moment]]:
    """When documents and plans say that the ship arrives at the site: (log entry, moment)."""
    site = site_of(visit)
    return [
        (hlc, call.arrival)
        for hlc, route, call, _ in _sayings(visit)
        if call.arrival is not None and route.unloading in {site, ""}
    ]


def size_type_of(visit: Visit) -> str:
    """ISO 6346 size and type code, the latest said."""
    for _, _, _, unit in _sayings(visit):
        if unit is not None and unit.size_type:
            return unit.size_type
    return next((move.movement.size_type for move in reversed(visit.moves) if move.movement.size_type), "")


def is_reefer(visit: Visit) -> bool | None:
    """Tell whether the box is refrigerated: by its type code, or because a temperature is set; None: not said."""
    return refrigerated(size_type_of(visit), [unit for _, _, _, unit in _sayings(visit)])


def refrigerated(code: str, units: Iterable[Equipment | None]) -> bool | None:
    """Tell whether a box of a size-type code, described so, is refrigerated; None: not said."""
    if len(code) == 4 and code[2] in (_REEFER_1984 if code.isdecimal() else _REEFER_TYPES):
        return True
    if any(unit is not None and unit.setpoint_dc is not None for unit in units):
        return True
    return False if len(code) == 4 else None


def is_empty(visit: Visit) -> bool | None:
    """Tell whether the box is said to be empty, by the latest that says so; None: not said."""
    for _, _, _, unit in _sayings(visit):
        if unit is not None and unit.empty is not None:
            return unit.empty
    return next((move.movement.empty for move in reversed(visit.moves) if move.movement.empty is not None), None)


def hs2_of(visit: Visit) -> str:
    """Chapter of the heaviest goods in the box, two digits; empty where none is coded."""
    coded = [item for line in visit.standing for item in line.goods if len(item.hs) >= 2]
    return max(coded, key=lambda item: item.gross_g or 0).hs[:2] if coded else ""


def fate_of(visit: Visit) -> str:
    """What events and controls alone say of the box: `gone`, `inspected`, `released`, `held`, `selected` or `new`.

    Customs events are those of DCSA Track & Trace 3.0: CUSS selected for scan, CUSI for inspection, CUSR released.
    """
    if not visit.moves:
        return "inspected" if visit.controlled else "new"
    landed = visit.happened("DISC")
    reloaded = landed and any(move.hlc > landed[0].hlc for move in visit.happened("LOAD"))
    if left(visit) is not None or reloaded or ended(visit) is not None:
        return "gone"
    if visit.controlled:
        return "inspected"
    said = visit.happened("CUSS", "CUSI", "CUSR")
    if not said:
        return "new"
    return {"CUSS": "selected", "CUSI": "held", "CUSR": "released"}[said[-1].movement.code]
