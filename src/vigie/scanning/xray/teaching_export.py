"""From a taught net to the files that run: ONNX in 32-bit numbers, and in 8-bit integers where that costs little."""

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.teaching_quick import quicker

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from vigie.scanning.xray.teaching_lessons import Lesson
    from vigie.scanning.xray.teaching_net import Net, Unet

    Floats = NDArray[float32]

OPSET = 17
KIND = "vigie-scan-heat"
SHAPE = (CHANNELS, 152, 304)
NOT_FOR_OPERATION = "simulated, not for operation"
CALIBRATING = 48
"""Pieces from which the ranges of the 8-bit form are taken: more change nothing but the time (own)."""
LOSS_ALLOWED = 0.003
"""Area under the curve that eight bits may cost. Source: issue 4; a default conversion cost 0.043 (page scan)."""


def exported(net: "Unet", facts: dict[str, str], shape: tuple[int, int, int] = SHAPE, kind: str = KIND) -> bytes:
    """The net as ONNX.

    Args:
        net: Folded, as `teaching.teach` gives it.
        facts: Go into the file: recipe, seed, use.
        shape: Of one picture as it is shown, while the net is written down. kind: Of model; goes into the file, too.
    """
    body = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.to(memory_format=torch.contiguous_format).float(),  # type: ignore[call-overload]
            (torch.zeros(1, *shape),), body, dynamo=False, opset_version=OPSET,  # type: ignore[arg-type]
            input_names=["seen"], output_names=["logits"],
            dynamic_axes={name: {0: "n", 2: "rows", 3: "columns"} for name in ("seen", "logits")},
        )  # fmt: skip
    return _marked(body.getvalue(), facts, kind)


def _marked(body: bytes, facts: dict[str, str], kind: str) -> bytes:
    """The model with its kind and facts in the file itself."""
    model = onnx.load_from_string(body)
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {"kind": kind, **facts})
    model.producer_name, model.producer_version = "vigie", ""
    out: bytes = model.SerializeToString()
    return out


def net_again(body: bytes) -> "Net":
    """A net to go on from, out of an exported one."""
    from vigie.scanning.xray.teaching_net import Net, folded

    net = folded(Net())
    held = {each.name: torch.from_numpy(onnx.numpy_helper.to_array(each).copy())
            for each in onnx.load_from_string(body).graph.initializer}  # fmt: skip
    net.load_state_dict({name: held[name] for name in net.state_dict()})
    return net


class _Pieces(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, pieces: Sequence["Floats"]) -> None:
        self._left = iter(pieces)

    def get_next(self) -> dict[str, "Floats"] | None:
        """The next piece."""
        found = next(self._left, None)
        return None if found is None else {"seen": found[None]}


def in_eight_bits(body: bytes, pieces: Sequence["Floats"], facts: dict[str, str], kind: str = KIND) -> bytes:
    """The same model in 8-bit integers, ranges taken from pieces; last layer as it was.

    Args:
        pieces: What the model is shown, at least a few dozen. kind: Of model.
    """
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        ready, small = Path(folder, "ready.onnx"), Path(folder, "small.onnx")
        quant_pre_process(onnx.load_from_string(body), str(ready), skip_symbolic_shape=True)
        last = [each.name for each in onnx.load(str(ready)).graph.node if each.op_type == "Conv"][-1]
        quantize_static(
            str(ready), str(small), _Pieces(pieces), quant_format=QuantFormat.QDQ, per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, nodes_to_exclude=[last],
        )  # fmt: skip
        return quicker(_marked(small.read_bytes(), {**facts, "bits": "8"}, kind))


def eight_bits_earned(area_full: float, area_small: float) -> bool:
    """Whether eight bits cost little enough to be taken."""
    return area_full - area_small <= LOSS_ALLOWED


def export_heat(net: "Net", lessons: "Sequence[Lesson]", facts: dict[str, str]) -> tuple[bytes, bytes]:
    """A net in both forms; the ranges of the 8-bit form are taken from pieces of the lessons."""
    from vigie.scanning.xray.teaching_lessons import piece

    full = exported(net, facts)
    few = lessons[:: max(1, len(lessons) // CALIBRATING)][:CALIBRATING]
    return full, in_eight_bits(full, [piece(each, 17 * n % 600, None)[0] for n, each in enumerate(few)], facts)
