"""The oracle's text: one statement per family, windows as declared. What it computes: tests/engine/test_oracle.py."""

import pytest
from tests.risk.small import SMALL

from vigie.risk import FEATURE_SET
from vigie.risk.sql import history_columns, oracle_text
from vigie.terms import DAY


@pytest.mark.parametrize("family", FEATURE_SET.families, ids=lambda family: family.name)
def test_a_statement_names_its_features_and_no_others(family):
    text = oracle_text(FEATURE_SET, family.name)
    for feature in FEATURE_SET.features:
        assert (f" AS {feature.name}" in text) == (feature.family == family.name)


def test_windows_are_written_as_declared():
    text = oracle_text(SMALL, "party")
    assert f"RANGE BETWEEN {DAY} PRECEDING AND 1 PRECEDING" in text
    assert f"RANGE BETWEEN {30 * DAY} PRECEDING AND 1 PRECEDING" in text
    assert "RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING" in text
    assert f"r.target >= e.hlc - {30 * DAY}" in text


def test_the_table_has_a_column_per_family_and_measure():
    assert history_columns(SMALL) == (
        "hlc", "line", "kind", "target", "k_party", "k_lane", "k_seal", "m_boxes", "m_at", "m_grams", "m_new_lane")
