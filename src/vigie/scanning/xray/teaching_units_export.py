"""From the taught comparison of units to the files that run: ONNX in 32-bit numbers, and in 8-bit integers."""

from collections.abc import Sequence

from vigie.scanning.xray.laid import ROWS
from vigie.scanning.xray.teaching_export import CALIBRATING, exported, in_eight_bits
from vigie.scanning.xray.teaching_units import UnitLesson, UnitShow
from vigie.scanning.xray.teaching_units_net import UnitNet
from vigie.scanning.xray.units import CHANNELS, KIND, WIDE


def export_units(net: UnitNet, lessons: Sequence[UnitLesson], facts: dict[str, str]) -> tuple[bytes, bytes]:
    """A net in both forms; the ranges of the 8-bit form are taken from pieces of the lessons.

    Args:
        net: Folded, as `teach_units` gives it. facts: Go into the file: recipe, seed, use.
    """
    full = exported(net, facts, (CHANNELS, ROWS // 2, WIDE), KIND)
    return full, in_eight_bits(full, list(UnitShow(lessons, 2).batch(2 * CALIBRATING)[0]), facts, KIND)
