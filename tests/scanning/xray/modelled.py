"""A model of the declared form that says bricks where the density stands out; made by hand, nothing learnt."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from vigie.scanning.xray.grid import CHANNELS


def body(kind="vigie-scan-heat", channels=CHANNELS, name="seen", bias=-4.0):
    """ONNX of one convolution: 8 times channel 6 (density against its surroundings), and the bias."""
    weight = np.zeros((2, channels, 2, 2), np.float32)
    weight[:, min(6, channels - 1)] = 2.0
    made = [helper.make_tensor_value_info(one, TensorProto.FLOAT, ["n", many, "rows", "columns"])
            for one, many in ((name, channels), ("logits", 2))]  # fmt: skip
    node = helper.make_node("Conv", [name, "weight", "bias"], ["logits"], strides=[2, 2])
    held = [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(np.float32([bias, bias]), "bias")]
    model = helper.make_model(
        helper.make_graph([node], "g", made[:1], made[1:], held), opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )  # fmt: skip
    helper.set_model_props(model, {"kind": kind, "use": "test"})
    return model.SerializeToString()
