"""`/scanning/readings` and `/scanning/training`: what waits for a reader, claims, readings, agreement; training."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked
from vigie.api.schema import shown
from vigie.desk import reading, reading_room, reading_shown, reading_training, scanning_elsewhere
from vigie.desk.scanning import purpose_of
from vigie.desk.views import (
    AgreementView,
    ReadingGiven,
    ReadingQueue,
    ReadingRow,
    RoomView,
    ScanReadingView,
    TrainingAnswered,
    TrainingItem,
    TrainingRoom,
)
from vigie.scanning import QuizAnswer, Region, RoomRules, Sighting
from vigie.terms import Officer, Purpose

api = APIRouter(prefix="/scanning", tags=["scanning"])

Pixel = Annotated[int, Field(ge=0, le=100_000)]
Side = Annotated[int, Field(ge=1, le=100_000)]
Words = Annotated[str, Field(max_length=1000)]


class AskedRegion(Asked):
    """A part of the picture, pixels of the high-energy picture, and why it is marked."""

    x: Pixel
    y: Pixel
    width: Side
    height: Side
    reason: Sighting
    note: Words = ""


class AskedReading(Asked):
    """What a reader says of a scan. seconds: How long it took; left out, it counts from the claim."""

    verdict: Literal["nothing-seen", "hold-and-visit", "second-reader"]
    regions: Annotated[tuple[AskedRegion, ...], Field(max_length=20)] = ()
    note: Words = ""
    seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None


class AskedRoom(Asked):
    """Rules of the reading room, as `vigie.scanning.RoomRules`."""

    machine_first: bool = False
    reasons_shown: bool = True
    places_shown: bool = True
    second_ppm: Annotated[int, Field(ge=0, le=1_000_000)] = 35_000
    claim_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    due_minutes: Annotated[int, Field(ge=1, le=20_160)] = 60


class AskedAnswer(Asked):
    """An answer to a training picture: whether there is a threat, and where (left, top, width, height)."""

    threat: bool
    places: Annotated[tuple[tuple[Pixel, Pixel, Side, Side], ...], Field(max_length=20)] = ()
    seconds: Annotated[float, Field(ge=0, le=3600)] = 0.0


class AskedRealism(Asked):
    """Whether an answered picture looked real."""

    looked_real: bool


def _reads(officer: Officer) -> Purpose:
    return purpose_of(officer, "read-scans")


@api.get("/readings", responses=shown(ReadingQueue), summary="What waits for a reader")
def queue(
    officer: Caller, node: Served, awaits: Literal["", "first", "second", "arbiter"] = "",
    place: Literal["", "look-first", "look", "random-audit"] = "", claimed: Literal["", "me", "none"] = "",
    container: Annotated[str, Query(max_length=11)] = "", limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:  # fmt: skip
    """List the scans that wait, in the order in which they are to be read."""
    told = reading.worklist(officer, node, awaits=awaits, place=place, claimed=claimed, container=container,
                            limit=limit, purpose=purpose_of(officer))  # fmt: skip
    return answer(told)


@api.get("/readings/agreement", responses=shown(AgreementView), summary="Agreement of readers")
def agreement(officer: Caller, node: Served) -> Response:
    """Tell how far blind pairs agree beyond chance, with an interval."""
    return answer(reading.agreement_of(officer, node, purpose_of(officer, "see-agreement")))


@api.get("/readings/room", responses=shown(RoomView), summary="Rules of the reading room")
def room(officer: Caller, node: Served) -> Response:
    """Show what readers are shown, and how many get a second reader."""
    return answer(RoomView.of(reading_room.room(officer, node, purpose_of(officer))))


@api.put("/readings/room", responses=shown(RoomView), summary="Change the rules of the reading room")
def set_room(told: AskedRoom, officer: Caller, node: Served) -> Response:
    """Change the rules; the change is in the trail."""
    purpose = purpose_of(officer, "change-reading-room")
    return answer(RoomView.of(reading_room.set_room(officer, RoomRules(**told.model_dump()), node, purpose)))


@api.get("/readings/{scan}", responses=shown(ScanReadingView), summary="One scan as its reader sees it")
def show(scan: str, officer: Caller, node: Served) -> Response:
    """Show a scan with what this officer may know of it now."""
    return answer(reading_shown.show(officer, scan, node, purpose_of(officer)))


@api.post("/readings/{scan}", responses=shown(ReadingGiven), summary="Give a reading")
def give(scan: str, told: AskedReading, officer: Caller, node: Served) -> Response:
    """Give the reading that the scan waits for; a hold holds its box."""
    regions = tuple(Region(**one.model_dump()) for one in told.regions)
    given = reading.give(officer, scan, told.verdict, node, regions, told.note, told.seconds, _reads(officer))
    return answer(given)


@api.post("/readings/{scan}/claim", responses=shown(ReadingRow), summary="Claim a scan")
def claim(scan: str, officer: Caller, node: Served) -> Response:
    """Say that this officer reads the scan now."""
    return answer(reading.claim(officer, scan, node, _reads(officer)))


@api.post("/readings/{scan}/release", responses=shown(ReadingRow), summary="Give a claimed scan back")
def release(scan: str, officer: Caller, node: Served) -> Response:
    """Let another officer read it."""
    return answer(reading.release(officer, scan, node, _reads(officer)))


@api.get("/readings/{scan}/beside/{other}", response_class=Response, summary="Another scan laid over one",
         responses={200: {"description": "OK", "content": {
             "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}})  # fmt: skip
def beside(scan: str, other: str, officer: Caller, node: Served) -> Response:
    """Give two pictures of the size of the scan, one after the other, 16 bits, low byte first: the other scan laid over
    it, and the difference (32,768 where both are alike, 320 for each g/cm²)."""
    told = scanning_elsewhere.compared(officer, scan, other, node, purpose_of(officer))
    headers = {"x-likeness": f"{told.likeness:.3f}", "x-fault": told.fault, "cache-control": "no-store"}
    return Response(told.body, media_type="application/octet-stream", headers=headers)


@api.get("/training", responses=shown(TrainingRoom), summary="Own training record")
def training(officer: Caller, node: Served) -> Response:
    """Show the own record with its intervals, and the quiz that is under way."""
    return answer(reading_training.room(officer, node, purpose_of(officer, "train-reading")))


@api.post("/training", responses=shown(TrainingRoom), summary="Begin a quiz")
def begin(officer: Caller, node: Served, pictures: Annotated[int, Query(ge=1, le=50)] = 10) -> Response:
    """Draw pictures with and without threats."""
    return answer(reading_training.start(officer, node, pictures, purpose_of(officer, "train-reading")))


@api.get("/training/{quiz}/{item}", responses=shown(TrainingItem), summary="One picture of the own quiz")
def picture(quiz: str, item: int, officer: Caller, node: Served) -> Response:
    """Show its size, and what was in it once it is answered; the picture itself leaves through the console alone."""
    return answer(reading_training.item(officer, quiz, item, node, purpose_of(officer, "train-reading")))


@api.post("/training/{quiz}/{item}", responses=shown(TrainingAnswered), summary="Answer a picture")
def respond(quiz: str, item: int, told: AskedAnswer, officer: Caller, node: Served) -> Response:
    """Say whether there is a threat, and where; told at once how it came out."""
    said = QuizAnswer(told.threat, told.places, told.seconds)
    return answer(reading_training.answer(officer, quiz, item, said, node, purpose_of(officer, "train-reading")))


@api.post("/training/{quiz}/{item}/realism", status_code=204, response_class=Response, summary="Did it look real")
def realism(quiz: str, item: int, told: AskedRealism, officer: Caller, node: Served) -> Response:
    """Say whether an answered picture looked real."""
    purpose = purpose_of(officer, "train-reading")
    reading_training.judge_real(officer, quiz, item, told.looked_real, node, purpose)
    return Response(status_code=204)
