"""What lies beside what, on board and in the yard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.beside import cells_beside, place_in_yard, places_beside


def test_the_cells_around_one_in_a_forty_foot_bay():
    found = set(cells_beside("0320382"))
    assert {"0320182", "0320582", "0320380", "0320384", "0280382", "0360382", "0310182", "0330582"} <= found
    assert not found & {"0320382", "0320282", "0320388", "0400382"}


@pytest.mark.parametrize("near", ["0320082", "0320282", "0320382"])
def test_at_the_centre_line_both_ways_of_counting_touch(near):
    assert near in cells_beside("0320182")


@given(st.integers(1, 60), st.integers(0, 20), st.integers(1, 44))
def test_a_twenty_foot_box_touches_what_touches_it(bay, row, tier):
    """Being beside is mutual."""
    cell = f"{bay:03d}{row:02d}{2 * tier:02d}"
    assert cell not in cells_beside(cell)
    assert all(cell in cells_beside(near) for near in cells_beside(cell) if near[0:3] != "000")


@pytest.mark.parametrize("cell", ["", "032018", "03201822", "ABCDEFG", "٠٣٢٠١٨٢"])
def test_what_is_no_cell_has_no_neighbours(cell):
    assert cells_beside(cell) == ()


@pytest.mark.parametrize(("slot", "place"), [
    ("A12-03-05-2", ("A12", 3, 5)), ("a12.03.05.2", ("A12", 3, 5)), ("B 7 11", ("B", 7, 11)), ("K0305", None),
    ("", None), ("yard", None), ("A-x-5-1", None), ("A-1-2-3-4", None), ("A-123456-1-1", None), ("-", None),
])  # fmt: skip
def test_a_yard_position_is_read_where_its_parts_are_clear(slot, place):
    assert place_in_yard(slot) == place


def test_places_beside_one_are_nine_with_its_own():
    found = places_beside(("A", 5, 2))
    assert len(set(found)) == 9
    assert {("A", 5, 2), ("A", 4, 1), ("A", 6, 3)} <= set(found)
    assert ("A", 7, 2) not in found
