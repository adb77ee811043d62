import math

import numpy as np
import pytest

from vigie.risk.models.declared import How, Input
from vigie.risk.models.encode import Book, floats, learn, numbers, plain, reader, steps


def same(one, other):
    return np.array_equal(np.asarray(one, float), np.asarray(other, float), equal_nan=True)


def test_values_never_seen_are_other_and_unknown_ones_unknown():
    each = Input("route", how=How.CODE, least=2)
    book = Book((("a",), ("b",)))
    told = reader(each, book)
    assert (told(("a",)), told(("b",)), told(("z",))) == (0.0, 1.0, -1.0)
    assert math.isnan(told((None,)))


def test_a_rate_of_what_was_never_seen_is_the_base():
    book = Book((("a",), ("b",)), (2.0, 0.0), (4.0, 4.0), 0.25)
    known, other = numbers(Input("r", ("route",), How.RATE, smooth=4), book)
    assert (known, other) == ({("a",): 375_000.0, ("b",): 125_000.0}, 250_000.0)
    counted, none = numbers(Input("n", ("route",), How.COUNT), book)
    assert (counted, none) == ({("a",): 4.0, ("b",): 4.0}, 0.0)


def test_codes_follow_the_order_of_values_and_rare_ones_are_other():
    table = {"route": ["b", "a", "b", "a", "c", None]}
    books, matrix = learn((Input("route", how=How.CODE, least=2),), table, np.zeros(6, bool), np.arange(6),
                          np.ones(6, bool), {})  # fmt: skip
    assert books[0].keys == (("a",), ("b",))
    assert same(matrix[:, 0], [1, 0, 1, 0, -1, math.nan])


def test_in_training_a_rate_knows_earlier_rows_alone():
    table = {"route": ["a", "a", "a", "b"]}
    hit = np.array([True, True, False, False])
    books, matrix = learn((Input("r", ("route",), How.RATE, smooth=1),), table, hit, np.arange(4), np.ones(4, bool), {})
    base = 0.5
    want = [base / 1, (1 + base) / 2, (2 + base) / 3, base / 1]
    assert matrix[:, 0].tolist() == [round(1e6 * one) for one in want]
    assert (books[0].hits, books[0].seen, books[0].base) == ((2.0, 0.0), (3.0, 1.0), 0.5)


def test_another_label_and_parts_may_teach_a_rate():
    table = {"route": ["a", "a", "a", "a"]}
    other = np.array([True, False, True, False])
    each = Input("r", ("route",), How.RATE, smooth=0, label="odd", folds=2)
    books, matrix = learn((each,), table, np.zeros(4, bool), np.arange(4), np.ones(4, bool), {"odd": other})
    assert matrix[:, 0].tolist() == [0, 1e6, 0, 1e6]
    assert books[0].hits == (2.0,)


def test_rows_nobody_looked_at_do_not_teach_rates():
    table = {"route": ["a", "a", "a"]}
    looked = np.array([True, False, True])
    books, _ = learn(
        (Input("r", ("route",), How.RATE),), table, np.array([True, False, False]), np.arange(3), looked, {}
    )
    assert books[0].seen == (2.0,)


@pytest.mark.parametrize(("value", "told"), [(0.5, 0.0), (1.5, 2.0), (-0.2, 0.0), (1e300, 1e300)])
def test_steps_are_whole_and_half_goes_to_even(value, told):
    assert steps(value) == told
    assert math.isnan(steps(math.nan))


def test_arrays_and_lists_are_the_same_column():
    assert same(floats([1, None, 2.5, True]), [1, math.nan, 2.5, 1])
    assert same(floats(np.array([1, 2])), [1, 2])
    assert [plain(one) for one in (np.int64(3), np.float64("nan"), math.nan, "x", None)] == [3, None, None, "x", None]
