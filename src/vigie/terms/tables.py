"""Tables as people hand them in: one reader for CSV, which gives a row's number and cells, or the fault of a row."""

import csv
from collections.abc import Collection, Iterable, Iterator

import msgspec


class TableRow(msgspec.Struct, frozen=True):
    """A row. number: Its place, the header being 1. cells: Column (small letters) to text, without blanks around."""

    number: int
    cells: dict[str, str]


class TableFault(msgspec.Struct, frozen=True):
    """A row that cannot be cut into cells; row 1 where the header lacks a column that is needed."""

    number: int


def read_table(lines: Iterable[str], needed: Collection[str] = ()) -> Iterator[TableRow | TableFault]:
    """Read a CSV table row by row, comma or semicolon between cells; empty rows are passed over, but counted.

    Args:
        lines: Text lines, header first. needed: Columns without which there is no table: one fault then, of row 1.

    >>> [row.cells for row in read_table(["a;b", "1;2"])]
    [{'a': '1', 'b': '2'}]
    """
    rest = iter(lines)
    header = next(rest, "").lstrip("\ufeff")
    mark = ";" if header.count(";") > header.count(",") else ","
    names = _names(header, mark)
    if any(name not in names for name in needed):
        yield TableFault(1)
        return
    table = csv.reader(rest, delimiter=mark)
    number = 1
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(table)]
        except StopIteration:
            return
        except csv.Error:
            yield TableFault(number)
            continue
        if any(cells):
            yield TableRow(number, dict(zip(names, cells, strict=False)))


def _names(header: str, mark: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([header], delimiter=mark), [])]
    except csv.Error:
        return []
