"""`/audit`: the trail and its chains; `/officers`."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import audit, officers
from vigie.desk.views import AuditPage, AuditQuery, ChainCheck, OfficerView

api = APIRouter(tags=["audit"])


@api.get("/audit", responses=shown(AuditPage), summary="The audit trail")
def page(
    officer: Caller,
    node: Served,
    who: str = "",
    act: str = "",
    subject: str = "",
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Read the audit trail, newest first."""
    return answer(audit.page(officer, AuditQuery(who, act, subject, before=before, limit=limit), node))


@api.get("/audit/verification", responses=shown(ChainCheck, many=True), summary="Verify the chains")
def verify(officer: Caller, node: Served) -> Response:
    """Verify the hash chains of trail and log."""
    return answer(audit.verify(officer, node))


@api.get("/officers", responses=shown(OfficerView, many=True), summary="Officers")
def everyone(officer: Caller, node: Served) -> Response:
    """List the officers of this node."""
    return answer(officers.everyone(officer, node))
