"""`/exchange`: what partners were told and told us, taking back, bundles, the federation."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.bodies import bounded
from vigie.desk import (
    exchange,
    exchange_bundles,
    exchange_delivering,
    exchange_federation,
    exchange_holding,
    exchange_receiving,
    exchange_split,
    exchange_taxii,
    exchange_telling_many,
)
from vigie.exchange import MOST_BYTES, ExchangeRefused, Why, read_telling
from vigie.terms import Purpose, moment_of

api = APIRouter(prefix="/exchange", tags=["exchange"])

Kind = Annotated[str, Body(max_length=40)]
Fields = Annotated[dict[str, Any], Body()]
Reason = Annotated[str, Body(embed=True, min_length=3, max_length=1000)]
Text = Annotated[str, Body(min_length=1, max_length=1000)]
Nodes = Annotated[list[str], Body(max_length=64)]
Until = Annotated[datetime, Body()]
Several = Annotated[list[dict[str, Any]], Body(embed=True, max_length=10_000)]
BATCH = "application/vnd.vigie.batch"
UPLOAD: dict[str, Any] = {"requestBody": {"required": True, "content": {BATCH: {"schema": {"type": "string"}}}}}


@api.get("/inbox", summary="What partners told")
def inbox(officer: Caller, node: Served, about: Annotated[str, Query(max_length=40)] = "") -> Response:
    """List what partners told, newest first, or all that speaks of a container or ship."""
    return answer(exchange.search(officer, about, node) if about else exchange.inbox(officer, node))


@api.get("/outbox", summary="What this node told")
def outbox(officer: Caller, node: Served) -> Response:
    """List what this node told, newest first."""
    return answer(exchange.outbox(officer, node))


@api.get("/partners", summary="Partners")
def partners(officer: Caller, node: Served) -> Response:
    """List the partners: what waits for each, when it was heard of last."""
    return answer(exchange.partners(officer, node))


@api.post("/things", status_code=201, summary="Tell partners something")
def send(kind: Kind, thing: Fields, marking: Fields, officer: Caller, node: Served) -> Response:
    """Tell the nodes that the marking names something; an empty audience is refused."""
    return answer(exchange.send(officer, *read_telling(kind, thing, marking), node), 201)


@api.post("/things/many", status_code=201, summary="Tell partners many things")
def send_many(things: Several, officer: Caller, node: Served) -> Response:
    """Tell many things at once, each `{kind, thing, marking}`: all of them or none; none may need a second officer."""
    told = [read_telling(str(one.get("kind", "")), one.get("thing", {}), one.get("marking", {})) for one in things]
    return answer(exchange_telling_many.send_many(officer, told, node), 201)


@api.get("/deliveries", summary="How delivering goes")
def deliveries(officer: Caller, node: Served) -> Response:
    """Show how delivering to each partner goes: what waits, since when it does not answer, when it is tried again."""
    return answer(exchange_delivering.deliveries(officer, node))


@api.get("/tokens", summary="Tokens of TAXII clients")
def tokens(officer: Caller, node: Served) -> Response:
    """List who has tokens; the tokens themselves nobody can list."""
    return answer(exchange_taxii.tokens(officer, node))


@api.post("/tokens/{partner}", status_code=201, summary="Give a partner's TAXII client a token")
def give_token(
    partner: str, officer: Caller, node: Served, days: Annotated[int, Body(embed=True, ge=1, le=366)] = 90
) -> Response:
    """Give a token for a partner's client; it is shown this once."""
    return answer({"token": exchange_taxii.give_token(officer, partner, node, days)}, 201)


@api.delete("/tokens/{partner}", summary="Take a partner's tokens back")
def withdraw_tokens(partner: str, officer: Caller, node: Served) -> Response:
    """Take all tokens of a partner back."""
    return answer({"withdrawn": exchange_taxii.withdraw_tokens(officer, partner, node)})


@api.put("/things/{wanted}", summary="Tell something again, changed")
def revise(wanted: str, kind: Kind, thing: Fields, marking: Fields, officer: Caller, node: Served) -> Response:
    """Tell a thing of this node again; the version before goes everywhere."""
    return answer(exchange.revise(officer, wanted, *read_telling(kind, thing, marking), node))


@api.post("/things/{wanted}/retract", summary="Take something back")
def retract(wanted: str, reason: Reason, officer: Caller, node: Served) -> Response:
    """Take a thing of this node back; every node that has it must erase it and say so."""
    return answer(exchange.retract(officer, wanted, reason, node))


@api.get("/things/{wanted}/answers", summary="What partners answered")
def answers(wanted: str, officer: Caller, node: Served) -> Response:
    """Show what every partner answered when a thing was changed or taken back."""
    return answer(exchange.coverage(officer, wanted, node))


