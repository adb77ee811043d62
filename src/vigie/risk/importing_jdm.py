"""Decision tables of GoRules (JDM, `decisionTableNode`): each row becomes a draft.

The cells of a row are unary tests about the field of their column; cells of one row are joined by `and`, alternatives
in a cell by `or`. In a table with hit policy `first` a row counts only where no row above it does.
Source: GoRules JSON Decision Model; zen-engine judges this reading in the tests.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from vigie.risk.checking import DraftFault
from vigie.risk.importing import Imported, column_named, drafted, literal
from vigie.risk.indicator import Action
from vigie.terms import BadRequest

_INTERVAL = re.compile(r"([\[\(\]])\s*(-?[0-9.]+?)\s*\.\.\s*(-?[0-9.]+)\s*([\]\)\[])")
_CALL = re.compile(r"(startsWith|contains)\s*\(\s*\$\s*,\s*(\"[^\"]*\"|'[^']*')\s*\)")
_COMPARED = re.compile(r"(?:\$\s*)?(==|!=|<=|>=|<|>)\s*(.+)")
_LISTED = re.compile(r"(not\s+in|in)\s*\[(.*)\]", re.DOTALL)
_FUNCTIONS = {"startsWith": "starts_with", "contains": "contains"}
MOST_ABOVE = 8
"""Rows above that a row of a `first` table is kept apart from; more would make one expression of a whole table."""


def read_jdm(raw: bytes, today: date) -> tuple[Imported, ...]:
    """Read a decision model.

    Raises:
        BadRequest: Not JSON, not a decision model, or without a decision table.
    """
    try:
        model = msgspec.json.decode(raw)
        tables = [node for node in model["nodes"] if node["type"] == "decisionTableNode"]
        other = [str(node["type"]) for node in model["nodes"]
                 if node["type"] not in ("decisionTableNode", "inputNode", "outputNode")]  # fmt: skip
        found = [each for table in tables for each in _table(table, today, other)]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, UnicodeDecodeError):
        raise BadRequest(reason="not a JDM decision model") from None
    if not found:
        raise BadRequest(reason="no decision table with rows in this model")
    return tuple(found)


def _table(node: Mapping[str, Any], today: date, other: list[str]) -> list[Imported]:
    content, name = node["content"], str(node.get("name") or "table")
    first = content.get("hitPolicy", "first") == "first"
    above: list[str] = []
    made = []
    for number, row in enumerate(content["rules"], start=1):
        doubts = [DraftFault(f"row {number}", "import-node", {"told": kind}) for kind in dict.fromkeys(other)]
        condition = _row(row, content["inputs"], number, doubts)
        whole = condition
        if first and above:
            kept = above[-MOST_ABOVE:]
            whole = " and ".join([f"({condition})", *(f"not coalesce({each}, false)" for each in kept)])
            if len(above) > len(kept):
                doubts.append(DraftFault(f"row {number}", "import-first", {"told": len(above) - len(kept)}))
        above.append(f"({condition})")
        more = _outputs(row, content["outputs"], number, doubts)
        source = f"JDM decision table {name}, row {number}" + _told(row)
        made.append(drafted(f"{name}-{number}", whole, source, today, more, doubts))
    return made


def _told(row: Mapping[str, Any]) -> str:
    text = str(row.get("_description") or "").strip()
    return f": {text}" if text else ""


def _row(row: Mapping[str, Any], inputs: list[Mapping[str, Any]], number: int, doubts: list[DraftFault]) -> str:
    """The condition of a row: all its cells."""
    parts = []
    for each in inputs:
        cell = str(row.get(each["id"]) or "").strip()
        if cell in ("", "-"):
            continue
        place, field = f"row {number}, {each.get('name') or each['id']}", str(each.get("field") or "")
        column = column_named(field)
        if column is None:
            doubts.append(DraftFault(place, "import-column", {"name": field[:60]}))
            column = re.sub(r"\W", "_", field) or "unnamed"
        parts.append(unary(cell, column, place, doubts))
    return " and ".join(parts) or "true"


def unary(cell: str, column: str, place: str, doubts: list[DraftFault]) -> str:
    """Read a unary test about a column.

    >>> unary('> 3, "a"', "seals", "row 1", [])
    "(seals > 3 or seals = 'a')"
    """
    alternatives = [_both(part, column, place, doubts) for part in _split(cell, ",")]
    return alternatives[0] if len(alternatives) == 1 else f"({' or '.join(alternatives)})"


def _both(text: str, column: str, place: str, doubts: list[DraftFault]) -> str:
    for word in ("or", "and"):
        parts = _split(text, f" {word} ")
        if len(parts) > 1:
            return "(" + f" {word} ".join(_both(part, column, place, doubts) for part in parts) + ")"
    return _one(text.strip(), column, place, doubts)


def _one(text: str, column: str, place: str, doubts: list[DraftFault]) -> str:
    told = literal(text)
    if told is not None:
        return f"{column} = {told}"
    if found := _INTERVAL.fullmatch(text):
        opens, low, high, closes = found.groups()
        return f"({column} {'>=' if opens == '[' else '>'} {low} and {column} {'<=' if closes == ']' else '<'} {high})"
    if found := _CALL.fullmatch(text):
        return f"{_FUNCTIONS[found[1]]}({column}, {literal(found[2])})"
    if found := _LISTED.fullmatch(text):
        values = [literal(part) for part in _split(found[2], ",")]
        if all(value is not None for value in values):
            turned = "not " if found[1].startswith("not") else ""
            _warn(bool(turned), place, text, doubts)
            return f"{column} {turned}in ({', '.join(filter(None, values))})"
    if found := _COMPARED.fullmatch(text):
        told = literal(found[2])
        if told is not None:
            _warn(found[1] == "!=", place, text, doubts)
            return f"{column} {'=' if found[1] == '==' else '<>' if found[1] == '!=' else found[1]} {told}"
    doubts.append(DraftFault(place, "import-cell", {"told": text[:80]}))
    return "false"


def _warn(negative: bool, place: str, text: str, doubts: list[DraftFault]) -> None:
    """There an unknown value meets `not …`; here unknown never fires."""
    if negative:
        doubts.append(DraftFault(place, "import-unknown", {"told": text[:80]}))


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside quotes and brackets."""
    parts, depth, quote, start, place = [], 0, "", 0, 0
    while place < len(text):
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif depth == 0 and text.startswith(mark, place):
            parts.append(text[start:place])
            place = start = place + len(mark)
            continue
        place += 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _outputs(
    row: Mapping[str, Any], outputs: list[Mapping[str, Any]], number: int, doubts: list[DraftFault]
) -> dict[str, Any]:
    """What an output says of action and percentage; every other one is told as a doubt."""
    more: dict[str, Any] = {}
    for each in outputs:
        field, cell = str(each.get("field") or each.get("name")), str(row.get(each["id"]) or "").strip()
        told = (literal(cell) or "").strip("'")
        if field == "action" and told in set(Action) and told != Action.SCORE:
            more["action"] = told
        elif field == "percent" and told.isdecimal() and 1 <= int(told) <= 100:
            more |= {"action": Action.PROPOSE_PERCENT.value, "percent": int(told)}
        elif cell:
            doubts.append(DraftFault(f"row {number}, {field}", "import-output", {"told": cell[:80]}))
    return more
