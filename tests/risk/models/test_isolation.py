import numpy as np
import pytest

from vigie.risk.models.isolation import grow, usual_depth
from vigie.risk.models.native import Trees


def grown(rows, **more):
    named = {"trees": 50, "sample": 128, "seed": 1, **more}
    return grow(rows, tuple("abc"[: rows.shape[1]]), **named)


def test_what_stands_apart_is_strange():
    draw = np.random.default_rng(1)
    rows = np.vstack([draw.normal(size=(600, 3)), [[9.0, 9.0, 9.0], [-8.0, 8.0, 0.0]]])
    told = Trees(grown(rows), 3).many(rows)
    assert set(np.argsort(-told)[:2].tolist()) == {600, 601}
    assert told[600] > 1 > told[:600].mean()


def test_unknown_among_known_is_strange_too():
    draw = np.random.default_rng(2)
    rows = draw.normal(size=(400, 2))
    rows[7, 0] = np.nan
    told = Trees(grown(rows, sample=400), 2).many(rows)
    assert told[7] > np.quantile(told, 0.97)


def test_the_same_rows_grow_the_same_forest():
    rows = np.random.default_rng(3).normal(size=(200, 3))
    assert grown(rows) == grown(rows)
    assert grown(rows) != grown(rows, seed=2)


def test_equal_rows_are_not_told_apart():
    rows = np.ones((50, 3))
    assert len(set(Trees(grown(rows), 3).many(rows).tolist())) == 1


@pytest.mark.parametrize(("rows", "depth"), [(1, 0.0), (2, 1.0), (256, 10.244770920116851)])
def test_the_usual_depth_is_that_of_the_paper(rows, depth):
    assert usual_depth(rows) == pytest.approx(depth)
