"""Cells, yard moves, hauliers and values as columns."""

import msgspec
from tests.risk.visits import BANANAS, LANDED, NOW, T0, a_box, a_line, a_move, a_plan, a_visit

from vigie.risk import COLUMNS, columns
from vigie.terms import DAY, HOUR
from vigie.tracking import Cell


def row_of(*parts):
    return dict(zip((column.name for column in COLUMNS), columns(a_visit(*parts), (), NOW), strict=True))


def test_hauliers_are_told_by_gates_only():
    out = a_move("GTOT", LANDED + DAY, haulier="SIMH001")
    row = row_of(a_line(), out, a_move("GTIN", LANDED + 2 * DAY, haulier="OTHER"))
    assert (row["haulier"], row["hauliers"]) == ("SIMH001", 1)
    both = row_of(a_line(), out, a_move("PICK", LANDED + DAY + HOUR, haulier="SIMH002"))
    assert (both["haulier"], both["hauliers"]) == ("SIMH002", 2)
    assert row_of(a_line(), a_move("GTOT", LANDED))["haulier"] is None


def test_a_restow_into_a_lowest_tier_is_seen_from_the_earlier_cell():
    def plan(cell, *earlier):
        return msgspec.structs.replace(a_plan(equipment=a_box(stow=cell)), earlier=earlier)

    row = row_of(plan("0320182", Cell(T0, "0320190")))
    assert (row["restows"], row["restowed_low"]) == (1, True)
    assert row_of(plan("0320188", Cell(T0, "0320190")))["restowed_low"] is False
    assert (row_of(plan("0320182"))["restows"], row_of(plan("0320182"))["restowed_low"]) == (0, False)
    assert row_of(a_plan(equipment=a_box(stow="")))["restows"] is None


def test_yard_moves_count_after_discharge_before_the_gate_and_after_the_choice():
    landed, chosen = a_move("DISC", LANDED), a_move("CUSS", LANDED + 3 * HOUR)
    moves = [a_move("DROP", LANDED + hours * HOUR, slot="A12-03-05-2") for hours in (1, 5, 6)]
    row = row_of(a_line(), landed, chosen, *moves, a_move("DROP", T0, slot="Z1-1-1-1"))
    assert (row["yard_moves"], row["yard_moves_after_selection"], row["yard_move_after_selection_h"]) == (3, 2, 2)
    assert row["in_yard_place"] is True
    assert row_of(a_line(), landed, *moves)["yard_moves_after_selection"] is None
    late = row_of(a_line(), landed, chosen, *moves, a_move("GTOT", LANDED + 4 * HOUR))
    assert late["yard_moves"] == 1


def test_a_value_counts_within_one_currency_and_with_a_mass():
    valued = msgspec.structs.replace(BANANAS, value_minor=1_924_000, currency="EUR")
    row = row_of(a_line(goods=(valued,)))
    assert (row["value_currency"], row["goods_log_v"]) == ("EUR", 6803)  # 100,000 cents a tonne: log2(100) * 1024
    dollars = msgspec.structs.replace(valued, number=2, currency="USD")
    assert row_of(a_line(goods=(valued, dollars)))["goods_log_v"] is None
    assert row_of(a_line())["value_currency"] is None
