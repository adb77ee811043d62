import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.desk.registry_asked import check_choices, month_bounds, stood
from vigie.terms import DAY, BadRequest, Moment, datetime_of


@given(st.integers(1970 * 12, 9998 * 12 + 11))
def test_a_month_holds_its_days_and_ends_where_the_next_begins(month):
    first, after = month_bounds(f"{month // 12:04d}-{month % 12 + 1:02d}")
    assert {datetime_of(first).month, datetime_of(Moment(after - 1)).month} == {month % 12 + 1}
    assert datetime_of(first).day == datetime_of(after).day == 1


@pytest.mark.parametrize("month", ["2026-13", "2026", "1969-12", "soon", "2026-1", "26-01", "9999-12", "2026-03-"])
def test_what_is_no_month_is_refused_by_its_field(month):
    with pytest.raises(BadRequest) as refused:
        month_bounds(month)
    assert refused.value.facts == {"reason": "not-a-month", "field": "month"}


def test_a_day_stands_for_its_evening():
    assert stood("") is None
    assert stood("1970-01-02") == 2 * DAY - 1
    with pytest.raises(BadRequest):
        stood("yesterday")


@pytest.mark.parametrize(("lot", "held", "field"), [("4", "", "lot"), ("00", "", "lot"), ("x", "maybe", "held")])
def test_a_choice_that_is_none_is_refused(lot, held, field):
    check_choices("x", "no")
    with pytest.raises(BadRequest) as refused:
        check_choices(lot, held)
    assert refused.value.facts["field"] == field
