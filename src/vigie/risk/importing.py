"""Rules of other systems as drafts: what they mean in the language of the indicators, and a doubt where it is unclear.

An imported rule is never taken in silently: what is not understood is told with its place, texts, grounds and examples
are the officer's to write, and the draft walks the same life-cycle as one made here.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from vigie.risk.checking import DraftFault
from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import Action
from vigie.risk.language import BadExpression, columns_in
from vigie.risk.language_text import parse, write
from vigie.terms import Language

_NAME = re.compile(r"[^A-Za-z0-9]+")


class Imported(msgspec.Struct, frozen=True):
    """One rule of another system as a draft. fields: As of an indicator's file. doubts: What was not understood."""

    id: str
    fields: dict[str, Any]
    doubts: tuple[DraftFault, ...]


def drafted(
    name: str, expression: str, source: str, today: date, more: Mapping[str, Any], doubts: list[DraftFault]
) -> Imported:
    """Make a draft of an imported rule: all fields there, texts and examples empty.

    Args:
        name: What the rule is called; becomes the id. source: Where it comes from, as its basis.
        today: From when it may be in force. more: Fields that are known.
    """
    try:
        tree = parse(expression)
        expression, named = write(tree), columns_in(tree)
    except BadExpression:  # the check tells it with its place
        named = ()
    empty = {language.value: "" for language in Language}
    fields: dict[str, Any] = {
        "id": _NAME.sub("-", name).strip("-")[:24] or "imported", "version": 1, "typology": "documents",
        "expression": expression, "evidence": [each for each in named if each in KINDS], "action": Action.WATCH.value,
        "handling": "amber", "legal_basis": "", "basis": source[:2000], "valid_from": today, "fires": [], "silent": [],
        "weight": {"grade": "none", "source": source[:400]}, "title": dict(empty), "reason": dict(empty),
    }  # fmt: skip
    fields |= more
    return Imported(str(fields["id"]), fields, tuple(doubts))


def literal(text: str) -> str | None:
    """Write a value of another system (`"text"`, `'text'`, a number, true, false) in the language; None: it is none."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return "'" + text[1:-1].replace("'", "''") + "'"
    if text in ("true", "false") or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return text
    return None


def column_named(text: str) -> str | None:
    """The column another system may mean: its own name, or the last part of a path; None where there is none."""
    for part in (text, text.rpartition(".")[2]):
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", part.strip()).lower()
        if plain in KINDS:
            return plain
    return None
