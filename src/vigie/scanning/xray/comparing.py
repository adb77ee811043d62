"""Two pictures compared by a taught net: a map of what one shows beyond the other, and the places where it is most.

The model comes as bytes of ONNX and is checked like the one of bricks (see `heat`). What it says of a place is told
with the difference itself in g/cm², and beside what harmless pairs of the same sort show.
"""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.heat import hottest, opened_model, smoothed
from vigie.scanning.xray.laid import CHANNELS, Laid, shown
from vigie.scanning.xray.triage import Level, Thresholds
from vigie.scanning.xray.units import UnitModel

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

KIND = "vigie-scan-pair"
HOTTEST = 16
"""Places of 40 mm whose mean stands for half of the score: a bag of 16 by 16 cm, as the model is taught."""
STEP = 4
"""The map is this much coarser than the grid."""
MORE, LESS = 0, 1
SURE = 0.5
"""Share of certainty from which a place is shown with its whole difference; below it fades out."""


class PairModel:
    """A model that is ready to compare.

    Args:
        body: ONNX. sha: SHA-256 that the file must have; empty takes any.

    Raises:
        ModelRefused: See there; the fact `reason` says which.
    """

    def __init__(self, body: bytes, sha: str = "") -> None:
        self.sha, self._run, self.facts = opened_model(body, sha, KIND, CHANNELS)

    def logits(self, laid: Laid) -> "Floats":
        """Logits of more here and less here on 40 mm, (2, rows, columns)."""
        return self.run(shown(laid))[:, : -(-laid.here.shape[0] // STEP), : -(-laid.here.shape[1] // STEP)]

    def run(self, seen: "Floats") -> "Floats":
        """The same of what `laid.shown` gave."""
        out: Floats = self._run.run(["logits"], {"seen": seen[None]})[0][0]
        return out


class Comparer(Struct, frozen=True):
    """Models with what harmless pairs reach with them, by relation.

    Attributes:
        model: Of two pictures of one container or unit ("same-container", "same-unit").
        thresholds: Of both models.
        units: Of a reefer's unit beside others of its make ("same-model", "same-models"); None where there is none.
    """

    model: PairModel
    thresholds: Thresholds
    units: UnitModel | None = None

    def knows(self, relation: str) -> bool:
        """Whether harmless pairs of such a relation were counted."""
        return relation in self.thresholds.levels


class Place(Struct, frozen=True):
    """Where one picture shows more or less than the other.

    Attributes:
        logit: How sure the net is; the picture's score is that of its surest place.
        box: On the grid.
        g_cm2: Mean difference in the box, later less earlier, after gain: what a person can check.
    """

    logit: float
    box: Box
    g_cm2: float


def score_of_pair(logits: "Floats") -> float:
    """One logit for one map: half its surest place, half the mean of its surest places."""
    return hottest(logits, HOTTEST)


def surest(laid: Laid, logits: "Floats", which: int = MORE) -> Place:
    """The surest place of a map."""
    import numpy as np
    from scipy.ndimage import find_objects, label

    flat = smoothed(logits[which])
    row, column = np.unravel_index(int(flat.argmax()), flat.shape)
    peak = float(flat[row, column])
    names, _ = label(flat >= peak - 1.5)
    rows, columns = find_objects(names, int(names.max()))[int(names[row, column]) - 1]
    left, top = columns.start * STEP, rows.start * STEP
    box = (left, top, (columns.stop - columns.start) * STEP, (rows.stop - rows.start) * STEP)
    part = np.s_[top : top + box[3], left : left + box[2]]
    apart = (laid.here[part] - laid.there[part])[laid.known[part]]
    return Place(score_of_pair(logits[which]), box, float(apart.mean()) if apart.size else 0.0)


def beyond(logit: float, usual: Level) -> float:
    """How far a score lies beyond harmless pairs: 0 is their middle, 1 what one in twenty of them reaches."""
    return (logit - usual.middle) / max(usual.high - usual.middle, 0.25)


def told_apart(laid: Laid, logits: "Floats") -> "Floats":
    """The difference in g/cm² where the net is sure that there is one, fading out to nothing where it is not."""
    import numpy as np

    share = np.clip(1.0 / (1.0 + np.exp(-smoothed_both(logits))) / SURE, 0, 1)
    share = share.repeat(STEP, 0).repeat(STEP, 1)[: laid.here.shape[0], : laid.here.shape[1]]
    made: Floats = np.where(laid.known, (laid.here - laid.there) * share, 0).astype(np.float32)
    return made


def smoothed_both(logits: "Floats") -> Any:
    """The surer of both maps at each place."""
    import numpy as np

    return np.maximum(smoothed(logits[MORE]), smoothed(logits[LESS]))
