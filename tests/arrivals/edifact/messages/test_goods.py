"""Goods items."""

import pytest
from tests.arrivals.edifact.looking import back, message


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("PAC+12++BX", "packages", 12), ("MEA+AAE+AAB+KGM:5", "gross_g", 5000), ("MOA+40:12,5:EUR", "value_minor", 1250),
        ("CST++0803.90:HS", "hs", "080390"), ("PIA+5+0901:HS", "hs", "0901"), ("CST++BANANA", "hs", ""),
    ],
)  # fmt: skip
def test_an_item(segment, field, value):
    (row,), doubts = back(message("CUSCAR", "BGM+785", "CNI+1+B", "GID+1+1:CT", segment))
    assert getattr(row.goods[0], field) == value
    assert doubts == []


@pytest.mark.parametrize(
    ("segment", "doubt"), [("MOA+40:much:EUR", "edifact-money"), ("MOA+40:1e99", "edifact-money"),
                           ("MEA+AAE+G+KGM:-1", "edifact-mass")]
)  # fmt: skip
def test_doubts(segment, doubt):
    (row,), doubts = back(message("CUSCAR", "BGM+785", "CNI+1+B", "GID+1+1:CT", segment))
    assert (row.goods[0].value_minor, row.goods[0].gross_g, doubts) == (None, None, [doubt])
