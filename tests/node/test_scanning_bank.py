"""The demo's bank, in the smallest: the same each time, thresholds only where a hundred pictures stand behind them."""

import pytest

pytest.importorskip("scipy")

from vigie.node import scanning_bank
from vigie.node.scanning_bank import _thresholds, make_demo_bank
from vigie.scanning import FindingKind, read_bank


def test_a_bank_is_made_of_the_classes_that_are_drawn(monkeypatch):
    from vigie.world import xray_parameters

    given = xray_parameters()
    few = type(given)(
        **{name: getattr(given, name) for name in given.__struct_fields__} | {"commodities": {"tiles": 1.0}}
    )
    monkeypatch.setattr("vigie.world.xray_settings.xray_parameters", lambda: few)
    monkeypatch.setattr("vigie.world.xray_parameters", lambda: few)
    heard = []
    body, card = make_demo_bank(1, 0, lambda *told: heard.append(told))
    assert set(read_bank(body).squares) == {"tiles"}
    assert len(read_bank(body).squares["tiles"]) == scanning_bank.SQUARES * 9 * 4
    assert heard == [("bank", 1, 1)]
    assert card.thresholds.values == {}
    assert "not for operation" in card.use


def test_thresholds_stand_on_a_hundred_pictures_by_kind_goods_and_scanner():
    many, few = [n / 200 for n in range(120)], [n / 200 for n in range(60)]
    scores = {
        (FindingKind.WEIGHT_DIFFERS, "*", "*"): many, (FindingKind.WEIGHT_DIFFERS, "tiles", "*"): few,
        (FindingKind.NOT_EMPTY, "empty", "MX-1"): many,
    }  # fmt: skip
    made = _thresholds(scores, "1").values
    assert set(made) == {"weight-differs/*/*/*", "not-empty/*/empty/MX-1"}
    assert made["weight-differs/*/*/*"].negatives == 120
    assert made["weight-differs/*/*/*"].look_rate <= 0.05
