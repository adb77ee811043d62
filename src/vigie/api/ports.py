"""`/ports`: access logs in, names of each day, openings by two people, figures without persons."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.bodies import table_text
from vigie.api.schema import TABLE, shown
from vigie.desk import ports, ports_figures, ports_openings
from vigie.desk.views import AccessImport, InsidersView, OpeningView, PortFigure
from vigie.terms import Officer, Purpose

api = APIRouter(prefix="/ports", tags=["ports"])


def purpose_of(officer: Officer) -> Purpose:
    """What an officer looks at the port's own people for: oversight, else an investigation."""
    return Purpose.INVESTIGATION if Purpose.OVERSIGHT not in officer.purposes else Purpose.OVERSIGHT


@api.post("/access", responses=shown(AccessImport), openapi_extra=TABLE, summary="Take an access log in")
def take_in(text: Annotated[str, Depends(table_text)], officer: Caller, node: Served) -> Response:
    """Take an access log in, CSV or JSON; names become pseudonyms before anything is written."""
    return answer(ports.take_in(officer, text, node, purpose_of(officer)))


@api.get("/insiders", responses=shown(InsidersView), summary="Names of the last days")
def insiders(officer: Caller, node: Served) -> Response:
    """Tell the pseudonyms of the last days with their evidence, a few a day; never a verdict."""
    return answer(ports.insiders(officer, node, purpose_of(officer)))


@api.get("/openings", responses=shown(OpeningView, many=True), summary="Openings")
def openings(officer: Caller, node: Served) -> Response:
    """List who asked to open which pseudonym; without any name."""
    return answer(ports_openings.page(officer, node, purpose_of(officer)))


@api.post("/openings", responses=shown(OpeningView, status=201), status_code=201, summary="Ask who a pseudonym is")
def ask(
    user: Annotated[str, Body(pattern=r"^u-[0-9a-f]{16}$")],
    reason: Annotated[str, Body(min_length=ports_openings.SHORTEST, max_length=2000)],
    officer: Caller,
    node: Served,
) -> Response:
    """Ask who a pseudonym is; a second officer has to agree."""
    return answer(ports_openings.ask(officer, user, reason, node, purpose_of(officer)), 201)


@api.get("/openings/{which}", responses=shown(OpeningView), summary="One opening")
def show(which: int, officer: Caller, node: Served) -> Response:
    """Show one opening; the name only to the two who opened it."""
    return answer(ports_openings.show(officer, which, node, purpose_of(officer)))


@api.post("/openings/{which}/decision", responses=shown(OpeningView), summary="Decide on an opening")
def decide(
    which: int,
    decision: Annotated[Literal["opened", "refused", "withdrawn"], Body()],
    officer: Caller,
    node: Served,
    reason: Annotated[str, Body(max_length=2000)] = "",
) -> Response:
    """Agree to or refuse what another officer asked, or withdraw what the caller asked."""
    return answer(ports_openings.decide(officer, which, decision, node, reason, purpose_of(officer)))


@api.get("/figures", responses=shown(PortFigure, many=True), summary="Figures without persons")
def figures(officer: Caller, node: Served) -> Response:
    """Count and quartile by month, system and act; five people at the least."""
    return answer(ports_figures.figures(officer, node))
