import numpy as np

from vigie.trends import Count, laid
from vigie.trends.grid import effort_missing, findings_by, small_ports


def test_a_hole_is_not_a_zero():
    grid = laid([Count(10, "A", "", 2, None, 100), Count(12, "a", "", 3, None, 100), Count(11, "A", "", None, None, 100),
                 Count(10, "B", "", 1, None, 50), Count(11, "B", "", 1, None, 50), Count(12, "B", "", 1, None, 50)])
    assert grid.names == ("A", "B")
    assert grid.known[:, 0].tolist() == [True, False, True]
    assert grid.findings[:, 0].tolist() == [2, 0, 3]
    assert grid.inspected[1, 0] == 0


def test_rows_of_several_routes_are_summed_and_unknown_effort_stays_out():
    grid = laid([Count(10, "A", "BR", 2, 10.0, 100), Count(10, "A", "EC", 3, 5.0, 50), Count(10, "A", "CO", 9, None, None)])
    assert grid.findings.tolist() == [[5]]
    assert grid.inspected.tolist() == [[150]]
    assert grid.kg.tolist() == [[15]]


def test_a_name_with_little_known_effort_is_silent(series):
    counts = series(names=("A", "B", "C"))
    hidden = [Count(one.month, one.port, "", one.findings, None, None if one.port == "B" and one.month % 3 else one.inspected)
              for one in counts]
    grid = laid(hidden)
    assert grid.silent == ("B",)
    assert grid.names == ("A", "C")


def test_nothing_gives_an_empty_grid():
    grid = laid([])
    assert (grid.months, grid.names) == (0, ())
    assert findings_by([]) == {}


def test_small_ports_are_those_below_an_even_share():
    assert small_ports(("A", "B", "C"), np.array([0.8, 0.1, 0.1])) == (1, 2)
    assert small_ports(("A", "B"), [0.6, 0.4]) == ()


def test_months_nobody_wrote_or_looked_in_are_missing_for_their_port():
    counts = [Count(24288, "A", "", 2, None, 100), Count(24289, "a", "", 3, None, 0), Count(24291, "A", "", 1, None, 50),
              Count(24288, "B", "", 1, None, 50), Count(24289, "B", "", None, None, 50)]  # fmt: skip
    assert effort_missing(counts) == {"A": ("2024-02/2024-03",), "B": ("2024-02/2024-04",)}
    assert effort_missing([]) == effort_missing(counts, "route") == {}
