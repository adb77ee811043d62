"""Models: their versions, the card of one with its curves, the buttons of its life-cycle, and teaching new ones."""

from typing import Any

from starlette.responses import Response

from vigie.console.charts import HEIGHT, WIDTH
from vigie.console.errands import again
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import models as desk
from vigie.desk import training as teaching
from vigie.desk.shadows import shadow_model
from vigie.desk.views import TrainingView
from vigie.risk import Judged
from vigie.terms import BadRequest, VigieError

VERBS = ("submit", "approve", "refuse", "withdraw", "shadow", "live", "retire")
_MILLION = 1_000_000


def models(asked: Asked, pages: Pages) -> Response:
    """All versions, newest first."""
    found = desk.models(asked.officer, asked.node, asked.purpose)
    told = teaching.progress(asked.officer, asked.node, asked.purpose)
    return pages.page(
        asked, "risk/models.html", models=found, may_train=asked.may("train-models"), training=told,
        fault_of=_fault(told),
    )  # fmt: skip


def model(asked: Asked, pages: Pages) -> Response:
    """The card of one version."""
    view = desk.show(asked.officer, _version(asked), asked.node, asked.purpose)
    told = view.told.measured
    ways = [one for one in told.worth if not one.name.startswith("irregular")]
    who = [one for one in told.worth if one.name.startswith("irregular")]
    drawn = [one for one in ways if one.name in ("rules", "all")]
    return pages.page(
        asked, "risk/model.html", view=view, ways=ways, who=who,
        curves=[(one.name, _curve(one)) for one in drawn if one.worth.at], dots=_dots(told.chances),
        **again(asked),
    )  # fmt: skip


def shadow(asked: Asked, pages: Pages) -> Response:
    """What a version in shadow would select, and how its score fared: a part of its page, or a page of its own."""
    view = shadow_model(asked.officer, _version(asked), asked.node, asked.purpose)
    if asked.is_partial:
        return pages.fragment(asked, "risk/shadow_part.html", view=view)
    return pages.page(asked, "risk/shadow.html", view=view)


def train(asked: Asked, pages: Pages) -> Response:
    """Start to teach the channels; the page tells how far it is."""
    teaching.begin(asked.officer, asked.node, asked.field("reason"), purpose=asked.purpose)
    return done("/risk/models#training")


def training(asked: Asked, pages: Pages) -> Response:
    """How far teaching is: the part of the page that asks again while it goes on."""
    told = teaching.progress(asked.officer, asked.node, asked.purpose)
    return pages.fragment(asked, "risk/training.html", training=told, fault_of=_fault(told))


def _fault(told: TrainingView | None) -> VigieError | None:
    """Why it failed, as an error that can be told."""
    if told is None or not told.fault or told.fault == "interrupted":
        return None
    fault = VigieError(**told.facts)
    fault.code = told.fault  # type: ignore[misc]  # the text is found by the code
    return fault


def step(asked: Asked, pages: Pages) -> Response:
    """Take a step of the life-cycle."""
    verb, version = asked.field("verb"), _version(asked)
    if verb not in VERBS:
        raise BadRequest(field="verb")
    desk.step(asked.officer, version, verb, asked.field("reason"), asked.node, asked.purpose)
    return done(f"/risk/models/{version}", Said("said-model-step", {"version": version}))


def _version(asked: Asked) -> int:
    return int(asked.request.path_params["version"])


def _curve(one: Judged) -> str:
    """Finds at capacity as points of a line: share of boxes scanned against share of the finds, both from 0 to all."""
    top = max(at.share for at in one.worth.at)
    points = [(0.0, HEIGHT)] + [(at.share / top * WIDTH, HEIGHT - at.recall[0] * HEIGHT) for at in one.worth.at]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _dots(chances: tuple[tuple[int, int, int], ...]) -> list[dict[str, Any]]:
    """Chances said against what was found, on one scale for both."""
    if not chances:
        return []
    top = max(1, *(max(said, found) for said, found, _ in chances))
    return [
        {"x": round(said / top * WIDTH, 1), "y": round(HEIGHT - found / top * HEIGHT, 1),
         "said": said / _MILLION, "found": found / _MILLION, "rows": rows}
        for said, found, rows in chances
    ]  # fmt: skip
