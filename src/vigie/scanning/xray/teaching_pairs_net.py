"""The net that compares two pictures and what it is to learn. Needs torch; running needs ONNX Runtime only."""

import torch
from torch import Tensor
from torch.nn import functional

from vigie.scanning.xray.comparing import HOTTEST
from vigie.scanning.xray.laid import CHANNELS
from vigie.scanning.xray.teaching_net import Unet, pooled

WIDTHS = (20, 32, 48, 64)
"""Channels at 20, 40, 80 and 160 mm: about 400,000 weights."""


class PairNet(Unet):
    """From what `laid.shown` gives to logits on 40 mm: more here, less here."""

    def __init__(self) -> None:
        super().__init__(CHANNELS, WIDTHS, spread=2)


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
    both = torch.stack((pooled(out[:, 0], HOTTEST), pooled(out[:, 1], HOTTEST)), 1)
    whole = functional.binary_cross_entropy_with_logits(both, there.amax(2), reduction="none").mean(0)
    total: Tensor = local[0] + whole[0] + 0.5 * (local[1] + whole[1])
    return total
