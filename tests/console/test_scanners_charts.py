import pytest

from vigie.console.charts import HEIGHT, WIDTH
from vigie.console.scanners_charts import drawn


def test_the_band_is_the_middle_half_and_what_lies_far_stands_at_the_edge():
    told = drawn([1.0, 1.05, 3.0], 1.0, 0.05)
    assert (round(told.low, 3), round(told.high, 3), told.n) == (0.9, 1.1, 3)
    assert told.middle == f"M0 {HEIGHT / 2}H{WIDTH}"
    heights = [float(part.split()[1].split("h")[0]) for part in told.line.replace("M", "L").split("L")[1:]]
    assert heights[0] == pytest.approx(HEIGHT / 2)
    assert heights[0] > heights[1] > heights[2] >= 0


def test_gaps_are_left_and_nothing_is_drawn_of_nothing():
    assert drawn([1.2, None, 1.21], 1.2, 0.01).n == 2
    assert drawn([], 1.0, 0.05) is None
    assert drawn([None], 1.0, 0.05) is None
    assert drawn([1.0], None, 0.05) is None
