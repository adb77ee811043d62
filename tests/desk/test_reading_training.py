from io import BytesIO

import numpy as np
import pytest
import tifffile
from tests.desk.port import EVE
from tests.desk.read import BAGS, CAT, DAN, a_room

from vigie.desk import reading, reading_training, scanning_intake
from vigie.scanning import ProjectedScan, QuizAnswer, Scan, ScanFile, is_projected, write_tiff
from vigie.terms import BadRequest, NotForYou, NotFound, Purpose


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node, scans = a_room(tmp_path_factory.mktemp("room"))
    yield node, scans
    node.__exit__(None, None, None)


def picture(node, quiz, number, view):
    return np.frombuffer(reading_training.counts(CAT, quiz, number, "high", node), "<u2").reshape(view.rows, view.columns)


def test_a_quiz_is_asked_answered_and_revealed_and_adds_to_the_own_record_alone(room):
    node, _ = room
    quiz = reading_training.start(CAT, node, 6)
    assert (quiz.pictures, quiz.next, quiz.backgrounds) == (6, 0, 5)
    outcomes = []
    for number in range(6):
        view = reading_training.item(CAT, quiz.quiz, number, node)
        assert view.answered is None  # nothing is told before the answer
        kept = reading_training._item(CAT, quiz.quiz, number, node)
        shown = reading_training._projected(kept, reading_training._background(CAT, kept, node, Purpose.TARGETING), node)
        told = QuizAnswer(bool(kept.cutout), (shown.box,) if kept.cutout else (), 9.0)
        outcomes.append(reading_training.answer(CAT, quiz.quiz, number, told, node).judged)
    assert set(outcomes) == {"hit", "rejection"}
    seen = reading_training.item(CAT, quiz.quiz, 0, node)
    assert seen.answered.judged in outcomes
    with pytest.raises(BadRequest):
        reading_training.answer(CAT, quiz.quiz, 0, QuizAnswer(False), node)
    reading_training.judge_real(CAT, quiz.quiz, 0, True, node)
    after = reading_training.room(CAT, node)
    assert (after.record.hits + after.record.rejections, after.next, after.real, after.asked_real) == (6, -1, 1, 1)
    assert after.record.dprime.low < after.record.dprime.value < after.record.dprime.high
    assert reading_training.room(DAN, node).record.hits == 0
    with pytest.raises(NotFound):
        reading_training.item(DAN, quiz.quiz, 0, node)


def smuggled(made):
    """Files as another program would write them: a clean scan's, with other pixels."""
    clean = write_tiff(Scan(facts=made.facts, high=made.high + 1, low=made.low + 1), "smuggled", fast=True)
    pixels = {"smuggled.high.tif": made.high, "smuggled.low.tif": made.low}
    return tuple(ScanFile(one.name, tiff(pixels[one.name]) if one.name in pixels else one.body) for one in clean)


def tiff(pixels):
    body = BytesIO()
    tifffile.imwrite(body, pixels)
    return body.getvalue()


def test_a_projected_picture_never_becomes_a_scan_or_a_reading(room):
    node, scans = room
    quiz = reading_training.start(CAT, node, 2)
    view = reading_training.item(CAT, quiz.quiz, 0, node)
    high = picture(node, quiz.quiz, 0, view)
    record = node.store.scans.get(scans[0])
    low = np.frombuffer(reading_training.counts(CAT, quiz.quiz, 0, "low", node), "<u2").reshape(high.shape)
    made = Scan(facts=record.facts, high=high.copy(), low=low.copy())
    assert is_projected(made)
    before = len(node.store.scans.of_container(record.facts.container))
    with pytest.raises(ProjectedScan):
        write_tiff(made, "smuggled", fast=True)
    told = scanning_intake.take_in(CAT, smuggled(made), node)
    assert [one.code for one in told.unread] == ["scan-is-a-training-picture"]
    assert told.rows == ()
    assert len(node.store.scans.of_container(record.facts.container)) == before
    with pytest.raises(NotForYou):
        reading.give(CAT, f"{quiz.quiz}", "hold-and-visit", node, BAGS)
    assert node.store.readings.all() == {}
    assert node.store.scans.reports(scans[0]) == []


def test_what_has_no_meaning_is_refused(room):
    node, _ = room
    quiz = reading_training.start(CAT, node, 1)
    with pytest.raises(BadRequest):
        reading_training.answer(CAT, quiz.quiz, 0, QuizAnswer(True), node)
    with pytest.raises(NotFound):
        reading_training.item(CAT, quiz.quiz, 7, node)
    with pytest.raises(NotFound):
        reading_training.judge_real(CAT, quiz.quiz, 0, True, node)
    with pytest.raises(NotFound):
        reading_training.counts(CAT, quiz.quiz, 0, "middle", node)
    with pytest.raises(BadRequest):
        reading_training.start(CAT, node, 99)
    with pytest.raises(NotForYou):
        reading_training.room(EVE, node, Purpose.OVERSIGHT)
