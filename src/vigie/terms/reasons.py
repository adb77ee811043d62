"""Why something cannot be done, told in the reader's language: one definition for all faces."""

import re
from collections.abc import Mapping
from functools import cache

from vigie.terms.errors import Fact, VigieError
from vigie.terms.language import Language, Texts


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
    return _reasons().tell(code, language, **_named(facts)) if code in texts else reason


def error_text(error: VigieError, language: Language | str) -> str:
    """Tell an error in a language, its reason with it; a reason that has no text is shown as it was raised."""
    faults, reasons = _faults(), _reasons()
    code = error.code if error.code in faults.table else VigieError.code
    facts = _named(error.facts)
    known = reason_code(str(facts.get("reason", "")))
    if known in reasons.table:
        facts["reason"] = reason_text(str(facts["reason"]), language, error.facts)
    told = faults.tell(code, language, **facts)
    if known in reasons.table and "{reason}" not in faults.table[code]["en"]:
        return f"{told} ({facts['reason']})"
    return told


def _named(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts as a text takes them: no fact may be called like a parameter of `Texts.tell`."""
    return {name: fact for name, fact in facts.items() if name not in {"code", "language"}}
