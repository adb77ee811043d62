"""`/tracking/releases`, `/tracking/presentations`: rights to collect boxes, keys at the gate, events of others."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, HTTPException, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked, Text
from vigie.api.bodies import bounded, table_text
from vigie.api.schema import TABLE, shown
from vigie.desk import arrivals, release, release_gate, release_taking
from vigie.desk.views.release import (
    GateAnswer,
    ReleaseAlertView,
    ReleaseKeyMade,
    ReleasePage,
    ReleaseRow,
    ReleaseTaken,
    ReleaseView,
)
from vigie.terms import BadRequest, moment_of

api = APIRouter(prefix="/tracking", tags=["release rights"])

Name = Annotated[str, Field(min_length=1, max_length=80)]
Role = Literal["shipping-line", "shipping-agent", "forwarder", "carrier", "terminal"]


class AskedRelease(Asked):
    """A right to be issued; `number` is a container number or a visit, `to` the first party of the chain."""

    number: Annotated[str, Field(min_length=4, max_length=40)]
    terminal: Name
    to: Name
    role: Role
    end: datetime
    start: datetime | None = None
    reason: Text = ""


class AskedTransfer(Asked):
    """A right passed on: by its holder to the next party."""

    party: Name
    to: Name
    role: Role


class AskedStep(Asked):
    """Another step of a right."""

    verb: Literal["accept", "refuse", "revoke", "ask-override", "confirm-override"]
    party: Text = ""
    to: Text = ""
    reason: Text = ""


class AskedKey(Asked):
    """A one-time key; `commitment` is the SHA-256 of a key that the carrier made itself."""

    party: Name
    plate: Name
    start: datetime
    end: datetime
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class AskedPresentation(Asked):
    """A key presented at a gate."""

    container: Annotated[str, Field(min_length=4, max_length=40)]
    terminal: Name
    gate: Annotated[str, Field(min_length=1, max_length=40)]
    carrier: Name
    plate: Name
    key: Annotated[str, Field(min_length=1, max_length=200)]


@api.get("/releases", responses=shown(ReleasePage), summary="Release rights")
def page(
    officer: Caller, node: Served, state: str = "", before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=release.MOST)] = 50,
) -> Response:
    """List rights, the last changed first, without their parties."""
    return answer(release.listed(officer, node, state, before, limit))


@api.get("/releases/alerts", responses=shown(ReleaseAlertView, many=True), summary="Alerts about release rights")
def alerts(officer: Caller, node: Served) -> Response:
    """List the latest alerts, newest first."""
    return answer(release.alerts(officer, node))


@api.post("/releases", responses=shown(ReleaseRow, status=201), status_code=201, summary="Issue a right")
def issue(asked: AskedRelease, officer: Caller, node: Served) -> Response:
    """Issue the right to collect a box to the first party of its chain."""
    made = release.issue(
        officer, arrivals.find(officer, asked.number, node), node, terminal=asked.terminal, to=asked.to,
        role=asked.role, end=moment_of(asked.end), start=None if asked.start is None else moment_of(asked.start),
        reason=asked.reason,
    )  # fmt: skip
    return answer(made, 201)


@api.post("/releases/import", responses=shown(ReleaseTaken), summary="Import a table of rights", openapi_extra=TABLE)
async def take_in(request: Request, officer: Caller, node: Served) -> Response:
    """Take the steps of a CSV table in; what cannot be read or done is told row by row."""
    text = await table_text(request)
    taken, doubts = await run_in_threadpool(release_taking.import_csv, officer, text, node)
    return answer({"taken": taken.taken, "known": taken.known, "doubts": doubts})


@api.get("/releases/{right}", responses=shown(ReleaseView), summary="One right")
def show(
    right: str, reason: Annotated[str, Query(min_length=3, max_length=400)], officer: Caller, node: Served
) -> Response:
    """Show a right with its chain; why it is looked at is kept in the trail."""
    return answer(release.show(officer, right, reason, node))


@api.post("/releases/{right}/transfers", responses=shown(ReleaseRow), summary="Pass a right on")
def transfer(right: str, asked: AskedTransfer, officer: Caller, node: Served) -> Response:
    """Pass a right to the next party; it counts once that party accepts."""
    return answer(release.step(
        officer, right, "transfer", node, party=asked.party, to=asked.to, role=asked.role
    ))  # fmt: skip


@api.post("/releases/{right}/steps", responses=shown(ReleaseRow), summary="Accept, refuse, revoke, override")
def step(right: str, asked: AskedStep, officer: Caller, node: Served) -> Response:
    """Take another step; an override is asked for by one officer and confirmed by another."""
    return answer(release.step(
        officer, right, asked.verb, node, party=asked.party, to=asked.to, reason=asked.reason
    ))  # fmt: skip


@api.post("/releases/{right}/keys", responses=shown(ReleaseKeyMade, status=201), status_code=201, summary="Make a key")
def key(right: str, asked: AskedKey, officer: Caller, node: Served) -> Response:
    """Make the one-time key of a right; this answer is the only place where it ever stands."""
    made = release.key(
        officer, right, node, party=asked.party, plate=asked.plate, start=moment_of(asked.start),
        end=moment_of(asked.end), commitment=asked.commitment or "",
    )  # fmt: skip
    return answer(made, 201)


@api.post("/presentations", responses=shown(GateAnswer), summary="Present a key at a gate")
def present(asked: AskedPresentation, officer: Caller, node: Served) -> Response:
    """Answer a key at a gate: allowed or not, with the reason as a code and in the caller's language."""
    return answer(release_gate.present(
        officer, node, container=asked.container, terminal=asked.terminal, gate=asked.gate, carrier=asked.carrier,
        plate=asked.plate, key=asked.key,
    ))  # fmt: skip


@api.post("/release-events", responses=shown(ReleaseTaken), summary="Events of a terminal's own system")
async def told(
    request: Request, node: Served, sender: Annotated[str, Header(alias="X-Vigie-Sender")] = "",
    timestamp: Annotated[str, Header(alias="X-Vigie-Timestamp")] = "",
    signature: Annotated[str, Header(alias="X-Vigie-Signature")] = "",
) -> Response:
    """Take signed events in; each counts once, by its id. No session: the signature is who speaks."""
    if not signature:
        raise HTTPException(401, "sign the message", {"WWW-Authenticate": "Vigie-Signature"})
    body = await bounded(request, release_taking.LARGEST, BadRequest(reason="larger-than-one-mebibyte"))
    taken, doubts = await run_in_threadpool(
        release_taking.receive, sender, timestamp, signature, body, node
    )
    return answer({"taken": taken.taken, "known": taken.known, "doubts": doubts})
