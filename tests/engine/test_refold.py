"""Decisions made again from what the fold answers: equal where nothing changed, named where something did."""

import pytest
from msgspec.structs import replace

from vigie.engine import Decided, Refold, open_engine, stored_rows
from vigie.engine.refold import counted
from vigie.risk import COLUMNS, FEATURE_SET, HistoryRow, Kind, LiveFeatures, MemoryState, Policy, load_catalogue
from vigie.terms import DAY, Moment

WIDTH = len(FEATURE_SET.names)
FAMILIES = len(FEATURE_SET.families)


def history():
    rows = [HistoryRow(DAY + place, place, Kind.ANNOUNCED, tuple(place % 3 if family < 8 else None for family in range(FAMILIES)),
                       (1,) * len(FEATURE_SET.measures)) for place in range(12)]  # fmt: skip
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    done = live.fold(rows, state)
    state.keep(done.rows, done.prefix, done.taken)
    return list(done.rows), live, state


def a_part(live, state, count=5):
    asks = [(tuple(place % 3 if family < 8 else None for family in range(FAMILIES)), DAY + 2 * place + 1) for place in range(count)]
    row = (None,) * len(COLUMNS)
    decided = [Decided(f"V{place}-1", at, "policy", 0, "low", False, live.ask(keys, at, state), (place,) * WIDTH, row)
               for place, (keys, at) in enumerate(asks)]  # fmt: skip
    return decided, asks


def finish(run, rows, parts=1, policy=None):
    heard = []
    with open_engine() as engine:
        told = run.run(parts, engine, [], [rows], policy, {}, lambda done, whole: heard.append((done, whole)))
    assert heard[-1] == (100, 100)
    return told


def test_equal_features_are_counted_as_equal(tmp_path):
    rows, live, state = history()
    run = Refold(tmp_path / "run", "one")
    decided, asks = a_part(live, state)
    assert not run.has(0)
    run.keep(0, decided, asks)
    run.keep(1, decided[:2], asks[:2])
    assert run.has(0)
    told = finish(run, rows, 2)
    assert (told.boxes, told.features, told.features_differ, told.names) == (7, 7 * WIDTH, 0, ())


@pytest.mark.parametrize("place", [0, WIDTH - 1])
def test_a_feature_that_differs_is_named(tmp_path, place):
    rows, live, state = history()
    decided, asks = a_part(live, state)
    wrong = list(decided[2].kept)
    wrong[place] = 99
    decided[2] = replace(decided[2], kept=tuple(wrong))
    decided[3] = replace(decided[3], kept=(1, 2))  # of a release with fewer features
    run = Refold(tmp_path / "run", "one")
    run.keep(0, decided, asks)
    told = finish(run, rows)
    assert (told.features_differ, told.older) == (1, 1)
    assert told.names == (FEATURE_SET.names[place],)


def test_scores_are_those_of_the_policy_and_compared_with_its_own_alone(tmp_path):
    rows, live, state = history()
    policy = Policy(load_catalogue().in_force(Moment(DAY)))
    decided, asks = a_part(live, state)
    first = Refold(tmp_path / "first", "one")
    first.keep(0, decided, asks)
    told = finish(first, rows, policy=policy)
    assert (told.judged_alike, told.scores_differ) == (0, 0)
    assert told.moved_up + told.moved_down > 0
    ours = [replace(one, policy=policy.hash, logodds_milli=-1, band="?") for one in decided]
    second = Refold(tmp_path / "second", "one")
    second.keep(0, ours, asks)
    told = finish(second, rows, policy=policy)
    assert (told.judged_alike, told.scores_differ) == (5, 5)


def test_another_stamp_begins_anew_and_the_same_goes_on(tmp_path):
    rows, live, state = history()
    run = Refold(tmp_path / "run", "one")
    run.keep(0, *a_part(live, state))
    told = finish(run, rows)
    again = Refold(tmp_path / "run", "one")
    assert again.has(0)
    assert finish(again, []) == told  # nothing is folded again
    assert counted([tmp_path / "run" / "result-00000.parquet"]) == told
    assert not Refold(tmp_path / "run", "two").has(0)


def test_history_is_read_in_portions_to_its_end():
    rows, _, _ = history()

    def after(hlc, limit):
        return [row for row in rows if row.hlc > hlc][:limit]

    assert [row for some in stored_rows(after, -1, 5) for row in some] == rows
