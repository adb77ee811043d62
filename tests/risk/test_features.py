"""The declared features: enough of them, each with a purpose, a sentence and a label in five languages."""

import re

import pytest

from vigie.risk import FAMILIES, FEATURE_SET, FEATURES, FRESH, MEASURES
from vigie.terms import Language, Texts

LABELS = Texts.load("vigie.risk.texts", "features")


def test_there_are_thirty_features_over_every_family():
    assert len(FEATURES) >= 32
    assert {feature.family for feature in FEATURES} == {family.name for family in FAMILIES}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_each_says_what_it_is_for(feature):
    assert feature.serves
    assert all(re.fullmatch(r"[PCWRETIS][0-9]{1,2}", each) for each in feature.serves)
    assert feature.doc.endswith(".")
    labels = [LABELS.tell(feature.name, language) for language in Language]
    assert all(labels)
    assert len(set(labels)) >= 4  # two languages may share a word; five do not


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_the_name_says_family_and_window(feature):
    assert feature.name.startswith(feature.family)
    if feature.summed:
        assert feature.name.endswith("_life" if feature.window_days is None else f"_{feature.window_days}d")


def test_every_label_and_every_measure_belongs_to_a_feature():
    assert set(LABELS.table) == set(FEATURE_SET.names)
    novel = {unit for novelty in FEATURE_SET.novelties for unit in (novelty.unit,)}
    assert set(MEASURES) == {feature.measure for feature in FEATURES} | novel


def test_what_is_fresh_is_about_controls_only():
    assert {name for name in FEATURE_SET.names if re.search("found|inspected|irregular", name)} == FRESH


def test_the_names_fit_sql_without_quotes():
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name) for name in (*FEATURE_SET.names, *MEASURES))
