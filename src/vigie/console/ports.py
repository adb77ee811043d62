"""Ports: the names of the last days under pseudonyms, how two people open one, and figures for operators."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import ports as desk
from vigie.desk import ports_figures, ports_openings
from vigie.terms import BadRequest, Purpose


def insiders(asked: Asked, pages: Pages) -> Response:
    """The names of the last days, and the openings."""
    purpose = _purpose(asked)
    view = desk.insiders(asked.officer, asked.node, purpose)
    openings = ports_openings.page(asked.officer, asked.node, purpose)
    return pages.page(asked, "ports/insiders.html", view=view, openings=openings)


def opening(asked: Asked, pages: Pages) -> Response:
    """One opening, and what the officer can decide of it."""
    one = ports_openings.show(asked.officer, _which(asked), asked.node, _purpose(asked))
    return pages.page(asked, "ports/opening.html", one=one)


def figures(asked: Asked, pages: Pages) -> Response:
    """Counts and quartiles of groups, never a person."""
    return pages.page(asked, "ports/figures.html", rows=ports_figures.figures(asked.officer, asked.node))


def ask(asked: Asked, pages: Pages) -> Response:
    """Ask who a pseudonym is."""
    user, reason = asked.field("user"), asked.field("reason")
    made = ports_openings.ask(asked.officer, user, reason, asked.node, _purpose(asked))
    return done(f"/ports/openings/{made.id}", Said("said-opening-asked"))


def decide(asked: Asked, pages: Pages) -> Response:
    """Agree, refuse or withdraw."""
    decision = asked.field("decision")
    if decision not in ports_openings.DECISIONS:
        raise BadRequest(field="decision")
    which, reason = _which(asked), asked.field("reason")
    made = ports_openings.decide(asked.officer, which, decision, asked.node, reason, _purpose(asked))
    return done(f"/ports/openings/{which}", Said(f"said-opening-{made.state}"))


def _which(asked: Asked) -> int:
    return int(asked.request.path_params["which"])


def _purpose(asked: Asked) -> Purpose:
    cleared = asked.officer.purposes
    return Purpose.INVESTIGATION if Purpose.OVERSIGHT not in cleared else Purpose.OVERSIGHT
