"""Training at the desk: threats laid into clean scans, asked and revealed; an officer's own record, for that officer.

What is shown here is no scan, has no box, is kept nowhere and leaves by no other road; an answer is no reading.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import ceil

import msgspec

from vigie.desk import scanning
from vigie.desk.gate import permit, reach
from vigie.desk.trail import leave
from vigie.desk.training_threats import threats
from vigie.desk.views.training_room import TrainingAnswered, TrainingItem, TrainingRoom
from vigie.desk.work import Working
from vigie.scanning import (
    Awaits,
    Cutout,
    Judged,
    Projected,
    QuizAnswer,
    QuizItem,
    ScanRecord,
    Verdict,
    draw_quiz,
    find_zones,
    judged,
    project,
    record_of,
    resting_place,
    shown_clean,
    standing,
)
from vigie.terms import BadRequest, NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
PICTURES = 10
"""Pictures of a quiz: five minutes of work. Source: own figure."""

NEWEST = 300
"""Newest scans in reach among which clean ones are looked for."""

_QUIZ = "training-quiz"
_MARGIN = 8  # rows at the top that are left alone where no container is found: they carry the mark
Box = tuple[int, int, int, int]


class Quiz(msgspec.Struct, frozen=True):
    """A quiz under way. id: Its name. items: Its pictures."""

    id: str
    items: tuple[QuizItem, ...]


class _Kept(msgspec.Struct, frozen=True):
    """An answer as it is kept. truth: Where the threat was; all 0 for none."""

    judged: Judged
    seconds: float
    threat: bool
    places: tuple[Box, ...]
    truth: Box
    kg: float
    name: str


def room(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> TrainingRoom:
    """Show the own record, and the quiz that is under way.

    Raises:
        NotForYou: The officer may not train.
    """
    permit(officer, "train-reading", purpose, "training", node)
    leave(officer, purpose, "train-reading", "training", node, step="look")
    answers = node.store.readings.answers(officer.id)
    told = [msgspec.json.decode(one.body, type=_Kept) for one in answers]
    real = [one.looked_real for one in answers if one.looked_real is not None]
    quiz = _quiz(officer, node)
    done = {one.item for one in answers if quiz is not None and one.quiz == quiz.id}
    return TrainingRoom(
        record_of([one.judged for one in told], [one.seconds for one in told]), len(_clean(officer, node, purpose)),
        quiz.id if quiz else "", len(quiz.items) if quiz else 0, len(done),
        next((one.number for one in quiz.items if one.number not in done), -1) if quiz else -1,
        sum(real), len(real),
    )  # fmt: skip


def start(officer: Officer, node: Working, pictures: int = PICTURES, purpose: Purpose = TARGETING) -> TrainingRoom:
    """Begin a quiz; one that is under way is left where it stands, its answers count.

    Raises:
        NotForYou: The officer may not train. NotFound: No scan within reach is known to be clean. BadRequest: Not 1 to
        50 pictures.
    """
    permit(officer, "train-reading", purpose, "training", node)
    if not 1 <= pictures <= 50:
        raise BadRequest(reason="unknown-choice", field="pictures")
    clean = _clean(officer, node, purpose)
    if not clean:
        raise NotFound(kind="background")
    before = _quiz(officer, node)
    told = f"{officer.id}:{node.now()}:{before.id if before else ''}"
    name = sha256(told.encode()).hexdigest()[:12]
    items = draw_quiz(int(name, 16), [one.id for one in clean], [_name(one) for one in threats(node)], pictures)
    node.store.preferences.put(officer.id, _QUIZ, msgspec.json.encode(Quiz(name, items)))
    leave(officer, purpose, "train-reading", f"quiz {name}", node, step="start", pictures=len(items))
    return room(officer, node, purpose)


def item(officer: Officer, quiz: str, number: int, node: Working, purpose: Purpose = TARGETING) -> TrainingItem:
    """Show one picture of the own quiz; what was in it only once it is answered.

    Raises:
        NotForYou: The officer may not train. NotFound: No such quiz, picture or background.
    """
    permit(officer, "train-reading", purpose, f"quiz {quiz[:20]}", node)
    one = _item(officer, quiz, number, node)
    record = _background(officer, one, node, purpose)
    kept = next((each for each in node.store.readings.answers(officer.id) if (each.quiz, each.item) == (quiz, number)),
                None)  # fmt: skip
    told = None if kept is None else msgspec.json.decode(kept.body, type=_Kept)
    answered = None if told is None or kept is None else _answered(told, kept.looked_real)
    facts = record.facts
    return TrainingItem(quiz, number, len(_items(officer, quiz, node)), record.rows, record.columns, facts.row_mm,
                        facts.column_mm, facts.air, facts.dark, facts.energies_mev, answered)  # fmt: skip


def counts(officer: Officer, quiz: str, number: int, energy: str, node: Working, purpose: Purpose = TARGETING) -> bytes:
    """Give one picture of the own quiz: counts of 16 bits, low byte first; they carry the mark of a projected picture.

    Raises:
        NotForYou: The officer may not train. NotFound: No such picture.
    """
    permit(officer, "train-reading", purpose, f"quiz {quiz[:20]}", node)
    one = _item(officer, quiz, number, node)
    high, low = _projected(one, _background(officer, one, node, purpose), node).pictures()
    picture = {"high": high, "low": low}.get(energy)
    if picture is None:
        raise NotFound(kind="picture")
    return picture.astype("<u2", copy=False).tobytes()


def answer(
    officer: Officer, quiz: str, number: int, told: QuizAnswer, node: Working, purpose: Purpose = TARGETING
) -> TrainingAnswered:
    """Answer one picture of the own quiz, once; gives how it came out.

    Raises:
        NotForYou: The officer may not train. NotFound: No such picture. BadRequest: A threat without a place, or it is
        answered already.
    """
    permit(officer, "train-reading", purpose, f"quiz {quiz[:20]}", node)
    one = _item(officer, quiz, number, node)
    if told.threat and not told.places:
        raise BadRequest(reason="a-threat-needs-a-region")
    shown = _projected(one, _background(officer, one, node, purpose), node)
    outcome = judged(one, told, shown.box)
    name = next((each.facts.name for each in threats(node) if _name(each) == one.cutout), "")
    kept = _Kept(outcome, told.seconds, told.threat, told.places, shown.box, shown.kg, name)
    if not node.store.readings.answer(officer.id, quiz, number, node.now(), msgspec.json.encode(kept)):
        raise BadRequest(reason="answered-already")
    leave(officer, purpose, "train-reading", f"quiz {quiz}", node, step="answer", picture=number)
    return _answered(kept, None)


def judge_real(
    officer: Officer, quiz: str, number: int, looked_real: bool, node: Working, purpose: Purpose = TARGETING
) -> None:
    """Say whether a picture that was answered looked real: what trains must look like what is found.

    Raises:
        NotForYou: The officer may not train. NotFound: The officer has not answered it.
    """
    permit(officer, "train-reading", purpose, f"quiz {quiz[:20]}", node)
    if not node.store.readings.judge(officer.id, quiz, number, looked_real):
        raise NotFound(kind="answer")
    leave(officer, purpose, "train-reading", f"quiz {quiz}", node, step="realism", picture=number, real=looked_real)


def _answered(kept: _Kept, real: bool | None) -> TrainingAnswered:
    return TrainingAnswered(kept.judged.value, kept.truth, kept.kg, kept.name, kept.places, kept.seconds, real)


def _quiz(officer: Officer, node: Working) -> Quiz | None:
    raw = node.store.preferences.get(officer.id, _QUIZ)
    return None if raw is None else msgspec.json.decode(raw, type=Quiz)


def _items(officer: Officer, quiz: str, node: Working) -> tuple[QuizItem, ...]:
    kept = _quiz(officer, node)
    return kept.items if kept is not None and kept.id == quiz else ()


def _item(officer: Officer, quiz: str, number: int, node: Working) -> QuizItem:
    found = next((one for one in _items(officer, quiz, node) if one.number == number), None)
    if found is None:
        raise NotFound(kind="picture")
    return found


def _background(officer: Officer, one: QuizItem, node: Working, purpose: Purpose) -> ScanRecord:
    """The scan behind a picture, if it still is there and within reach."""
    found = next((each for each in _clean(officer, node, purpose) if each.id == one.background), None)
    if found is None:
        raise NotFound(kind="background")
    return found


def _clean(officer: Officer, node: Working, purpose: Purpose) -> Sequence[ScanRecord]:
    """Scans within reach that may carry a threat: read with nothing seen, or simulated without any."""
    found = node.store.scans.page(reach(officer, purpose, "see-scans"), limit=NEWEST)
    readings = node.store.readings.of([one.id for one in found])
    clean = []
    for one in found:
        case = standing(readings.get(one.id, ()))
        read = case.awaits is Awaits.NOTHING and case.verdict is Verdict.NOTHING
        if read or (one.facts.simulated and not one.threats and not readings.get(one.id)):
            clean.append(one)
    return clean


def _name(one: Cutout) -> str:
    return one.facts.sha256


def _projected(one: QuizItem, record: ScanRecord, node: Working) -> Projected:
    """The picture of an item: the background, and what its seed lays into it."""
    scan = scanning.opened(record, node)
    if scan is None:
        raise NotFound(kind="background")
    cutout = next((each for each in threats(node) if _name(each) == one.cutout), None)
    if cutout is None and one.cutout:
        raise NotFound(kind="threat")  # the package it came in has gone since the quiz was drawn
    if cutout is None:
        return shown_clean(scan, background=record.pixels)
    facts, rows, columns = scan.facts, record.rows, record.columns
    wide, high = (
        ceil(side * cutout.facts.pixel_mm / mm) + 1
        for side, mm in ((cutout.facts.columns, facts.column_mm), (cutout.facts.rows, facts.row_mm))
    )
    hold = find_zones(scan).container or (0, _MARGIN, columns, rows - _MARGIN)
    at = resting_place(scan, hold, (wide, high), one.seed)
    return project(scan, cutout, at, seed=one.seed, mirrored=one.mirrored, background=record.pixels)
