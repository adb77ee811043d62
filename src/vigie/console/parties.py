"""Parties: found by name, shown under all their names, said to be one, or two after all."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import parties as desk
from vigie.terms import BadRequest

LONGEST = 100  # characters of a name that is searched


def party(asked: Asked, pages: Pages) -> Response:
    """One party; a name that is searched lists who may be the same."""
    key = str(asked.request.path_params["key"])
    name = asked.request.query_params.get("name", "").strip()[:LONGEST]
    view = desk.page(asked.officer, key, asked.node, asked.purpose)
    known = {key, *(one.key for one in view.names)}
    found = desk.find(asked.officer, name, asked.node, asked.purpose) if name else ()
    return pages.page(
        asked, "parties/page.html", view=view, name=name, found=[one for one in found if one.key not in known]
    )


def merge(asked: Asked, pages: Pages) -> Response:
    """Say that this party is another one."""
    key, into = str(asked.request.path_params["key"]), asked.field("into")
    if not into or not asked.field("reason"):
        raise BadRequest(field="party" if not into else "reason")
    desk.merge(asked.officer, key, into, asked.field("reason"), asked.node, asked.purpose)
    return done(f"/parties/{key}", Said("said-merged"))


def part(asked: Asked, pages: Pages) -> Response:
    """Say that a party is one of its own after all."""
    key, back = asked.field("key"), str(asked.request.path_params["key"])
    if not asked.field("reason"):
        raise BadRequest(field="reason")
    desk.part(asked.officer, key or back, asked.field("reason"), asked.node, asked.purpose)
    return done(f"/parties/{back}", Said("said-parted"))