@api.post("/things/{wanted}/hold", status_code=202, summary="Ask for a legal hold")
def ask_hold(
    wanted: str, authority: Text, case: Text, ground: Text, until: Until, officer: Caller, node: Served
) -> Response:
    """Ask that a thing be kept although its partner takes it back; a second officer has to confirm."""
    exchange_holding.ask_hold(officer, wanted, authority, case, ground, moment_of(until), node)
    return Response(status_code=202)


@api.post("/things/{wanted}/hold/confirm", status_code=204, summary="Confirm a legal hold")
def confirm_hold(wanted: str, officer: Caller, node: Served) -> Response:
    """Confirm a hold that another officer asked for; from now on nothing of the thing is erased."""
    exchange_holding.confirm_hold(officer, wanted, node)
    return Response(status_code=204)


@api.delete("/things/{wanted}/hold", status_code=204, summary="Lift a legal hold")
def lift_hold(wanted: str, officer: Caller, node: Served) -> Response:
    """Lift a hold: what had to go is erased at once, and who waits for it is told."""
    exchange_holding.lift_hold(officer, wanted, node)
    return Response(status_code=204)


@api.post("/things/{wanted}/release-request", status_code=204, summary="Ask the originator to pass a thing on")
def ask_release(
    wanted: str, nodes: Nodes, reason: Text, officer: Caller, node: Served, judicial: Annotated[bool, Body()] = False
) -> Response:
    """Ask the originator whether a thing may be passed on to nodes, and to courts."""
    exchange_holding.ask_release(officer, wanted, tuple(nodes), reason, node, judicial=judicial)
    return Response(status_code=204)


@api.post("/things/{wanted}/release", status_code=204, summary="Answer a partner who wants to pass a thing on")
def answer_release(
    wanted: str, asked_by: Text, granted: Annotated[bool, Body()], until: Until, reason: Text, officer: Caller,
    node: Served,
) -> Response:  # fmt: skip
    """Answer, as the originator, the latest request of a partner about a thing."""
    exchange_holding.answer_release(officer, wanted, asked_by, granted, moment_of(until), reason, node)
    return Response(status_code=204)


@api.post("/things/{wanted}/pass-on", summary="Pass a partner's thing on")
def pass_on(
    wanted: str, nodes: Annotated[list[str], Body(embed=True, max_length=64)], officer: Caller, node: Served
) -> Response:
    """Pass a partner's thing on; needs the originator's grant, but for what is CLEAR or GREEN and free."""
    return answer(exchange_holding.pass_on(officer, wanted, tuple(nodes), node))


@api.get("/drafts", summary="What waits for a second officer")
def drafts(officer: Caller, node: Served) -> Response:
    """List what waits for a second officer."""
    return answer(exchange.drafts(officer, node))


@api.post("/drafts/{wanted}/approve", summary="Approve what another officer wants to send")
def approve(wanted: str, officer: Caller, node: Served) -> Response:
    """Approve what another officer wants to send; it leaves."""
    return answer(exchange.approve(officer, wanted, node))


@api.get("/bundles/{partner}", summary="What waits for a partner, for a stick")
def bundle(partner: str, officer: Caller, node: Served) -> Response:
    """Give what waits for a partner as signed bytes."""
    return Response(exchange_bundles.bundle(officer, partner, node), media_type=BATCH)


@api.post("/bundles", summary="Take a partner's bundle in", openapi_extra=UPLOAD)
async def take(request: Request, officer: Caller, node: Served) -> Response:
    """Take signed bytes of a partner in; whatever breaks a rule is refused with its code."""
    raw = await bounded(request, MOST_BYTES, ExchangeRefused(reason=Why.OVERSIZE.value, most=MOST_BYTES))
    return answer(await run_in_threadpool(exchange_receiving.take_in, officer, raw, node))


@api.get("/log", summary="Check the own log")
def verify(officer: Caller, node: Served) -> Response:
    """Read the whole own log again: every leaf, the tree, the signed head."""
    purpose = Purpose.OVERSIGHT if Purpose.OVERSIGHT in officer.purposes else Purpose.TARGETING
    return answer(exchange_bundles.verify(officer, node, purpose))


@api.post("/federation/resume", summary="Go on with the own log after a restore")
def resume(reason: Reason, officer: Caller, node: Served) -> Response:
    """Write into the own exchange log again after a restore; partners that know more of it will refuse it."""
    return answer(exchange_federation.begin_anew(officer, reason, node))


@api.post("/federation/partners/{partner}/believe", summary="Believe a partner's log again")
def believe(partner: str, reason: Reason, officer: Caller, node: Served) -> Response:
    """Believe a partner's log again that had two pasts, after people have cleared it up."""
    return answer(exchange_split.believe(officer, partner, reason, node))


@api.get("/federation", summary="The federation")
def federation(officer: Caller, node: Served) -> Response:
    """Show the federation as this node knows it."""
    purpose = Purpose.ADMINISTRATION if Purpose.ADMINISTRATION in officer.purposes else Purpose.TARGETING
    return answer(exchange_federation.show(officer, node, purpose))
