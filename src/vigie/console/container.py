"""Container: everything known about one box, why it has its score, and what the officer does about it."""

import json
from collections.abc import Sequence
from datetime import datetime
from math import exp

import msgspec
from starlette.responses import Response

from vigie.console.charts import Fall, waterfall
from vigie.console.container_evidence import evidence_of
from vigie.console.container_route import Stop, stops
from vigie.console.container_sources import side_by_side
from vigie.console.pages import Asked, Pages, Said, done, zone_of
from vigie.console.places import Places
from vigie.console.shown import MILLI
from vigie.desk import arrivals as desk
from vigie.desk import inspections, risk, scanning_listed
from vigie.terms import (
    BadRequest,
    Concealment,
    Depth,
    Detector,
    Found,
    Moment,
    Outcome,
    VisitId,
    moment_of,
    read_grams,
)

DECISIONS = ("select", "hold", "release", "leave")


def visit_of(asked: Asked) -> VisitId:
    """The visit an address names; a bare container number means its latest segment."""
    return desk.find(asked.officer, asked.request.path_params["visit"], asked.node, asked.purpose)


def container(asked: Asked, pages: Pages) -> Response:
    """The page of one box."""
    view = desk.container(asked.officer, visit_of(asked), asked.node, asked.purpose)
    told = view.explanation
    falls: tuple[Fall, ...] = ()
    if told is not None:
        steps = [reason.weight_milli for reason in told.reasons] + ([told.caps_milli] if told.caps_milli else [])
        steps += [channel.milli for channel in told.channels]
        falls = waterfall(told.prior_milli, steps, told.total_milli)
    way = stops(view.route)
    reasons = told.reasons if told is not None else ()
    shown = {entry.hlc for entry in view.timeline}
    return pages.page(
        asked,
        "container/page.html",
        view=view,
        row=view.row,
        scans=scanning_listed.of_box(asked.officer, view.row.visit, asked.node),
        falls=falls,
        sources=side_by_side(view.visit),
        way=way,
        stops=drawn(way, Places.load()),
        times=exp((told.total_milli - told.prior_milli) / MILLI) if told is not None else None,
        decisions=DECISIONS,
        found=list(Found),
        concealments=list(Concealment),
        detectors=list(Detector),
        depths=list(Depth),
        evidence=[evidence_of(one, view.visit, shown, pages.catalogue, asked.officer.language) for one in reasons],
    )


def drawn(way: Sequence[Stop], places: Places) -> str:
    """The way for the map, as JSON: the places whose position is known."""
    known = ((stop, places.of(stop.place)) for stop in way)
    return json.dumps(
        [
            {"lon": place.lon, "lat": place.lat, "label": place.name, "planned": not stop.happened}
            for stop, place in known
            if place is not None
        ],
        ensure_ascii=False,
    )


def claim(asked: Asked, pages: Pages) -> Response:
    """Take the box into the own queue, or give it back."""
    visit = visit_of(asked)
    if asked.field("act") == "unclaim":
        desk.unclaim(asked.officer, visit, asked.node, asked.purpose)
        return done(f"/arrivals/{visit}", Said("said-unclaim", {"n": 1}))
    desk.claim(asked.officer, visit, asked.node, asked.purpose)
    said = Said("said-claim", {"n": 1}, undo=f"/arrivals/{visit}/claim", fields={"act": ["unclaim"]})
    return done(f"/arrivals/{visit}", said)


def override(asked: Asked, pages: Pages) -> Response:
    """Decide otherwise than the machine, with a reason."""
    visit = visit_of(asked)
    decision, reason = asked.field("decision"), asked.field("reason")
    if decision not in DECISIONS:
        raise BadRequest(field="decision")
    seen = asked.field("revision")
    revision = Moment(int(seen)) if seen.isdecimal() else None
    desk.override(asked.officer, visit, decision, reason, asked.node, revision, asked.purpose)
    return done(f"/arrivals/{visit}", Said(f"said-{decision}", {"n": 1}))


def record(asked: Asked, pages: Pages) -> Response:
    """Keep what a scan or a visit showed."""
    visit = visit_of(asked)
    inspections.record(asked.officer, inspections.complete(read_outcome(asked, visit)), asked.node)
    return done(f"/arrivals/{visit}", Said("said-outcome"))


def read_outcome(asked: Asked, visit: VisitId) -> Outcome:
    """Read the form of an outcome.

    Raises:
        BadRequest: A field holds a value that its list does not know, or a time that is none.
        BadAmount: The quantity is no number.
    """
    quantity = asked.field("quantity_kg")
    raw = {
        "version": 1,
        "visit": visit,
        "at": read_local(asked, asked.field("at")),
        "found": asked.field("found"),
        "detector": asked.field("detector"),
        "depth": asked.field("depth"),
        "officer": asked.officer.id,
        "quantity_g": read_grams(quantity, "KGM") if quantity else None,
        "concealment": asked.field("concealment") or None,
        "detector_id": asked.field("detector_id"),
        "analyst": asked.field("analyst"),
        "team": [one.strip() for one in asked.field("team").split(",") if one.strip()],
        "note": asked.field("note"),
    }
    try:
        return msgspec.convert(raw, Outcome)
    except msgspec.ValidationError as fault:
        field = str(fault).rpartition("$.")[2].rstrip("`") or "form"
        raise BadRequest(field=field) from None


def read_local(asked: Asked, raw: str) -> Moment:
    """Read a time as the officer's form writes it, on the port's wall clock; empty means now.

    Raises:
        BadRequest: Not a date and a time.
    """
    if not raw:
        return asked.frame.now
    try:
        when = datetime.fromisoformat(raw)
    except ValueError:
        raise BadRequest(field="at") from None
    return moment_of(when if when.tzinfo else when.replace(tzinfo=zone_of(asked.frame.zone)))


def watch_page(asked: Asked, pages: Pages) -> Response:
    """Ask which watch list the box goes on."""
    lists = [one for one in risk.watch_lists(asked.officer, asked.node, asked.purpose) if not one.expired]
    return pages.page(asked, "container/watch.html", visit=visit_of(asked), lists=lists)


def watch(asked: Asked, pages: Pages) -> Response:
    """Put the box on a watch list."""
    visit = visit_of(asked)
    chosen = asked.field("list")
    if not chosen:
        raise BadRequest(field="list")
    number = visit.rpartition("-")[0]
    risk.watch(asked.officer, chosen, [("container", number, asked.field("note"))], asked.node, asked.purpose)
    return done(f"/arrivals/{visit}", Said("said-watched", {"container": number}))


def raw(asked: Asked, pages: Pages) -> Response:
    """The bytes of a message part that spoke of the box, for the record; never shown as a page."""
    part: int = asked.request.path_params["part"]
    body = desk.raw(asked.officer, visit_of(asked), part, asked.node)
    return Response(
        body,
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="part-{part}.bin"'},
    )


