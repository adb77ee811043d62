from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom, nbinom, poisson

from vigie.ports import false_discoveries, hypergeometric, more_than_rate
from vigie.ports.chance import added, at_least, shape_of


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_the_law_of_draws_is_that_of_scipy(drawn):
    marked, picked, whole = drawn
    law = hypergeometric(marked, picked, whole)
    assert law == pytest.approx([hypergeom.pmf(k, whole, marked, picked) for k in range(len(law))], abs=1e-9)
    assert sum(law) == pytest.approx(1.0)


def test_a_sum_of_counts():
    assert added([0.5, 0.5], [0.5, 0.5]) == [0.25, 0.5, 0.25]
    assert [at_least([0.25, 0.5, 0.25], count) for count in (0, 1, 2, 3)] == [1.0, 0.75, 0.25, 0.0]


@pytest.mark.parametrize("shape", [0.5, 3.0, 100.0, inf])
@pytest.mark.parametrize(("count", "expected"), [(0, 1.0), (1, 0.01), (5, 5.0), (9, 0.3), (40, 2.0)])
def test_the_upper_tail_is_that_of_scipy(count, expected, shape):
    law = poisson(expected) if shape == inf else nbinom(shape, shape / (shape + expected))
    assert more_than_rate(count, expected, shape) == pytest.approx(law.sf(count - 1), rel=1e-6)


def test_people_alike_get_a_narrow_law_and_people_unlike_a_wide_one():
    assert shape_of([(5, 5.0)] * 60) > 100
    assert shape_of([(0, 5.0)] * 40 + [(40, 5.0)] * 6) < 1
    assert shape_of([]) == shape_of([(0, 0.0)])


@pytest.mark.parametrize(
    ("chances", "wanted"),
    [([], []), ([0.01], [0.01]), ([0.01, 0.02, 0.03, 0.5], [0.04, 0.04, 0.04, 0.5]), ([0.5, 0.001, 1.0], [0.75, 0.003, 1.0])],
)
def test_q_values_as_benjamini_and_hochberg_wrote(chances, wanted):
    assert false_discoveries(chances) == pytest.approx(wanted)


@given(st.lists(st.floats(0, 1), max_size=30), st.randoms())
def test_the_order_of_people_changes_no_q(chances, chance):
    order = list(range(len(chances)))
    chance.shuffle(order)
    told = false_discoveries(chances)
    assert false_discoveries([chances[place] for place in order]) == [told[place] for place in order]
    assert all(q >= p for q, p in zip(told, chances, strict=True))
