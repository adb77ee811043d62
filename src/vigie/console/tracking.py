"""Moves: the journey of a box as it was known at a moment, ships reconciled, silent sources."""

import json
from bisect import bisect_right
from collections.abc import Iterator

from starlette.responses import Response

from vigie.console.container import read_local
from vigie.console.pages import Asked, Pages, done, zone_of
from vigie.console.places import Places
from vigie.desk import tracking as desk
from vigie.desk.gate import permit
from vigie.desk.timeline import timeline_texts
from vigie.desk.views import LifeView, MovesView
from vigie.terms import HOUR, Moment, datetime_of
from vigie.tracking import DIFFERENCES, Lane, SealSeen, Step, position_of

LANES = tuple(Lane)
SHOWN = 300
"""Boxes of a ship on one page; the table to download holds all."""

MODES = ("VESSEL", "TRUCK", "RAIL", "BARGE")
"""Modes of transport that have a name on the page (DCSA `modeOfTransport`)."""

POINTS = 16
"""Positions of the ship that the map marks between its ports."""


def moves(asked: Asked, pages: Pages) -> Response:
    """Search a box; below, numbers that are in two places."""
    wanted = asked.request.query_params.get("box", "").strip()
    if wanted:
        return done(f"/tracking/moves/{desk.need(asked.officer, wanted, asked.node, asked.purpose)}")
    found = desk.clones(asked.officer, asked.node, asked.purpose)
    return pages.page(asked, "tracking/moves.html", clones=found, hour=HOUR, queue=desk.queue(asked.node))


def box(asked: Asked, pages: Pages) -> Response:
    """The journey of one number."""
    number = asked.request.path_params["number"]
    known_at = _known_at(asked)
    view = desk.show(asked.officer, number, asked.node, known_at, asked.purpose)
    before, after = _neighbours(view)
    texts = timeline_texts()

    def event(code: str) -> str:
        name = f"event-{code}"
        return texts.tell(name, asked.officer.language) if name in texts.table else code

    return pages.page(
        asked, "tracking/box.html", view=view, asked_at=known_at, before=before, after=after, lanes=LANES, event=event,
        said={source.hlc: source for source in view.sources}, hour=HOUR, local=_local(asked, view.known_at),
        stops={life.visit: drawn(life, Places.load()) for life in view.lives}, modes=modes, sealed=sealed,
    )  # fmt: skip


def modes(step: Step) -> tuple[str, ...]:
    """How the box moved, by the words that stand: `VESSEL`, `TRUCK`, `RAIL`, `BARGE`; other words are not shown."""
    return tuple(mode for mode in step.modes if mode in MODES)


def sealed(life: LifeView, step: Step) -> tuple[SealSeen, ...]:
    """The seals seen at a step, or named in a document for it, each as it was first told; a change is kept."""
    said = {(word.hlc, step.code if word.form == "event" else word.form) for word in step.words if word.seals}
    seen: dict[tuple[str, ...], SealSeen] = {}
    for one in life.seals:
        if (one.hlc, one.form) in said:
            kept = seen.get(one.numbers)
            seen[one.numbers] = one if kept is None or not kept.change else kept
    return tuple(seen.values())


def _known_at(asked: Asked) -> Moment | None:
    """The moment asked for: a log entry (`entry`), or a time on the port's wall clock (`at`)."""
    query = asked.request.query_params
    if entry := query.get("entry", ""):
        return desk.moment_asked(entry) if entry.isdecimal() else None
    raw = query.get("at", "").strip()
    return read_local(asked, raw) if raw else None


def _local(asked: Asked, moment: Moment) -> str:
    """A moment as a form's field for local times takes it."""
    return f"{datetime_of(moment).astimezone(zone_of(asked.frame.zone)):%Y-%m-%dT%H:%M}"


def _neighbours(view: MovesView) -> tuple[Moment | None, Moment | None]:
    """The log entries before and after the one that is shown last."""
    here = bisect_right(view.entries, view.known_at) - 1
    before = view.entries[here - 1] if here > 0 else None
    return before, view.entries[here + 1] if here + 1 < len(view.entries) else None


def drawn(life: LifeView, places: Places) -> str:
    """What the map draws, as JSON: events at known places and the ship's positions, in the order of time."""
    points = sorted([*_of_steps(life.story.steps, places), *_of_ship(life)], key=lambda one: one[0])
    kept: list[dict[str, object]] = []
    for _, point in points:
        if not kept or (kept[-1]["lon"], kept[-1]["lat"]) != (point["lon"], point["lat"]):
            kept.append(point)
    return json.dumps(kept, ensure_ascii=False)


def _of_steps(steps: tuple[Step, ...], places: Places) -> Iterator[tuple[int, dict[str, object]]]:
    for step in steps:
        at, where = step.best, position_of(step.place)
        if at is not None and where is not None:
            named = places.of(step.place)
            label = step.place if named is None else named.name
            yield at, {"lon": where[1], "lat": where[0], "label": label, "planned": not step.happened}


def _of_ship(life: LifeView) -> Iterator[tuple[int, dict[str, object]]]:
    step = max(1, -(-len(life.track) // POINTS))
    for point in life.track[::step]:
        yield point.at, {"lon": point.lon_e6 / 1e6, "lat": point.lat_e6 / 1e6, "label": "", "planned": False}


def ships(asked: Asked, pages: Pages) -> Response:
    """A ship reconciled, or the form that asks for one."""
    permit(asked.officer, "list", asked.purpose, "ships", asked.node)
    vessel, voyage, port, difference, text = _ship_asked(asked)
    view = rows = None
    if vessel:
        view = desk.ship(asked.officer, vessel, voyage, asked.node, port, asked.purpose)
        rows = desk.filtered(view.told, difference, text)
    return pages.page(
        asked, "tracking/ships.html", view=view, rows=(rows or ())[:SHOWN], found=len(rows or ()), vessel=vessel,
        voyage=voyage, port=port or (*asked.node.settings.sites, "")[0], difference=difference, text=text,
        differences=DIFFERENCES, most=SHOWN,
    )  # fmt: skip


def _ship_asked(asked: Asked) -> tuple[str, str, str, str, str]:
    query = asked.request.query_params
    vessel, voyage, port, text = (query.get(name, "").strip() for name in ("vessel", "voyage", "port", "box"))
    return vessel, voyage, port, query.get("difference", "any").replace("all", ""), text


def ship_table(asked: Asked, pages: Pages) -> Response:
    """A ship reconciled, as CSV."""
    vessel, voyage, port, difference, text = _ship_asked(asked)
    view = desk.ship(asked.officer, vessel, voyage, asked.node, port, asked.purpose)
    return Response(
        desk.export(desk.filtered(view.told, difference, text)), media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="ship.csv"'},
    )  # fmt: skip


def silent(asked: Asked, pages: Pages) -> Response:
    """Facilities and their silence."""
    view = desk.silent(asked.officer, asked.node, asked.purpose)
    return pages.page(asked, "tracking/silent.html", view=view, hour=HOUR)
