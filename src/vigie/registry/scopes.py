"""The vocabulary of scopes: of which area, service and way a figure speaks. Read from `scopes.toml`, five languages."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

_LANGUAGES = ("fr", "nl", "en", "pt", "es")


class Area(msgspec.Struct, frozen=True):
    """Where.

    Attributes:
        code: Of the vocabulary. kind: `port`, `ports`, `country`, `joint`, `region`, `continent`, `upstream`.
        ports: UN/LOCODEs. countries: ISO 3166. within: Areas that hold all of it. names: Language to name.
    """

    code: str
    kind: str
    names: Mapping[str, str]
    ports: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def holds(self, place: str) -> bool:
        """Whether a place (UN/LOCODE) lies in it."""
        return place in self.ports or place[:2] in self.countries


class Scope(msgspec.Struct, frozen=True, order=True):
    """What a figure speaks of. area: Code, empty where no vocabulary knows the place. service, way: Codes."""

    area: str
    service: str = "unsaid"
    way: str = "any"


class Scopes:
    """The vocabulary, and how texts of sources are found in it."""

    def __init__(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        self.areas = {code: _area(code, told) for code, told in table["area"].items()}
        self._table = table
        self._spelt = {kind: _spelt(told) for kind, told in table.items()}

    def find(self, text: str) -> Area | None:
        """The area that a text names, in any of the five languages; None where none is known."""
        code = self._spelt["area"].get(_plain(text)) or self._spelt["area"].get(_plain(re.sub(r"\(.*?\)", "", text)))
        return None if code is None else self.areas[code]

    def read(self, place: str, scope: str) -> Scope:
        """The scope that a source's place and scope say together.

        >>> load_scopes().read("Netherlands", "country (customs)")
        Scope(area='netherlands', service='customs', way='any')
        """
        area = self.find(place)
        by_sea = area is not None and area.kind in ("port", "ports")
        way = self._word("way", scope, "seaports" if by_sea else "any")
        return Scope(area.code if area else "", self._word("service", f"{scope} {place}", "unsaid"), way)

    def _word(self, kind: str, text: str, otherwise: str) -> str:
        plain = f" {_plain(text)} "
        found = [(len(word), code) for word, code in self._spelt[kind].items() if f" {word} " in plain]
        return max(found)[1] if found else otherwise

    def words(self, kind: str) -> tuple[str, ...]:
        """The codes of a part of the vocabulary: `area`, `service`, `way`."""
        return tuple(self._table[kind])

    def name(self, kind: str, code: str, language: str) -> str:
        """The name of a code in a language; a code that is not known is its own name."""
        told = self._table[kind].get(code)
        return code if told is None else str(told[language])

    def above(self, code: str) -> frozenset[str]:
        """All areas that hold an area, step by step."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            for one in self.areas[waiting.pop()].within:
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return frozenset(found)


def _area(code: str, told: Mapping[str, Any]) -> Area:
    return Area(
        code, told["kind"], {language: told[language] for language in _LANGUAGES}, tuple(told.get("ports", ())),
        tuple(told.get("countries", ())), tuple(told.get("within", ())),
    )  # fmt: skip


def _spelt(told: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, one in told.items():
        for text in (code, *one.get("aliases", ()), *(one[language] for language in _LANGUAGES)):
            found.setdefault(_plain(text), code)
    return found


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w+]+", " ", text.lower()).split())


@cache
def load_scopes() -> Scopes:
    """Read the vocabulary that lies beside this module."""
    return Scopes(tomllib.loads((files("vigie.registry") / "scopes.toml").read_text(encoding="utf-8")))
