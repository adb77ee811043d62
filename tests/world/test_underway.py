"""What happens under way: planted with lots, now and then without; drawn apart, so that all else stays what it was."""

from collections import Counter

import pytest

from vigie.terms import DAY
from vigie.world import TruthBook, generate
from vigie.world.emit import World
from vigie.world.underway import LINGERED, MAILBOX, RESTOWED, YARD_MOVED

DAYS, SCALE = 14, 0.1


@pytest.fixture(scope="module")
def book():
    made = TruthBook()
    for _ in World(3, DAYS, SCALE, uplift=60, underway=True).sheets(made):
        pass
    return made


def test_a_world_that_does_not_tell_it_is_what_it_was_to_the_byte():
    plain = list(generate(7, 3, 0.02))
    told = list(generate(7, 3, 0.02, underway=True))
    fresh = {"yard", "rights"}
    same = {"coarri", "iftsta", "vermas", "ics2", "cc315a", "controls"}
    assert not fresh & {one.kind for one in plain}
    assert fresh <= {one.kind for one in told}
    assert [one for one in plain if one.kind in same] == [one for one in told if one.kind in same]


def test_the_same_lots_and_controls_are_planted_with_it_and_without(book):
    without = TruthBook()
    for _ in World(3, DAYS, SCALE, uplift=60).sheets(without):
        pass
    assert (without.cases, without.controls, without.boxes) == (book.cases, book.controls, book.boxes)
    assert without.underway == []
    assert without.stays == []


def test_every_trace_has_an_innocent_twin_and_lots_show_it_more_often(book):
    counts = Counter((one.trace, one.planted) for one in book.underway)
    assert {trace for trace, planted in counts if planted} >= {
        "restowed-low", "low-value", "mailbox", "moved-after-choice", "reissued", "many-hands", "refused",
        "lorry-of-many", "beside-a-lot", "empty-beside-target", "lingered",
    }  # fmt: skip
    lots, clean = len(book.cases), book.boxes - len(book.cases)
    for trace in ("restowed-low", "refused", "reissued", "many-hands"):
        assert counts[trace, True] / lots > 5 * counts[trace, False] / clean, trace
    for chances in (RESTOWED, YARD_MOVED, MAILBOX, LINGERED):
        assert 0 < chances.value[1] < chances.value[0] < 1


def test_stays_are_the_boxes_on_the_terminal(book):
    assert len(book.stays) == book.boxes
    assert all(one.landed < one.out for one in book.stays)
    loaded = {(one.container, one.landed) for one in book.cases}
    found = {(one.container, one.landed) for one in book.cases if one.found}
    assert {(one.container, one.landed) for one in book.stays if one.contaminated} <= loaded
    assert {(one.container, one.landed) for one in book.stays if one.positive} <= found
    assert sum(one.positive for one in book.stays) > 5


def test_what_happened_stands_in_the_truth_and_nowhere_else(book):
    lines = b"".join(book.lines())
    assert b'"type":"underway"' in lines
    for sent in generate(3, 5, 0.05, uplift=60, underway=True):
        assert not any(word in sent.body for word in (b"restowed-low", b"mailbox", b"planted", b"lingered"))
        assert sent.at >= 1_772_323_200_000_000 - 60 * DAY
