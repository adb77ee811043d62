"""History in memory: as-of look-ups, bulk questions in the order asked."""

from vigie.risk import HistoryRow, Kind, MemoryState, PrefixRow, Retraction
from vigie.risk.prefix import summed_up


def a_state() -> MemoryState:
    state = MemoryState()
    rows = [HistoryRow(hlc, 5, Kind.ANNOUNCED) for hlc in (10, 20)]
    prefix = [(0, 7, PrefixRow(hlc, (hlc,))) for hlc in (10, 20, 30)]
    taken = [(0, 7, Retraction(hlc, target, 1, (1, 2))) for hlc, target in ((20, 10), (30, 10), (30, 20))]
    state.keep(rows, prefix, taken)
    return state


def test_the_last_row_up_to_a_moment():
    wanted = [(0, 7, before) for before in (9, 10, 19, 30, 99)] + [(0, 8, 99), (1, 7, 99)]
    assert [row and row.hlc for row in a_state().gather(wanted)] == [None, 10, 10, 30, 30, None, None]


def test_the_first_row_after_a_moment():
    wanted = [(0, 7, after) for after in (0, 10, 29, 30)] + [(0, 8, 0)]
    assert [row and row.hlc for row in a_state().following(wanted)] == [10, 20, 30, None, None]


def test_retractions_between_two_moments():
    found = a_state().retractions([(0, 7, 20, 30), (0, 7, 21, 31), (0, 8, 0, 99)])
    assert [[(each.hlc, each.target) for each in taken] for taken in found] == [[(20, 10)], [(30, 10), (30, 20)], []]


def test_what_was_taken_back_from_before_a_window():
    state = a_state()
    assert state.astride(0, 7, 20, 99, 20) == (2, 4)
    assert state.astride(0, 7, 20, 30, 20) == (1, 2)
    assert state.astride(0, 7, 20, 99, 5) == (1, 2)
    assert state.astride(0, 7, 5, 99, 20) is None


def test_the_row_that_was_counted_for_a_line():
    found = a_state().counted([(5, Kind.ANNOUNCED, 15), (5, Kind.ANNOUNCED, 99), (5, Kind.ANNOUNCED, 9), (6, 1, 99)])
    assert [row and row.hlc for row in found] == [10, 20, None, None]


def test_nothing_adds_up_to_nothing():
    assert summed_up([]) is None
    assert summed_up([(1, 2), (3, 4)]) == (4, 6)
