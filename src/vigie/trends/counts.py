"""Counts of each month, port and route, as a node or a partner writes them: findings beside the effort made."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

import msgspec

from vigie.terms import Doubt, Place

COLUMNS = ("month", "port", "route", "findings", "kg", "inspected", "scanned", "random_scanned")
"""Columns of a table of counts; `month` (2026-03), `port` and `findings` must be there. An empty cell is not known."""

LONGEST = 80
"""Characters of a port or a route; what is longer is no name."""

LARGEST = 1e12
"""No port counts or weighs more in a month."""

_NEEDED = ("month", "port", "findings")
_NUMBERS = ("findings", "kg", "inspected", "scanned", "random_scanned")
_WHOLE = frozenset(("findings", "inspected", "scanned", "random_scanned"))
_UNKNOWN = frozenset(("", "-", "na", "n/a", "nan", "null", "none", "?"))
_MONTH = re.compile(r"([0-9]{4})[-/]?([0-9]{2})(?:[-/]?[0-9]{2})?")


class Count(msgspec.Struct, frozen=True):
    """What one month brought at one port, on one route.

    Attributes:
        month: Months since year 0 (`12 * year + month - 1`). port, route: As written, spaces set in order; the route
            is empty where nobody names one.
        findings: How many. kg: Their weight. inspected: Boxes that were opened or scanned for it, whoever chose them.
        scanned, random_scanned: Scans, and among them the ones chance chose. None is not known, and never zero.
    """

    month: int
    port: str
    route: str
    findings: float | None = None
    kg: float | None = None
    inspected: float | None = None
    scanned: float | None = None
    random_scanned: float | None = None


def month_of(text: str) -> int:
    """Read a month (`2026-03`, `2026-03-01`, `202603`) as months since year 0.

    Raises:
        ValueError: It is none.
    """
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2999:
        raise ValueError(text[:LONGEST])
    return 12 * int(found[1]) + int(found[2]) - 1


def month_text(month: int) -> str:
    """Write a month as `2026-03`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def read_counts(lines: Iterable[str]) -> Iterator[Count | Doubt]:
    """Read a CSV table of counts row by row, in any order; a bad row becomes a doubt that names its place.

    A row that says a month, port and route again is doubted, and the first one counts. More findings than inspected
    boxes are doubted; the row counts, with its inspections as not known.

    Args:
        lines: Text lines, header first; comma, semicolon or tab between cells, after a semicolon also decimal commas.
    """
    rest = iter(lines)
    header = next(rest, "").lstrip("\ufeff")
    mark = max(";,\t", key=header.count)
    names = [name.strip().strip('"').lower() for name in header.strip().split(mark)]
    if any(name not in names for name in _NEEDED):
        yield Doubt("counts-header", Place(segment=1), {"wanted": ", ".join(_NEEDED)})
        return
    seen: dict[tuple[int, str, str], int] = {}
    table = csv.reader(rest, delimiter=mark)
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield Doubt("counts-row", Place(segment=table.line_num + 1))
            continue
        if any(cell.strip() for cell in cells):
            yield from _row(table.line_num + 1, dict(zip(names, cells, strict=False)), mark == ";", seen)


def _row(
    number: int, row: Mapping[str, str], comma: bool, seen: dict[tuple[int, str, str], int]
) -> Iterator[Count | Doubt]:
    column = "month"
    try:
        month = month_of(row.get("month", ""))
        column = "port"
        port = _name(row.get("port", ""))
        if not port:
            raise ValueError
        column = "route"
        route = _name(row.get("route", ""))
        told: dict[str, float | None] = {}
        for column in _NUMBERS:
            told[column] = _number(row.get(column, ""), column in _WHOLE, comma)
    except ValueError:
        yield Doubt("counts-cell", Place(segment=number, path=column), {"column": column})
        return
    key = (month, port.casefold(), route.casefold())
    if key in seen:
        yield Doubt("counts-twice", Place(segment=number), {"row": seen[key], "month": month_text(month), "port": port})
        return
    seen[key] = number
    findings, inspected = told["findings"], told["inspected"]
    if findings is not None and inspected is not None and findings > inspected:
        yield Doubt("counts-more-found", Place(segment=number, path="inspected"), {"column": "inspected"})
        told["inspected"] = None
    yield Count(month, port, route, **told)


def _name(raw: str) -> str:
    name = " ".join(raw.split())
    if len(name) > LONGEST or not name.isprintable():
        raise ValueError
    return name


def _number(raw: str, whole: bool, comma: bool) -> float | None:
    text = raw.strip().replace("\u00a0", "").replace("\u202f", "")
    if text.lower() in _UNKNOWN:
        return None
    value = float(text.replace(",", ".") if comma else text)
    if not isfinite(value) or not 0 <= value <= LARGEST or (whole and value != round(value)):
        raise ValueError
    return value
