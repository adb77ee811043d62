"""`/registry/dossiers`: sealed dossiers; for another service one officer asks and another allows."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedDossier
from vigie.api.schema import shown
from vigie.desk import dossier
from vigie.desk.views import DossierView
from vigie.terms import Officer, Purpose

api = APIRouter(prefix="/registry/dossiers", tags=["registry"])
ARCHIVE: dict[int | str, dict[str, Any]] = {
    200: {"description": "OK", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


def purpose_of(officer: Officer) -> Purpose:
    """What an officer makes dossiers for: an investigation where cleared for it, else oversight."""
    return Purpose.INVESTIGATION if Purpose.INVESTIGATION in officer.purposes else Purpose.OVERSIGHT


def _archive(made: dossier.DossierMade) -> Response:
    headers = {"content-disposition": f'attachment; filename="{made.name}"', "x-vigie-seal": made.seal,
               "x-vigie-key": made.key}  # fmt: skip
    return Response(made.body, media_type="application/zip", headers=headers)


@api.get("", responses=shown(DossierView, many=True), summary="Dossiers for other services")
def page(officer: Caller, node: Served) -> Response:
    """List who asked for which dossier to leave, and what was decided."""
    return answer(dossier.page(officer, node, purpose_of(officer)))


@api.post("", responses=shown(DossierView, status=201), status_code=201, summary="Ask for a dossier to leave")
def ask(told: AskedDossier, officer: Caller, node: Served) -> Response:
    """Ask that another service may have a dossier; a second officer has to allow it."""
    made = dossier.ask(officer, told.case, told.recipient, told.clearance, told.wanted, told.reason, node,
                       purpose_of(officer))  # fmt: skip
    return answer(made, 201)


@api.get("/file", responses=ARCHIVE, response_class=Response, summary="Dossier for the own service")
def own(case: Annotated[str, Query(min_length=1, max_length=120)], officer: Caller, node: Served) -> Response:
    """Make the sealed dossier of a judicial file for the own service."""
    return _archive(dossier.dossier(officer, case, node, purpose_of(officer)))


@api.post("/{which}/decision", responses=shown(DossierView), summary="Decide on a dossier")
def decide(
    which: int,
    decision: Annotated[Literal["allowed", "refused", "withdrawn"], Body()],
    officer: Caller,
    node: Served,
    reason: Annotated[str, Body(max_length=2000)] = "",
) -> Response:
    """Allow or refuse what another officer asked, or withdraw what the caller asked."""
    return answer(dossier.decide(officer, which, decision, node, reason, purpose_of(officer)))


@api.get("/{which}/file", responses=ARCHIVE, response_class=Response, summary="Dossier for another service")
def file(which: int, officer: Caller, node: Served) -> Response:
    """Make the sealed dossier that a second officer allowed."""
    return _archive(dossier.dossier_for(officer, which, node, purpose_of(officer)))
