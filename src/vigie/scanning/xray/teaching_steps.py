"""How a step changes a net: convolutions by steps whose directions weigh the same, everything else by AdamW.

Source: Muon (Jordan and others 2024) as `torch.optim.Muon`, which takes matrices: a convolution is shown to it as one,
a row for each of its outputs, in the memory that the net itself uses. Measured beside AdamW: ADR 0063.
"""

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.optim import AdamW, Muon

if TYPE_CHECKING:
    from vigie.scanning.xray.teaching import Recipe

GREATEST = 5.0
"""Length beyond which a gradient is shortened: a bad batch must not throw a net away."""
HEADS = 2
"""Outputs of the last layer, which is no matrix worth turning: AdamW steps it."""


class Steps:
    """Steps a net as a recipe says.

    Args:
        net: With channels last in memory, so that each convolution is a matrix there.
    """

    def __init__(self, net: nn.Module, recipe: "Recipe") -> None:
        self._all = list(net.parameters())
        turned = [each for each in self._all if each.ndim == 4 and each.shape[0] > HEADS and recipe.turn]
        self._pairs = [(each, nn.Parameter(_matrix(each.detach()))) for each in turned]
        others = [each for each in self._all if not any(each is one for one in turned)]
        self._by: list[tuple[torch.optim.Optimizer, float]] = [
            (AdamW(others, lr=recipe.rate, weight_decay=1e-2, betas=(0.9, 0.99)), recipe.rate)
        ]
        if turned:
            flat = [matrix for _, matrix in self._pairs]
            self._by.append((Muon(flat, lr=recipe.turn, weight_decay=1e-2, momentum=0.95), recipe.turn))

    def step(self, loss: torch.Tensor, pace: float) -> None:
        """One step down a loss, at a share `pace` of the greatest rates."""
        for each in self._all:
            each.grad = None
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._all, GREATEST)
        for weight, matrix in self._pairs:
            assert weight.grad is not None
            matrix.grad = _matrix(weight.grad)
        for by, rate in self._by:
            by.param_groups[0]["lr"] = rate * pace
            by.step()


def _matrix(weight: torch.Tensor) -> torch.Tensor:
    return weight.permute(0, 2, 3, 1).flatten(1)
