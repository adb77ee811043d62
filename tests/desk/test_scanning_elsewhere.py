"""What needs pictures gives the same whoever does it, this process or a child."""

import pytest
from tests.desk.port import BOB
from tests.desk.read import CAT, a_room
from tests.desk.scans import files

from vigie.desk import reading_training, scanning_elsewhere
from vigie.desk.scanning_elsewhere import answered, compared, counts, quiz_counts, take_in
from vigie.terms import NotForYou


class Child:
    """Answers in this process what a child would, with what it was asked."""

    def __init__(self, node):
        self.node, self.asked = node, []

    def ask(self, question, values):
        self.asked.append(question)
        return answered(question, values, self.node)


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    yield node, scans
    node.__exit__(None, None, None)


@pytest.fixture
def child(room, monkeypatch):
    found = Child(room[0])
    monkeypatch.setattr(type(room[0]), "elsewhere", property(lambda node: found if node is not found.node or not found.busy else None))
    found.busy = False
    ask = found.ask

    def alone(question, values):
        found.busy = True
        try:
            return ask(question, values)
        finally:
            found.busy = False

    found.ask = alone
    return found


def test_a_child_takes_in_compares_and_lays_pictures_ready(room, child):
    node, scans = room
    told = take_in(BOB, files("Z", seed=77), node)
    assert (told.taken, told.known) == (1, 0)
    assert take_in(BOB, files("Z", seed=77), node).known == 1
    pair = compared(CAT, scans[0], scans[4], node)
    record = node.store.scans.get(scans[0])
    assert len(pair.body) == 4 * record.rows * record.columns
    assert len(counts(CAT, scans[0], "high", record.pixels, node)) == 2 * record.rows * record.columns
    assert len(counts(CAT, scans[0], "low", record.pixels, node)) == 2 * record.rows * record.columns
    assert child.asked == ["take-in", "take-in", "beside", "frames"]


def test_what_is_refused_there_is_refused_here(room, child):
    with pytest.raises(NotForYou):
        compared(CAT, room[1][0], "X0", room[0])


def test_a_quiz_shows_the_same_picture(room, child, monkeypatch):
    monkeypatch.setattr(reading_training, "counts", lambda *told: repr(told[1:4]).encode())
    assert quiz_counts(CAT, "q", 2, "high", room[0]) == b"('q', 2, 'high')"
    monkeypatch.setattr(type(room[0]), "elsewhere", None)
    assert quiz_counts(CAT, "q", 2, "high", room[0]) == b"('q', 2, 'high')"
    assert child.asked == [scanning_elsewhere.QUIZ]
