"""Sources side by side: what differs is marked, and only that."""

from vigie.arrivals import Call, Equipment, Measurement, Movement, Quantity, Route, Seal, Stowed
from vigie.console.container_sources import side_by_side
from vigie.terms import ConsignmentId, Moment, VisitId
from vigie.tracking import Line, Measured, Move, Plan, Visit

BOX = "MSCU1234566"


def a_visit(**parts: object) -> Visit:
    return Visit(VisitId(f"{BOX}-1"), BOX, 1, Moment(1), Moment(9), **parts)  # type: ignore[arg-type]


def a_line(hlc: int, gross_g: int | None, **more: object) -> Line:
    return Line(
        ConsignmentId(f"bl::{hlc}"), Moment(hlc), Moment(hlc), form="CUSCAR", document=f"B{hlc}",
        equipment=Equipment(BOX, gross_g=gross_g), route=Route(loading="ECGYE"), call=Call(voyage="V1"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_sources_that_agree_are_not_marked() -> None:
    found = side_by_side(a_visit(lines=(a_line(1, 5_000_000), a_line(2, 5_000_000))))
    assert found.columns == ("gross_kg", "loading", "voyage")
    assert not found.differing
    assert [row.name for row in found.rows] == ["B1", "B2"]


def test_the_one_that_stands_against_most_is_odd() -> None:
    plan = Plan(Moment(3), Stowed("BAPLIE", Equipment(BOX, gross_g=9_000_000)))
    found = side_by_side(a_visit(lines=(a_line(1, 5_000_000), a_line(2, 5_000_000)), plans=(plan,)))
    assert found.differing == {"gross_kg"}
    assert [sorted(row.odd) for row in found.rows] == [[], [], ["gross_kg"]]


def test_of_two_that_differ_both_are_odd() -> None:
    gate = Move(Moment(5), Movement("e", "GTIN", seals=(Seal("B2"), Seal("A1")), gross_g=7_000_000))
    found = side_by_side(a_visit(lines=(a_line(1, 5_000_000),), moves=(gate,)))
    assert [sorted(row.odd) for row in found.rows] == [["gross_kg"], ["gross_kg"]]
    assert found.rows[1].says["seals"] == "A1, B2"


def test_what_was_taken_back_says_nothing() -> None:
    gone = Move(Moment(5), Movement("e", "GTIN", gross_g=7_000_000), retracted=Moment(6))
    cancelled = a_line(2, 6_000_000, cancelled=Moment(7))
    weighed = Measured(Moment(4), Measurement(BOX, Quantity.VGM, 5_100_000, "SM1"))
    found = side_by_side(a_visit(lines=(a_line(1, 5_000_000), cancelled), moves=(gone,), measured=(weighed,)))
    assert [(row.kind, row.hlc) for row in found.rows] == [("document", 1), ("measurement", 4)]
    assert not found.differing
