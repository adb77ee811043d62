"""From the taught comparison to the files that run: ONNX in 32-bit numbers, and in 8-bit integers."""

import io
import warnings
from collections.abc import Sequence

import onnx
import torch

from vigie.scanning.xray.comparing import KIND
from vigie.scanning.xray.laid import CHANNELS, ROWS
from vigie.scanning.xray.teaching_export import CALIBRATING, OPSET, in_eight_bits
from vigie.scanning.xray.teaching_pairs import PIECE, PairLesson, PairShow
from vigie.scanning.xray.teaching_pairs_net import PairNet


def export_pairs(net: PairNet, lessons: Sequence[PairLesson], facts: dict[str, str]) -> tuple[bytes, bytes]:
    """A net in both forms; the ranges of the 8-bit form are taken from pieces of the lessons.

    Args:
        net: Folded, as `teach_pairs` gives it. facts: Go into the file: recipe, seed, use.
    """
    body = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.to(memory_format=torch.contiguous_format).float(),  # type: ignore[call-overload]
            (torch.zeros(1, CHANNELS, ROWS // 2, PIECE),), body, dynamo=False, opset_version=OPSET,  # type: ignore[arg-type]
            input_names=["seen"], output_names=["logits"],
            dynamic_axes={name: {0: "n", 2: "rows", 3: "columns"} for name in ("seen", "logits")},
        )  # fmt: skip
    full = _marked(body.getvalue(), facts)
    show = PairShow(lessons, 2)
    pieces = [one for _ in range(CALIBRATING // 8) for one in show.batch()[0]]
    return full, _marked(in_eight_bits(full, pieces, facts), {**facts, "bits": "8"})


def _marked(body: bytes, facts: dict[str, str]) -> bytes:
    model = onnx.load_from_string(body)
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {"kind": KIND, **facts})
    model.producer_name, model.producer_version = "vigie", ""
    out: bytes = model.SerializeToString()
    return out
