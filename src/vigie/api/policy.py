"""`/risk/policy`: the settings of the policy, drafts of them, and their life-cycle."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked, Text
from vigie.api.schema import shown
from vigie.desk import policy
from vigie.desk.views import DiffRow, PolicyCheck, PolicyDetail, PolicyRow

api = APIRouter(prefix="/risk/policy", tags=["risk"])
MOST = 1_000_000
Version = Annotated[int, Path(ge=0, le=MOST)]
Number = Annotated[int, Query(ge=0, le=MOST)]
Values = Annotated[dict[str, Any], Body(embed=True)]


class AskedPolicy(Asked):
    """Settings to keep as a draft: what is to change, and why; what is not named stays as it is in force."""

    values: dict[str, Any]
    reason: Text


class AskedPolicyStep(Asked):
    """A step to take with a version of the settings."""

    verb: Literal["submit", "approve", "refuse", "withdraw", "live", "retire"]
    reason: Text = ""


@api.get("", responses=shown(PolicyRow, many=True), summary="Versions of the policy's settings")
def listed(officer: Caller, node: Served) -> Response:
    """List the versions, newest first; version 0 is what came with vigie."""
    return answer(policy.policies(officer, node))


@api.post("/check", responses=shown(PolicyCheck), summary="Check settings")
def check(values: Values, officer: Caller, node: Served) -> Response:
    """Judge settings without keeping them: every fault with its place, and what they would change."""
    return answer(policy.check(officer, values, node))


@api.post("", status_code=201, responses=shown(PolicyRow, status=201), summary="Keep settings as a draft")
def draft(asked: AskedPolicy, officer: Caller, node: Served) -> Response:
    """Keep settings as a draft; one with a fault is refused."""
    return answer(policy.draft(officer, asked.values, asked.reason, node), 201)


@api.get("/diff", responses=shown(DiffRow, many=True), summary="Compare two versions of the policy's settings")
def diff(before: Number, after: Number, officer: Caller, node: Served) -> Response:
    """Tell in which values two versions differ."""
    return answer(policy.diff(officer, before, after, node))


@api.get("/{version}", responses=shown(PolicyDetail), summary="One version of the policy's settings")
def show(version: Version, officer: Caller, node: Served) -> Response:
    """Show one version with all its values; 0 is what came with vigie."""
    return answer(policy.show(officer, node, version))


@api.post("/{version}/steps", responses=shown(PolicyRow), summary="Take a step with the policy's settings")
def step(version: Version, asked: AskedPolicyStep, officer: Caller, node: Served) -> Response:
    """Take a step of the life-cycle; who made a version neither approves nor refuses it."""
    return answer(policy.step(officer, version, asked.verb, asked.reason, node))
