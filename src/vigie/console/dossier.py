"""Dossiers: made for the own service, asked for another one, allowed by a second officer."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import dossier as desk
from vigie.registry import FOR_PURPOSE
from vigie.terms import BadRequest, Handling, Purpose


def page(asked: Asked, pages: Pages) -> Response:
    """The forms, and the dossiers that are to leave."""
    found = desk.page(asked.officer, asked.node, _purpose(asked))
    case = asked.request.query_params.get("case", "")[:120]
    return pages.page(
        asked, "dossier/page.html", found=found, case=case, purposes=[one.value for one in FOR_PURPOSE],
        codes=[(int(one), one.name.replace("_", "+")) for one in Handling],
    )  # fmt: skip


def make(asked: Asked, pages: Pages) -> Response:
    """The dossier of a case for the own service, as a file."""
    case = asked.field("case")
    if not case:
        raise BadRequest(field="case")
    return _handed(desk.dossier(asked.officer, case, asked.node, _purpose(asked)))


def file(asked: Asked, pages: Pages) -> Response:
    """A dossier that another officer allowed, as a file."""
    which = int(asked.request.path_params["which"])
    return _handed(desk.dossier_for(asked.officer, which, asked.node, _purpose(asked)))


def ask(asked: Asked, pages: Pages) -> Response:
    """Ask that another service may have a dossier."""
    code, wanted = asked.field("clearance"), asked.field("wanted")
    if code not in {str(int(one)) for one in Handling}:
        raise BadRequest(field="clearance")
    if wanted not in {one.value for one in Purpose}:
        raise BadRequest(field="wanted")
    desk.ask(asked.officer, asked.field("case"), asked.field("recipient"), Handling(int(code)), Purpose(wanted),
             asked.field("reason"), asked.node, _purpose(asked))  # fmt: skip
    return done("/registry/dossiers", Said("said-dossier-asked"))


def decide(asked: Asked, pages: Pages) -> Response:
    """Allow, refuse or withdraw."""
    which, decision = int(asked.request.path_params["which"]), asked.field("decision")
    made = desk.decide(asked.officer, which, decision, asked.node, asked.field("reason"), _purpose(asked))
    return done("/registry/dossiers", Said(f"said-dossier-{made.state}"))


def _handed(made: desk.DossierMade) -> Response:
    return Response(made.body, media_type="application/zip",
                    headers={"content-disposition": f'attachment; filename="{made.name}"'})  # fmt: skip


def _purpose(asked: Asked) -> Purpose:
    return Purpose.INVESTIGATION if Purpose.INVESTIGATION in asked.officer.purposes else Purpose.OVERSIGHT
