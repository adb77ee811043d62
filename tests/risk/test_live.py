"""The written Python: compiles, is the same each time, and holds no word of a declaration."""

from tests.risk.small import SMALL

from vigie.risk import FEATURE_SET, PrefixRow
from vigie.risk.live import compile_advance, compile_amounts, compile_vector, vector_text


def test_the_text_is_the_same_each_time():
    assert vector_text(FEATURE_SET) == vector_text(FEATURE_SET)
    assert not any(feature.name in vector_text(FEATURE_SET) for feature in FEATURE_SET.features)


def test_a_vector_over_nothing_is_zeros_and_nothings():
    keys = (1,) * len(FEATURE_SET.families)
    vector = compile_vector(FEATURE_SET)(keys, 10, lambda *_: None, lambda *_: None)
    assert vector == tuple(0 if feature.summed else None for feature in FEATURE_SET.features)


def test_a_vector_without_keys_is_unknown():
    keys = (None,) * len(FEATURE_SET.families)
    assert set(compile_vector(FEATURE_SET)(keys, 10, lambda *_: None, lambda *_: None)) == {None}


def test_totals_grow_by_what_a_row_says():
    advance, amounts = compile_advance(SMALL)[0], compile_amounts(SMALL)[0]
    first = advance(None, 10, (1, 10, 5, 1))
    second = advance(first, 20, (1, 20, 0, 0))
    layout = SMALL.layout("party")
    assert len(first) == layout.width
    assert second[:3] == (2, 0, 0)
    assert tuple(b - a for a, b in zip(first[3:], second[3:], strict=True))[: len(layout.columns)] == tuple(
        map(int, amounts((1, 20, 0, 0))))
    assert second[layout.place(0) : layout.place(0) + 2] == (10, 10)
    assert second[layout.last_place("at") : layout.last_place("at") + 2] == (20, 20)


def test_a_window_before_which_nothing_lies_needs_no_second_row():
    asked = []

    def look(family: int, key: int, before: int) -> PrefixRow | None:
        asked.append(before)
        return None if len(asked) > 1 else PrefixRow(5, (1, 0, 0, *range(1, 20)))

    compile_vector(SMALL)((7, None, None), 10, look, lambda *_: None)
    assert len(SMALL.layout("party").windows) > 1
    assert len(asked) == 2  # what lies before the shortest window answers for the longer ones
