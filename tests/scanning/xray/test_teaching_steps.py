"""Steps of a net: the matrices that are stepped are the net's own memory, and each way of stepping goes down."""

import pytest

pytest.importorskip("torch")

import torch

from vigie.scanning.xray.teaching import Recipe
from vigie.scanning.xray.teaching_net import Net
from vigie.scanning.xray.teaching_steps import Steps


@pytest.mark.parametrize("turn", [0.0, 0.03])
def test_every_weight_is_stepped_and_the_loss_goes_down(turn):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    net = Net().to(memory_format=torch.channels_last)
    before = {name: value.detach().clone() for name, value in net.named_parameters()}
    steps = Steps(net, Recipe(name="tiny", turn=turn))
    seen = torch.rand(2, 10, 32, 32).contiguous(memory_format=torch.channels_last)
    losses = []
    for _ in range(4):
        loss = (net(seen) ** 2).mean()
        losses.append(float(loss.detach()))
        steps.step(loss, 0.5)
    assert losses[-1] < losses[0]
    assert [name for name, value in net.named_parameters() if torch.equal(value, before[name])] == []


def test_a_step_that_is_turned_moves_all_directions_alike():
    net = torch.nn.Sequential(torch.nn.Conv2d(4, 8, 3)).to(memory_format=torch.channels_last)
    before = net[0].weight.detach().clone()
    steps = Steps(net, Recipe(name="tiny", turn=0.02))
    torch.manual_seed(2)
    steps.step((net(torch.randn(4, 4, 12, 12)) * torch.randn(4, 8, 10, 10)).sum(), 1.0)
    moved = torch.linalg.svdvals((net[0].weight.detach() - before).flatten(1))
    assert moved[0] < 3 * moved[7]  # AdamW's first step has one direction alone
