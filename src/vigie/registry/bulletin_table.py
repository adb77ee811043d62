"""A document as CSV: every number once, bare, with its unit and what it rests on."""

import csv
from io import StringIO

from vigie.registry.bulletin_document import Document, Table

COLUMNS = ("table", "row", "column", "value", "unit", "source", "rows", "digest", "as_of", "marks")
"""Heads of the file; words stand in the document's language, numbers with a point and without marks."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a formula begins in a spreadsheet. Source: OWASP, CSV Injection."""


def csv_of(document: Document) -> str:
    """Write the tables of a document as CSV (RFC 4180), one number a line, in the order of the document."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    marks = " · ".join(document.marks)
    for table in (one for one in document.blocks if isinstance(one, Table)):
        for first, *cells in table.rows:
            for head, unit, cell in zip(table.columns[1:], table.units[1:], cells, strict=True):
                value = cell.text if cell.value is None else cell.value
                source = document.sources[cell.source - 1] if cell.source else None
                writer.writerow([
                    _plain(table.caption), _plain(first.text), _plain(head), _plain(value), unit,
                    *((source.number, source.rows, source.digest) if source else ("", "", "")), document.day,
                    _plain(marks),
                ])  # fmt: skip
    return out.getvalue()


def _plain(value: str | float) -> str | float:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
