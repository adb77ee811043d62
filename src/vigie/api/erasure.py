"""`/erasures`: ask that something be erased, see what it would take, decide on it."""

from fastapi import APIRouter, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedErasure, AskedErasureDecision
from vigie.api.schema import shown
from vigie.desk import erasure
from vigie.desk.views import ErasureScope, ErasureView

api = APIRouter(prefix="/erasures", tags=["erasures"])


@api.get("", responses=shown(ErasureView, many=True), summary="Erasures")
def page(officer: Caller, node: Served) -> Response:
    """List erasures, newest first."""
    return answer(erasure.page(officer, node))


@api.get("/preview", responses=shown(ErasureScope), summary="What an erasure would take")
def preview(kind: str, wanted: str, officer: Caller, node: Served) -> Response:
    """Show what an erasure would take: a `box` (visit), a `message`, a `party` (pseudonym), `days` (two dates)."""
    return answer(erasure.preview(officer, kind, wanted, node))


@api.post("", responses=shown(ErasureView, status=201), status_code=201, summary="Ask for an erasure")
def ask(asked: AskedErasure, officer: Caller, node: Served) -> Response:
    """Ask that something be erased; another administrator has to confirm."""
    return answer(erasure.ask(officer, asked.kind, asked.wanted, asked.reason, asked.basis, node), 201)


@api.get("/{which}", responses=shown(ErasureView), summary="One erasure")
def show(which: int, officer: Caller, node: Served) -> Response:
    """Show one erasure; while it waits, with what it would take now."""
    return answer(erasure.show(officer, which, node))


@api.post("/{which}/decision", responses=shown(ErasureView), summary="Decide on an erasure")
def decide(which: int, asked: AskedErasureDecision, officer: Caller, node: Served) -> Response:
    """Confirm or refuse what another administrator asked for, or withdraw what the caller asked for."""
    return answer(erasure.decide(officer, which, asked.decision, node, asked.reason, asked.units))
