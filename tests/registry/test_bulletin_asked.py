from datetime import date

import pytest
from tests.registry.documents import a_row

from vigie.registry import period_of
from vigie.registry.bulletin_asked import Sum
from vigie.terms import DAY


@pytest.mark.parametrize(
    ("half", "first", "last", "days"),
    [
        (0, (2024, 1, 1), (2024, 12, 31), 366),
        (1, (2024, 1, 1), (2024, 6, 30), 182),
        (2, (2024, 7, 1), (2024, 12, 31), 184),
    ],
)
def test_a_period_has_its_days_and_the_same_ones_a_year_before(half, first, last, days):
    period = period_of(2024, half)
    assert (period.first, period.last) == (date(*first), date(*last))
    start, end = period.bounds
    assert end - start == days * DAY
    assert period.before == period_of(2023, half)
    assert list(period.months) == list(range(first[1], last[1] + 1))


def test_a_seizure_counts_once_and_all_its_rows_weigh():
    rows = [a_row(number=1, grams=5), a_row(number=1, grams=7), a_row(number=2, grams=None)]
    assert (Sum.of(rows).findings, Sum.of(rows).grams) == (2, 12)
