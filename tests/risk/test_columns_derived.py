import pytest
from tests.risk.rows import NAMES

from vigie.risk.columns_derived import DERIVED
from vigie.risk.columns_row import BY_NAME, DERIVED_COLUMNS, GIVEN_KINDS
from vigie.risk.language import columns_in
from vigie.risk.language_python import row_more
from vigie.risk.language_text import parse

CASES = [
    ("vgm_gap_g", {"vgm_g": 25_000_000, "goods_gross_g": 19_000_000, "tare_g": 4_600_000}, 1_400_000),
    ("vgm_gap_permille", {"vgm_g": 25_000_000, "goods_gross_g": 19_000_000, "tare_g": 4_600_000}, 56.0),
    ("vgm_gap_permille", {"vgm_g": 0, "goods_gross_g": 19_000_000, "tare_g": 4_600_000}, None),
    ("package_g", {"goods_gross_g": 19_224_000, "packages": 1080}, 17_800.0),
    ("empty_excess_g", {"plan_gross_g": 6_000_000, "tare_g": 4_600_000}, 1_400_000),
    ("empty_excess_g", {"weighed_g": 5_000_000, "plan_gross_g": 6_000_000, "tare_g": 4_600_000}, 400_000),
    ("goods_log_w_gap", {"goods_log_w": 110, "lane_hs4_log_w_365d": 300, "lane_hs4_weighed_365d": 3}, 10.0),
    ("goods_log_w_variance", {"lane_hs4_log_w2_365d": 30_600, "lane_hs4_log_w_365d": 300, "lane_hs4_weighed_365d": 3}, 200.0),
    ("goods_log_w_variance", {"lane_hs4_log_w2_365d": 0, "lane_hs4_log_w_365d": 0, "lane_hs4_weighed_365d": 0}, None),
    ("seal_on_other_box", {"seal_box_last": 5, "seal_box_first": 9, "container_key": 5}, True),
    ("seal_on_other_box", {"seal_box_last": 5, "seal_box_first": 5, "container_key": 5}, False),
    ("seal_on_other_box", {"container_key": 5}, None),
    ("other_visits_30d", {"container_visits_30d": 2, "own_visit_counted": 1}, 1),
]


@pytest.mark.parametrize(("name", "given", "value"), CASES)
def test_a_derived_column_is_its_expression(name, given, value):
    run = row_more([parse(BY_NAME[name].text)], GIVEN_KINDS)
    assert run(tuple(given.get(column) for column in GIVEN_KINDS)) == (value,)


def test_derived_columns_stand_on_given_ones_only():
    assert {name for each in DERIVED for name in columns_in(parse(each.text))} <= GIVEN_KINDS.keys()
    assert NAMES[-len(DERIVED_COLUMNS) :] == tuple(each.name for each in DERIVED)
