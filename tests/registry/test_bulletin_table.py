import csv
from io import StringIO

from tests.registry.documents import a_bulletin

from vigie.registry import Document, Said, Table, Words, csv_of


def read(document):
    return list(csv.DictReader(StringIO(csv_of(document), newline="")))


def test_every_number_stands_once_bare_with_unit_and_source():
    rows = read(a_bulletin("fr"))
    (brazil,) = [row for row in rows if row["row"] == "Brésil" and row["column"] == "kg"]
    assert (brazil["value"], brazil["unit"], brazil["rows"], brazil["as_of"]) == ("61000.0", "kg", "1", "2026-01-15")
    assert brazil["marks"].startswith("SIMULATION")
    assert len({(row["table"], row["row"], row["column"]) for row in rows}) == len(rows)


def test_no_cell_is_taken_for_a_formula():
    table = Table("=T", ("c", "@h"), ("", "kg"), ((Said("+1"), Said("-", 0)), (Said("a"), Said("-2", 0, -2))))
    rows = read(Document("t", "", "en", "p", "2026-01-01", (table,), (), Words("", ("", "", "", ""), "")))
    assert [(row["table"], row["row"], row["column"], row["value"]) for row in rows] == [
        ("'=T", "'+1", "'@h", "'-"), ("'=T", "a", "'@h", "-2"),
    ]  # fmt: skip
