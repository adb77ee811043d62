"""`/risk/models`: teach the channels, judge them, read the card, walk the life-cycle."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked, Text
from vigie.api.schema import shown
from vigie.desk import models, training
from vigie.desk.views import ModelDetail, ModelRow, TrainingView, WorthView

api = APIRouter(prefix="/risk/models", tags=["risk"])
Version = Annotated[int, Path(ge=1, le=1_000_000)]


class AskedTraining(Asked):
    """Teach the channels. reason: Why; shown to who approves. seed: Of all draws."""

    reason: Text
    seed: int = 1


class AskedModelStep(Asked):
    """A step to take with a version of the models."""

    verb: Literal["submit", "approve", "refuse", "withdraw", "shadow", "live", "retire"]
    reason: Text = ""


@api.get("", responses=shown(ModelRow, many=True), summary="Models")
def listed(officer: Caller, node: Served) -> Response:
    """List the versions of the models, newest first."""
    return answer(models.models(officer, node))


@api.post("", status_code=202, responses=shown(TrainingView, status=202), summary="Teach")
def train(asked: AskedTraining, officer: Caller, node: Served) -> Response:
    """Start to teach the channels on the decision table; they are kept as a draft. One teaching at a time."""
    return answer(training.begin(officer, node, asked.reason, seed=asked.seed), 202)


@api.get("/training", responses=shown(TrainingView), summary="How far teaching is")
def progress(officer: Caller, node: Served) -> Response:
    """Tell what is being taught, or how the last teaching ended; `null` before the first."""
    return answer(training.progress(officer, node))


@api.get("/{version}", responses=shown(ModelDetail), summary="The card of a version")
def show(version: Version, officer: Caller, node: Served) -> Response:
    """Show what was taught, on what, with which votes, and what that is worth."""
    return answer(models.show(officer, version, node))


@api.get("/{version}/worth", responses=shown(WorthView), summary="Judge a version")
def evaluate(version: Version, officer: Caller, node: Served) -> Response:
    """Judge a version on decisions that came after all it was learnt from."""
    return answer(models.evaluate(officer, node, version))


@api.post("/{version}/steps", responses=shown(ModelRow), summary="Take a step")
def step(version: Version, asked: AskedModelStep, officer: Caller, node: Served) -> Response:
    """Take a step of the life-cycle; who made a version never approves it."""
    return answer(models.step(officer, version, asked.verb, asked.reason, node))
