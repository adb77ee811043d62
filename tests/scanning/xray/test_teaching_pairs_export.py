"""The taught comparison as ONNX."""

import numpy as np
import pytest
from tests.scanning.xray.test_laid import goods

from vigie.scanning.xray.comparing import PairModel
from vigie.scanning.xray.laid import lay, shown
from vigie.scanning.xray.teaching_pairs import pair_lesson

torch = pytest.importorskip("torch")


def test_both_forms_run_and_say_what_they_may_be_used_for(monkeypatch):
    from vigie.scanning.xray import teaching_pairs_export
    from vigie.scanning.xray.teaching_net import folded
    from vigie.scanning.xray.teaching_pairs_export import export_pairs
    from vigie.scanning.xray.teaching_pairs_net import PairNet

    torch.manual_seed(1)
    monkeypatch.setattr(teaching_pairs_export, "CALIBRATING", 8)
    bare = goods()
    bag = bare.copy()
    bag[150:190, 300:340] += 20
    lesson = pair_lesson(lay(bare, bare), [(bag, (300, 150, 40, 40))])
    net = folded(PairNet().eval())
    full, small = export_pairs(net, [lesson], {"use": "simulated, not for operation"})
    seen = shown(lay(bag, bare))
    with torch.no_grad():
        told = net(torch.from_numpy(seen)[None])[0].numpy()
    models = [PairModel(each) for each in (full, small)]
    assert np.abs(models[0].run(seen) - told).max() < 1e-3
    assert np.abs(models[1].run(seen) - told).mean() < 0.1
    assert len(small) < 600_000
    assert {each.facts["use"] for each in models} == {"simulated, not for operation"}
    assert models[1].facts["bits"] == "8"
