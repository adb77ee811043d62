"""The features of vigie: what is known about a box line from all that was logged before it, declared once."""

from vigie.risk.aggregates import Aggregate, Feature, FeatureSet, Novelty
from vigie.risk.families import FAMILIES, LATE

COUNT, SUM, FIRST, LAST = Aggregate.COUNT, Aggregate.SUM, Aggregate.FIRST, Aggregate.LAST

MEASURES = (
    "boxes",  # 1 on an announced row
    "consignments",  # 1 on the announced row of the first box of its consignment
    "visits",  # 1 on the first row of a visit
    "at",  # hlc on an announced row
    "gross_g",  # grams of the goods in the box
    "log_w",  # log_weight(gross_g)
    "log_w2",  # its square
    "packages",  # packages in the box
    "amended",  # 1 on an amended row
    "inspected",  # 1 on an outcome row
    "found",  # 1 on an outcome row that found drugs, cash, arms, tobacco or people
    "irregular",  # 1 on an outcome row that found another irregularity
    "empties",  # 1 where the box is said to be empty
    "reefers",  # 1 where the box is a reefer
    "size_type",  # size_number of the size and type code
    "tare_g",  # grams of the empty box
    "box",  # container_key, kept by the seal family
    "new_pair",  # a consignment whose consignor and consignee never met before
    "new_lane_hs4",  # a consignment with goods never seen on its lane
    "new_consignee_hs4",  # a consignment with goods never seen for its consignee
    "new_address_consignee",  # a consignment whose consignee was never seen at its address
    "log_v",  # log_weight of the value per tonne, in minor units of its currency
    "log_v2",  # its square
    "weighed",  # 1 where a verified gross mass is told
    "collected",  # 1 where a haulier is named at a gate
    "hits",  # 1 for each place in the stow beside a box with a find
    "targets",  # 1 for each place in the yard beside a box that customs chose
    "held",  # 1 where a party got the right to collect a box
    "presented",  # 1 where a vehicle was let through with a key
    "new_vehicle_carrier",  # a vehicle let through for a carrier it never came for
    "lost_h",  # hours that a ship lost at sea, away from any port
)
"""The measures of a history row, in order; new ones are added at the end."""

NOVELTIES = (
    Novelty("new_pair", "pair", "consignments"),
    Novelty("new_lane_hs4", "lane_hs4", "consignments"),
    Novelty("new_consignee_hs4", "consignee_hs4", "consignments"),
    Novelty("new_address_consignee", "address_trader", "consignments"),
    Novelty("new_vehicle_carrier", "vehicle_carrier", "presented"),
)

_CONSIGNEE = (
    Feature("consignee_boxes_life", "consignee", COUNT, "boxes", None, ("P1", "P4"),
            "Boxes ever announced for this consignee before."),
    Feature("consignee_boxes_30d", "consignee", COUNT, "boxes", 30, ("P2",),
            "Boxes announced for this consignee in the 30 days before."),
    Feature("consignee_boxes_365d", "consignee", COUNT, "boxes", 365, ("P2",),
            "Boxes announced for this consignee in the 365 days before."),
    Feature("consignee_first_at", "consignee", FIRST, "at", None, ("P1", "P5"),
            "When this consignee was first announced."),
    Feature("consignee_last_at", "consignee", LAST, "at", None, ("P2",),
            "When this consignee was last announced."),
    Feature("consignee_gross_g_365d", "consignee", SUM, "gross_g", 365, ("P2", "C5"),
            "Grams of goods announced for this consignee in the 365 days before."),
    Feature("consignee_amended_90d", "consignee", COUNT, "amended", 90, ("P8",),
            "Amendments to box lines of this consignee in the 90 days before."),
    Feature("consignee_inspected_730d", "consignee", COUNT, "inspected", 730, ("S4",),
            "Controls of boxes of this consignee in the 730 days before."),
    Feature("consignee_found_730d", "consignee", COUNT, "found", 730, ("S4", "P7"),
            "Controls of boxes of this consignee with a find in the 730 days before."),
    Feature("consignee_irregular_730d", "consignee", COUNT, "irregular", 730, ("C1", "C2"),
            "Controls of boxes of this consignee with an irregularity in the 730 days before."),
    Feature("consignee_new_shippers_365d", "consignee", SUM, "new_pair", 365, ("P1", "P4"),
            "Consignors new to this consignee in the 365 days before."),
    Feature("consignee_hs4_life", "consignee", SUM, "new_consignee_hs4", None, ("P2", "P6"),
            "Different goods headings ever announced for this consignee before."),
)

