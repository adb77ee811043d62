"""A comparison that needs no teaching: its net looks at the mean difference alone. Shared by tests."""

from functools import cache

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx import numpy_helper as numbers

from vigie.scanning.xray.comparing import KIND, Comparer, PairModel
from vigie.scanning.xray.laid import CHANNELS
from vigie.scanning.xray.triage import Level, Threshold, Thresholds


@cache
def body(kind=KIND, channels=CHANNELS):
    """ONNX: more is 4 times the mean difference (channel 6) on 40 mm less 6, less the same of the other sign."""
    weights = np.zeros((2, channels, 2, 2), np.float32)
    weights[0, 6], weights[1, 6] = 1.0, -1.0
    made = helper.make_graph(
        [helper.make_node("Conv", ["seen", "w", "b"], ["logits"], strides=[2, 2])], "mean",
        [helper.make_tensor_value_info("seen", TensorProto.FLOAT, ["n", channels, "rows", "columns"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 2, "r", "c"])],
        [numbers.from_array(weights, "w"), numbers.from_array(np.full(2, -6, np.float32), "b")],
    )  # fmt: skip
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"kind": kind})
    onnx.checker.check_model(model)
    return model.SerializeToString()


def comparer():
    """It with levels of pairs of the same container."""
    limit = Threshold(look=0.6, first=0.9, look_rate=0.05, first_rate=0.01, negatives=120, against="hard")
    return Comparer(
        PairModel(body()),
        Thresholds(version="t", values={"reference-difference/*/*/*": limit}, levels={"same-container": Level(-5.0, -4.0)}),
    )
