"""`/risk/indicators`: catalogue, one indicator, drafts and their life-cycle, import and export."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked, Text
from vigie.api.bodies import bounded
from vigie.api.schema import shown
from vigie.desk import importing, indicators
from vigie.desk.views import (
    DiffRow,
    DraftCheck,
    ImportedDraft,
    IndicatorDetail,
    IndicatorRow,
    WaitingRow,
)
from vigie.risk import RuleVersion
from vigie.terms import BadRequest

api = APIRouter(prefix="/risk/indicators", tags=["risk"])
Fields = Annotated[dict[str, Any], Body(embed=True)]
_RULES = {"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}}
_MEDIA = {"text": "text/plain", "toml": "application/toml", "json": "application/json"}


class AskedDraft(Asked):
    """A draft to keep: its fields as in a file, and why."""

    fields: dict[str, Any]
    reason: Text


class AskedLook(Asked):
    """Why a rule that is held closely is looked at; version: which, else the one in force."""

    reason: Text
    version: int | None = None


class AskedStep(Asked):
    """A step to take."""

    verb: Literal["submit", "approve", "refuse", "withdraw", "shadow", "live", "retire"]
    reason: Text = ""


def _stands(made: RuleVersion, status: int = 200) -> Response:
    told = {name: getattr(made, name) for name in ("id", "version", "state", "hash", "author", "approved_by")}
    return answer(told, status)


@api.get("", responses=shown(IndicatorRow, many=True), summary="Indicators")
def catalogue(officer: Caller, node: Served, state: str = "", typology: str = "", family: str = "") -> Response:
    """List every indicator the caller may know of: the version in force, else the newest."""
    return answer(indicators.catalogue(officer, node, state=state, typology=typology, family=family))


@api.get("/waiting", responses=shown(WaitingRow, many=True), summary="What waits for a second officer")
def waiting(officer: Caller, node: Served) -> Response:
    """List the versions that wait for a second officer."""
    return answer(indicators.waiting(officer, node))


@api.post("/check", responses=shown(DraftCheck), summary="Check a draft")
def check(fields: Fields, officer: Caller, node: Served) -> Response:
    """Judge a draft without keeping it: every fault with its place, the examples with their results."""
    return answer(indicators.check_draft(officer, fields, node))


@api.post("", status_code=201, summary="Keep a draft")
def draft(asked: AskedDraft, officer: Caller, node: Served) -> Response:
    """Keep a draft: a new indicator, or the next version of one. One with a fault is refused."""
    return _stands(indicators.draft(officer, asked.fields, asked.reason, node), 201)


@api.post("/import/{form}", responses=shown(ImportedDraft, many=True), summary="Read rules of another system",
          openapi_extra=_RULES)  # fmt: skip
async def take_rules(form: str, request: Request, officer: Caller, node: Served) -> Response:
    """Read a decision table (`jdm`) or criteria (`asycuda`) as drafts; nothing is kept."""
    raw = await bounded(request, importing.LARGEST, BadRequest(reason="larger than four mebibytes"))
    return answer(await run_in_threadpool(importing.take_rules, officer, form, raw, node))


@api.get("/{name}", responses=shown(IndicatorDetail), summary="One indicator")
def show(name: str, officer: Caller, node: Served, version: int | None = None) -> Response:
    """Show one indicator in full; each look is in the audit trail. One held closely wants a reason first (`looks`)."""
    return answer(indicators.show(officer, name, node, version))


@api.post("/{name}/looks", responses=shown(IndicatorDetail), summary="Look at a rule held closely")
def look(name: str, asked: AskedLook, officer: Caller, node: Served) -> Response:
    """Show one indicator in full and say why; the reason stands in the audit trail and holds for one hour."""
    return answer(indicators.show(officer, name, node, asked.version, reason=asked.reason))


@api.get("/{name}/export", summary="Export an indicator")
def export(
    name: str, officer: Caller, node: Served, form: Literal["text", "toml", "json"] = "toml", version: int | None = None
) -> Response:
    """Write an indicator as its expression, its file, or JSON with the tree."""
    return Response(indicators.export(officer, name, version, form, node), media_type=_MEDIA[form])


@api.get("/{name}/diff", responses=shown(DiffRow, many=True), summary="Compare two versions")
def diff(name: str, before: int, after: int, officer: Caller, node: Served) -> Response:
    """Tell in which fields two versions differ."""
    return answer(indicators.diff(officer, name, before, after, node))


@api.post("/{name}/versions/{version}/steps", summary="Take a step")
def step(name: str, version: int, asked: AskedStep, officer: Caller, node: Served) -> Response:
    """Take a step of the life-cycle; who made a version neither approves nor refuses it."""
    return _stands(indicators.step(officer, name, version, asked.verb, asked.reason, node))
