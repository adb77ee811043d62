"""Erasure, a part of Audit: what would go is shown first, another administrator confirms, the result is told."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import erasure as desk
from vigie.terms import BadRequest, VigieError

LONGEST = 120  # characters of what is to be erased; no message name or pseudonym is longer


def erasures(asked: Asked, pages: Pages) -> Response:
    """All erasures, and a form that shows what one would take."""
    kind, wanted = (asked.request.query_params.get(name, "").strip()[:LONGEST] for name in ("kind", "wanted"))
    scope, wrong = None, None
    if kind and wanted:
        try:
            scope = desk.preview(asked.officer, kind, wanted, asked.node)
        except VigieError as error:
            if error.code == "not-for-you":
                raise
            wrong = error
    return pages.page(
        asked, "audit/erasures.html", erasures=desk.page(asked.officer, asked.node), kinds=desk.KINDS, kind=kind,
        wanted=wanted, scope=scope, wrong=wrong,
    )  # fmt: skip


def show(asked: Asked, pages: Pages) -> Response:
    """One erasure, and what the officer can decide of it."""
    which = int(asked.request.path_params["which"])
    return pages.page(asked, "audit/erasure.html", one=desk.show(asked.officer, which, asked.node))


def ask(asked: Asked, pages: Pages) -> Response:
    """Ask for an erasure."""
    told = {name: asked.field(name) for name in ("kind", "wanted", "reason", "basis")}
    for name, value in told.items():
        if not value:
            raise BadRequest(field=name)
    made = desk.ask(asked.officer, told["kind"], told["wanted"], told["reason"], told["basis"], asked.node)
    return done(f"/audit/erasure/{made.id}", Said("said-erasure-asked"))


def decide(asked: Asked, pages: Pages) -> Response:
    """Confirm, refuse or withdraw."""
    which, decision, units = int(asked.request.path_params["which"]), asked.field("decision"), asked.field("units")
    if decision not in desk.DECISIONS:
        raise BadRequest(field="decision")
    seen = int(units) if units.isdecimal() else None
    made = desk.decide(asked.officer, which, decision, asked.node, asked.field("reason"), seen)
    return done(f"/audit/erasure/{which}", Said(f"said-erasure-{made.state}", {"boxes": made.boxes}))
