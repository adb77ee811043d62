"""The net: its size, its form, what its loss rewards, and that folding changes nothing."""

import pytest

pytest.importorskip("torch")

import torch

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.teaching_net import Net, folded, loss_of, pooled, state, weights_of


def test_the_net_fits_into_two_megabytes_and_halves_its_grid():
    net = Net().eval()
    assert weights_of(net) * 4 < 2_000_000
    with torch.no_grad():
        assert net(torch.zeros(1, CHANNELS, 32, 48)).shape == (1, 2, 16, 24)


def test_folding_changes_nothing():
    torch.manual_seed(1)
    net = Net()
    net(torch.randn(4, CHANNELS, 32, 48))
    net.eval()
    seen = torch.randn(1, CHANNELS, 32, 48)
    with torch.no_grad():
        assert torch.allclose(net(seen), folded(net)(seen), atol=1e-4)
    assert any("running_mean" in name for name in state(net))


def test_the_right_map_costs_less_than_an_empty_one_and_a_false_one():
    masks = torch.zeros(1, 2, 16, 24)
    masks[0, 0, 4:8, 4:8] = 1
    present = torch.ones(1)
    right = loss_of((masks * 2 - 1) * 6, masks, present)
    empty = loss_of(torch.full_like(masks, -6.0), masks, present)
    false = loss_of((masks.flip(3) * 2 - 1) * 6, masks, present)
    assert right < empty
    assert right < false


def test_a_hot_place_raises_the_whole():
    cold = torch.full((2, 16, 24), -6.0)
    cold[1, 4:9, 4:9] = 6.0
    assert pooled(cold)[1] > pooled(cold)[0] + 5
