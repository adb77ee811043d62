"""Columns about the way: places, ship, filing; and whether documents, plan and quay know of the same box."""

from vigie.risk.columns_declared import DOCUMENTS, Origin, count, flag, hours, moment, text
from vigie.risk.columns_seen import Seen
from vigie.risk.columns_tables import DEPARTURE_COUNTRIES
from vigie.risk.language_python import Value
from vigie.terms import HOUR, Moment

DECLARED = (
    text("loading", *DOCUMENTS), text("unloading", *DOCUMENTS), text("acceptance", *DOCUMENTS),
    text("delivery", *DOCUMENTS), text("loading_country", *DOCUMENTS), text("unloading_country", *DOCUMENTS),
    text("acceptance_country", *DOCUMENTS), count("transhipments", *DOCUMENTS),
    flag("loaded_in_departure_country", *DOCUMENTS), flag("accepted_in_departure_country", *DOCUMENTS),
    flag("touches_departure_country", *DOCUMENTS),
    text("carrier", *DOCUMENTS), text("vessel", *DOCUMENTS), text("voyage", *DOCUMENTS),
    moment("filed_at"), hours("filing_lead_h", *DOCUMENTS, Origin.MOVE, events=("LOAD",)),
    hours("filing_before_arrival_h", *DOCUMENTS), text("filing_form"),
    flag("in_plan", Origin.PLAN), flag("in_manifest", Origin.LINE), flag("origin_scan_flag", *DOCUMENTS),
    flag("landed", Origin.MOVE, events=("DISC",)),
    flag("landed_unannounced", *DOCUMENTS, Origin.MOVE, events=("DISC",)),
    flag("announced_not_in_plan", *DOCUMENTS), hours("plan_age_h", Origin.PLAN),
    flag("discharged_elsewhere", *DOCUMENTS, Origin.MOVE, events=("DISC",)),
    count("doubts", *DOCUMENTS),
)  # fmt: skip


_DECLARATIONS = ("F1", "CC31")
"""Entry summary declarations: ICS2 F10 to F17, ICS1 CC315A and CC313A; a manifest at arrival is none."""


def _declared_at(seen: Seen) -> Moment | None:
    """When the first entry summary declaration was filed; a manifest that repeats it later changes nothing."""
    filed = [line.filed_at for line in seen.lines if line.filed_at is not None and line.form.startswith(_DECLARATIONS)]
    return min(filed, default=None)


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    route, line, call = seen.route, seen.line, seen.call
    landed = "DISC" in seen.events
    arrival = seen.discharged_at if seen.discharged_at is not None else call.arrival
    filed = _declared_at(seen)
    return (
        route.loading or None, route.unloading or None, route.acceptance or None, route.delivery or None,
        route.loading[:2] or None, route.unloading[:2] or None, route.acceptance[:2] or None, len(route.transhipment),
        _departs(route.loading), _departs(route.acceptance), _touches(seen),
        call.carrier or None, call.name.upper() or None, call.voyage or None,
        filed, _hours(filed, seen.loaded_at), _hours(filed, arrival), line.form or None if line is not None else None,
        seen.plan is not None, line is not None, _scan_flag(seen),
        landed, landed and line is None and seen.plan is None, line is not None and seen.plan is None and landed,
        None if seen.plan is None else _hours(seen.plan.stowed.at, seen.now), _elsewhere(seen),
        len(seen.visit.doubts),
    )  # fmt: skip


def _hours(start: Moment | None, end: Moment | None) -> int | None:
    """Whole hours from one moment to another; before it: negative."""
    return None if start is None or end is None else (end - start) // HOUR


def _departs(place: str) -> bool | None:
    return place[:2] in DEPARTURE_COUNTRIES if place else None


def _touches(seen: Seen) -> bool | None:
    route = seen.route
    places = [place for place in (route.acceptance, route.loading, *route.transhipment) if place]
    return any(place[:2] in DEPARTURE_COUNTRIES for place in places) if places else None


def _scan_flag(seen: Seen) -> bool | None:
    """Whether plan or documents say that the box was scanned at the port of loading (`FTX+SCAN OK`).

    Source: departure plans of banana ships leaving Costa Rica, 442 of 642 boxes (reference page trade).
    """
    if not seen.boxes:
        return None
    return any("SCAN" in remark.upper() for box in seen.boxes for remark in box.remarks)


def _elsewhere(seen: Seen) -> bool | None:
    """Whether the box was discharged at a place that no document names for it."""
    if "DISC" not in seen.events:
        return None
    places = {move.movement.place for move in seen.moves("DISC") if move.movement.place}
    named = {seen.route.unloading, seen.route.delivery, *seen.route.transhipment} - {""}
    return not places <= named if places and named else None
