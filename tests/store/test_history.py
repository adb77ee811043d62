"""The store answers every question as the memory of the fold does."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigie.risk import FEATURE_SET, HistoryRow, LiveFeatures, MemoryState, PrefixRow, Retraction
from vigie.store import Store

_keys = st.integers(0, 3) | st.just((1 << 63) - 1)


_hlc = st.integers(0, 12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prefix=st.dictionaries(st.tuples(st.integers(0, 2), _keys, _hlc), st.lists(st.integers(0, 1 << 62), max_size=5)),
    taken=st.dictionaries(st.tuples(st.integers(0, 1), _keys, _hlc, _hlc), st.lists(st.integers(0, 99), max_size=3)),
    rows=st.dictionaries(st.tuples(_hlc, _keys, st.integers(1, 5)), st.lists(st.none() | _keys, max_size=3)),
    asked=st.lists(st.tuples(st.integers(0, 2), _keys, _hlc), max_size=90),
)
def test_the_store_answers_as_memory_does(
    store: Store,
    prefix: dict[tuple[int, int, int], list[int]],
    taken: dict[tuple[int, int, int, int], list[int]],
    rows: dict[tuple[int, int, int], list[int | None]],
    asked: list[tuple[int, int, int]],
) -> None:
    for table in ("prefix", "retraction", "history"):
        store.db.run(f"DELETE FROM {table}")
    made = (
        [HistoryRow(hlc, line, kind, tuple(keys), (1, 2), 3, 4) for (hlc, line, kind), keys in sorted(rows.items())],
        [(family, key, PrefixRow(hlc, tuple(totals))) for (family, key, hlc), totals in sorted(prefix.items())],
        [(f, key, Retraction(hlc, target, 1, tuple(sums))) for (f, key, hlc, target), sums in sorted(taken.items())],
    )
    memory = MemoryState()
    memory.keep(*made)
    store.history.keep(*made)
    assert store.history.gather(asked) == list(memory.gather(asked))
    assert store.history.following(asked) == list(memory.following(asked))
    windows = [(family, key, since, since + 4) for family, key, since in asked]
    assert store.history.retractions(windows) == [list(each) for each in memory.retractions(windows)]
    assert store.history.straddling(windows) == [list(each) for each in memory.straddling(windows)]
    lines = [(key, family + 1, upto) for family, key, upto in asked]
    assert store.history.counted(lines) == list(memory.counted(lines))
    assert store.history.after(3, 1_000) == [row for row in made[0] if row.hlc > 3]


def test_reading_on_never_parts_an_entry(store: Store) -> None:
    rows = [HistoryRow(hlc, line, 1) for hlc in (1, 2) for line in (1, 2, 3)]
    store.history.keep(rows, [], [])
    assert store.history.after(0, 2) == rows[:3]
    assert store.history.after(1, 2) == rows[3:]


def test_the_live_fold_on_the_store_equals_the_fold_in_memory(store: Store) -> None:
    live, memory = LiveFeatures(FEATURE_SET), MemoryState()
    families, measures = len(FEATURE_SET.families), len(FEATURE_SET.measures)
    rows = [
        HistoryRow(10 + number, number % 7, 1, tuple((number * step) % 5 for step in range(1, families + 1)),
                   tuple((number * step) % 3 for step in range(measures)))
        for number in range(60)
    ]  # fmt: skip
    rows.append(HistoryRow(90, 3, 3, target=89, of=1))
    rows.append(HistoryRow(91, 8, 1, tuple(range(families)), (1,) * measures))
    for start in range(0, len(rows), 9):
        batch = rows[start : start + 9]
        here, there = live.fold(batch, memory), live.fold(batch, store.history)
        assert here == there
        memory.keep(here.rows, here.prefix, here.taken)
        store.history.keep(there.rows, there.prefix, there.taken)
