"""One typing error, against the textbook distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.store.nearness import ends, less_one, within_one

_word = st.text("AB1", max_size=8)


def distance(one: str, other: str) -> int:
    """The optimal string alignment distance, by the textbook table."""
    table = [[row + column if 0 in (row, column) else 0 for column in range(len(other) + 1)]
             for row in range(len(one) + 1)]  # fmt: skip
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            change = table[row - 1][column - 1] + (one[row - 1] != other[column - 1])
            best = min(table[row - 1][column] + 1, table[row][column - 1] + 1, change)
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[-1][-1]


@given(_word, _word)
def test_it_agrees_with_the_textbook(one: str, other: str) -> None:
    told = distance(one, other)
    assert within_one(one, other) == (told if told <= 1 else None)


@given(_word, _word)
def test_near_words_share_what_is_left_of_them(one: str, other: str) -> None:
    if len(one) > 1 and len(other) > 1 and distance(one, other) <= 1:
        assert less_one(one) & less_one(other)


@given(st.text("AB1", min_size=5, max_size=9), st.text("AB1", min_size=4, max_size=10))
def test_one_end_survives_one_error(asked: str, known: str) -> None:
    if distance(asked, known) <= 1:
        head, tail = ends(asked)
        assert known.startswith(head) or known.endswith(tail)


@pytest.mark.parametrize(("text", "parts"), [("MSCU1234567", ("MSCU12", "4567")), ("A", ("", "")), ("", ("", ""))])
def test_ends(text: str, parts: tuple[str, str]) -> None:
    assert ends(text) == parts
