"""Cells become values: text, numbers, masses, moments, each with its doubt where it cannot be read."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from vigie.arrivals.table.column_map import Column, ColumnMap
from vigie.arrivals.table.fields import FIELDS
from vigie.terms import (
    BadAmount,
    BadMoment,
    Doubt,
    Fact,
    Moment,
    Place,
    moment_of,
    number_fault,
    read_grams,
    written_number,
    written_seal,
)

_BETWEEN = re.compile(r"[;|/\s]+")
_OFFSET = re.compile(r"[+-]\d\d:?\d\d$")
_MOST_DIGITS = 12  # compared by exponent: arithmetic with 1e999999 overflows


class Layout:
    """Where the cells of a table stand, worked out once for all its rows.

    Attributes:
        told: The column map. places: Canonical field to the place of its column in a row. constants: Canonical field to
            the text it has where its cell is empty, blanks folded.
    """

    __slots__ = ("constants", "places", "told")

    def __init__(self, told: ColumnMap, columns: Sequence[str]) -> None:
        found = {name: place for place, name in enumerate(columns)}
        self.told = told
        self.places = {field: found[each.column] for field, each in told.columns.items() if each.column in found}
        self.constants = {field: " ".join(text.split()) for field, text in told.constants.items()}


class Cells:
    """The cells of one row, by canonical field. doubts: What could not be read. form: Name of the table."""

    __slots__ = ("_cells", "_constants", "_places", "_row", "_told", "doubts", "form")

    def __init__(self, layout: Layout, cells: Sequence[str], row: int) -> None:
        self.doubts: list[Doubt] = []
        self._told = layout.told
        self.form = self._told.form
        self._places, self._constants = layout.places, layout.constants
        self._cells = cells
        self._row = row

    def text(self, field: str) -> str:
        """A cell as written, blanks folded."""
        place = self._places.get(field)
        if place is not None and place < len(self._cells) and (raw := self._cells[place]):
            return raw if raw.isalnum() else " ".join(raw.split())
        return self._constants.get(field, "")

    def value(self, field: str) -> Any:
        """A cell as the kind of value that its field is; None where it says nothing or cannot be read."""
        raw = self.text(field)
        if not raw:
            return None
        kind = FIELDS[self._told.kind][field]
        column = self._told.columns.get(field) or Column("")
        try:
            return _read(kind, raw, column)
        except (BadAmount, BadMoment, InvalidOperation, ValueError):
            self.doubt("table-moment" if kind == "moment" else "table-number", field, text=raw[:40])
            return None

    def number(self, field: str = "container") -> str:
        """A container number; a doubt where shape or check digit is wrong."""
        number = written_number(self.text(field))
        if number and (fault := number_fault(number)):
            self.doubt("table-container-number", field, number=number[:17], fault=fault)
        return number

    def zoned(self, field: str) -> bool:
        """Whether a moment told its zone, or the map tells it."""
        column = self._told.columns.get(field) or Column("")
        if column.zone or "%z" in column.format or not (raw := self.text(field)) or raw.endswith("Z"):
            return True
        return _OFFSET.search(raw) is not None

    def doubt(self, code: str, field: str, **facts: Fact) -> None:
        """Note a doubt at the cell of a field."""
        column = self._told.columns.get(field)
        name = column.column if column is not None else field
        self.doubts.append(Doubt(code, Place(segment=self._row, path=name), {"column": name[:40], **facts}))


def _read(kind: str, raw: str, column: Column) -> Any:
    if kind == "grams":
        return read_grams(_plain(raw), column.unit or "KGM")
    if kind == "moment":
        return _moment(raw, column)
    if kind == "count":
        return _count(raw)
    if kind == "money":
        return int((_bounded(_plain(raw)) * 100).to_integral_value())
    if kind == "degrees":
        return int((_bounded(_plain(raw)) * 1_000_000).to_integral_value())
    if kind == "tenths":
        value = _bounded(_plain(raw))
        value = (value - 32) / Decimal("1.8") if column.unit == "FAH" else value
        return int((value * 10).to_integral_value())
    if kind == "flag":
        return raw.lower() in column.yes
    if kind == "list":
        return tuple(word for word in _BETWEEN.split(raw) if word)
    if kind == "seals":
        return tuple(seal for word in _BETWEEN.split(raw) if (seal := written_seal(word)))
    return raw.upper().replace(" ", "") if kind == "place" else raw


def _count(raw: str) -> int:
    """A whole number; marks before groups of three digits are thousands."""
    text = re.sub(r"[\s'\u2019\u00a0]", "", raw)
    value = _bounded(re.sub(r"[.,]", "", text) if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) else _plain(text))
    if value != int(value):
        raise BadAmount(reason="not a whole number")
    return int(value)


def _bounded(raw: str) -> Decimal:
    value = Decimal(raw)
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS:
        raise BadAmount(reason="out of range")
    return value


def _plain(raw: str) -> str:
    """A number without separators of thousands: the last point or comma is the decimal mark, unless three digits
    follow it and another of its kind stands before.

    >>> _plain("1.234,5"), _plain("1 234.5"), _plain("12,345,678"), _plain("23,84")
    ('1234.5', '1234.5', '12345678', '23.84')
    """
    text = re.sub(r"[\s'\u2019\u00a0]", "", raw)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    mark, other = text[last], "," if text[last] == "." else "."
    if text.count(mark) > 1:
        return text.replace(mark, "").replace(other, ".")
    return text.replace(other, "").replace(mark, ".")


def _moment(raw: str, column: Column) -> Moment:
    when = datetime.strptime(raw, column.format) if column.format else datetime.fromisoformat(raw)  # noqa: DTZ007
    if when.tzinfo is None:
        when = when.replace(tzinfo=_zone(column.zone))
    return moment_of(when)


def _zone(raw: str) -> timezone:
    """An offset from UTC."""
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", raw)
    if found is None:
        return UTC
    minutes = int(found.group(2)) * 60 + int(found.group(3))
    return timezone(timedelta(minutes=-minutes if found.group(1) == "-" else minutes))
