"""Champion against challenger on a frozen set: a new model takes the place of the old one only where it earned it.

Source: issue 4 (bootstrap intervals, no class below the old model, two people approve); the second person's approval is
the life-cycle's, see `vigie.desk.lifecycle`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Scores = NDArray[float64]

DRAWS = 1000
"""Resamples: enough for two digits of a 2.5 % tail."""
RATE = 0.05
"""Share of false alarms at which classes are compared: a class of ten pictures still tells something there."""
LEAST_IN_CLASS = 8
"""Pictures of a class below which its detection is told but decides nothing (own)."""


class Frozen(Struct, frozen=True):
    """One picture of the frozen set with both scores. kind: Of what is hidden; empty where nothing is."""

    kind: str
    old: float
    new: float


class GateRow(Struct, frozen=True):
    """A figure of both, and the difference new less old with its 95 % interval."""

    name: str
    pictures: int
    old: float
    new: float
    low: float
    high: float


class Gate(Struct, frozen=True):
    """What the comparison says. passed: The new one may be put to approval. against: Names of what spoke against."""

    passed: bool
    rows: tuple[GateRow, ...]
    against: tuple[str, ...]


def gate(frozen: Sequence[Frozen], seed: int = 1) -> Gate:
    """Compare on the same pictures, resampled together.

    The new one passes where its area under the curve is not surely smaller, and no class of at least `LEAST_IN_CLASS`
    pictures is detected less often at `RATE`, beyond one picture of it.
    """
    import numpy as np

    clean = [one for one in frozen if not one.kind]
    held = [one for one in frozen if one.kind]
    if len(clean) < 50 or len(held) < 20:
        return Gate(False, (), ("too-few-pictures",))
    draw = np.random.default_rng(seed)
    draws = [(_some(clean, draw), _some(held, draw)) for _ in range(DRAWS)]
    rows = [_row("auc", held, clean, draws, _area)]
    rows += [_row(kind, [one for one in held if one.kind == kind], clean,
                  [(a, [one for one in b if one.kind == kind]) for a, b in draws], _found)
             for kind in sorted({one.kind for one in held})]  # fmt: skip
    against = ["auc"] if rows[0].high < 0 else []
    against += [row.name for row in rows[1:]
                if row.pictures >= LEAST_IN_CLASS and (row.old - row.new) * row.pictures > 1.0]  # fmt: skip
    return Gate(not against, tuple(rows), tuple(against))


def _some(of: Sequence[Frozen], draw: Any) -> list[Frozen]:
    return [of[n] for n in draw.integers(0, len(of), len(of))]


def _row(name: str, held: Sequence[Frozen], clean: Sequence[Frozen], draws: Sequence[Any], told: Any) -> GateRow:
    import numpy as np

    def both(negatives: Sequence[Frozen], positives: Sequence[Frozen]) -> tuple[float, float]:
        return tuple(
            told(np.array([getattr(one, way) for one in positives]), np.array([getattr(one, way) for one in negatives]))
            for way in ("old", "new")
        )

    old, new = both(clean, held)
    made = [both(a, b) for a, b in draws if b]
    low, high = np.percentile([after - before for before, after in made], (2.5, 97.5)) if made else (0.0, 0.0)
    return GateRow(name, len(held), round(old, 4), round(new, 4), round(float(low), 4), round(float(high), 4))


def _area(positive: "Scores", negative: "Scores") -> float:
    import numpy as np

    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / (2 * len(ordered)))


def _found(positive: "Scores", negative: "Scores") -> float:
    import numpy as np

    ordered = np.sort(negative)[::-1]
    return float((positive > ordered[int(len(ordered) * RATE)]).mean())


def area_of(scores: Mapping[bool, "Scores"]) -> float:
    """Area under the curve of scores with (True) and without (False) a threat."""
    return _area(scores[True], scores[False])
