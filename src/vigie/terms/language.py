"""Texts: each is defined once, in five languages, in a table beside what it speaks of."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from vigie.terms.errors import Fact, VigieError


class Language(StrEnum):
    """The languages of the node, each complete."""

    FR = "fr"
    NL = "nl"
    EN = "en"
    PT = "pt"
    ES = "es"


@dataclass(frozen=True, slots=True)
class Texts:
    """A table of texts: code to language to template with `{fact}` places."""

    table: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, package: str, *names: str) -> Self:
        """Read tables (`name.toml`) that lie beside a package's modules.

        Raises:
            KeyError: Two files define the same code.
        """
        table: dict[str, Mapping[str, str]] = {}
        for name in names:
            found = tomllib.loads((files(package) / f"{name}.toml").read_text(encoding="utf-8"))
            if double := table.keys() & found.keys():
                raise KeyError(f"defined twice: {sorted(double)}")
            table |= found
        return cls(table)

    def tell(self, code: str, language: Language | str, **facts: Fact) -> str:
        """Tell a text in a language; a fact that is not known is shown as an ellipsis.

        Raises:
            KeyError: No such text: a bug, found by the tests, never by an officer.
        """
        return self.table[code][str(language)].format_map(_Shown(facts))


class _Shown(dict[str, Fact]):
    def __missing__(self, name: str) -> str:
        return "…"


@cache
def _faults() -> Texts:
    return Texts.load("vigie.terms.texts", "errors")


@cache
def _reasons() -> Texts:
    return Texts.load("vigie.terms.texts", "reasons")


def reason_code(reason: str) -> str:
    """The code of a reason; one that is raised as a sentence is that sentence in kebab case.

    >>> reason_code("The day is not over")
    'the-day-is-not-over'
    """
    return re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")


def reason_text(reason: str, language: Language | str, facts: Mapping[str, Fact]) -> str:
    """Tell a reason in a language; one that has no text is shown as it was raised."""
    code, texts = reason_code(reason), _reasons().table
    return texts[code][str(language)].format_map(_Shown(facts)) if code in texts else reason


def error_text(error: VigieError, language: Language | str) -> str:
    """Tell an error in a language, its reason with it; a reason that has no text is shown as it was raised."""
    faults, reasons = _faults(), _reasons()
    code = error.code if error.code in faults.table else VigieError.code
    facts = dict(error.facts)
    known = reason_code(str(facts.get("reason", "")))
    if known in reasons.table:
        facts["reason"] = reasons.tell(known, language, **error.facts)
    told = faults.tell(code, language, **facts)
    if known in reasons.table and "{reason}" not in faults.table[code]["en"]:
        return f"{told} ({facts['reason']})"
    return told
