"""Any lines become rows with their numbers, or faults with theirs."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import TableFault, TableRow, read_table


@pytest.mark.parametrize("mark", [",", ";"])
def test_rows_keep_their_numbers_and_names_are_small(mark):
    lines = [line.replace(",", mark) for line in ("\ufeff\"Kind\", VALUE ", "a, 1 ", ",", "", '"b",2,over')]
    assert list(read_table(lines, ("kind", "value"))) == [
        TableRow(2, {"kind": "a", "value": "1"}), TableRow(5, {"kind": "b", "value": "2"}),
    ]  # fmt: skip


def test_a_header_without_what_is_needed_is_one_fault():
    assert list(read_table(["a,b", "1,2"], ("c",))) == [TableFault(1)]
    assert list(read_table([], ("c",))) == [TableFault(1)]
    assert list(read_table([])) == []


def test_a_row_that_is_no_row_is_a_fault_and_the_next_is_read():
    long = "x" * (csv.field_size_limit() + 1)
    assert list(read_table(["a,b", f"{long},1", "2,3"])) == [TableFault(2), TableRow(3, {"a": "2", "b": "3"})]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_lines_are_read(lines):
    for one in read_table(["a,b", *lines]):
        assert one.number > 1
