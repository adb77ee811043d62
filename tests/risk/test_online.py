"""The live fold: equal to the definition, whatever the batches."""

from benchmarks.speed._history import a_history
from hypothesis import given
from hypothesis import strategies as st
from tests.risk.small import SMALL, counted_and_vectors, logs, plainly

from vigie.risk import FEATURE_SET, HistoryRow, Kind, LiveFeatures, MemoryState
from vigie.terms import DAY


def an_announcement(hlc: int, line: int = 1, keys: tuple[int | None, ...] = (7, 8, 9), grams: int = 5) -> HistoryRow:
    return HistoryRow(hlc, line, Kind.ANNOUNCED, keys, (1, hlc, grams, 0))


def a_cancellation(hlc: int, line: int = 1) -> HistoryRow:
    return HistoryRow(hlc, line, Kind.RETRACTED, target=hlc - 1, of=Kind.ANNOUNCED)


def told(rows: list[HistoryRow], size: int = 100) -> list[dict[str, int | None]]:
    return [dict(zip(SMALL.names, vector, strict=True)) for vector in counted_and_vectors(SMALL, rows, size)[1]]


@given(logs(), st.integers(1, 8))
def test_the_live_fold_is_the_definition(rows, size):
    counted, vectors = counted_and_vectors(SMALL, rows, size)
    assert vectors == plainly(SMALL, counted)


@given(logs())
def test_how_a_log_is_cut_into_batches_changes_nothing(rows):
    assert counted_and_vectors(SMALL, rows, 1) == counted_and_vectors(SMALL, rows, 1000)


def test_rows_of_one_entry_do_not_see_each_other():
    first, second, later = told([an_announcement(DAY, 1), an_announcement(DAY, 2), an_announcement(DAY + 1, 3)])
    assert (first["party_boxes"], second["party_boxes"], later["party_boxes"]) == (0, 0, 2)


def test_a_window_is_exact_to_the_microsecond():
    inside = told([an_announcement(DAY), an_announcement(2 * DAY, 2)])[-1]
    outside = told([an_announcement(DAY), an_announcement(2 * DAY + 1, 2)])[-1]
    assert (inside["party_boxes_1d"], outside["party_boxes_1d"]) == (1, 0)


def test_a_retraction_in_the_window_of_an_entry_before_it_subtracts_nothing():
    rows = [an_announcement(DAY), an_announcement(31 * DAY, 2), a_cancellation(31 * DAY + 5), an_announcement(32 * DAY, 3)]
    last = told(rows)[-1]
    assert (last["party_boxes"], last["party_grams_30d"]) == (1, 5)


def test_a_retraction_in_the_window_of_its_target_subtracts_it():
    last = told([an_announcement(DAY), a_cancellation(2 * DAY), an_announcement(3 * DAY, 2)])[-1]
    assert (last["party_boxes"], last["party_grams_30d"], last["party_first"], last["party_last"]) == (0, 0, None, None)


def test_an_entry_stands_while_one_of_its_rows_does():
    rows = [an_announcement(DAY, 1), an_announcement(DAY, 2), a_cancellation(2 * DAY, 1), an_announcement(3 * DAY, 3)]
    assert told(rows)[-1]["party_first"] == DAY


def test_first_and_last_move_to_what_still_stands():
    rows = [an_announcement(day * DAY, day, grams=day) for day in (1, 2, 3)]
    rows += [a_cancellation(4 * DAY, 1), a_cancellation(5 * DAY, 3), an_announcement(6 * DAY, 4)]
    for size in (1, 100):
        last = told(rows, size)[-1]
        assert (last["party_first"], last["party_last"], last["lane_grams_first"]) == (2 * DAY, 2 * DAY, 2)


def test_an_unknown_key_is_unknown_and_an_unseen_one_is_zero():
    unseen, unknown = told([an_announcement(DAY), an_announcement(DAY + 1, 2, (None, None, None))])
    assert unseen == {name: None if name.endswith(("first", "last")) else 0 for name in SMALL.names}
    assert set(unknown.values()) == {None}


def test_novelties_are_fixed_when_an_entry_comes():
    rows = [an_announcement(DAY), an_announcement(DAY + 1, 2), an_announcement(DAY + 2, 3, (7, 1, 9))]
    counted, vectors = counted_and_vectors(SMALL, rows, 2)
    assert [row.measures[3] for row in counted] == [1, 0, 1]
    assert vectors[-1][SMALL.names.index("party_lanes_30d")] == 1


def test_a_retraction_of_nothing_is_left_out():
    done = LiveFeatures(SMALL).fold([a_cancellation(DAY)], MemoryState())
    assert (done.rows, done.prefix, done.taken, done.vectors) == ((), (), (), ((),))


def test_a_question_about_the_past_does_not_see_what_came_later():
    live, state = LiveFeatures(SMALL), MemoryState()
    rows = [an_announcement(day * DAY, day) for day in range(1, 40)] + [a_cancellation(40 * DAY, 3)]
    done = live.fold(rows, state)
    state.keep(done.rows, done.prefix, done.taken)
    keys = (7, 8, 9)
    past, now = live.ask_many([(keys, 20 * DAY), (keys, 41 * DAY)], state)
    assert past == done.vectors[19]
    assert past == live.ask(keys, 20 * DAY, state) == live.remembered(keys, 20 * DAY, state)
    assert now == live.remembered(keys, 41 * DAY, state)


def test_a_seeded_history_is_the_same_in_any_batches_and_when_asked_again():
    rows = list(a_history(1500, 11, taken_back=0.1, busy=20, days_back=500))
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    counted, vectors = counted_and_vectors(FEATURE_SET, rows, 37)
    again = counted_and_vectors(FEATURE_SET, rows, 1)
    assert (counted, vectors) == again
    done = live.fold(rows, state)
    state.keep(done.rows, done.prefix, done.taken)
    asked = [row for row in counted if row.kind != Kind.RETRACTED]
    assert [live.remembered(row.keys, row.hlc, state) for row in asked] == vectors
    assert live.ask_many([(row.keys, row.hlc) for row in asked], state) == vectors


def test_a_fold_tells_how_far_it_is_and_when_it_has_gathered():
    rows, state, said = [an_announcement(hlc, line=hlc) for hlc in range(1, 200)], MemoryState(), []
    live = LiveFeatures(SMALL)
    folded = live.fold(rows, state, lambda: said.append("gathered"), lambda vectors: said.append(list(vectors)))
    assert said[0] == "gathered"
    assert [len(vectors) for vectors in said[1:]] == [0, 64, 128, 192, 199]
    assert said[-1] == list(folded.vectors)
    assert folded == live.fold(rows, state)
