"""The net that compares units."""

import torch

from vigie.scanning.xray.laid import ROWS
from vigie.scanning.xray.teaching_net import weights_of
from vigie.scanning.xray.teaching_units_net import UnitNet
from vigie.scanning.xray.units import CHANNELS, WIDE


def test_it_says_more_and_less_on_forty_millimetres_and_is_small():
    net = UnitNet().eval()
    with torch.no_grad():
        out = net(torch.zeros(1, CHANNELS, ROWS // 2, WIDE))
    assert out.shape == (1, 2, ROWS // 4, WIDE // 2)
    assert weights_of(net) * 4 < 2_000_000
