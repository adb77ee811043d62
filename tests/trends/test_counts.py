"""Tables of counts: every row becomes a count or a doubt with its place; nothing is lost, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Doubt
from vigie.trends import Count, month_of, month_text, read_counts

HEAD = "month,port,route,findings,kg,inspected,scanned,random_scanned"


def read(*rows, head=HEAD):
    return list(read_counts([head, *rows]))


def test_a_full_row_and_unknown_cells():
    assert read("2026-03, Ghent ,BR,2,31.5,400,300,20", "2026-04,Ghent,BR,,NA,,-,") == [
        Count(month_of("2026-03"), "Ghent", "BR", 2, 31.5, 400, 300, 20),
        Count(month_of("2026-04"), "Ghent", "BR"),
    ]


def test_columns_in_another_order_and_decimal_commas():
    told = read("3;2026-03-01;Vlissingen;12,5", head="findings;month;port;kg")
    assert told == [Count(month_of("202603"), "Vlissingen", "", 3, 12.5)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2026-13,Ghent,BR,1,1,9,9,9", "month"),
        ("2026-03,,BR,1,1,9,9,9", "port"),
        ("2026-03,Ghent,BR,-1,1,9,9,9", "findings"),
        ("2026-03,Ghent,BR,1.5,1,9,9,9", "findings"),
        ("2026-03,Ghent,BR,1,inf,9,9,9", "kg"),
        ("2026-03,Ghent,BR,1,1,many,9,9", "inspected"),
    ],
)
def test_a_bad_cell_names_its_place_and_the_next_row_is_read(row, column):
    bad, good = read(row, "2026-04,Ghent,BR,1,1,9,9,9")
    assert isinstance(bad, Doubt)
    assert (bad.code, bad.place.segment, bad.place.path) == ("counts-cell", 2, column)
    assert isinstance(good, Count)


def test_the_same_cell_twice_counts_once():
    first, again = read("2026-03,Ghent,BR,1,1,9,9,9", "2026-03,GHENT,br,5,1,9,9,9")
    assert isinstance(first, Count)
    assert (again.code, again.facts["row"]) == ("counts-twice", 2)


def test_more_findings_than_inspections_leave_the_effort_unknown():
    doubt, count = read("2026-03,Ghent,BR,10,1,9,9,9")
    assert (doubt.code, count.findings, count.inspected) == ("counts-more-found", 10, None)


def test_a_table_without_its_columns_is_doubted_once():
    assert [one.code for one in read("1,2", head="a,b")] == ["counts-header"]


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_read_or_doubted(lines):
    assert all(isinstance(one, Count | Doubt) for one in read_counts([HEAD, *lines]))


@given(st.integers(1900 * 12, 2999 * 12 + 11))
def test_a_month_is_written_as_it_is_read(month):
    assert month_of(month_text(month)) == month
