import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.arrivals.table import Column, ColumnMap
from vigie.arrivals.table.cells import Cells, Layout
from vigie.arrivals.table.fields import FIELDS
from vigie.terms import write_moment


def cells_of(kind: str, field: str, raw: str, **more: str) -> Cells:
    return Cells(Layout(ColumnMap(kind, {field: Column("c", **more)}), ("c",)), [raw], 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(("raw", "grams"), [
    ("23840", 23_840_000), ("23,84", 23_840), ("1.234,5", 1_234_500), ("1 234.5", 1_234_500), ("12,345,678", 12_345_678_000),
    ("-1", None), ("1e400", None), ("nan", None), ("٢", 2_000), ("1,2,3.4.5", None), ("", None),
])
def test_masses_are_read_as_people_write_them(raw: str, grams: int | None) -> None:
    cells = cells_of("movement", "gross_g", raw)
    assert cells.value("gross_g") == grams
    assert bool(cells.doubts) == (grams is None and raw != "")


@pytest.mark.parametrize(("raw", "format", "zone", "told"), [
    ("2026-01-02T10:00+02:00", "", "", "2026-01-02T08:00:00Z"), ("2026-01-02 10:00", "", "-03:00", "2026-01-02T13:00:00Z"),
    ("02.01.26", "%d.%m.%y", "", "2026-01-02T00:00:00Z"), ("2026-01-02", "", "somewhere", "2026-01-02T00:00:00Z"),
])
def test_moments_follow_the_declared_format_and_zone(raw: str, format: str, zone: str, told: str) -> None:
    assert write_moment(cells_of("movement", "at", raw, format=format, zone=zone).value("at")) == told


@given(st.sampled_from([(kind, field) for kind, fields in FIELDS.items() for field in fields]), st.text(max_size=20),
       st.sampled_from(["", "%d/%m/%Y", "%Q", "FAH", "TNE"]))
def test_any_cell_is_read_or_doubted(field: tuple[str, str], raw: str, how: str) -> None:
    cells = cells_of(*field, raw, format=how if how[:1] == "%" else "", unit=how if how[:1] != "%" else "")
    cells.value(field[1])


def test_a_row_is_read_as_far_as_it_goes_and_of_two_columns_of_one_name_the_last_counts():
    told = ColumnMap("movement", {"code": Column("c"), "place": Column("p"), "mode": Column("gone")}, {"mode": " by  TRUCK "})
    layout = Layout(told, ("c", "p", "c"))
    assert (layout.places, layout.constants) == ({"code": 2, "place": 1}, {"mode": "by TRUCK"})
    whole, short = Cells(layout, ["LOAD", " be  anr ", "DISC"], 2), Cells(layout, ["LOAD"], 3)
    assert [whole.text("code"), whole.text("place"), whole.text("mode")] == ["DISC", "be anr", "by TRUCK"]
    assert [short.text("code"), short.text("place"), short.text("mode")] == ["", "", "by TRUCK"]
