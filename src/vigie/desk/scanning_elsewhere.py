"""What needs pictures is done by a child of the serving process where there is one, so that it never loads numpy.

Both sides stand here: what the desk asks, and how the child answers. The gate is asked and the trail written by whoever
does the work. Where no child can be had (a command, a test), it is done here and now.
"""

from collections.abc import Sequence

import msgspec

from vigie.desk import reading_beside, reading_pictures, reading_training, scanning_intake
from vigie.desk.views.scanning import ScanImportView
from vigie.desk.work import Working
from vigie.scanning import ScanFile
from vigie.terms import NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
FRAMES, BESIDE, TAKE_IN, QUIZ = "frames", "beside", "take-in", "quiz"
_pack = msgspec.msgpack.encode


class _TakeIn(msgspec.Struct, frozen=True):
    officer: Officer
    files: tuple[ScanFile, ...]
    purpose: Purpose | None


class _Beside(msgspec.Struct, frozen=True):
    officer: Officer
    scan: str
    other: str
    purpose: Purpose


class _Quiz(msgspec.Struct, frozen=True):
    officer: Officer
    quiz: str
    number: int
    energy: str
    purpose: Purpose


def take_in(
    officer: Officer, files: Sequence[ScanFile], node: Working, purpose: Purpose | None = None
) -> ScanImportView:
    """Take in what an officer sends; master and archive copies follow. Raises what `scanning_intake.take_in` does."""
    if node.elsewhere is None:
        return scanning_intake.take_in(officer, files, node, archive=False, purpose=purpose)
    told = node.elsewhere.ask(TAKE_IN, _pack(_TakeIn(officer, tuple(files), purpose)))
    return msgspec.msgpack.decode(told, type=ScanImportView)


def compared(
    officer: Officer, scan: str, other: str, node: Working, purpose: Purpose = TARGETING
) -> reading_beside.ComparedPictures:
    """Lay another scan over one. Raises what `reading_beside.compared` does."""
    if node.elsewhere is None:
        return reading_beside.compared(officer, scan, other, node, purpose)
    told = node.elsewhere.ask(BESIDE, _pack(_Beside(officer, scan, other, purpose)))
    return msgspec.msgpack.decode(told, type=reading_beside.ComparedPictures)


def counts(officer: Officer, scan: str, energy: str, hash: str, node: Working, purpose: Purpose = TARGETING) -> bytes:
    """Give one picture to the last count. Raises what `reading_pictures.counts` does."""
    record = reading_pictures.record_of(officer, scan, energy, hash, node, purpose)
    body = reading_pictures.frame(record, energy, node)
    if body is None and node.elsewhere is not None:
        node.elsewhere.ask(FRAMES, _pack(record.id))
        body = reading_pictures.frame(record, energy, node)
    elif body is None:
        body = reading_pictures.decoded(record, energy, node)
    if body is None:
        raise NotFound(kind="picture")
    return body


def quiz_counts(
    officer: Officer, quiz: str, number: int, energy: str, node: Working, purpose: Purpose = TARGETING
) -> bytes:
    """Give one picture of the own quiz. Raises what `reading_training.counts` does."""
    if node.elsewhere is None:
        return reading_training.counts(officer, quiz, number, energy, node, purpose)
    return node.elsewhere.ask(QUIZ, _pack(_Quiz(officer, quiz, number, energy, purpose)))


def answered(question: str, values: bytes, node: Working) -> bytes:
    """Answer a question: the child's side."""
    if question == TAKE_IN:
        sent = msgspec.msgpack.decode(values, type=_TakeIn)
        return _pack(scanning_intake.take_in(sent.officer, sent.files, node, archive=False, purpose=sent.purpose))
    if question == BESIDE:
        two = msgspec.msgpack.decode(values, type=_Beside)
        return _pack(reading_beside.compared(two.officer, two.scan, two.other, node, two.purpose))
    if question == QUIZ:
        one = msgspec.msgpack.decode(values, type=_Quiz)
        return reading_training.counts(one.officer, one.quiz, one.number, one.energy, node, one.purpose)
    record = node.store.scans.get(msgspec.msgpack.decode(values, type=str))
    if record is not None:
        reading_pictures.keep_frames(record, node)
    return b""
