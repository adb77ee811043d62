"""Watch lists."""

from datetime import date, datetime, time

from starlette.datastructures import UploadFile
from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done, zone_of
from vigie.desk import risk as desk
from vigie.terms import BadRequest, Handling, Moment, moment_of

EFFECTS = ("mandatory", "weighted")
MILLI = 1000
LONGEST_CSV = 4 * 1024 * 1024  # bytes


def watch_lists(asked: Asked, pages: Pages) -> Response:
    """All watch lists the officer may see."""
    return pages.page(
        asked,
        "risk/watchlists.html",
        lists=desk.watch_lists(asked.officer, asked.node, asked.purpose),
        handlings=[one for one in Handling if one <= asked.officer.clearance],
        effects=EFFECTS,
    )


def watch_list(asked: Asked, pages: Pages) -> Response:
    """One watch list with its entries."""
    return _list_page(asked, pages, ())


def _list_page(asked: Asked, pages: Pages, doubts: object) -> Response:
    view = desk.watch_list(asked.officer, _list_id(asked), asked.node, asked.purpose)
    return pages.page(asked, "risk/watchlist.html", view=view, kinds=tuple(desk.WATCHED), doubts=doubts)


def _list_id(asked: Asked) -> str:
    return str(asked.request.path_params["list"])


def create(asked: Asked, pages: Pages) -> Response:
    """Open a new watch list."""
    effect, handling = asked.field("effect"), asked.field("handling")
    if effect not in EFFECTS or handling not in {str(int(one)) for one in Handling}:
        raise BadRequest(field="effect" if effect not in EFFECTS else "handling")
    made = desk.create_watch_list(
        asked.officer,
        asked.field("name"),
        asked.field("reason"),
        _end_of_day(asked, asked.field("expires")),
        Handling(int(handling)),
        effect,
        asked.node,
        _weight(asked.field("weight")) if effect == "weighted" else 0,
        asked.purpose,
    )
    return done(f"/risk/watchlists/{made}", Said("said-list-made", {"name": asked.field("name")}))


def _end_of_day(asked: Asked, raw: str) -> Moment:
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise BadRequest(field="expires") from None
    return moment_of(datetime.combine(day, time(23, 59, 59), zone_of(asked.frame.zone)))


def _weight(raw: str) -> int:
    try:
        return round(float(raw.replace(",", ".")) * MILLI)
    except (ValueError, OverflowError):
        raise BadRequest(field="weight") from None


def add(asked: Asked, pages: Pages) -> Response:
    """Add one entry."""
    kind, term = asked.field("kind"), asked.field("term")
    if kind not in desk.WATCHED or not term:
        raise BadRequest(field="kind" if kind not in desk.WATCHED else "term")
    desk.watch(asked.officer, _list_id(asked), [(kind, term, asked.field("note"))], asked.node, asked.purpose)
    return done(f"/risk/watchlists/{_list_id(asked)}", Said("said-entry-added", {"term": term}))


def add_csv(asked: Asked, pages: Pages) -> Response:
    """Add the entries of a CSV file; the rows that could not be read are told one by one."""
    sent = asked.form.get("file")
    body = sent.file.read(LONGEST_CSV + 1) if isinstance(sent, UploadFile) else asked.field("text").encode()
    if not body or len(body) > LONGEST_CSV:
        raise BadRequest(field="file")
    text = body.decode("utf-8-sig", "replace")
    added, doubts = desk.watch_csv(asked.officer, _list_id(asked), text, asked.node, asked.purpose)
    if doubts:
        return _list_page(asked, pages, {"added": added, "rows": doubts})
    return done(f"/risk/watchlists/{_list_id(asked)}", Said("said-entries-added", {"n": added}))


def remove(asked: Asked, pages: Pages) -> Response:
    """Take one entry off."""
    kind, term = asked.field("kind"), asked.field("term")
    desk.unwatch(asked.officer, _list_id(asked), kind, term, asked.node, asked.purpose)
    again = {"kind": [asked.field("kind")], "term": [asked.field("term")], "note": [asked.field("note")]}
    said = Said("said-entry-removed", {"term": asked.field("term")})
    if asked.field("kind") in desk.WATCHED:
        said = Said(said.code, said.facts, undo=f"/risk/watchlists/{_list_id(asked)}/entries", fields=again)
    return done(f"/risk/watchlists/{_list_id(asked)}", said)


def expire(asked: Asked, pages: Pages) -> Response:
    """End a watch list now."""
    desk.expire(asked.officer, _list_id(asked), asked.node, asked.purpose)
    return done("/risk/watchlists", Said("said-list-expired"))
