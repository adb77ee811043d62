"""`/errands`: long acts that go on beside the answer; `/risk/assessments/stale`: what is to be judged again."""

from typing import Literal

from fastapi import APIRouter, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import errands
from vigie.desk.gate import permit
from vigie.desk.views import ErrandView
from vigie.terms import Purpose

api = APIRouter(tags=["risk"])
Kind = Literal["assess", "archive", "months", "rescore", "readings"]


@api.post("/errands/{kind}", status_code=202, responses=shown(ErrandView, status=202), summary="Start a long act")
def begin(kind: Kind, officer: Caller, node: Served) -> Response:
    """Judge the open boxes again by the rules in force (`assess`); bring the decision table up to date (`archive`);
    move closed months to the archive (`months`); score all past decisions again (`rescore`); let the machine read all
    kept scans again (`readings`).
    """
    return answer(errands.begin(officer, kind, node), 202)


@api.get("/errands/{kind}", responses=shown(ErrandView), summary="How far a long act is")
def progress(kind: Kind, officer: Caller, node: Served) -> Response:
    """Tell how far it is, or how the last one ended; `null` before the first."""
    return answer(errands.progress(officer, kind, node))


@api.get("/risk/assessments/stale", summary="Boxes that other rules judged")
def stale(officer: Caller, node: Served) -> Response:
    """Count the open boxes that were last judged by other rules than those in force."""
    permit(officer, "assess", Purpose.TARGETING, "arrivals", node)
    return answer({"boxes": errands.stale(officer, node)})
