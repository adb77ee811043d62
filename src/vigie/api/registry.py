"""`/registry`: seizures, tables of them, claims and figures."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked, Text
from vigie.api.bodies import LARGEST_TABLE, bounded, table_text
from vigie.api.schema import MESSAGES, TABLE, shown
from vigie.desk import arrivals, registry, registry_figures, registry_import
from vigie.desk.views.registry import (
    ClaimView,
    FiguresView,
    FigureView,
    SeizureImportView,
    SeizuresPage,
    SeizureView,
)
from vigie.registry import Basis, Report, Seized, Substance
from vigie.terms import BadRequest, Concealment, Detector, Handling, moment_of, read_grams

api = APIRouter(prefix="/registry", tags=["registry"])

Word = Annotated[str, Field(max_length=60)]
Kg = Annotated[str, Field(pattern=r"^[0-9]{1,9}([.,][0-9]{1,6})?$")]
Day = Annotated[str, Query(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class AskedSubstance(Asked):
    """One substance; weights in kilograms."""

    name: Word
    net_kg: Kg | None = None
    gross_kg: Kg | None = None
    basis: Basis = Basis.WEIGHED
    packages: Annotated[int, Field(ge=0)] | None = None


class AskedSeizure(Asked):
    """A service's account of a seizure; `into` names the seizure that it is another account of."""

    at: datetime
    place: Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]
    substances: Annotated[list[AskedSubstance], Field(min_length=1, max_length=12)]
    service: Word = "customs"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    reference: Word = ""
    logos: Annotated[tuple[Word, ...], Field(max_length=40)] = ()
    container: Word = ""
    cover_hs: Annotated[str, Field(pattern=r"^[0-9]{0,10}$")] = ""
    cover: Text = ""
    concealment: Concealment | None = None
    modus: Text = ""
    scope: Word = "seaport"
    services: Annotated[tuple[Word, ...], Field(max_length=12)] = ()
    countries: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...], Field(max_length=12)] = ()
    provenance: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    loaded: Word = ""
    route: Annotated[tuple[Word, ...], Field(max_length=20)] = ()
    detector: Detector | None = None
    case: Word = ""
    handling: Handling = Handling.AMBER
    note: Text = ""
    is_closed: bool = True
    into: Word = ""
    leads: bool = False


class AskedStep(Asked):
    """A step with a seizure: `merge` into another, `split` reports off, or another change."""

    verb: Literal["merge", "split", "withdraw", "restore", "lead"]
    reason: Annotated[str, Field(min_length=3, max_length=400)]
    into: Word = ""
    reports: Annotated[tuple[int, ...], Field(max_length=100)] = ()


class AskedAnswer(Asked):
    """The answer to the question of a row, with the cells that were meant."""

    row: Annotated[int, Field(ge=1)]
    answer: Literal["as-told", "dropped"]
    cells: Annotated[dict[Word, Text], Field(max_length=40, default_factory=dict)]


class AskedFigure(Asked):
    """A figure to be published, and where."""

    area: Word
    start: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    end: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    document: Annotated[str, Field(min_length=1, max_length=80)]
    measure: Literal["seized", "findings"] = "seized"
    substance: Word = "cocaine"
    service: Word = "unsaid"
    way: Word = "any"


@api.get("/seizures", responses=shown(SeizuresPage), summary="Seizures")
def listed(
    officer: Caller, node: Served, place: str = "", substance: str = "", state: str = "standing", area: str = "",
    provenance: str = "", cover_hs: str = "", month: str = "", lot: str = "", held: str = "", as_of: str = "",
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=registry.MOST)] = 50,
) -> Response:
    """List seizures, the latest first."""
    return answer(registry.listed(
        officer, node, place=place, substance=substance, state=state, area=area, provenance=provenance,
        cover_hs=cover_hs, month=month, lot=lot, held=held, as_of=as_of, after=after, limit=limit,
    ))  # fmt: skip


@api.post("/seizures", responses=shown(SeizureView, status=201), status_code=201, summary="Record a seizure")
def record(asked: AskedSeizure, officer: Caller, node: Served) -> Response:
    """Record a seizure, or another account of one."""
    told = asked.model_dump(exclude={"substances", "service", "country", "reference", "into", "leads", "at"})
    seized = Seized(at=moment_of(asked.at), substances=tuple(
        Substance(one.name, _grams(one.net_kg), _grams(one.gross_kg), one.basis, one.packages)
        for one in asked.substances
    ), **told)  # fmt: skip
    report = Report(asked.service, asked.country, f"officer:{officer.id}", seized, asked.reference)
    return answer(registry.record(officer, report, node, into=asked.into, leads=asked.leads), 201)


def _grams(kg: str | None) -> int | None:
    return None if kg is None else read_grams(kg)


