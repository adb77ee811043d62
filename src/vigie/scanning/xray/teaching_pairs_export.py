"""From the taught comparison to the files that run: ONNX in 32-bit numbers, and in 8-bit integers."""

from collections.abc import Sequence

from vigie.scanning.xray.comparing import KIND
from vigie.scanning.xray.laid import CHANNELS, ROWS
from vigie.scanning.xray.teaching_export import CALIBRATING, exported, in_eight_bits
from vigie.scanning.xray.teaching_pairs import PIECE, PairLesson, PairShow
from vigie.scanning.xray.teaching_pairs_net import PairNet


def export_pairs(net: PairNet, lessons: Sequence[PairLesson], facts: dict[str, str]) -> tuple[bytes, bytes]:
    """A net in both forms; the ranges of the 8-bit form are taken from pieces of the lessons.

    Args:
        net: Folded, as `teach_pairs` gives it. facts: Go into the file: recipe, seed, use.
    """
    full = exported(net, facts, (CHANNELS, ROWS // 2, PIECE), KIND)
    show = PairShow(lessons, 2)
    pieces = [one for _ in range(CALIBRATING // 8) for one in show.batch()[0]]
    return full, in_eight_bits(full, pieces, facts, KIND)
