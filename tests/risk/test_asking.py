"""A vector read alone is the vector of the fold, whatever was taken back."""

from benchmarks.speed._history import a_history

from vigie.risk import FEATURE_SET, Kind, LiveFeatures, MemoryState, PrefixRow, Retraction


class Asked:
    """A state that is no memory to the reader, and counts what it is asked."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state
        self.questions = 0

    def gather(self, wanted: list[tuple[int, int, int]]) -> list[PrefixRow | None]:
        self.questions += 1
        return list(self._state.gather(wanted))

    def straddling(self, wanted: list[tuple[int, int, int, int]]) -> list[list[Retraction]]:
        return [list(each) for each in self._state.straddling(wanted)]


def test_one_vector_is_that_of_the_memory_and_takes_two_questions() -> None:
    rows = list(a_history(4000, 5, days=200, taken_back=0.05, busy=20))
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    folded = live.fold(rows, state)
    state.keep(folded.rows, folded.prefix, folded.taken)
    asked = [(row.keys, row.hlc + later) for row in rows[-600:] if row.kind == Kind.ANNOUNCED for later in (0, 1, 10**12)]
    for keys, hlc in asked:
        alone = Asked(state)
        assert live.ask(keys, hlc, alone) == live.remembered(keys, hlc, state)  # type: ignore[arg-type]
        assert alone.questions <= 2


def test_many_at_once_are_the_same() -> None:
    rows = list(a_history(2000, 6, days=100, taken_back=0.05, busy=20))
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    folded = live.fold(rows, state)
    state.keep(folded.rows, folded.prefix, folded.taken)
    asked = [(row.keys, row.hlc + 1) for row in rows[-300:] if row.kind == Kind.ANNOUNCED]
    assert live.ask_many(asked, state) == [live.ask(keys, hlc, Asked(state)) for keys, hlc in asked]  # type: ignore[arg-type]
