"""Countries as sources write them: ISO 3166 codes, or names in the five languages (Unicode CLDR, by Babel)."""

from collections.abc import Mapping
from functools import cache

_LANGUAGES = ("en", "fr", "nl", "pt", "es")
_NO_COUNTRY = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))
"""Codes that CLDR names beside the countries: unions, the unknown, tests."""

_ALSO = {"usa": "US", "uk": "GB", "holland": "NL", "dominican rep": "DO", "ivory coast": "CI", "cote d'ivoire": "CI"}


@cache
def _names() -> Mapping[str, tuple[str, frozenset[str]]]:
    from babel import Locale

    found: dict[str, tuple[str, frozenset[str]]] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                plain = name.lower().replace("’", "'")
                found[plain] = (code, found.get(plain, ("", frozenset[str]()))[1] | {language})
    for name, code in _ALSO.items():
        found.setdefault(name, (code, frozenset(("en",))))
    return found


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in _names().values())


def country_of(text: str) -> str:
    """The ISO 3166 code of a country as a source writes it; empty where no country is meant.

    >>> country_of("Brésil"), country_of("br"), country_of("the moon")
    ('BR', 'BR', '')
    """
    plain = " ".join(text.lower().replace("’", "'").split())
    if len(plain) == 2 and plain.isascii():
        return plain.upper() if plain.upper() in _codes() else ""
    return _names().get(plain, ("", frozenset()))[0]


def languages_of(text: str) -> frozenset[str]:
    """The languages in which a text names a country; empty where it is a code, or none."""
    return _names().get(" ".join(text.lower().replace("’", "'").split()), ("", frozenset[str]()))[1]
