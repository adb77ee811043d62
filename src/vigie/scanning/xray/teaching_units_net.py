"""The net that compares reefer units. Needs torch; running needs ONNX Runtime only."""

from vigie.scanning.xray.teaching_net import Unet
from vigie.scanning.xray.units import CHANNELS

WIDTHS = (20, 32, 48, 64)
"""Channels at 20, 40, 80 and 160 mm, as of the net that compares whole containers."""


class UnitNet(Unet):
    """From what `units.channels` gives to logits on 40 mm: more here, less here."""

    def __init__(self) -> None:
        super().__init__(CHANNELS, WIDTHS)
