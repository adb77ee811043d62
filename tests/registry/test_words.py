from vigie.registry import load_words
from vigie.registry.importing import _GRAMS
from vigie.registry.words import load_columns
from vigie.terms import Concealment, Detector

WORDS = load_words()


def test_codes_are_those_of_the_terms_and_every_unit_has_its_grams():
    assert {one.value for one in Concealment} == set(WORDS.codes("concealment"))
    assert {one.value for one in Detector} == set(WORDS.codes("detector"))
    assert set(WORDS.codes("unit")) == set(_GRAMS)


def test_words_are_found_in_any_language_and_no_spelling_means_two():
    assert [WORDS.find("substance", text) for text in ("Cocaïne", "COCAÍNA", "hasj", "snow")] == [
        "cocaine", "cocaine", "cannabis-resin", ""]  # fmt: skip
    assert WORDS.languages("substance", "cocaïne") == {"fr", "nl"}
    assert WORDS.languages("substance", "hasj") == frozenset()
    for kind in ("unit", "substance", "concealment", "detector", "service", "scope", "basis"):
        for code in WORDS.codes(kind):
            assert {WORDS.find(kind, WORDS.name(kind, code, language)) for language in ("fr", "nl", "en", "pt", "es")} == {code}
    assert WORDS.name("unit", "ell", "en") == "ell"


def test_no_header_brings_two_fields():
    names = [name for field in load_columns().values() for name in field]
    assert len(names) == len(set(names))
