"""Consignments: documents, levels, functions, and boxes that stand in front."""

import pytest
from tests.arrivals.edifact.looking import back, message

from vigie.arrivals import Function, Level, Stowed


def bill(*body, form="CUSCAR", bgm="BGM+785+1+9"):
    return back(message(form, bgm, "TDT+20+12W+1++MSCU:172:20+++9074729:146", *body))


@pytest.mark.parametrize(
    ("references", "identity", "level", "parent"),
    [
        (("RFF+BM:medu1",), "bl:MSCU:MEDU1", Level.STRAIGHT, ""),
        (("RFF+MB:CNI1",), "bl:MSCU:CNI1", Level.MASTER, ""),
        (("RFF+MB:M1",), "bl:MSCU:CNI1", Level.HOUSE, "M1"),
        (("RFF+BH:H1", "RFF+MB:M1"), "bl:MSCU:H1", Level.HOUSE, "M1"),
        ((), "bl:MSCU:CNI1", Level.STRAIGHT, ""),
    ],
)
def test_documents(references, identity, level, parent):
    (row,), doubts = bill("CNI+1+CNI1", *references)
    assert (row.id, row.level, row.parent) == (identity, level, parent)
    assert doubts == []


def test_without_any_document():
    (row,), doubts = bill("CNI+1", "GID+1+10:CT")
    assert row.id == "message:BEANRTERM:1.0"
    assert doubts == ["edifact-no-document"]
    (row,), _ = bill("CNI+1", "RFF+ABT:26BE0000000000001A")
    assert (row.id, row.mrn) == ("mrn::26BE0000000000001A", "26BE0000000000001A")


@pytest.mark.parametrize(
    ("code", "function"), [("9", Function.ORIGINAL), ("4", Function.AMENDMENT), ("3", Function.CANCELLATION)]
)
def test_functions(code, function):
    (row,), _ = bill("CNI+1+B", bgm=f"BGM+785+1+{code}")
    assert row.function is function


def test_one_consignment_may_be_amended_alone():
    rows, _ = bill("CNI+1+A", "CNI+2+B", "GIS+4:FUN::ZZZ")
    assert [row.function for row in rows] == [Function.ORIGINAL, Function.AMENDMENT]


def test_equipment_in_front_is_told_with_its_consignment():
    rows, doubts = bill(
        "EQD+CN+CSQU3054383+45R1+++5", "SEL+SI+CA", "SEL+H1+SH", "EQD+CN+TCLU0000001+22G1+++4", "CNI+1+A",
        "GID+1+1080:CT", "FTX+AAA+++BANANAS", "DGS+IMD+3+1263", "SGP+CSQU3054383+1080", "CST++080390:HS",
    )  # fmt: skip
    consignment, leftover = rows
    (box,) = consignment.equipment
    assert (box.size_type, [seal.number for seal in box.seals], box.dangerous) == ("45R1", ["H1"], ("1263",))
    assert isinstance(leftover, Stowed)
    assert leftover.equipment.empty is True
    assert doubts == ["edifact-placeholder-seal", "edifact-number-check-digit"]


def test_a_transport_order_is_one_consignment():
    rows, doubts = back(
        message(
            "IFTMIN", "BGM+340+SI1+9", "RFF+BM:MEDU1", "TDT+20+12W+1++MSCU:172:20", "NAD+CZ+++FRUTA FICTICIA SA",
            "GID+1+1080:CT", "PIA+5+080390:HS", "MEA+AAE+G+KGM:21000", "SGP+CSQU3054383", "EQD+CN+CSQU3054383+45R1+++5",
            "TMP+2+13.6:CEL",
        )
    )
    (row,) = rows
    assert (row.id, row.goods[0].hs, row.equipment[0].setpoint_dc) == ("bl:MSCU:MEDU1", "080390", 136)
    assert doubts == []