_CONSIGNOR = (
    Feature("consignor_boxes_life", "consignor", COUNT, "boxes", None, ("P1",),
            "Boxes ever announced by this consignor before."),
    Feature("consignor_boxes_90d", "consignor", COUNT, "boxes", 90, ("P2",),
            "Boxes announced by this consignor in the 90 days before."),
    Feature("consignor_first_at", "consignor", FIRST, "at", None, ("P1",),
            "When this consignor was first announced."),
    Feature("consignor_last_at", "consignor", LAST, "at", None, ("P2",),
            "When this consignor was last announced."),
    Feature("consignor_inspected_730d", "consignor", COUNT, "inspected", 730, ("S4",),
            "Controls of boxes of this consignor in the 730 days before."),
    Feature("consignor_found_730d", "consignor", COUNT, "found", 730, ("S4",),
            "Controls of boxes of this consignor with a find in the 730 days before."),
    Feature("consignor_new_consignees_90d", "consignor", SUM, "new_pair", 90, ("P3", "P4"),
            "Consignees new to this consignor in the 90 days before."),
)

_PAIR = (
    Feature("pair_boxes_life", "pair", COUNT, "boxes", None, ("P1", "P4"),
            "Boxes ever announced from this consignor to this consignee before."),
    Feature("pair_boxes_365d", "pair", COUNT, "boxes", 365, ("P2",),
            "Boxes announced from this consignor to this consignee in the 365 days before."),
    Feature("pair_last_at", "pair", LAST, "at", None, ("P2",),
            "When this consignor last sent to this consignee."),
)

_NOTIFY = (
    Feature("notify_boxes_life", "notify", COUNT, "boxes", None, ("P1", "P4"),
            "Boxes ever announced with this notify party before."),
    Feature("notify_boxes_90d", "notify", COUNT, "boxes", 90, ("P2",),
            "Boxes announced with this notify party in the 90 days before."),
    Feature("notify_first_at", "notify", FIRST, "at", None, ("P1",),
            "When this notify party was first announced."),
)

_LANE = (
    Feature("lane_boxes_30d", "lane", COUNT, "boxes", 30, ("R3",),
            "Boxes announced between these two ports in the 30 days before."),
    Feature("lane_boxes_365d", "lane", COUNT, "boxes", 365, ("R3",),
            "Boxes announced between these two ports in the 365 days before."),
    Feature("lane_first_at", "lane", FIRST, "at", None, ("R3",),
            "When a box was first announced between these two ports."),
    Feature("lane_last_at", "lane", LAST, "at", None, ("R3",),
            "When a box was last announced between these two ports."),
    Feature("lane_empties_365d", "lane", COUNT, "empties", 365, ("E5", "E6"),
            "Empty boxes announced between these two ports in the 365 days before."),
    Feature("lane_inspected_365d", "lane", COUNT, "inspected", 365, ("S4", "R3"),
            "Controls of boxes between these two ports in the 365 days before."),
    Feature("lane_found_365d", "lane", COUNT, "found", 365, ("S4", "R3"),
            "Controls with a find of boxes between these two ports in the 365 days before."),
    Feature("lane_hs4_life", "lane", SUM, "new_lane_hs4", None, ("C3",),
            "Different goods headings ever announced between these two ports before."),
)

_GOODS = (
    Feature("lane_hs4_boxes_life", "lane_hs4", COUNT, "boxes", None, ("C3",),
            "Boxes with these goods ever announced between these two ports before."),
    Feature("lane_hs4_boxes_365d", "lane_hs4", COUNT, "boxes", 365, ("C3", "C4"),
            "Boxes with these goods announced between these two ports in the 365 days before."),
    Feature("lane_hs4_weighed_365d", "lane_hs4", COUNT, "log_w", 365, ("W2",),
            "Boxes among them with a weight, in the 365 days before."),
    Feature("lane_hs4_log_w_365d", "lane_hs4", SUM, "log_w", 365, ("W2",),
            "Sum of their logarithmic weights (1/1024 of a doubling), in the 365 days before."),
    Feature("lane_hs4_log_w2_365d", "lane_hs4", SUM, "log_w2", 365, ("W2",),
            "Sum of the squares of their logarithmic weights, in the 365 days before."),
    Feature("lane_hs4_packages_365d", "lane_hs4", SUM, "packages", 365, ("W5",),
            "Packages in boxes with these goods between these two ports in the 365 days before."),
    Feature("lane_hs4_found_730d", "lane_hs4", COUNT, "found", 730, ("S4", "C4"),
            "Controls with a find of such goods between these two ports in the 730 days before."),
    Feature("consignee_hs4_boxes_life", "consignee_hs4", COUNT, "boxes", None, ("P2", "P6"),
            "Boxes with these goods ever announced for this consignee before."),
    Feature("consignee_hs4_boxes_365d", "consignee_hs4", COUNT, "boxes", 365, ("P2",),
            "Boxes with these goods announced for this consignee in the 365 days before."),
)

