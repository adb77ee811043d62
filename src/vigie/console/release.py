"""Releases: rights to collect boxes, one right's chain, its key (shown once), and the gate where keys are presented."""

from typing import Any

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import arrivals, release_gate
from vigie.desk import release as desk
from vigie.terms import HOUR, BadRequest, Moment, Purpose
from vigie.tracking import ReleaseRole, ReleaseState

STATES = tuple(one.value for one in ReleaseState)
ROLES = tuple(one.value for one in ReleaseRole)
VERBS = ("transfer", "accept", "key", "refuse", "revoke", "ask-override", "confirm-override")
ROAD = STATES[:6]
"""The straight road of a right; a refusal, a revocation or an end in time leaves it."""


def rights(asked: Asked, pages: Pages) -> Response:
    """All rights in reach, the latest alerts, and the form of a new right."""
    told = asked.request.query_params
    state, before = told.get("state", "")[:20], told.get("before", "")
    view = desk.listed(
        asked.officer, asked.node, state if state in STATES else "", int(before) if before.isdecimal() else None,
        purpose=asked.purpose,
    )  # fmt: skip
    alerts = desk.alerts(asked.officer, asked.node, 8, asked.purpose)
    return pages.page(
        asked, "release/list.html", view=view, alerts=alerts, state=state, states=STATES, roles=ROLES
    )


def right(asked: Asked, pages: Pages) -> Response:
    """One right; without a reason for the look, the question for it."""
    wanted, why = _wanted(asked), asked.request.query_params.get("reason", "").strip()[:400]
    if not why:
        desk.admit(asked.officer, wanted, asked.node, asked.purpose)
        return pages.page(asked, "release/why.html", right=wanted)
    view = desk.show(asked.officer, wanted, why, asked.node, asked.purpose)
    reached = {one.state for one in view.steps}
    road = [{"state": state, "reached": state in reached} for state in ROAD]
    return pages.page(asked, "release/right.html", view=view, why=why, verbs=VERBS, roles=ROLES, road=road)


def _wanted(asked: Asked) -> str:
    return str(asked.request.path_params["right"])[:80]


def _hours(asked: Asked) -> int:
    told = asked.field("hours")
    if not told.isdecimal() or not 1 <= int(told) <= 8760:
        raise BadRequest(field="hours")
    return int(told)


def issue(asked: Asked, pages: Pages) -> Response:
    """Issue a right."""
    told = _filled(asked, "number", "terminal", "to", "role")
    made = desk.issue(
        asked.officer, arrivals.find(asked.officer, told["number"], asked.node), asked.node,
        terminal=told["terminal"], to=told["to"], role=told["role"],
        end=Moment(asked.node.now() + _hours(asked) * HOUR), purpose=asked.purpose,
    )  # fmt: skip
    return done("/tracking/releases", Said("said-right", {"id": made.id}))


def _filled(asked: Asked, *names: str) -> dict[str, str]:
    told = {name: asked.field(name) for name in names}
    for name, value in told.items():
        if not value:
            raise BadRequest(reason="release-needs", field=name)
    return told


def step(asked: Asked, pages: Pages) -> Response:
    """Take a step with a right."""
    wanted = _wanted(asked)
    desk.step(
        asked.officer, wanted, asked.field("verb"), asked.node, party=asked.field("party"), to=asked.field("to"),
        role=asked.field("role"), reason=asked.field("reason"), purpose=asked.purpose,
    )  # fmt: skip
    return done("/tracking/releases", Said("said-right", {"id": wanted}))


def key(asked: Asked, pages: Pages) -> Response:
    """Make a key and show it: the only page it ever stands on, which no browser keeps (`no-store`)."""
    told, now = _filled(asked, "party", "plate"), asked.node.now()
    made = desk.key(
        asked.officer, _wanted(asked), asked.node, party=told["party"], plate=told["plate"], start=now,
        end=Moment(now + _hours(asked) * HOUR), commitment=asked.field("commitment"), purpose=asked.purpose,
    )  # fmt: skip
    return pages.page(asked, "release/key.html", made=made, why=asked.field("why"))


def gate(asked: Asked, pages: Pages) -> Response:
    """The form of the gate."""
    release_gate.admit(asked.officer, asked.node, _purpose(asked))
    return pages.page(asked, "release/gate.html", **_where(asked), answer=None)


def present(asked: Asked, pages: Pages) -> Response:
    """Present a key; the answer stands above the form."""
    told = _filled(asked, "container", "terminal", "gate", "carrier", "plate", "key")
    answer = release_gate.present(asked.officer, asked.node, purpose=_purpose(asked), **told)
    return pages.page(asked, "release/gate.html", **_where(asked), answer=answer)


def _where(asked: Asked) -> dict[str, Any]:
    return {"terminal": asked.field("terminal"), "gate": asked.field("gate")}


def _purpose(asked: Asked) -> Purpose:
    """Inspection, where the officer is cleared for it: a gate is no desk for targeting."""
    cleared = asked.officer.purposes
    return Purpose.INSPECTION if Purpose.INSPECTION in cleared else asked.purpose
