"""Words of seizures as tables write them, in any of the five languages: substance, hiding place, service, unit."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_LANGUAGES = ("fr", "nl", "en", "pt", "es")


class Words:
    """The vocabulary, and how texts are found in it."""

    def __init__(self, table: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._table = table
        self._spelt: dict[str, dict[str, tuple[str, frozenset[str]]]] = {}
        for kind, codes in table.items():
            spelt = self._spelt.setdefault(kind, {})
            for code, one in codes.items():
                for text in (code, code.replace("-", " "), *one.get("aliases", ()), *one.get("also", ())):
                    spelt.setdefault(_plain(text), (code, frozenset()))
                for language in _LANGUAGES:
                    known = spelt.get(_plain(one[language]), (code, frozenset[str]()))
                    spelt[_plain(one[language])] = (known[0], known[1] | {language})

    def find(self, kind: str, text: str) -> str:
        """The code of a word; empty where the vocabulary has none.

        >>> load_words().find("substance", "Cocaína"), load_words().find("unit", "bushel")
        ('cocaine', '')
        """
        return self._spelt[kind].get(_plain(text), ("", frozenset()))[0]

    def languages(self, kind: str, text: str) -> frozenset[str]:
        """The languages in which a word is written so; empty where it is a code, or of none."""
        return self._spelt[kind].get(_plain(text), ("", frozenset[str]()))[1]

    def codes(self, kind: str) -> tuple[str, ...]:
        """The codes of a kind, in the order of the vocabulary."""
        return tuple(self._table[kind])

    def name(self, kind: str, code: str, language: str) -> str:
        """The name of a code; one that is not known is its own name."""
        told = self._table[kind].get(code)
        return code if told is None else str(told[language])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


@cache
def load_words() -> Words:
    """Read the vocabulary that lies beside this module."""
    return Words(tomllib.loads((files("vigie.registry") / "words.toml").read_text(encoding="utf-8")))


@cache
def load_columns() -> Mapping[str, tuple[str, ...]]:
    """Read which headers bring which field."""
    table = tomllib.loads((files("vigie.registry") / "columns.toml").read_text(encoding="utf-8"))
    return {field: tuple(names) for field, names in table.items()}
