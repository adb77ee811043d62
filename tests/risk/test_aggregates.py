"""Feature sets: what cannot be declared, and what the definition hash covers."""

import msgspec
import pytest
from tests.risk.small import SMALL

from vigie.risk import FEATURE_SET, Aggregate, Feature, FeatureSet, Layout


def with_feature(**said: object) -> FeatureSet:
    whole = {"name": "x", "family": "party", "aggregate": Aggregate.COUNT, "measure": "boxes"} | said
    return FeatureSet(SMALL.families, SMALL.measures, (*SMALL.features, Feature(**whole)))


@pytest.mark.parametrize("said", [
    {"family": "ship"}, {"measure": "tears"}, {"name": "party_boxes"}, {"window_days": 0}, {"window_days": -1},
    {"aggregate": Aggregate.LAST, "window_days": 30}, {"aggregate": Aggregate.FIRST, "window_days": 1},
])
def test_what_has_no_meaning_cannot_be_declared(said):
    with pytest.raises(ValueError):
        with_feature(**said)


def test_the_definition_follows_what_decides_a_value_and_no_word():
    assert with_feature().definition() != SMALL.definition()
    assert with_feature().definition() != with_feature(window_days=7).definition()
    assert with_feature().definition() == with_feature(doc="Other words.", serves=("P1",)).definition()
    assert len(FEATURE_SET.definition()) == 16


def test_a_first_value_has_its_last_one_beside_it():
    layout = SMALL.layout("lane")
    assert layout.slots == ((Aggregate.FIRST, "grams"), (Aggregate.LAST, "grams"))
    assert layout.last_place("grams") == layout.place(1) == layout.width - 2


def test_a_layout_holds_each_column_once():
    for family in FEATURE_SET.families:
        layout = FEATURE_SET.layout(family.name)
        assert len(set(layout.columns)) == len(layout.columns)
        assert list(layout.windows) == sorted(layout.windows)
        assert isinstance(msgspec.json.decode(msgspec.json.encode(layout), type=Layout), Layout)
