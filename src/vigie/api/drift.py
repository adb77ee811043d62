"""`/risk/drift` and `/risk/rederivations`: what the past proves, and whether it can be made again."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import drift, rederiving
from vigie.desk.views import DriftView, Rederived, RederivedSample

api = APIRouter(tags=["risk"])

Label = Literal["irregular", "cocaine"]
By = Literal["scanner", "depth", "team", "analyst"]


@api.get("/risk/drift", responses=shown(DriftView), summary="Drift and honesty")
def page(officer: Caller, node: Served, label: Label = "irregular", by: By = "scanner") -> Response:
    """Tell what the controls of the past year prove of rules, chance, data and detectors."""
    return answer(drift.drift(officer, node, label, by))


@api.get(
    "/risk/drift/{table}.csv",
    response_class=Response,
    responses={200: {"description": "CSV", "content": {"text/csv": {}}}},
    summary="One table of the drift page",
)
def export(
    table: Literal["strata", "weeks", "indicators", "columns", "detectors", "volumes"],
    officer: Caller,
    node: Served,
    label: Label = "irregular",
    by: By = "scanner",
) -> Response:
    """Write one table as CSV, header first."""
    return Response(drift.export(officer, node, table, label, by), media_type="text/csv")


@api.get("/risk/scans-needed", summary="How many random controls it takes")
def needed(
    officer: Caller,
    rate: Annotated[float, Query(gt=0, lt=1)],
    level: Annotated[float, Query(gt=0, lt=1)] = 0.95,
) -> Response:
    """Tell how many random controls it takes to meet at least one box that holds something."""
    return answer({"rate": rate, "level": level, "controls": drift.needed(rate, level)})


@api.post("/risk/shares", status_code=201, summary="Propose a share of chance")
def propose(
    permille: Annotated[int, Body(ge=0, le=1000)],
    reason: Annotated[str, Body(min_length=3, max_length=2000)],
    officer: Caller,
    node: Served,
) -> Response:
    """Draft another share of the slots to be drawn by chance; a second officer approves it."""
    return answer({"version": drift.propose_share(officer, permille, reason, node)}, 201)


@api.get("/risk/rederivations/{wanted}", responses=shown(Rederived), summary="Make a past decision again")
def rederive(wanted: str, officer: Caller, node: Served) -> Response:
    """Make a past decision again: a container number, a visit, or `visit@entry` for an earlier assessment."""
    return answer(rederiving.rederive(officer, wanted, node, rederiving.purpose_of(officer)))


@api.post("/risk/rederivations", responses=shown(RederivedSample), summary="Make a random sample again")
def sample(
    decisions: Annotated[int, Body(ge=1, le=1000)], officer: Caller, node: Served, seed: Annotated[int, Body()] = 0
) -> Response:
    """Make a random sample of all past decisions again."""
    return answer(rederiving.sample(officer, decisions, node, seed, rederiving.purpose_of(officer)))


