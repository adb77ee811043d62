import pytest
from tests.desk.port import ADA, BOB, an_officer

from vigie.desk import statistics as desk
from vigie.terms import BadRequest, NotForYou, Purpose

SAM = an_officer("sam", purposes=(Purpose.STATISTICS,))


def test_without_months_the_last_twelve_stand_beside_those_before(node):
    view = desk.statistics(SAM, node)
    assert (view.first, view.last, view.before_first, view.before_last) == ("2025-04", "2026-03", "2024-04", "2025-03")
    assert not view.is_over
    assert view.counts.whole.now.inspected is None


def test_half_a_year_stands_beside_the_same_months_of_the_year_before(node):
    view = desk.statistics(SAM, node, "2025-01", "2025-06")
    assert (view.before_first, view.before_last, view.is_over) == ("2024-01", "2024-06", True)


@pytest.mark.parametrize("asked", [("2025-06", "2025-01"), ("soon", ""), ("", "2025-13"), ("1900-01", "2900-01")])
def test_months_that_are_none_or_not_in_order_are_refused(node, asked):
    with pytest.raises(BadRequest):
        desk.statistics(SAM, node, *asked)


@pytest.mark.parametrize("table", desk.TABLES)
def test_a_table_goes_along_with_its_header(node, table):
    assert desk.export(SAM, node, table).splitlines()[0].startswith("name,findings,grams")


def test_no_other_table_and_nobody_without_need(node):
    with pytest.raises(BadRequest):
        desk.export(SAM, node, "people")
    with pytest.raises(NotForYou):
        desk.statistics(ADA, node)
    assert desk.statistics(BOB, node).place == ""
