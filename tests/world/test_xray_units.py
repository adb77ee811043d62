"""Refrigerating units of one make, drawn without the rest of the box."""

import numpy as np

from vigie.world import draw_family, xray_parameters
from vigie.world.xray_reefer import layout


def test_a_family_is_of_one_make_and_each_shows_what_was_put_in():
    one, two = draw_family(990_000_000, 2)
    rows, columns = one.scan.high.shape
    assert one.bagged.high.shape == (rows, columns)
    assert columns < 200
    x, y, width, height = one.hidden
    assert 0 <= x < x + width <= columns
    part = np.s_[y : y + height, x : x + width]
    assert one.bagged.high[part].mean() < one.scan.high[part].mean() * 0.95
    outside = np.ones_like(one.scan.high, bool)
    outside[max(0, y - 60) : y + height + 60] = False
    assert np.abs(one.bagged.high[outside].astype(int) - one.scan.high[outside]).mean() < 200
    assert one.scan.facts.scanner == two.scan.facts.scanner
    assert not np.array_equal(one.scan.high, two.scan.high)
    assert one.box[2] > 40


def test_the_same_seed_gives_the_same_pictures():
    (one,), (again,) = draw_family(990_000_100, 1), draw_family(990_000_100, 1)
    assert np.array_equal(one.bagged.high, again.bagged.high)
    assert (one.hidden, one.box) == (again.hidden, again.box)


def test_makes_beyond_the_benchmark_borrow_from_none_of_its_own():
    beyond = xray_parameters().reefers.makes + 3
    parts = {len(layout(beyond, unit)) for unit in range(60)}
    assert parts == {19, 20}  # one may be missing
