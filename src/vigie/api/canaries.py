"""`/audit/readers` and `/audit/canaries`: who read which profile, and decoys among them."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.desk import canaries
from vigie.terms import OfficerId

api = APIRouter(prefix="/audit", tags=["audit"])


@api.get("/readers", summary="Who read which profile")
def who_read(officer: Caller, node: Served) -> Response:
    """Tell who looked at which profiles in the last quarter, the most unusual readers first."""
    return answer(canaries.who_read(officer, node, canaries.purpose_of(officer)))


@api.get("/canaries", summary="Decoys")
def every(officer: Caller, node: Served) -> Response:
    """List the decoys."""
    return answer(canaries.canaries(officer, node, canaries.purpose_of(officer)))


@api.post("/canaries", status_code=201, summary="Plant a decoy")
def plant(
    indicator: Annotated[dict[str, Any], Body()],
    reason: Annotated[str, Body(min_length=3, max_length=2000)],
    officer: Caller,
    node: Served,
    readers: Annotated[list[str], Body(max_length=200)] = [],  # noqa: B006 -- FastAPI copies defaults
) -> Response:
    """Plant a decoy: the fields of an indicator, its readers (none: all of its handling code), a reason."""
    group = tuple(OfficerId(one) for one in readers)
    made = canaries.plant(officer, indicator, group, reason, node, canaries.purpose_of(officer))
    return answer({"id": made.id, "readers": made.readers}, 201)


@api.delete("/canaries/{wanted}", status_code=204, summary="Take a decoy up")
def lift(wanted: str, officer: Caller, node: Served) -> Response:
    """Take a decoy up again."""
    canaries.lift(officer, wanted, node, canaries.purpose_of(officer))
    return Response(status_code=204)