_BOX = (
    Feature("container_visits_life", "container", SUM, "visits", None, ("E1", "E3"),
            "Visits of this container number opened before."),
    Feature("container_visits_30d", "container", SUM, "visits", 30, ("E2",),
            "Visits of this container number opened in the 30 days before."),
    Feature("container_size_type_last", "container", LAST, "size_type", None, ("E3",),
            "Size and type of this container as last stated before."),
    Feature("container_tare_g_last", "container", LAST, "tare_g", None, ("E3",),
            "Grams of the empty container as last stated before."),
    Feature("container_reefers_life", "container", COUNT, "reefers", None, ("E3",),
            "Statements before that this container is a reefer."),
    Feature("container_inspected_730d", "container", COUNT, "inspected", 730, ("S4",),
            "Controls of this container in the 730 days before."),
    Feature("container_found_730d", "container", COUNT, "found", 730, ("S4",),
            "Controls of this container with a find in the 730 days before."),
    Feature("seal_rows_life", "seal", COUNT, "box", None, ("C7",),
            "Statements of this seal number before."),
    Feature("seal_box_first", "seal", FIRST, "box", None, ("C7",),
            "Key of the container that first carried this seal number."),
    Feature("seal_box_last", "seal", LAST, "box", None, ("C7",),
            "Key of the container that last carried this seal number before."),
)

_ADDRESS = (
    Feature("address_consignees_life", "address", SUM, "new_address_consignee", None, ("P5",),
            "Different consignees ever announced at this address before."),
    Feature("address_trader_boxes_life", "address_trader", COUNT, "boxes", None, ("P5",),
            "Boxes ever announced for this consignee at this address before."),
)

_VALUE = (
    Feature("goods_value_boxes_365d", "goods_value", COUNT, "log_v", 365, ("C5",),
            "Boxes with these goods and a value in this currency between these two ports in the 365 days before."),
    Feature("goods_value_log_v_365d", "goods_value", SUM, "log_v", 365, ("C5",),
            "Sum of their logarithmic values per tonne (1/1024 of a doubling), in the 365 days before."),
    Feature("goods_value_log_v2_365d", "goods_value", SUM, "log_v2", 365, ("C5",),
            "Sum of the squares of their logarithmic values per tonne, in the 365 days before."),
)

_LATER = (
    Feature("consignor_vgm_boxes_90d", "consignor_vgm", COUNT, "weighed", 90, ("W4",),
            "Boxes of this consignor with exactly this verified mass in 90 days; this one too once it was weighed."),
    Feature("weighed_boxes_90d", "weighed", COUNT, "weighed", 90, ("W4",),
            "Boxes of this consignor with any verified mass in 90 days; this one too once it was weighed."),
    Feature("haulier_pickups_365d", "haulier", COUNT, "collected", 365, ("T2", "T4"),
            "Times this haulier came for this consignee in the last 365 days, this one included."),
    Feature("collected_boxes_365d", "collected", COUNT, "collected", 365, ("T2", "T4"),
            "Times any named haulier came for this consignee in the last 365 days, this one included."),
    Feature("cell_hits_60d", "cell", COUNT, "hits", 60, ("S5",),
            "Finds in boxes stowed beside this one on the same voyage, in the last 60 days."),
    Feature("slot_targets_7d", "slot", COUNT, "targets", 7, ("E7",),
            "Boxes that customs chose and that stood beside this place in the yard, in the last 7 days."),
)

_RELEASE = (
    Feature("release_party_boxes_life", "release_party", COUNT, "held", None, ("I1",),
            "Boxes whose right of collection this party ever got, this one included."),
    Feature("terminal_rights_365d", "terminal", COUNT, "held", 365, ("I1",),
            "Times a party got the right to collect a box at this terminal in the last 365 days."),
    Feature("terminal_presented_365d", "terminal", COUNT, "presented", 365, ("I4",),
            "Vehicles let through with a key at this terminal in the last 365 days."),
    Feature("vehicle_presented_life", "vehicle", COUNT, "presented", None, ("I4",),
            "Times this vehicle was ever let through with a key, this one included."),
    Feature("vehicle_carriers_365d", "vehicle", SUM, "new_vehicle_carrier", 365, ("I4",),
            "Carriers for whom this vehicle first came in the last 365 days."),
    Feature("vehicle_carrier_presented_365d", "vehicle_carrier", COUNT, "presented", 365, ("I4",),
            "Times this vehicle came for this carrier in the last 365 days, this one included."),
    Feature("ship_lost_h_30d", "ship", SUM, "lost_h", 30, ("R4",),
            "Hours that its ship lost at sea, away from any port, in the last 30 days."),
    Feature("ship_stops_30d", "ship", COUNT, "lost_h", 30, ("R4",),
            "Times that its ship lost hours at sea, away from any port, in the last 30 days."),
)

FEATURES = (*_CONSIGNEE, *_CONSIGNOR, *_PAIR, *_NOTIFY, *_LANE, *_GOODS, *_BOX, *_ADDRESS, *_VALUE, *_LATER, *_RELEASE)
"""All features, in the order of the vector."""

FEATURE_SET = FeatureSet(FAMILIES, MEASURES, FEATURES, NOVELTIES)
"""What is compiled to prefix rows, to the fold over columns and to SQL."""

FRESH = frozenset(each.name for each in FEATURES if each.measure in {"inspected", "found", "irregular"})
"""Features about controls: a box on its way follows them from entry to entry; all others stand as first announced."""

BY_THEN = frozenset(each.name for each in FEATURES if each.family in LATE)
"""Features of families in `LATE`: read anew at every assessment once a box got something on its way."""
