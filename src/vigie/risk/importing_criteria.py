"""Selectivity criteria of the ASYCUDA kind: `If … Then RedLane IS 30; Endif;` becomes a draft with a percentage.

The percentage is what it says: of the boxes that meet the criterion so many per hundred are selected, here by the
sealed draw. Only the red lane means a physical control; yellow proposes a control of documents, others are told.
Source: UNCTAD, ASYCUDA++ selectivity module (criteria, lanes, selection percentage).
"""

import re
from datetime import date
from typing import Any

from vigie.risk.checking import DraftFault
from vigie.risk.importing import Imported, column_named, drafted, literal
from vigie.risk.indicator import Action
from vigie.terms import BadRequest

_RULE = re.compile(r"\bif\b(?P<when>.*?)\bthen\b(?P<then>.*?)\bend\s*if\b\s*;?", re.IGNORECASE | re.DOTALL)
_LANE = re.compile(r"(?P<lane>[A-Za-z]+)\s+is\s+(?P<percent>[0-9]+)\s*;?", re.IGNORECASE)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|(?P<word>[A-Za-z_][\w.]*)"
    r"|(?P<sign><>|<=|>=|!=|[=<>(),]))"
)
_COLUMNS = {
    "ctyorigcod": "acceptance_country", "ctyexpcod": "loading_country", "ctyfdescod": "unloading_country",
    "grossmass": "goods_gross_g", "pkgnum": "packages", "expcod": "consignor_country",
    "dsc": "goods_text", "goodsdesc": "goods_text", "carnam": "carrier", "vesnam": "vessel",
}  # fmt: skip
"""Fields of a declaration to the column that says the nearest thing; each is told as a doubt."""
_GOODS = ("comcod", "hscod", "tarcod")
_WORDS = {"and", "or", "not", "in", "between"}


def read_criteria(text: str, today: date, name: str = "criterion") -> tuple[Imported, ...]:
    """Read criteria; one draft for each.

    Raises:
        BadRequest: No `If … Then … Endif` in the text.
    """
    found = [
        _criterion(match["when"], match["then"], f"{name}-{number}", today)
        for number, match in enumerate(_RULE.finditer(text), start=1)
    ]
    if not found:
        raise BadRequest(reason="no criterion: If … Then … Endif")
    return tuple(found)


def _criterion(when: str, then: str, name: str, today: date) -> Imported:
    doubts: list[DraftFault] = []
    expression = _condition(when, name, doubts)
    source = f"ASYCUDA criterion {name}: If {' '.join(when.split())} Then {' '.join(then.split())}"
    return drafted(name, expression, source, today, _lane(then, name, doubts), doubts)


def _lane(then: str, name: str, doubts: list[DraftFault]) -> dict[str, Any]:
    more: dict[str, Any] = {}
    lanes = list(_LANE.finditer(then))
    for each in lanes:
        lane, percent = each["lane"].lower(), int(each["percent"])
        if lane.startswith("red") and percent == 100:
            more = {"action": Action.MANDATORY.value}
        elif lane.startswith("red") and 1 <= percent <= 99:
            more = {"action": Action.PROPOSE_PERCENT.value, "percent": percent}
        elif lane.startswith("yellow") and percent == 100 and not more:
            more = {"action": Action.PROPOSE.value}
        else:
            doubts.append(DraftFault(name, "import-lane", {"told": each[0].strip()}))
    if not lanes:
        doubts.append(DraftFault(name, "import-lane", {"told": " ".join(then.split())[:80]}))
    return more


def _condition(when: str, name: str, doubts: list[DraftFault]) -> str:
    """Write the condition in the language; a field that is not known stays, and the check refuses it at its place."""
    parts: list[str] = []
    column, goods = "", False
    place = 0
    text = when.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            doubts.append(DraftFault(name, "import-cell", {"told": text[place : place + 40]}))
            break
        place = match.end()
        kind, token = str(match.lastgroup), match.group(str(match.lastgroup))
        if kind == "word" and token.lower() in _WORDS:
            parts.append(token.lower())
        elif kind == "word":
            goods = token.lower() in _GOODS
            column = _column(token, name, doubts)
            parts.append(column)
        elif kind == "sign":
            parts.append("<>" if token == "!=" else token)
        elif goods and kind == "text":
            _goods(parts, column, token, name, doubts)
        else:
            parts.append(_value(column, literal(token) or "''"))
    return " ".join(parts).replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def _value(column: str, told: str) -> str:
    """A mass of a declaration is in kilograms; the column is in grams."""
    if column == "goods_gross_g" and told.replace(".", "").isdecimal():
        return str(round(float(told) * 1000))
    return told


def _column(word: str, name: str, doubts: list[DraftFault]) -> str:
    if word.lower() in _GOODS:
        return "hs6"
    own = column_named(word)
    if own is not None:
        return own
    near = _COLUMNS.get(word.lower())
    if near is not None:
        doubts.append(DraftFault(name, "import-near", {"told": word[:60], "name": near}))
        return near
    doubts.append(DraftFault(name, "import-column", {"name": word[:60]}))
    return re.sub(r"\W", "_", word)


def _goods(parts: list[str], column: str, token: str, name: str, doubts: list[DraftFault]) -> None:
    """A code of goods decides which column is meant: chapter, heading, or subheading; longer ones are cut to six."""
    digits = token.strip("\"'")
    level = {2: "hs2", 4: "hs4"}.get(len(digits), "hs6")
    if len(digits) > 6:
        doubts.append(DraftFault(name, "import-code", {"told": digits[:20], "name": digits[:6]}))
    for at in range(len(parts) - 1, -1, -1):
        if parts[at] in ("hs2", "hs4", "hs6"):
            if parts[at] != level and "in" in parts[at:]:  # a list is of one level: the first decides
                level = parts[at] if parts[-1] == "," else level
            parts[at] = level
            break
    parts.append("'" + digits[: int(level[2])] + "'")
