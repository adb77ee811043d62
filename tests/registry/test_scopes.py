"""Scopes are a controlled vocabulary in five languages."""

import pytest

from vigie.registry import Scope, load_scopes
from vigie.terms import BadIdentifier, Locode

SCOPES = load_scopes()


@pytest.mark.parametrize(
    ("place", "scope", "found"),
    [
        ("Anvers", "port", Scope("antwerp", "unsaid", "seaports")),
        ("Antwerpen-Brugge", "", Scope("antwerp-bruges", "unsaid", "seaports")),
        ("België", "customs only", Scope("belgium", "customs", "any")),
        ("Belgique", "tous services", Scope("belgium", "all", "any")),
        ("Netherlands", "country (seaports)", Scope("netherlands", "unsaid", "seaports")),
        ("Rotterdam", "port (HARC)", Scope("rotterdam", "harc", "seaports")),
        ("Hauts-de-France (customs)", "region", Scope("hauts-de-france", "customs", "any")),
        ("Atlantis", "port", Scope("", "unsaid", "seaports")),
    ],
)
def test_what_sources_write_is_found(place, scope, found):
    assert SCOPES.read(place, scope) == found


def test_every_word_has_five_names_every_port_a_code_and_every_area_its_whole():
    for kind in ("area", "service", "way"):
        for code in SCOPES.words(kind):
            assert all(SCOPES.name(kind, code, language) for language in ("fr", "nl", "en", "pt", "es"))
    for area in SCOPES.areas.values():
        assert set(area.within) <= set(SCOPES.areas)
        for port in area.ports:
            try:
                Locode.read(port)
            except BadIdentifier:
                pytest.fail(port)
    assert SCOPES.above("antwerp") >= {"antwerp-bruges", "belgium", "eu"}
    assert SCOPES.areas["belgium"].holds("BEZEE")
    assert not SCOPES.areas["antwerp"].holds("BEZEE")
    assert SCOPES.name("area", "nowhere", "fr") == "nowhere"
