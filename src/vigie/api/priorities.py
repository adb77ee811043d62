"""`/ports/priorities`: conclusions, what follows from them, and the seminar report."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked
from vigie.api.bulletin import Form, purpose_of
from vigie.api.prints import FILES, download
from vigie.api.schema import shown
from vigie.desk import bulletin, priorities
from vigie.desk.views import PriorityView
from vigie.terms import Language

api = APIRouter(prefix="/ports/priorities", tags=["ports"])
Words = Annotated[str, Field(max_length=2000)]


class AskedPriority(Asked):
    """A finding that becomes a priority."""

    finding: Annotated[str, Field(min_length=3, max_length=2000)]
    source: Words = ""
    owner: Annotated[str, Field(min_length=3, max_length=120)]
    measure: Annotated[str, Field(min_length=3, max_length=2000)]
    due: date


class AskedStep(Asked):
    """A step of a priority; fields that are left empty keep what was said."""

    verb: Literal["amend", "follow", "finish", "drop", "reopen"]
    note: Words = ""
    finding: Words = ""
    source: Words = ""
    owner: Annotated[str, Field(max_length=120)] = ""
    measure: Words = ""
    due: date | None = None


def _texts(told: Asked) -> dict[str, str]:
    return {name: str(value) for name, value in told.model_dump().items() if value is not None}


@api.get("", responses=shown(PriorityView, many=True), summary="Priorities")
def page(
    officer: Caller, node: Served, state: Literal["", "open", "under-way", "done", "dropped", "overdue"] = ""
) -> Response:
    """List priorities, the overdue first."""
    return answer(priorities.page(officer, node, state, purpose_of(officer)))


@api.post("", responses=shown(PriorityView, status=201), status_code=201, summary="Raise a priority")
def propose(told: AskedPriority, officer: Caller, node: Served) -> Response:
    """Make a priority of a finding."""
    return answer(priorities.propose(officer, _texts(told), node, purpose_of(officer)), 201)


@api.get("/report", responses=FILES, response_class=Response, summary="Seminar report")
def report(
    officer: Caller,
    node: Served,
    language: Language | None = None,
    form: Form = "pdf",
    day: date | None = None,
    title: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Print all priorities with their history."""
    document = priorities.report(officer, node, day, str(language or ""), title, purpose_of(officer))
    return download(bulletin.printed(document, form, node, "conclusions"))


@api.get("/{name}", responses=shown(PriorityView), summary="One priority")
def show(name: str, officer: Caller, node: Served) -> Response:
    """Show a priority with its history."""
    return answer(priorities.show(officer, name, node, purpose_of(officer)))


@api.post("/{name}/steps", responses=shown(PriorityView), summary="Take a step with a priority")
def step(name: str, told: AskedStep, officer: Caller, node: Served) -> Response:
    """Amend a priority, write down what followed, close it or open it again."""
    fields = _texts(told)
    verb, note = fields.pop("verb"), fields.pop("note")
    return answer(priorities.step(officer, name, verb, note, node, fields, purpose_of(officer)))
