"""The net that learns: a small U-net from nothing, for the 10 mm grid. Needs torch; running needs ONNX Runtime only."""

from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.heat import HOT

WIDTHS = (16, 32, 56, 72)
"""Channels at 20, 40, 80 and 160 mm: less than half a million weights, two megabytes."""
HEADS = 2
"""Bricks, and any dense block that is foreign to its surroundings; of two pictures: more here than there, and less."""
AnyNet = TypeVar("AnyNet", bound=nn.Module)


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


class Unet(nn.Module):
    """From pictures on 10 or 20 mm to two maps of logits, each of half the length and height.

    Args:
        inward: Channels of a picture. widths: Channels at each of the four scales.
        spread: How far apart the places lie that the last block of the middle scale sees together.
    """

    def __init__(self, inward: int, widths: tuple[int, int, int, int], spread: int = 1) -> None:
        super().__init__()
        first, second, third, fourth = widths
        self.stem = _conv(inward, first)
        self.fine = nn.Sequential(_conv(first, second, 2), _Block(second))
        self.middle = nn.Sequential(_conv(second, third, 2), _Block(third), _Block(third, spread))
        self.coarse = nn.Sequential(_conv(third, fourth, 2), _Block(fourth, 2), _Block(fourth, 4))
        self.up_middle = nn.Sequential(nn.Conv2d(third + fourth, third, 1), nn.ReLU(), _conv(third, third))
        self.up_fine = nn.Sequential(nn.Conv2d(second + third, second, 1), nn.ReLU(), _conv(second, second))
        self.head = nn.Conv2d(second, HEADS, 1)
        nn.init.constant_(self.head.bias, -3.0)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """Shape (n, inward, h, w) to (n, 2, h / 2, w / 2)."""
        fine = self.fine(self.stem(x))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        middle = self.up_middle(torch.cat((middle, functional.interpolate(coarse, scale_factor=2.0)), 1))
        fine = self.up_fine(torch.cat((fine, functional.interpolate(middle, scale_factor=2.0)), 1))
        out: Tensor = self.head(fine)
        return out


class Net(Unet):
    """From what `grid.seen` gives to logits on a grid of 40 mm: bricks, foreign blocks."""

    def __init__(self) -> None:
        super().__init__(CHANNELS, WIDTHS)


def pooled(logits: Tensor, hottest: int = HOT) -> Tensor:
    """One logit for each picture: half its hottest place of 12 cm, half the mean of its hottest places."""
    smooth = functional.avg_pool2d(logits, 3, 1, 1).flatten(1)
    best = smooth.topk(min(hottest, smooth.shape[1]), 1).values
    return (best[:, 0] + best.mean(1)) * 0.5


def loss_of(out: Tensor, masks: Tensor, present: Tensor) -> Tensor:
    """What is to become small.

    Args:
        out: Logits, (n, 2, h, w).
        masks: Where bricks and blocks are, 0 to 1, of the same shape.
        present: Whether bricks are in the picture, (n,).
    """
    each = functional.binary_cross_entropy_with_logits(out, masks, reduction="none").flatten(2)
    there = masks.flatten(2)
    found = (each * there).sum(2) / there.sum(2).clamp(min=1.0)
    absent = each * (1 - there)
    worst = absent.topk(max(1, absent.shape[2] // 50), 2).values.mean(2)  # the 2 % that look most like it
    local = (found + 0.7 * worst + 2.0 * absent.mean(2)).mean(0)
    whole = functional.binary_cross_entropy_with_logits(pooled(out[:, 0]), present)
    return local[0] + 0.4 * local[1] + whole


def weights_of(net: nn.Module) -> int:
    """How many weights there are to learn."""
    return sum(each.numel() for each in net.parameters())


def state(net: nn.Module) -> dict[str, Any]:
    """A copy of all weights and running means."""
    return {name: value.detach().clone() for name, value in net.state_dict().items()}


def folded(net: AnyNet) -> AnyNet:
    """The same net with every normalisation folded into the convolution before it."""
    from copy import deepcopy

    from torch.nn.utils.fusion import fuse_conv_bn_eval

    made = deepcopy(net).eval()
    for part in made.modules():
        if isinstance(part, nn.Sequential) and len(part) > 1 and isinstance(part[1], nn.BatchNorm2d):
            part[0] = fuse_conv_bn_eval(part[0], part[1])  # type: ignore[type-var]
            part[1] = nn.Identity()
    return made
