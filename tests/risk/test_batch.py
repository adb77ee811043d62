"""A batch: what it asks of the state, and what it lays on top."""

from collections.abc import Sequence

import pytest
from tests.risk.small import SMALL

from vigie.risk import HistoryRow, Kind, LiveFeatures, MemoryState, PrefixRow
from vigie.risk.batch import Batch
from vigie.terms import DAY


class Counting(MemoryState):
    """A state that notes how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def gather(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[PrefixRow | None]:
        self.asked.append(len(wanted))
        return super().gather(wanted)


def an_announcement(hlc: int, line: int) -> HistoryRow:
    return HistoryRow(hlc, line, Kind.ANNOUNCED, (7, None, 9), (1, hlc, 5, 0))


def test_a_fold_asks_twice_however_many_rows_it_has():
    live, state = LiveFeatures(SMALL), Counting()
    for first in (1, 51):
        done = live.fold([an_announcement(day * DAY, day) for day in range(first, first + 50)], state)
        state.keep(done.rows, done.prefix, done.taken)
    assert len(state.asked) == 4
    assert state.asked[:2] == [2, 0]
    assert state.asked[2] == 2


def test_a_batch_lies_on_top_of_the_state():
    state = MemoryState()
    state.keep((), [(0, 7, PrefixRow(10, (1,)))], ())
    batch = Batch(state, [()])
    batch.fetch([((7,), 20)])
    moments, rows, kept = batch.head(0, 7)
    moments.append(20)
    rows.append(PrefixRow(20, (2,)))
    assert kept == 1
    assert [batch.look(0, 7, before) and batch.look(0, 7, before).hlc for before in (9, 10, 19, 20)] == [
        None, 10, 10, 20]
    assert list(batch.prefix()) == [(0, 7, PrefixRow(20, (2,)))]


def test_a_key_that_nobody_fetched_is_asked_for():
    state = MemoryState()
    state.keep((), [(0, 7, PrefixRow(10, (1,)))], ())
    batch = Batch(state, [()])
    assert batch.look(0, 7, 15).hlc == 10
    assert batch.head(0, 7)[0] == [10]
    assert batch.head(0, 8) == ([], [], 0)


@pytest.mark.parametrize("step", [1, DAY // 7])
def test_a_large_batch_is_answered_as_each_question_alone(step):
    live, state = LiveFeatures(SMALL), Counting()
    done = live.fold([an_announcement(day * DAY, day) for day in range(1, 120)], MemoryState())
    state.keep(done.rows, done.prefix, done.taken)
    asked = [((7, None, 9), 100 * DAY + number * step) for number in range(400)]
    told = live.ask_many(asked, state)
    questions = sum(state.asked)
    assert told == [live.ask_many([each], state)[0] for each in asked]
    if step == 1:
        assert questions < 20, "bounds of one key that lie together are one question"


@pytest.mark.parametrize("step", [1, DAY // 7, DAY])
def test_a_large_batch_gives_back_what_was_taken_back_as_each_question_alone(step):
    live, state = LiveFeatures(SMALL), Counting()
    rows = [an_announcement(day * DAY, day) for day in range(1, 120)]
    rows += [HistoryRow(day * DAY, day - 40, Kind.RETRACTED, target=day * DAY - 1, of=Kind.ANNOUNCED)
             for day in range(120, 150)]  # fmt: skip
    done = live.fold(rows, MemoryState())
    state.keep(done.rows, done.prefix, done.taken)
    asked = [((7, None, 9), 125 * DAY + number * step) for number in range(400)]
    told = live.ask_many(asked, state)
    assert told == [live.remembered(*each, state) for each in asked]
    assert len(set(told)) > 1
