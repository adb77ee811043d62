import numpy as np
import pytest

from vigie.risk import Cell, adjusted


def test_the_busiest_is_the_reference_unless_another_is_named():
    cells = [Cell(("a",), ("score",), 100, 10), Cell(("b",), ("score",), 50, 10)]
    assert [one.is_reference for one in adjusted(cells)] == [True, False]
    assert adjusted(cells)[1].ratio == pytest.approx(2.0)
    assert adjusted(cells, ("b",))[0].ratio == pytest.approx(0.5)


def test_an_easier_mix_of_boxes_makes_no_better_detector():
    """b finds twice as much in all, only because it was given the boxes that hold more."""
    cells = [Cell(("a",), ("low",), 900, 9), Cell(("a",), ("high",), 100, 10),
             Cell(("b",), ("low",), 100, 1), Cell(("b",), ("high",), 500, 50)]  # fmt: skip
    one = adjusted(cells)[1]
    assert one.hits / one.n > 3 * 19 / 1000
    assert one.ratio == pytest.approx(1.0)
    assert one.low < 1 < one.high


def test_who_shares_no_kind_of_box_is_not_compared():
    (_, other) = adjusted([Cell(("a",), ("x",), 9, 1), Cell(("b",), ("y",), 5, 1)])
    assert (other.ratio, other.shared) == (None, 0)
    assert adjusted([]) == ()


def test_the_interval_covers_the_truth():
    chance = np.random.default_rng(5)
    covered = 0
    for _ in range(500):
        cells = [Cell((name,), (kind,), n, int(chance.binomial(n, rate * factor)))
                 for name, factor in (("a", 1.0), ("b", 1.5)) for kind, n, rate in (("x", 800, 0.02), ("y", 300, 0.1))]  # fmt: skip
        one = next(each for each in adjusted(cells, ("a",)) if each.detector == ("b",))
        covered += one.low <= 1.5 <= one.high
    assert 0.92 <= covered / 500 <= 0.98
