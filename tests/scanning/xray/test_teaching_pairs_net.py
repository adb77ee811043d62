"""The net that compares two pictures."""

import pytest

torch = pytest.importorskip("torch")

from vigie.scanning.xray.comparing import HOTTEST, score_of_pair  # noqa: E402
from vigie.scanning.xray.laid import CHANNELS  # noqa: E402
from vigie.scanning.xray.teaching_net import folded, pooled, state  # noqa: E402
from vigie.scanning.xray.teaching_pairs_net import PairNet, loss_of  # noqa: E402


def test_it_is_small_and_folding_changes_nothing():
    torch.manual_seed(1)
    net = PairNet().eval()
    assert sum(each.numel() for each in net.parameters()) < 450_000
    seen = torch.randn(1, CHANNELS, 24, 32)
    with torch.no_grad():
        plain, small = net(seen), folded(net)(seen)
    assert plain.shape == (1, 2, 12, 16)
    assert torch.allclose(plain, small, atol=1e-4)
    copy = state(net)
    assert all(torch.equal(copy[name], value) for name, value in net.state_dict().items())


def test_a_map_that_is_right_costs_less_and_the_score_is_that_of_the_running_model():
    truth = torch.zeros(2, 2, 20, 30)
    truth[0, 0, 5:9, 5:9] = 1.0
    right, wrong = (torch.where(truth > 0, 4.0, -4.0) * sign for sign in (1, -1))
    assert loss_of(right, truth) < 0.5 < 5 < loss_of(wrong, truth)
    unasked = truth.clone()
    unasked[1, 0, 10:14, 10:14] = 0.3
    doubtful = right.clone()
    doubtful[1, 0, 11:13, 11:13] = 0.0
    assert loss_of(doubtful, unasked) < loss_of(doubtful, truth)
    scores = torch.randn(1, 12, 20)
    assert float(pooled(scores[None], HOTTEST)[0]) == pytest.approx(score_of_pair(scores[0].numpy()), abs=1e-4)
