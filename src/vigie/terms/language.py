"""Texts: each is defined once, in five languages, in a table beside what it speaks of."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Self

from vigie.terms.errors import Fact


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
