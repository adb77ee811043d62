"""`/audit`: the trail and its chains."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import audit
from vigie.desk.views import AuditPage, AuditQuery, ChainCheck

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


@api.get(
    "/audit/export",
    response_class=StreamingResponse,
    responses={200: {"description": "JSON Lines", "content": {"application/x-ndjson": {}}}},
    summary="The whole trail",
)
def export(officer: Caller, node: Served, who: str = "", act: str = "", subject: str = "") -> Response:
    """Write the trail as JSON Lines, oldest first, each entry with its link of the chain."""
    return StreamingResponse(
        audit.export(officer, AuditQuery(who, act, subject), node), media_type="application/x-ndjson"
    )


@api.get("/audit/verification", responses=shown(ChainCheck, many=True), summary="Verify the chains")
def verify(officer: Caller, node: Served) -> Response:
    """Verify the hash chains of trail and log."""
    return answer(audit.verify(officer, node))
