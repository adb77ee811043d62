import pytest

from vigie.trends import modelled


def test_the_model_agrees_with_what_was_planted(series):
    pytest.importorskip("statsmodels")
    told = modelled(series(after=(12, 4, 1)), "2024-01", "B")
    assert told.low < 4 < told.high
    assert told.chance < 0.05


def test_an_unknown_name_or_a_change_nobody_saw_has_no_ratio(series):
    pytest.importorskip("statsmodels")
    assert modelled(series(), "2024-01", "Nowhere") is None
    assert modelled(series(after=(12, 0, 1)), "2024-01", "B") is None
