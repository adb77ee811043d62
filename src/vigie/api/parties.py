"""`/parties`: find parties, say that two are one, take it back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedMerge, AskedPart
from vigie.api.schema import shown
from vigie.desk import parties
from vigie.desk.views import MergeView, PartyFound, PartyPage

api = APIRouter(prefix="/parties", tags=["parties"])


@api.get("", responses=shown(PartyFound, many=True), summary="Find parties")
def find(q: Annotated[str, Query(min_length=1, max_length=120)], officer: Caller, node: Served) -> Response:
    """Find parties by name; one typing error per word is forgiven."""
    return answer(parties.find(officer, q, node))


@api.get("/merges", responses=shown(MergeView, many=True), summary="Who was said to be one")
def merges(officer: Caller, node: Served) -> Response:
    """List every word of who is one, newest first."""
    return answer(parties.merges(officer, node))


@api.get("/{key}", responses=shown(PartyPage), summary="One party")
def page(key: str, officer: Caller, node: Served) -> Response:
    """Show a party under all its names, what officers said of it, its latest boxes."""
    return answer(parties.page(officer, key, node))


@api.post("/{key}/merge", responses=shown(PartyPage), summary="Two are one")
def merge(key: str, asked: AskedMerge, officer: Caller, node: Served) -> Response:
    """Say that a party is another one; entries from now on count it so, the past stays."""
    return answer(parties.merge(officer, key, asked.into, asked.reason, node))


@api.post("/{key}/part", responses=shown(PartyPage), summary="They are two after all")
def part(key: str, asked: AskedPart, officer: Caller, node: Served) -> Response:
    """Take back that a party is another one."""
    return answer(parties.part(officer, key, asked.reason, node))
