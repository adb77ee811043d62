"""Columns that are expressions over other columns, in the language of the indicators."""

from dataclasses import dataclass

from vigie.risk.columns_declared import Unit


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived column: name, unit, expression over columns that are not derived themselves."""

    name: str
    unit: Unit
    text: str


_MEAN = "lane_hs4_log_w_365d / lane_hs4_weighed_365d"
_MEAN_V = "goods_value_log_v_365d / goods_value_boxes_365d"

DERIVED = (
    Derived("declared_gross_g", Unit.GRAM, "goods_gross_g + tare_g"),
    Derived("vgm_gap_g", Unit.GRAM, "vgm_g - (goods_gross_g + tare_g)"),
    Derived("vgm_gap_permille", Unit.PERMILLE, "abs(vgm_g - (goods_gross_g + tare_g)) * 1000 / vgm_g"),
    Derived("weighed_gap_g", Unit.GRAM, "weighed_g - vgm_g"),
    Derived("weighed_gap_permille", Unit.PERMILLE, "abs(weighed_g - vgm_g) * 1000 / vgm_g"),
    Derived("package_g", Unit.GRAM, "goods_gross_g / packages"),
    Derived("levels_gap_permille", Unit.PERMILLE, "abs(master_gross_g - houses_gross_g) * 1000 / master_gross_g"),
    Derived("empty_excess_g", Unit.GRAM, "coalesce(weighed_g, vgm_g, plan_gross_g) - tare_g"),
    Derived("warmth_gap_dc", Unit.DECIDEGREE, "warmest_dc - setpoint_dc"),
    Derived("goods_log_w_gap", Unit.NONE, f"goods_log_w - {_MEAN}"),
    Derived("goods_log_w_variance", Unit.NONE,
            f"lane_hs4_log_w2_365d / lane_hs4_weighed_365d - {_MEAN} * ({_MEAN})"),
    Derived("goods_log_v_gap", Unit.NONE, f"goods_log_v - {_MEAN_V}"),
    Derived("goods_log_v_variance", Unit.NONE,
            f"goods_value_log_v2_365d / goods_value_boxes_365d - {_MEAN_V} * ({_MEAN_V})"),
    Derived("same_mass_permille", Unit.PERMILLE, "consignor_vgm_boxes_90d * 1000 / weighed_boxes_90d"),
    Derived("seal_on_other_box", Unit.NONE, "seal_box_last <> container_key or seal_box_first <> container_key"),
    Derived("other_visits_30d", Unit.COUNT, "container_visits_30d - own_visit_counted"),
    Derived("size_number_gap", Unit.NONE, "abs(size_type_number - container_size_type_last)"),
)
