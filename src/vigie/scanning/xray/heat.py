"""The heat map of bricks and foreign blocks: a model comes as bytes of ONNX, is checked, and runs on one thread.

Pickles, archives and whatever is not the declared model are refused before anything reads them.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from vigie.scanning.xray.grid import CHANNELS, HEAT_STEP, Grid
from vigie.terms import VigieError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

LARGEST_MODEL = 8_000_000
"""Bytes of a model file; ours has two million."""
KIND = "vigie-scan-heat"
_FOREIGN = {b"\x80": "serialised", b"PK": "archive", b"\x1f\x8b": "archive", b"\x89HDF": "hdf5", b"GGUF": "gguf"}
HOT = 40
"""Places of 40 mm whose mean stands for half of the score: about 0.06 m², two bags seen from the side."""


class ModelRefused(VigieError):
    """A file that was given as a model is not taken: not ONNX, altered, too large, or not of the declared form."""

    code: ClassVar[str] = "scan-model-refused"


class HeatModel:
    """A model that is ready to run.

    Args:
        body: ONNX.
        sha: SHA-256 that the file must have; empty takes any.

    Raises:
        ModelRefused: See there; the fact `reason` says which.
    """

    def __init__(self, body: bytes, sha: str = "") -> None:
        self.sha, self._run, self.facts = opened_model(body, sha, KIND, CHANNELS)

    def logits(self, seen: "Floats") -> "Floats":
        """Logits of bricks and foreign blocks on a grid of 40 mm, (2, rows, columns); `seen` is of `grid.seen`."""
        out: Floats = self._run.run(["logits"], {"seen": seen[None]})[0][0]
        return out


def opened_model(body: bytes, sha: str, kind: str, channels: int) -> tuple[str, Any, dict[str, str]]:
    """A session that is ready to run, after everything that can be checked before was: hash, session, facts.

    Args:
        sha: That the file must have; empty takes any. kind: Of model, as its facts say. channels: That it is given.

    Raises:
        ModelRefused: See there; the fact `reason` says which.
    """
    found = sha256(body).hexdigest()
    if len(body) > LARGEST_MODEL:
        raise ModelRefused(reason="too large", size=len(body))
    if sha and sha != found:
        raise ModelRefused(reason="altered")
    for start, name in _FOREIGN.items():
        if body.startswith(start):
            raise ModelRefused(reason=name)
    run = _session(body)
    facts: dict[str, str] = dict(run.get_modelmeta().custom_metadata_map)
    if facts.get("kind") != kind:
        raise ModelRefused(reason="another kind of model")
    ends = [(each.name, each.shape[1], each.type) for each in (*run.get_inputs(), *run.get_outputs())]
    if ends != [("seen", channels, "tensor(float)"), ("logits", 2, "tensor(float)")]:
        raise ModelRefused(reason="another form of input or output")
    return found, run, facts


def _session(body: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(body, options, providers=_providers(onnxruntime))
    except Exception as fault:  # the library raises classes of its own that share no other root
        raise ModelRefused(reason="not readable as ONNX") from fault


def _providers(onnxruntime: Any) -> list[str]:
    """A graphics processor where the library was installed for one, else this one, on which levels were counted."""
    having = onnxruntime.get_available_providers()
    return [*(one for one in ("CUDAExecutionProvider",) if one in having), "CPUExecutionProvider"]


def logits_of(model: HeatModel, seen: "Floats", grid: Grid) -> "Floats":
    """The maps of a model over a part of a picture, cut to it."""
    rows, columns = (-(-length // HEAT_STEP) for length in grid.density.shape)
    return model.logits(seen)[:, :rows, :columns]


def smoothed(logits: "Floats") -> "Floats":
    """Mean over 3 by 3 places, nothing beyond the rim; as the model is taught."""
    from scipy.ndimage import uniform_filter

    made: Floats = uniform_filter(logits, 3, mode="constant", cval=0.0)
    return made


def hottest(logits: "Floats", places: int) -> float:
    """One logit for a map: half its hottest place, half the mean of so many of its hottest."""
    import numpy as np

    flat = smoothed(logits).ravel()
    many = min(places, flat.size)
    best = np.partition(flat, -many)[-many:]
    return 0.5 * (float(best.max()) + float(best.mean()))


def score_of(logits: "Floats") -> float:
    """One number for a map: half its hottest place, half the mean of its 40 hottest, as a share from 0 to 1."""
    import numpy as np

    return float(1.0 / (1.0 + np.exp(-hottest(logits, HOT))))
