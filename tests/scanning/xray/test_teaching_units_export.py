"""The comparison of units written down."""

import numpy as np
import torch
from tests.scanning.xray.test_teaching_units import bagged
from tests.scanning.xray.units_compared import unit

from vigie.scanning.xray import teaching_units_export
from vigie.scanning.xray.teaching_net import folded
from vigie.scanning.xray.teaching_units import unit_lesson
from vigie.scanning.xray.teaching_units_export import export_units
from vigie.scanning.xray.teaching_units_net import UnitNet
from vigie.scanning.xray.units import UnitModel, shown_unit


def test_both_forms_run_and_say_what_they_are_for(monkeypatch):
    monkeypatch.setattr(teaching_units_export, "CALIBRATING", 2)
    torch.manual_seed(1)
    units = [unit(seed=each) for each in range(6)]
    net = folded(UnitNet())
    full, small = export_units(net, [unit_lesson(units, [bagged(one) for one in units])], {"use": "test"})
    models = [UnitModel(full), UnitModel(small)]
    assert [one.facts["use"] for one in models] == ["test", "test"]
    assert len(small) < len(full) / 2
    seen = shown_unit(units[0], units[1:2])
    logits = [one.logits(seen) for one in models]
    with torch.no_grad():
        plain = net(torch.from_numpy(seen[None]))[0, :, :, :17].numpy()
    assert np.allclose(logits[0], plain, atol=1e-3)
    assert np.abs(logits[1] - logits[0]).mean() < 0.3
