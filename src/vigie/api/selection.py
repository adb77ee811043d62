"""`/selection`: capacity, plans, sealed draws, orders."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedOrders, AskedShift
from vigie.api.schema import shown
from vigie.desk import selection
from vigie.desk.views import ChainCheck, OrderView, PlanView
from vigie.terms import VisitId

api = APIRouter(prefix="/selection", tags=["selection"])  # /orders stands before /{site}: the first match answers
Site = Annotated[str, Path(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]
Day = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


@api.get("/orders", responses=shown(OrderView, many=True), summary="Orders")
def orders(officer: Caller, node: Served, site: str = "", waiting: bool = False) -> Response:
    """List orders, newest first."""
    return answer(selection.orders(officer, node, site, waiting))


@api.post("/orders", status_code=201, responses=shown(OrderView, many=True, status=201), summary="Issue orders")
def order(asked: AskedOrders, officer: Caller, node: Served) -> Response:
    """Issue hold, inspect or release orders."""
    visits = [VisitId(one) for one in asked.visits]
    return answer(selection.order(officer, visits, asked.kind, node, asked.shift, asked.reason), 201)


@api.get("/orders/export", summary="Orders as a message")
def export(
    officer: Caller,
    node: Served,
    order: Annotated[list[str], Query(min_length=1, max_length=500)],
    form: Literal["csv", "cusres", "dcsa"] = "csv",
) -> Response:
    """Write orders as CSV, as UN/EDIFACT CUSRES, or as DCSA events CUSS, CUSI and CUSR."""
    body, media, name = selection.export(officer, order, form, node)
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@api.post("/orders/{order_id}/acknowledgement", status_code=204, summary="Acknowledge an order")
def acknowledge(order_id: str, officer: Caller, node: Served, by: Annotated[str, Query(max_length=80)]) -> Response:
    """Record that the terminal confirmed an order."""
    selection.acknowledge(officer, order_id, by, node)
    return Response(status_code=204)


@api.get("/{site}/capacity", summary="Shifts of a site")
def capacity(site: Site, officer: Caller, node: Served) -> Response:
    """Show the shifts and scanners of a site."""
    return answer(selection.capacity(officer, site, node))


@api.put("/{site}/capacity", status_code=204, summary="Set the shifts of a site")
def set_capacity(site: Site, asked: list[AskedShift], officer: Caller, node: Served) -> Response:
    """Set the shifts and scanners of a site."""
    selection.set_capacity(officer, site, [one.model_dump() for one in asked], node)
    return Response(status_code=204)


@api.get("/{site}/{day}", responses=shown(PlanView), summary="The plan of a day")
def look(site: Site, day: Day, officer: Caller, node: Served) -> Response:
    """Show the plans that stand."""
    return answer(selection.plan(officer, site, day, node))


@api.post("/{site}/{day}", responses=shown(PlanView), summary="Plan a day")
def make(site: Site, day: Day, officer: Caller, node: Served, shift: str | None = None) -> Response:
    """Plan the scans of a day, or of one shift of it."""
    return answer(selection.make(officer, site, day, shift, node))


@api.post("/{site}/{day}/commitment", summary="Commit to the draws")
def commit(site: Site, day: Day, officer: Caller, node: Served) -> Response:
    """Publish the commitment to the day's random draws."""
    return answer({"commitment": selection.commit(officer, site, day, node)})


@api.post("/{site}/{day}/reveal", summary="Reveal the draws")
def reveal(site: Site, day: Day, officer: Caller, node: Served) -> Response:
    """Reveal the key of a day that is over."""
    return answer({"key": selection.reveal(officer, site, day, node)})


@api.get("/{site}/{day}/verification", responses=shown(ChainCheck, many=True), summary="Verify the draws")
def verify(site: Site, day: Day, officer: Caller, node: Served) -> Response:
    """Draw again from the recorded pools and compare."""
    return answer(selection.verify(officer, site, day, node))
