"""Foreign blocks are counted where none is."""

import pytest

pytest.importorskip("scipy")

from tests.scanning.xray.modelled import body

from vigie.node import scanning_blocks
from vigie.node.scanning_blocks import block_thresholds
from vigie.scanning import HeatModel


def test_a_part_that_a_hundred_pictures_show_gets_a_threshold_and_no_other(monkeypatch):
    monkeypatch.setattr("vigie.scanning.xray.triage.LEAST_NEGATIVES", 2)
    heard = []
    made = block_thresholds(HeatModel(body()), 2, lambda *told: heard.append(told))
    assert "foreign-block/interior/*/*" in made.values
    assert {limit.against for limit in made.values.values()} == {"clean"}
    assert all(limit.negatives == 2 for limit in made.values.values())
    assert made.version == "blocks-2"
    monkeypatch.setattr("vigie.scanning.xray.triage.LEAST_NEGATIVES", 3)
    assert not block_thresholds(HeatModel(body()), 2).values
    assert scanning_blocks.COUNTED >= 100