@api.post("/outcomes/{number}", responses=shown(SeizureView, status=201), status_code=201, summary="Of an outcome")
def of_outcome(
    number: str, officer: Caller, node: Served, entry: int | None = None, service: Word = "customs"
) -> Response:
    """Make a seizure of what a control of a box showed."""
    return answer(registry.from_outcome(officer, arrivals.find(officer, number, node), node, entry, service), 201)


@api.get("/seizures/{seizure}", responses=shown(SeizureView), summary="One seizure")
def show(seizure: str, officer: Caller, node: Served) -> Response:
    """Show a seizure with its reports, its steps, and what may be the same."""
    return answer(registry.show(officer, seizure, node))


@api.post("/seizures/{seizure}/steps", responses=shown(SeizureView), summary="Merge, split, withdraw, restore")
def step(seizure: str, asked: AskedStep, officer: Caller, node: Served) -> Response:
    """Take a step with a seizure; each can be taken back by another."""
    if asked.verb == "merge":
        return answer(registry.merge(officer, seizure, asked.into, asked.reason, node))
    if asked.verb == "split":
        return answer(registry.split(officer, seizure, asked.reports, asked.reason, node))
    report = asked.reports[0] if asked.reports else None
    return answer(registry.change(officer, seizure, asked.verb, asked.reason, node, report))


@api.post("/imports", responses=shown(SeizureImportView, status=201), status_code=201, openapi_extra=MESSAGES,
          summary="Import a table of seizures")  # fmt: skip
async def take_in(
    request: Request, officer: Caller, node: Served, name: Annotated[str, Query(max_length=120)] = "table",
    column_map: Annotated[str, Query(max_length=8000)] = "",
) -> Response:
    """Take a table in (CSV, XLSX, STIX 2.1 incidents); what is unsure is told by its cell."""
    body = await bounded(request, LARGEST_TABLE, BadRequest(reason="larger-than-sixteen-mebibytes"))
    return answer(await run_in_threadpool(registry_import.take_in, officer, name, body, node, column_map), 201)


@api.get("/imports", responses=shown(SeizureImportView, many=True), summary="Tables of seizures")
def imports(officer: Caller, node: Served) -> Response:
    """List the tables that were handed in."""
    return answer(registry_import.imports(officer, node))


@api.get("/imports/{which}", responses=shown(SeizureImportView), summary="One table of seizures")
def one_import(which: int, officer: Caller, node: Served) -> Response:
    """Show a table with its doubts and the answers to its questions."""
    return answer(registry_import.show(officer, which, node))


@api.post("/imports/{which}/answers", summary="Answer the question of a row")
def answer_row(which: int, asked: AskedAnswer, officer: Caller, node: Served) -> Response:
    """Answer the question of a row; gives the seizure, empty where the row was dropped."""
    name = registry_import.answer(officer, which, asked.row, asked.answer, node, asked.cells)
    return answer({"seizure": name})


@api.get("/figures", responses=shown(FigureView), summary="A figure of our own register")
def figure(
    officer: Caller, node: Served, area: str, start: Day, end: Day, measure: str = "seized",
    substance: str = "cocaine", service: str = "unsaid", way: str = "any", as_of: int | None = None,
) -> Response:
    """Count a figure, now or as of a log entry."""
    return answer(registry_figures.figure(
        officer, node, area=area, start=start, end=end, measure=measure, substance=substance, service=service,
        way=way, as_of=as_of,
    ))  # fmt: skip


@api.post("/figures", responses=shown(ClaimView, status=201), status_code=201, summary="Publish a figure")
def publish(asked: AskedFigure, officer: Caller, node: Served) -> Response:
    """Publish a figure: a claim of our own, with the log entry as of which it was counted."""
    return answer(registry_figures.publish(officer, node, **asked.model_dump()), 201)


@api.get("/figures/published/{claim}", responses=shown(FigureView), summary="A published figure again")
def published(claim: int, officer: Caller, node: Served) -> Response:
    """Count a published figure again, as of its day."""
    return answer(registry_figures.published(officer, claim, node))


@api.get("/claims", responses=shown(ClaimView, many=True), summary="Claims")
def claims(officer: Caller, node: Served) -> Response:
    """List the claims that this node keeps."""
    return answer(registry_figures.claims(officer, node))


@api.post("/claims", openapi_extra=TABLE, summary="Keep a table of claims")
async def keep(
    request: Request, officer: Caller, node: Served, name: Annotated[str, Query(max_length=120)] = "table"
) -> Response:
    """Keep the claims of a CSV table; one that is known changes nothing."""
    text = await table_text(request)
    kept, doubts = await run_in_threadpool(registry_figures.keep_tables, officer, [(name, text)], node)
    return answer({"claims": kept, "doubts": doubts})


@api.get("/claims/compared", responses=shown(FiguresView), summary="Claims side by side")
def compared(officer: Caller, node: Served) -> Response:
    """Lay the claims side by side: figures of documents with what is said elsewhere."""
    return answer(registry_figures.side_by_side(officer, node))
