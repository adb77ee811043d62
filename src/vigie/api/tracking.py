"""`/tracking`: the journey of a box, a ship reconciled, numbers in two places, silent facilities."""

from fastapi import APIRouter, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import tracking
from vigie.desk.today import purpose_of
from vigie.desk.views import CloneView, MovesView, ShipView, SilentView

api = APIRouter(tags=["tracking"])


@api.get("/tracking/boxes/{number}", responses=shown(MovesView), summary="The journey of a box")
def show(number: str, officer: Caller, node: Served, known_at: str = "") -> Response:
    """Tell where a container was, planned, estimated and actual apart; `known_at` (ISO 8601): as it was known then."""
    asked = tracking.moment_asked(known_at)
    return answer(tracking.show(officer, number, node, asked, purpose_of(officer)))


@api.get("/tracking/ships/{vessel}", responses=shown(ShipView), summary="A ship reconciled")
def ship(
    vessel: str, officer: Caller, node: Served, voyage: str = "", port: str = "", difference: str = "", box: str = ""
) -> Response:
    """Set bay plan, manifest and discharge of a call beside each other."""
    view = tracking.ship(officer, vessel, voyage, node, port, purpose_of(officer))
    return answer(tracking.narrowed(view, difference, box))


@api.get(
    "/tracking/ships/{vessel}/boxes.csv",
    response_class=Response,
    responses={200: {"description": "CSV", "content": {"text/csv": {}}}},
    summary="A ship reconciled, as a table",
)
def export(
    vessel: str, officer: Caller, node: Served, voyage: str = "", port: str = "", difference: str = "", box: str = ""
) -> Response:
    """Write the boxes of a call as CSV, header first."""
    view = tracking.ship(officer, vessel, voyage, node, port, purpose_of(officer))
    rows = tracking.filtered(view.told, difference, box)
    return Response(tracking.export(rows), media_type="text/csv")


@api.get("/tracking/clones", responses=shown(CloneView, many=True), summary="Numbers in two places")
def clones(officer: Caller, node: Served) -> Response:
    """List numbers that were seen in two places in a time no container can make, with the evidence."""
    return answer(tracking.clones(officer, node, purpose_of(officer)))


@api.get("/tracking/silent", responses=shown(SilentView), summary="Facilities that went silent")
def silent(officer: Caller, node: Served) -> Response:
    """List facilities and how long they have said nothing, beside what is usual for them."""
    return answer(tracking.silent(officer, node, purpose_of(officer)))
