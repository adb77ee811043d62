"""A net that is written to run quicker says what it said."""

import numpy as np
import pytest

pytest.importorskip("torch")

import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.teaching_export import _Pieces
from vigie.scanning.xray.teaching_quick import quicker

SIDES = {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A small net of the same parts in 8 bits: convolutions, half the size and double again, a last layer."""
    draw = np.random.default_rng(5)
    held = [numpy_helper.from_array(draw.standard_normal(form).astype(np.float32), name) for name, form in (
        ("w1", (4, CHANNELS, 3, 3)), ("b1", 4), ("w2", (6, 4, 3, 3)), ("b2", 6), ("w3", (2, 6, 1, 1)), ("b3", 2))]  # fmt: skip
    held.append(numpy_helper.from_array(np.float32([1, 1, 2, 2]), "twice"))
    nodes = [
        helper.make_node("Conv", ["seen", "w1", "b1"], ["one"], "stem", **SIDES),
        helper.make_node("Relu", ["one"], ["more"], "relu"),
        helper.make_node("Conv", ["more", "w2", "b2"], ["two"], "fine", strides=[2, 2], **SIDES),
        helper.make_node("Resize", ["two", "", "twice"], ["wide"], "up", mode="nearest", nearest_mode="floor",
                         coordinate_transformation_mode="asymmetric"),
        helper.make_node("Conv", ["wide", "w3", "b3"], ["logits"], "head", kernel_shape=[1, 1]),
    ]  # fmt: skip
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", many, "rows", "columns"])
            for name, many in (("seen", CHANNELS), ("logits", 2))]  # fmt: skip
    model = helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], held),
                              opset_imports=[helper.make_opsetid("", 17)], ir_version=8)  # fmt: skip
    folder = tmp_path_factory.mktemp("plain")
    onnx.save(model, str(folder / "full.onnx"))
    pieces = [draw.standard_normal((CHANNELS, 16, 24)).astype(np.float32) for _ in range(3)]
    quantize_static(str(folder / "full.onnx"), str(folder / "small.onnx"), _Pieces(pieces), quant_format=QuantFormat.QDQ,
                    per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
                    nodes_to_exclude=["head"])  # fmt: skip
    return (folder / "small.onnx").read_bytes()


def told(body, seen):
    return InferenceSession(body, providers=["CPUExecutionProvider"]).run(["logits"], {"seen": seen})[0]


@pytest.mark.parametrize(("count", "rows", "columns"), [(1, 16, 24), (2, 8, 40), (1, 24, 8)])
def test_every_logit_stays_what_it_is(plain, count, rows, columns):
    seen = np.random.default_rng(6).standard_normal((count, CHANNELS, rows, columns)).astype(np.float32)
    before, after = told(plain, seen), told(quicker(plain), seen)
    assert np.ptp(before) > 1
    assert np.abs(before - after).max() < 1e-6 * np.ptp(before)  # the last layer sums in another order


def test_all_three_parts_are_written_anew(plain):
    made = onnx.load_from_string(quicker(plain))
    assert "Resize" in [each.op_type for each in onnx.load_from_string(plain).graph.node]
    acts = [each.op_type for each in made.graph.node]
    assert ("Resize" in acts, acts.count("MatMul"), acts.count("Conv")) == (False, 1, 2)
    weight = next(each for each in made.graph.initializer if each.name == "w1_quantized")
    assert tuple(weight.dims) == (8, 2 * CHANNELS, 3, 3)


def test_what_was_written_anew_stays_as_it_is(plain):
    assert quicker(quicker(plain)) == quicker(plain)
