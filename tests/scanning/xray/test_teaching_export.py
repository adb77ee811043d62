"""The files that run say what the net says, carry their facts, and can be gone on from."""

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.heat import HeatModel
from vigie.scanning.xray.teaching_export import NOT_FOR_OPERATION, eight_bits_earned, exported, in_eight_bits, net_again
from vigie.scanning.xray.teaching_net import Net, folded


@pytest.fixture(scope="module")
def made():
    torch.manual_seed(2)
    net = Net()
    net(torch.randn(4, CHANNELS, 32, 48))
    net = folded(net.eval())
    return net, exported(net, {"use": NOT_FOR_OPERATION, "recipe": "test"})


def test_the_file_says_what_the_net_says_and_for_what_it_is_not(made):
    net, body = made
    seen = np.random.default_rng(1).standard_normal((CHANNELS, 48, 64)).astype(np.float32)
    model = HeatModel(body)
    with torch.no_grad():
        assert np.abs(net(torch.from_numpy(seen)[None]).numpy()[0] - model.logits(seen)).max() < 1e-4
    assert model.facts["use"] == NOT_FOR_OPERATION
    assert len(body) < 2_000_000


def test_a_net_goes_on_from_its_file(made):
    net, body = made
    for name, value in net_again(body).state_dict().items():
        assert torch.equal(value, net.state_dict()[name])


def test_eight_bits_are_smaller_and_say_nearly_the_same(made):
    draw = np.random.default_rng(3)
    pieces = [draw.standard_normal((CHANNELS, 48, 64)).astype(np.float32) for _ in range(6)]
    small = in_eight_bits(made[1], pieces, {"use": NOT_FOR_OPERATION})
    assert len(small) < 600_000
    full, eight = (HeatModel(body).logits(pieces[0]) for body in (made[1], small))
    assert np.corrcoef(full.ravel(), eight.ravel())[0, 1] > 0.97
    assert HeatModel(small).facts["bits"] == "8"


def test_eight_bits_are_taken_only_where_they_cost_little():
    assert eight_bits_earned(0.95, 0.948)
    assert not eight_bits_earned(0.95, 0.946)
