import pytest
from tests.desk.port import (
    ANN,
    BOB,
    NOW,
    SHIP,
    VISIT,
    a_consignment,
    an_officer,
    bay_plan,
    discharge,
    gate,
    manifest,
    take_in,
    told,
)

from vigie.arrivals import Classifier
from vigie.desk import arrivals
from vigie.desk.timeline import timeline_texts, worded
from vigie.terms import HOUR, Language


def test_what_happened_comes_in_the_order_in_which_it_happened(node):
    take_in(node, gate("GTOT", empty=False), discharge(), bay_plan(), manifest())
    view = told(node)
    moments = [entry.at for entry in view.timeline]
    assert moments == sorted(moments)
    assert [entry.facts.get("event") for entry in view.timeline if entry.kind == "movement"] == ["DISC", "GTOT"]


@pytest.mark.parametrize("language", Language)
def test_every_language_tells_it_in_words(language, node):
    take_in(node, manifest(), discharge())
    arrivals.override(ANN, VISIT, "hold", "xyz", node)
    officer = an_officer("eva", language=language.value)
    texts = [entry.text for entry in told(node, officer).timeline]
    assert all(text and "{" not in text for text in texts)
    assert any("xyz" in text for text in texts)


def test_languages_differ(node):
    take_in(node, manifest(), discharge())
    told_in = {language: tuple(entry.text for entry in told(node, an_officer("eva", language=language)).timeline)
               for language in Language}  # fmt: skip
    assert len(set(told_in.values())) == len(Language)


def test_what_is_expected_or_taken_back_says_so(node):
    take_in(node, manifest(), discharge())
    (disc,) = told(node).visit.happened("DISC")
    take_in(node, discharge(number=8, retracts=disc.movement.event_id))
    moves = [entry for entry in told(node).timeline if entry.kind == "movement"]
    assert [(entry.code, entry.retracted, entry.expected) for entry in moves] == [
        ("event", True, False), ("retraction", False, False),
    ]
    assert moves[1].text == "Taken back: Discharged · BEANR"
    assert Classifier.ESTIMATED is not Classifier.ACTUAL


def test_the_source_of_an_entry_is_known(node):
    take_in(node, manifest(a_consignment(call=SHIP)))
    arrivals.override(BOB, VISIT, "select", "why", node)
    sources = {entry.kind: entry.source for entry in told(node).timeline}
    assert len(sources["consignment"]) == 64
    assert sources["override"] == "officer:bob"
    assert NOW + HOUR > NOW


def test_codes_that_have_a_name_are_named_and_others_stay():
    assert worded({"event": "GTIN", "place": "BEANR", "found": "cocaine"}, "fr") == {
        "event": "Entrée au portail", "place": "BEANR", "found": "cocaïne",
    }
    assert worded({"event": "XYZ"}, "fr") == {"event": "XYZ"}


def test_every_text_has_five_languages():
    assert all(set(told) == set(Language) for told in timeline_texts().table.values())
