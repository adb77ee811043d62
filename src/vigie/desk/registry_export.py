"""The register and the claims as CSV files."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

import msgspec

from vigie.desk import registry, registry_figures
from vigie.desk.views.plain import plain
from vigie.desk.views.registry import ClaimView, SeizureLine
from vigie.desk.work import Working
from vigie.terms import Officer

MOST = 10_000
"""Rows of one file; more is asked for by narrower filters, or read by a program page by page."""


def seizures(officer: Officer, node: Working, **filters: Any) -> str:
    """The seizures of a list as CSV, `MOST` at the most.

    Raises:
        NotForYou: The officer may not see them.
    """
    rows: list[SeizureLine] = []
    after = ""
    while len(rows) < MOST:
        page = registry.listed(officer, node, after=after, limit=registry.MOST, **filters)
        rows += page.rows
        after = page.after
        if not after:
            break
    return _csv(rows, SeizureLine.__struct_fields__)


def claims(officer: Officer, node: Working) -> str:
    """The claims of the node as CSV.

    Raises:
        NotForYou: The officer may not see them.
    """
    found = registry_figures.claims(officer, node)
    return _csv(found, ClaimView.__struct_fields__)


def _csv(rows: Sequence[msgspec.Struct], names: tuple[str, ...]) -> str:
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(names)
    for one in rows:
        told = plain(one)
        table.writerow([_cell(told[name]) for name in names])
    return out.getvalue()


def _cell(value: Any) -> str:
    """A cell; a text that a table program would take for a formula is made plain text (CWE-1236)."""
    if value is None:
        return ""
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
