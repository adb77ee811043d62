"""`/inspections`: what controls showed."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedOutcome
from vigie.api.bodies import table_text
from vigie.api.schema import TABLE
from vigie.desk import arrivals, inspections
from vigie.terms import Outcome, moment_of, read_grams

api = APIRouter(prefix="/inspections", tags=["inspections"])


@api.post("/outcomes", status_code=201, summary="Record an outcome")
def record(asked: AskedOutcome, officer: Caller, node: Served) -> Response:
    """Record what one control showed; contradictions are named, never refused; a scan needs scanner and analyst."""
    outcome = Outcome(
        visit=arrivals.find(officer, asked.number, node),
        at=moment_of(asked.at),
        found=asked.found,
        detector=asked.detector,
        depth=asked.depth,
        officer=officer.id,
        concealment=asked.concealment,
        quantity_g=read_grams(asked.quantity_kg) if asked.quantity_kg else None,
        detector_id=asked.detector_id,
        analyst=asked.analyst,
        team=tuple(asked.team),
        note=asked.note,
    )
    entry = inspections.record(officer, inspections.complete(outcome), node)
    return answer({"entry": entry, "visit": outcome.visit, "doubts": inspections.contradictions(outcome)}, 201)


@api.post("/outcomes/table", summary="Record a table of outcomes", openapi_extra=TABLE)
async def record_table(request: Request, officer: Caller, node: Served) -> Response:
    """Record a CSV table of outcomes (the body); a bad row is named and the next one is read."""
    text = await table_text(request)
    recorded, doubts = await run_in_threadpool(inspections.record_csv, officer, text, node)
    return answer({"recorded": recorded, "doubts": doubts})
