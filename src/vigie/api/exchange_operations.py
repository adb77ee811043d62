"""`/exchange`: one thing, requests and answers, what would leave, joint operations, trainings, agreements."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Body, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import (
    bulletin,
    exchange,
    exchange_agreements,
    exchange_following,
    exchange_operations,
    exchange_preview,
    exchange_replies,
    exchange_things,
    exchange_training,
)
from vigie.desk.views.exchange_work import MaterialRow
from vigie.exchange import Piece, read_marked, read_telling
from vigie.terms import BadRequest

api = APIRouter(prefix="/exchange", tags=["exchange"])

Chosen = Annotated[str, Body(max_length=64)]
Kind = Annotated[str, Body(max_length=40)]
Fields = Annotated[dict[str, Any], Body()]
Word = Annotated[str, Body(max_length=20)]
Text = Annotated[str, Body(min_length=1, max_length=2000)]
Draft = Annotated[str, Body(embed=True, max_length=200)]


@api.get("/things/{wanted}", summary="One thing")
def thing(wanted: str, officer: Caller, node: Served) -> Response:
    """Show one thing: what it says, its marking, its versions, who answered."""
    return answer(exchange_things.one(officer, wanted, node))


@api.get("/following", summary="What I follow")
def following(officer: Caller, node: Served) -> Response:
    """List what the officer follows of what partners tell, with how much is new since the last look."""
    return answer(exchange_following.following(officer, node))


@api.get("/following/things", summary="What came of what I follow")
def followed(officer: Caller, node: Served) -> Response:
    """List what partners told of what the officer follows, newest first; from now on it counts as seen."""
    return answer(exchange_following.followed(officer, node))


@api.post("/following", status_code=201, summary="Follow something")
def follow(officer: Caller, node: Served, kind: Chosen = "", partner: Chosen = "", about: Chosen = "") -> Response:
    """Follow a kind of thing, a partner, a container, ship, place or heading of goods."""
    return answer(exchange_following.follow(officer, node, kind=kind, partner=partner, about=about), 201)


@api.post("/following/remove", summary="Follow something no longer")
def unfollow(officer: Caller, node: Served, kind: Chosen = "", partner: Chosen = "", about: Chosen = "") -> Response:
    """Follow something no longer."""
    return answer(exchange_following.unfollow(officer, node, kind=kind, partner=partner, about=about))


@api.get("/requests", summary="Please look at this container")
def requests(officer: Caller, node: Served) -> Response:
    """List what was asked, by partners and by this node, with what was answered."""
    return answer(exchange_replies.requests(officer, node))


@api.post("/things/{wanted}/replies", status_code=201, summary="Answer a partner")
def reply(wanted: str, word: Word, text: Text, officer: Caller, node: Served) -> Response:
    """Answer a thing that asks for an answer; the answer goes back under the marking of what it answers."""
    return answer(exchange_replies.reply(officer, wanted, word, text, node), 201)


@api.post("/previews", status_code=201, summary="What would leave")
def prepare(kind: Kind, thing: Fields, marking: Fields, officer: Caller, node: Served) -> Response:
    """Show what would leave, to the byte and per recipient; nothing leaves."""
    return answer(exchange_preview.prepare(officer, *read_telling(kind, thing, marking), node), 201)


@api.post("/previews/send", summary="Send what was shown")
def release(draft: Draft, officer: Caller, node: Served) -> Response:
    """Send what was shown, byte for byte; what needs two officers waits for the second."""
    return answer(exchange_preview.release(officer, draft, node))


@api.post("/previews/discard", status_code=204, summary="Throw away what was shown")
def discard(draft: Draft, officer: Caller, node: Served) -> Response:
    """Throw away what was prepared."""
    exchange_preview.discard(officer, draft, node)
    return Response(status_code=204)


@api.delete("/drafts/{wanted}", status_code=204, summary="Do not send what waits")
def drop(wanted: str, officer: Caller, node: Served) -> Response:
    """Throw away what waits for a second officer: its writer withdraws it, another one refuses it."""
    exchange.drop(officer, wanted, node)
    return Response(status_code=204)


@api.get("/agreements", summary="Agreements")
def agreements(officer: Caller, node: Served) -> Response:
    """List the agreements of this node: what it may send to whom, and what comes to it."""
    return answer(exchange_agreements.agreements(officer, node))


@api.get("/refused", summary="What was refused of partners")
def refused(officer: Caller, node: Served) -> Response:
    """List what was refused of partners lately, each with the rule that it broke."""
    return answer(exchange_agreements.refused(officer, node))


@api.get("/operations", summary="Joint operations")
def operations(officer: Caller, node: Served) -> Response:
    """List the joint operations."""
    return answer(exchange_operations.page(officer, node))


@api.get("/operations/{wanted}", summary="One joint operation")
def operation(wanted: str, officer: Caller, node: Served) -> Response:
    """Show one joint operation: answers, tasks, units, log."""
    return answer(exchange_operations.show(officer, wanted, node))


@api.post("/operations/{wanted}/steps", summary="Say something in a joint operation")
def step(
    wanted: str, word: Word, text: Text, officer: Caller, node: Served, item: Annotated[int, Body(ge=0)] = 0
) -> Response:
    """Accept, decline, name a unit, begin or finish a task, note, close."""
    return answer(exchange_operations.step(officer, wanted, word, text, node, item=item))


@api.get("/operations/{wanted}/report", summary="Closing report")
def report(
    wanted: str, officer: Caller, node: Served, form: Annotated[str, Query(max_length=8)] = "html",
    language: Annotated[str, Query(max_length=2)] = "",
) -> Response:  # fmt: skip
    """Give the closing report of a joint operation as a file."""
    document = exchange_operations.report(officer, wanted, node, language)
    made = bulletin.printed(document, form, node, "operation")
    return Response(made.body, media_type=made.media)


@api.get("/trainings", summary="Trainings")
def trainings(officer: Caller, node: Served) -> Response:
    """List the training packages."""
    return answer(exchange_training.page(officer, node))


class FileTold(msgspec.Struct, forbid_unknown_fields=True):
    """A file of a training. body: Base64."""

    name: str
    body: bytes
    media: str = "application/octet-stream"
    label: str = ""


@api.post("/trainings", status_code=201, summary="Offer a training")
def offer(
    name: Annotated[str, Body(min_length=1, max_length=200)], description: Text,
    language: Annotated[str, Body(min_length=2, max_length=2)], minutes: Annotated[int, Body(ge=1, le=100_000)],
    files: Annotated[list[dict[str, Any]], Body(min_length=1, max_length=200)], marking: Fields, officer: Caller,
    node: Served,
) -> Response:  # fmt: skip
    """Offer a training with its material: one package, which the nodes of the marking fetch."""
    try:
        told = msgspec.convert(files, list[FileTold])
    except msgspec.ValidationError:
        raise BadRequest(field="files") from None
    pieces = [Piece(one.name, one.media, one.body, "material", one.label) for one in told]
    sent = exchange_training.offer(
        officer, name, description, language, minutes, pieces, read_marked(marking), node
    )  # fmt: skip
    return answer(sent, 201)


@api.get("/trainings/{wanted}/material", responses=shown(MaterialRow, many=True), summary="A training's files")
def material(wanted: str, officer: Caller, node: Served) -> Response:
    """List the files of a training's material; none while it has not come."""
    return answer(exchange_training.material(officer, wanted, node))


@api.get("/trainings/{wanted}/material/{name}", response_class=Response, summary="A file of a training")
def piece(wanted: str, name: str, officer: Caller, node: Served) -> Response:
    """Give one file of a training's material."""
    found = exchange_training.piece(officer, wanted, name, node)
    return Response(found.body, media_type="application/octet-stream")


@api.post("/trainings/{wanted}/complete", summary="Note a completed training")
def complete(wanted: str, officer: Caller, node: Served) -> Response:
    """Note that the officer completed a package."""
    return answer(exchange_training.complete(officer, wanted, node))


@api.post("/trainings/{wanted}/report", summary="Tell how many completed a training")
def tell_count(
    wanted: str, text: Annotated[str, Body(embed=True, max_length=400)], officer: Caller, node: Served
) -> Response:
    """Tell who made a package how many officers of this node completed it."""
    return answer(exchange_training.report(officer, wanted, text, node))
