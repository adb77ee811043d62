import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_part

from vigie.arrivals import Classifier, Consignment, Measurement, Movement, Position, Row, read, split
from vigie.arrivals.table import read_column_map
from vigie.terms import write_moment

MANIFEST = read_column_map("""
kind = "consignment"
form = "LINE-LIST"
[columns]
document = "B/L"
container = "Box"
size_type = "Type"
seals = "Seals"
gross_g = { column = "Weight (t)", unit = "TNE" }
description = "Goods"
hs = "HS"
packages = "Pkgs"
consignee_name = "Consignee"
loading = "POL"
arrival = { column = "ETA", format = "%d/%m/%Y %H:%M", zone = "+01:00" }
[constants]
carrier = "LINE"
unloading = "BEANR"
""")
HEADER = "B/L;Box;Type;Seals;Weight (t);Goods;HS;Pkgs;Consignee;POL;ETA\n"


def rows_of(content: bytes, column_map: object = MANIFEST) -> tuple[list[Row], list[tuple[str, int | None, str]]]:
    readings = [read(part) for part in split(io.BytesIO(content), column_map=column_map)]  # type: ignore[arg-type]
    return ([row for reading in readings for row in reading.rows],
            [(doubt.code, doubt.place.segment, doubt.place.path) for reading in readings for doubt in reading.doubts])


def test_rows_of_one_document_are_one_consignment() -> None:
    rows, doubts = rows_of((HEADER + "A1;CSQU 305438-3;45R1;ML-1 / NA;23,84;Bananas;0803.90;1.080;Früit BV;EC GYE;20/01/2026 13:00\n"
                            'A1;APZU4812090;45R1;;24.0;"Bananas; green";0803.90;1080;;;\nA2;APZU4812091;;;;;;;;;\n').encode())
    first, second = rows
    assert isinstance(first, Consignment)
    assert isinstance(second, Consignment)
    assert (first.id, second.id, first.form) == ("bl:LINE:A1", "bl:LINE:A2", "LINE-LIST")
    assert [box.gross_g for box in first.equipment] == [23_840_000, 24_000_000]
    assert [seal.number for seal in first.equipment[0].seals] == ["ML1"]
    assert [(item.hs, item.packages, item.description) for item in first.goods] == [
        ("080390", 1080, "Bananas"), ("080390", 1080, "Bananas; green")]
    assert (first.route.loading, first.route.unloading, first.parties[0].name) == ("ECGYE", "BEANR", "Früit BV")
    assert first.call.arrival is not None
    assert write_moment(first.call.arrival) == "2026-01-20T12:00:00Z"
    assert doubts == [("table-container-number", 4, "Box")]


def test_cells_that_cannot_be_read_are_doubted_at_row_and_column() -> None:
    rows, doubts = rows_of((HEADER + "A1;CSQU3054383;;;heavy;;;1.5.2;;;31/02/2026 00:00;more\nA1;;\n\n").encode())
    assert len(rows) == 1
    assert sorted(doubts, key=str) == sorted([
        ("table-number", 2, "Weight (t)"), ("table-moment", 2, "ETA"), ("table-ragged", 2, ""), ("table-ragged", 3, ""),
    ], key=str)


def test_a_row_without_document_is_doubted() -> None:
    rows, doubts = rows_of((HEADER + ";CSQU3054383;;;;;;;;;\n").encode())
    assert [row.id for row in rows if isinstance(row, Consignment)] == ["bl:LINE:"]
    assert doubts == [("table-no-document", 2, "B/L")]


def test_movements_measurements_and_positions_are_read() -> None:
    moves = read_column_map('{"kind":"movement","columns":{"container":"c","code":"what","at":{"column":"when"},'
                            '"empty":"e","document":"bl","classifier":"k"}}')
    (move,), doubts = rows_of(b"c,what,when,e,bl,k\nCSQU3054383,gtot,2026-01-01 10:00,MTY,A1,maybe\n", moves)
    assert isinstance(move, Movement)
    assert (move.code, move.empty, move.documents, move.offset_known, move.classifier) == (
        "GTOT", True, ("BL:A1",), False, Classifier.PLANNED)
    assert move.event_id.startswith("unnamed:")
    assert [code for code, _, _ in doubts] == ["table-word"]
    masses = read_column_map('kind="measurement"\n[columns]\ncontainer="c"\ngrams={column="kg"}\n[constants]\nmethod="SM1"')
    (mass,), _ = rows_of(b"c|kg\nCSQU3054383|23'840.5\n", masses)
    assert isinstance(mass, Measurement)
    assert (mass.value, mass.method, mass.quantity) == (23_840_500, "SM1", "vgm")
    ships = read_column_map('kind="position"\n[columns]\nmmsi="MMSI"\nlat_e6="LAT"\nlon_e6="LON"\nspeed_dkn="SOG"')
    rows, doubts = rows_of(b"MMSI,LAT,LON,SOG\n205344990,51.25,-4.3,12.3\nabc,,,\n", ships)
    assert rows == [Position("205344990", lat_e6=51_250_000, lon_e6=-4_300_000, speed_dkn=123)]
    assert [code for code, _, _ in doubts] == ["table-number"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_either_encoding_is_found(encoding: str) -> None:
    rows, doubts = rows_of((HEADER + "A1;CSQU3054383;;;;Café;;;;;\n").encode(encoding))
    assert not doubts
    assert isinstance(rows[0], Consignment)
    assert rows[0].goods[0].description == "Café"


def test_rows_in_another_encoding_than_the_first_are_read_with_a_doubt() -> None:
    content = (HEADER + "A1;CSQU3054383;;;;;;;;;\n" * 60_000).encode() + "A2;;;;;Café;;;;;\n".encode("latin-1")
    rows, doubts = rows_of(content)
    assert [code for code, _, _ in doubts] == ["table-encoding"]
    assert isinstance(rows[-1], Consignment)
    assert rows[-1].goods[-1].description == "Café"


@given(st.binary(max_size=60), st.binary(max_size=120))
def test_any_bytes_are_read_or_doubted(head: bytes, body: bytes) -> None:
    read(a_part(body, "table", head))
    rows_of(HEADER.encode() + body)


@given(st.text(max_size=200))
def test_any_text_is_read_or_doubted(text: str) -> None:
    rows_of((HEADER + text).encode("utf-8", "replace"))
