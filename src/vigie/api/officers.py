"""`/officers`: who may sign in; `/health`: how the node is."""

from fastapi import APIRouter, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedOfficer
from vigie.api.schema import shown
from vigie.desk import officers, today
from vigie.desk.views import HealthFact, OfficerView, SignInLink
from vigie.terms import Officer, OfficerId

api = APIRouter(tags=["officers"])


@api.get("/officers", responses=shown(OfficerView, many=True), summary="Officers")
def everyone(officer: Caller, node: Served) -> Response:
    """List the officers of this node, those who left included."""
    return answer(officers.everyone(officer, node))


@api.post("/officers", status_code=201, responses=shown(SignInLink, status=201), summary="Add an officer")
def add(asked: AskedOfficer, officer: Caller, node: Served) -> Response:
    """Add an officer; the token opens `/sign-in/{token}` once."""
    new = Officer(
        OfficerId(asked.id),
        asked.name or asked.id,
        tuple(asked.roles),
        asked.clearance,
        tuple(asked.purposes),
        tuple(asked.sites),
        asked.language.value,
    )
    return answer(officers.add(officer, new, node), 201)


@api.post("/officers/{name}/link", status_code=201, responses=shown(SignInLink, status=201), summary="A sign-in link")
def link(name: str, officer: Caller, node: Served) -> Response:
    """Make a new one-time sign-in link for an officer."""
    return answer(officers.link(officer, OfficerId(name), node), 201)


@api.post("/officers/{name}/deactivate", status_code=204, summary="Close an officer's access")
def deactivate(name: str, officer: Caller, node: Served) -> Response:
    """End an officer's sessions and let the officer in no more; the trail keeps the name."""
    officers.deactivate(officer, OfficerId(name), node)
    return Response(status_code=204)


@api.get("/health", responses=shown(HealthFact, many=True), summary="Health of the node")
def health(officer: Caller, node: Served) -> Response:
    """Tell how the node is: store, keys, clock, disk, what waits."""
    return answer(today.health(officer, node))
