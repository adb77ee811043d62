"""Tables of the quality figures: CSV files read by declared columns; what is wrong is told with its place."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

Table = dict[str, list[Any]]
Cell = Callable[[str], Any]

_EPOCH = date(1970, 1, 1)


class BadTable(Exception):
    """A file cannot be read as the table it was given as; says where and why."""


def text(cell: str) -> str | None:
    """A text; empty is unknown."""
    return cell.strip() or None


def number(cell: str) -> float | None:
    """A finite number; empty is unknown."""
    if not cell.strip():
        return None
    value = float(cell)
    if value - value != 0:
        raise ValueError("not a finite number")
    return value


def whole(cell: str) -> int:
    """A whole number, also written as 1.0."""
    value = float(cell)
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)


def day(cell: str) -> int:
    """Days since 1970-01-01 of a date written 2020-01-31."""
    return (date.fromisoformat(cell.strip()) - _EPOCH).days


def read_table(path: Path, cells: Mapping[str, Cell]) -> Table:
    """Read the declared columns of a CSV file; others are passed over.

    Raises:
        BadTable: No such file, no such column, no row, or a cell that is not what its column holds.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return _read(path, csv.reader(opened), cells)
    except OSError as fault:
        raise BadTable(f"{path}: {fault.strerror or fault}") from fault
    except UnicodeDecodeError as fault:
        raise BadTable(f"{path}: byte {fault.start} is no UTF-8") from fault
    except csv.Error as fault:
        raise BadTable(f"{path}: no CSV: {fault}") from fault


def _read(path: Path, rows: Any, cells: Mapping[str, Cell]) -> Table:
    head = next(rows, [])
    missing = [name for name in cells if name not in head]
    if missing:
        raise BadTable(f"{path}, line 1: no column {', '.join(repr(name) for name in missing)}")
    places = {name: head.index(name) for name in cells}
    table: Table = {name: [] for name in cells}
    for row in rows:
        if not row:
            continue
        if len(row) != len(head):
            raise BadTable(f"{path}, line {rows.line_num}: {len(row)} cells, the head has {len(head)}")
        for name, read in cells.items():
            try:
                table[name].append(read(row[places[name]]))
            except (ValueError, OverflowError) as fault:
                raise BadTable(f"{path}, line {rows.line_num}, column {name!r}: {row[places[name]]!r}: {fault}") from fault
    if not table[next(iter(cells))]:
        raise BadTable(f"{path}: no rows")
    return table


def rows_of(table: Table, places: Any) -> Table:
    """The rows at some places, or where a mask is true."""
    chosen = np.asarray(places)
    kept = (chosen.nonzero()[0] if chosen.dtype == np.bool_ else chosen).tolist()
    return {name: [values[place] for place in kept] for name, values in table.items()}


def joined(*tables: Table) -> Table:
    """Tables of the same columns, one below the other."""
    return {name: [value for table in tables for value in table[name]] for name in tables[0]}


def without(table: Table, other: Table, name: str) -> Table:
    """The rows whose `name` does not occur in another table: a row that is judged is never learnt from."""
    known = set(other[name])
    return rows_of(table, np.array([value not in known for value in table[name]], np.bool_))
