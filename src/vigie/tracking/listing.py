"""The worklist row of a visit: what a list shows, written anew after each entry; officers' own marks are kept."""

from collections.abc import Iterable
from typing import NamedTuple

from vigie.arrivals import Call, Route
from vigie.terms import Handling
from vigie.tracking.deadline import UNKNOWN, Calls, Deadline, expected, last_chance, no_calls
from vigie.tracking.summary import (
    call_of,
    fate_of,
    hs2_of,
    is_empty,
    is_reefer,
    refrigerated,
    route_of,
    site_of,
    size_type_of,
    terminal_of,
)
from vigie.tracking.visit import Line, Move, Plan, Visit
from vigie.tracking.worklist import Kept, Listed, Status


def listed(visit: Visit, kept: Kept | None, scored: Listed | None = None, calls: Calls = no_calls) -> Listed:
    """Write the worklist row of a visit.

    Args:
        visit: After the entry. kept: As the store had it; its claim, stratum, handling and decision stand.
        calls: What was told of ships.
        scored: Carries score, band, mandatory, fired, reasons and watched of a new assessment; None keeps the old ones.
    """
    before = kept.listed if kept else Listed(visit.id, visit.container, handling=Handling.AMBER.value)
    score = scored or before
    line = _only_line(visit)
    said = _said(visit, calls) if line is None else _said_by(line, visit, calls)
    return Listed(
        visit=visit.id, container=visit.container, segment=visit.segment, opened=visit.opened,
        changed=visit.changed if visit.changed > before.changed else before.changed,
        site=said.site, terminal=said.terminal, due=said.due.at, status=_status(visit, kept),
        loading=said.route.loading, unloading=said.route.unloading, carrier=said.call.carrier,
        vessel=said.call.name or said.call.imo, voyage=said.call.voyage, hs2=hs2_of(visit), size_type=said.size_type,
        reefer=said.reefer, empty=said.empty, doubts=len(visit.doubts), handling=before.handling,
        claimed_by=before.claimed_by, stratum=before.stratum, selected=before.selected,
        score_milli=score.score_milli, band=score.band, mandatory=score.mandatory, fired=score.fired,
        reasons=score.reasons, watched=score.watched, due_source=said.due.source, leaves=said.leaves.at,
        leaves_source=said.leaves.source,
    )


class _Saying(NamedTuple):
    """What documents, plans and events say that a list shows."""

    site: str
    terminal: str
    route: Route
    call: Call
    size_type: str
    reefer: bool | None
    empty: bool | None
    due: Deadline
    leaves: Deadline


def _said(visit: Visit, calls: Calls) -> _Saying:
    return _Saying(
        site_of(visit), terminal_of(visit), route_of(visit), call_of(visit), size_type_of(visit), is_reefer(visit),
        is_empty(visit), expected(visit, calls), last_chance(visit, calls),
    )


def _only_line(visit: Visit) -> Line | None:
    """The one line of a box of which nothing else was heard: nearly every box of a manifest."""
    if len(visit.lines) != 1 or visit.plans or visit.moves or visit.lines[0].cancelled is not None:
        return None
    return visit.lines[0]


def _said_by(line: Line, visit: Visit, calls: Calls) -> _Saying:
    """The same as `_said` says of a box with one line, without looking for what is not there."""
    route, call, box = line.route, line.call, line.equipment
    code = box.size_type if box is not None else ""
    due = UNKNOWN if call.arrival is None else Deadline(call.arrival, "document")
    if calls is not no_calls and any(True for _ in calls(call, route.unloading)):
        due = expected(visit, calls)
    return _Saying(
        route.unloading, route.terminal, route, call, code, refrigerated(code, (box,)),
        None if box is None else box.empty, due, UNKNOWN,
    )


def _status(visit: Visit, kept: Kept | None) -> str:
    """New events decide, and what is gone is gone; else the last decision stands."""
    if kept is not None and visit.moves is kept.visit.moves and visit.controlled is kept.visit.controlled:
        return kept.listed.status  # the same events: nothing to be decided anew
    fate = fate_of(visit)
    if kept is None or fate == Status.GONE.value or fate != fate_of(kept.visit):
        return fate
    return kept.listed.status


def terms_of(visit: Visit) -> frozenset[tuple[str, str]]:
    """What the box can be looked up by, as (kind, normalised value); parties are looked up by their pseudonym.

    Kinds: `container`, `consignment`, `document`, `mrn`, `seal`, `vessel`, `imo`, `voyage`, `event` (by the name under
    which its sender may take it back; a name that holds the container number needs no looking up).
    """
    return frozenset(_terms(visit.container, visit.lines, visit.plans, visit.moves)) | {("container", visit.container)}


def new_terms(before: Visit | None, after: Visit) -> frozenset[tuple[str, str]]:
    """What a box can be looked up by after an entry and could not before; an entry only adds to moves."""
    if before is None:
        return terms_of(after)
    lines = () if after.lines is before.lines else after.lines
    plans = () if after.plans is before.plans else after.plans
    found = _terms(after.container, lines, plans, after.moves[len(before.moves) :])
    return frozenset(found - terms_of(before)) if found else frozenset()


def _terms(
    container: str, lines: Iterable[Line], plans: Iterable[Plan], moves: Iterable[Move]
) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    add, calls = found.add, []
    for line in lines:
        add(("consignment", line.consignment))
        for kind, value in (("document", line.document), ("document", line.parent), ("mrn", line.mrn)):
            if value:
                add((kind, value.upper()))
        if line.equipment is not None:
            found.update([("seal", seal.number) for seal in line.equipment.seals])
        calls.append(line.call)
    for plan in plans:
        found.update([("seal", seal.number) for seal in plan.stowed.equipment.seals])
        found.update([("document", document.upper()) for document in plan.stowed.documents])
        calls.append(plan.stowed.call)
    for move in moves:
        for seal in move.movement.seals:
            add(("seal", seal.number))
        if container not in (name := move.movement.event_id) and name and not move.movement.retracts:
            add(("event", name))
        if move.movement.code == "DISC":  # a box that no document of the ship names is found by it all the same
            calls.append(move.movement.call)
    for call in calls:
        if call.name:
            add(("vessel", call.name.upper()))
        if call.imo:
            add(("imo", call.imo))
        if call.voyage:
            add(("voyage", call.voyage.upper()))
    return found
