import pytest
from hypothesis import given
from tests.risk.expressions import KINDS, ROWS, conditions

from vigie.risk.language import BadExpression, Call
from vigie.risk.language_python import row_more, row_test
from vigie.risk.language_text import parse
from vigie.risk.language_types import check_condition

COLUMNS = {name: KINDS[name] for name in ("a", "b", "s", "p", "x")}
CASES = [  # condition, a, b, s, p, x, fires
    ("a > 1", (2, None, None, None, None), True),
    ("a > 1", (None, None, None, None, None), False),
    ("not a > 1", (None, None, None, None, None), False),
    ("a is null", (None, None, None, None, None), True),
    ("not (a > 1 and b > 1)", (0, None, None, None, None), True),
    ("not (a > 1 and b > 1)", (2, None, None, None, None), False),
    ("a > 1 or b > 1", (None, 2, None, None, None), True),
    ("a not in (1, 2)", (None, None, None, None, None), False),
    ("a not in (1, 2)", (3, None, None, None, None), True),
    ("a / b > 1", (5, 0, None, None, None), False),
    ("a / b is null", (5, 0, None, None, None), True),
    ("a / b > 1", (5, 2, None, None, None), True),
    ("sqrt(a) is null", (-1, None, None, None, None), True),
    ("sqrt(a) = 3", (9, None, None, None, None), True),
    ("coalesce(a, b, 7) = 7", (None, None, None, None, None), True),
    ("least(a, b) = 2", (None, 2, None, None, None), True),
    ("greatest(a, b) = 5", (5, 2, None, None, None), True),
    ("starts_with(s, 'MS')", (None, None, "MSCU", None, None), True),
    ("not starts_with(s, 'MS')", (None, None, None, None, None), False),
    ("contains(s, 'é')", (None, None, "caféx", None, None), True),
    ("length(s) = 4", (None, None, "🚢🚢🚢🚢", None, None), True),
    ("p", (None, None, None, True, None), True),
    ("not p", (None, None, None, None, None), False),
    ("(a > 1) = p", (5, None, None, True, None), True),
    ("(a > 1) is null", (None, None, None, None, None), True),
    ("a between 1 and b", (2, 3, None, None, None), True),
    ("not 0 between a and -1", (None, None, None, None, None), True),
    ("x = a", (3, None, None, None, 3.0), True),
]


@pytest.mark.parametrize(("text", "row", "fires"), CASES)
def test_unknown_never_fires(text, row, fires):
    condition = parse(text)
    check_condition(condition, COLUMNS)
    assert row_test([condition], COLUMNS)(row) == int(fires)


@given(conditions(), ROWS)
def test_no_row_makes_a_condition_fail_and_never_both_hold(condition, row):
    try:
        check_condition(condition, KINDS)
    except BadExpression:
        return
    mask = row_test([condition, Call("not", (condition,)), Call("is-null", (condition,))], KINDS)(row)
    assert mask in (1, 2, 4)  # true, false or unknown: exactly one of the three


def test_bits_beyond_a_machine_word_are_kept():
    conditions = [parse("a = 1")] * 70
    assert row_test(conditions, COLUMNS)((1, None, None, None, None)) == (1 << 70) - 1


def test_derived_values_are_unknown_where_a_part_is():
    more = row_more([parse("a + 1"), parse("a / b"), parse("coalesce(a, 0)"), parse("3")], COLUMNS)
    assert more((4, 0, None, None, None)) == (5, None, 4, 3)
    assert more((None, 2, None, None, None)) == (None, None, 0, 3)
