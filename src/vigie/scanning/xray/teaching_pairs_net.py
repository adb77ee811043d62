"""The net that compares two pictures and what it is to learn. Needs torch; running needs ONNX Runtime only."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from vigie.scanning.xray.laid import CHANNELS

WIDTHS = (20, 32, 48, 64)
"""Channels at 20, 40, 80 and 160 mm: about 400,000 weights."""
HEADS = 2
"""More here than there, and less."""
HOTTEST = 16
"""Places of 40 mm whose mean stands for half of a picture's score: a bag of 16 by 16 cm."""


def _conv(inward: int, outward: int, step: int = 1, spread: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inward, outward, 3, step, spread, dilation=spread, bias=False), nn.BatchNorm2d(outward), nn.ReLU()
    )


class _Block(nn.Module):
    """Two convolutions beside a short cut."""

    def __init__(self, width: int, spread: int = 1) -> None:
        super().__init__()
        self.first = _conv(width, width)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, spread, dilation=spread, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Same shape out as in."""
        return functional.relu(x + self.second(self.first(x)))


class PairNet(nn.Module):
    """From what `laid.shown` gives to logits on 40 mm: more here, less here."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, fourth = WIDTHS
        self.stem = _conv(CHANNELS, first)
        self.fine = nn.Sequential(_conv(first, second, 2), _Block(second))
        self.middle = nn.Sequential(_conv(second, third, 2), _Block(third), _Block(third, 2))
        self.coarse = nn.Sequential(_conv(third, fourth, 2), _Block(fourth, 2), _Block(fourth, 4))
        self.up_middle = nn.Sequential(nn.Conv2d(third + fourth, third, 1), nn.ReLU(), _conv(third, third))
        self.up_fine = nn.Sequential(nn.Conv2d(second + third, second, 1), nn.ReLU(), _conv(second, second))
        self.head = nn.Conv2d(second, HEADS, 1)
        nn.init.constant_(self.head.bias, -3.0)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """Shape (n, 12, h, w) to (n, 2, h / 2, w / 2)."""
        fine = self.fine(self.stem(x))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        middle = self.up_middle(torch.cat((middle, functional.interpolate(coarse, scale_factor=2.0)), 1))
        out: Tensor = self.head(self.up_fine(torch.cat((fine, functional.interpolate(middle, scale_factor=2.0)), 1)))
        return out


def pooled(logits: Tensor) -> Tensor:
    """One logit for each picture: half its hottest place of 12 cm, half the mean of its hottest places."""
    smooth = functional.avg_pool2d(logits, 3, 1, 1).flatten(1)
    best = smooth.topk(min(HOTTEST, smooth.shape[1]), 1).values
    return (best[:, 0] + best.mean(1)) * 0.5


def loss_of(out: Tensor, truth: Tensor) -> Tensor:
    """What is to become small; more here counts twice as much as less.

    Args:
        out: Logits, (n, 2, h, w).
        truth: 1 where there is more or less, 0 where nothing differs; between both nothing is asked.
    """
    there, absent = (truth > 0.5).float().flatten(2), (truth < 0.1).float().flatten(2)
    each = functional.binary_cross_entropy_with_logits(out, (truth > 0.5).float(), reduction="none").flatten(2)
    found = (each * there).sum(2) / there.sum(2).clamp(min=1.0)
    none = each * absent
    worst = none.topk(max(1, none.shape[2] // 50), 2).values.mean(2)
    local = (found + 0.7 * worst + 2.0 * none.mean(2)).mean(0)
    both = torch.stack((pooled(out[:, 0]), pooled(out[:, 1])), 1)
    whole = functional.binary_cross_entropy_with_logits(both, there.amax(2), reduction="none").mean(0)
    total: Tensor = local[0] + whole[0] + 0.5 * (local[1] + whole[1])
    return total


def state(net: nn.Module) -> dict[str, Any]:
    """A copy of all weights and running means."""
    return {name: value.detach().clone() for name, value in net.state_dict().items()}


def folded(net: PairNet) -> PairNet:
    """The same net with every normalisation folded into the convolution before it."""
    from copy import deepcopy

    from torch.nn.utils.fusion import fuse_conv_bn_eval

    made = deepcopy(net).eval()
    for part in made.modules():
        if isinstance(part, nn.Sequential) and len(part) > 1 and isinstance(part[1], nn.BatchNorm2d):
            part[0] = fuse_conv_bn_eval(part[0], part[1])  # type: ignore[type-var]
            part[1] = nn.Identity()
    return made
