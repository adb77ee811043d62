import math

import numpy as np
import pytest

from vigie.risk.models.rates import learn_rates, log_odds, names_of, rate_reader

TABLE = {"a": ["x", "x", "x", "y"], "b": [1, 1, 2, None]}
LEVELS = (("a",), ("a", "b"))


def test_each_level_starts_from_the_one_before():
    hit = np.array([True, False, False, True])
    books = learn_rates(LEVELS, TABLE, hit, np.ones(4, bool))
    read = rate_reader(LEVELS, books, 2.0, ["b", "a"])
    first = (1 + 2 * 0.5) / 5
    second = (1 + 2 * first) / 4
    assert read((1, "x")) == pytest.approx([log_odds(0.5), log_odds(first), log_odds(second)])


def test_what_was_never_seen_says_nothing_new():
    books = learn_rates(LEVELS, TABLE, np.array([True, False, False, True]), np.ones(4, bool))
    read = rate_reader(LEVELS, books, 2.0, ["a", "b"])
    assert read(("z", 9)) == (log_odds(0.5),) * 3
    assert read(("x", 9))[1] == read(("x", 9))[2]


def test_unlooked_rows_teach_nothing():
    books = learn_rates(LEVELS, TABLE, np.ones(4, bool), np.array([True, True, False, False]))
    assert (books[0].base, books[1].keys, books[2].seen) == (1.0, (("x",),), (2.0,))


def test_log_odds_are_bounded():
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))
    assert log_odds(0.75) == pytest.approx(math.log(3))
    assert names_of(LEVELS) == ("a", "a+b")
