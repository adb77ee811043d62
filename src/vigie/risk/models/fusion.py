"""Votes are earned: a channel speaks only where it told later finds better than the rules and the others did alone."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from vigie.risk.models.declared import SHADOW_POSITIVES
from vigie.risk.models.voting import MOST_MILLI, MOST_WEIGHT_MILLI, OTHER_MILLI, Voting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigie.risk.models.encode import Values

    Matrix = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_ROUNDS = 200  # of coordinate steps; a handful of weights settles within some tens
_SETTLED = 1e-7
_DRAWS = 1000  # of the bootstrap: its 5 % point is then known to about 0.7 percentage points
_LEAST_SLOPE = 0.1  # rules that say next to nothing must not make a channel infinitely loud
_LEVEL = 0.05  # one-sided: a channel that adds nothing gets a vote once in twenty trials
_EACH_PART = 10  # positives in the part that teaches the weights and in the part that judges them


class Gain(msgspec.Struct, frozen=True):
    """What a channel was worth on rows later than those its weight was learnt from.

    Attributes:
        name: Of the channel. value: Log-likelihood gained per positive, natural units. low: Its lower 95 % bound.
        weight_milli: The vote; 0 where `low` is not above 0.
    """

    name: str
    value: float
    low: float
    weight_milli: int


class Earned(msgspec.Struct, frozen=True):
    """Votes and why. votes: Those above 0. gains: Of every channel tried. reason: `earned`, `few`, `none`."""

    votes: tuple[Voting, ...]
    gains: tuple[Gain, ...]
    reason: str


def earn(
    rules_milli: "Values",
    raws: "Mapping[str, Values]",
    positive: "Values",
    at: "Values",
    models: Mapping[str, str],
    *,
    weights: "Values | None" = None,
    centres: Mapping[str, int] = MappingProxyType({}),
    until: int | None = None,
    share: float = 0.5,
    seed: int = 1,
) -> Earned:
    """Learn the votes of channels by logistic stacking, on rows later than those their models learnt from.

    The rules stay as they are: a channel is measured in their scale, never below 0, shrunk towards 0 and bounded. A
    channel whose lower bound of gain on the later part is not above 0 is left out, the weakest first.

    Args:
        rules_milli: Score of the rules alone. raws: Channel to its model's scores. positive: What was sought was found.
        at: Moments: rows before `until`, or the earlier `share`, teach; the rest judges.
        models: Channel to hash of its model. weights: Rows each row stands for.
        centres: Score of a usual box, of all boxes and not only of those looked at; else the median of the rows.
        seed: Of the bootstrap.
    """
    import numpy as np

    hit, when = np.asarray(positive, np.bool_), np.asarray(at, np.int64)
    early = _early(when, until, share)
    late = ~early
    if hit.sum() < SHADOW_POSITIVES or min(hit[early].sum(), hit[late].sum()) < _EACH_PART:
        return Earned((), tuple(Gain(name, 0.0, 0.0, 0) for name in raws), "few")
    weight = np.ones(len(hit)) if weights is None else np.asarray(weights, np.float64)
    rules = np.asarray(rules_milli, np.float64) / 1000
    told, middles = _centred(raws, early, centres)
    kept, gains = list(raws), dict[str, Gain]()
    while kept:
        full = _losses(rules, told, kept, hit, weight, early)
        tried = []
        for name in kept:
            without = _losses(rules, told, [one for one in kept if one != name], hit, weight, early)
            value, low = _bound((without - full)[late], hit[late], seed)
            tried.append(Gain(name, value, low, 0))
        gains |= {gain.name: gain for gain in tried}
        weakest = min(tried, key=lambda gain: gain.low)
        if weakest.low > 0:
            break
        kept.remove(weakest.name)
    votes = _votes(_fit(rules, told, kept, hit, weight), kept, middles, models) if kept else ()
    spoken = {vote.name: vote.weight_milli for vote in votes}
    final = [msgspec.structs.replace(gains[name], weight_milli=spoken.get(name, 0)) for name in raws]
    return Earned(votes, tuple(final), "earned" if votes else "none")


def _early(when: "Values", until: int | None, share: float) -> "Flags":
    import numpy as np

    moments = np.asarray(when, np.int64)
    if until is not None:
        return moments < until
    early = np.zeros(len(moments), np.bool_)
    early[np.argsort(moments, kind="stable")[: int(len(moments) * share)]] = True
    return early


def _centred(
    raws: "Mapping[str, Values]", early: "Flags", usual: Mapping[str, int]
) -> "tuple[dict[str, Matrix], dict[str, int]]":
    import numpy as np

    told, centres = {}, {}
    for name, raw in raws.items():
        milli = np.asarray(raw, np.int64)
        centres[name] = usual[name] if name in usual else int(np.median(milli[early]))
        bound = MOST_MILLI.get(name, OTHER_MILLI)
        told[name] = np.clip(milli - centres[name], -bound, bound) / 1000
    return told, centres


def _fit(
    rules: "Matrix", told: "Mapping[str, Matrix]", names: Sequence[str], hit: "Flags", weight: "Matrix"
) -> "Matrix":
    """Intercept, slope of the rules, weights: logistic regression, ridge of one row a weight, within bounds."""
    import numpy as np

    columns = np.column_stack([np.ones(len(hit)), rules, *(told[name] for name in names)])
    low = np.array([-np.inf, _LEAST_SLOPE, *[0.0] * len(names)])
    high = np.array([np.inf, 1.0, *[np.inf] * len(names)])
    ridge = np.array([0.0, 0.0, *[1.0] * len(names)])
    found = np.array([0.0, 1.0, *[0.0] * len(names)])
    reach = columns @ found
    for _ in range(_ROUNDS):
        before = found.copy()
        for place in range(len(found)):
            chance = 1 / (1 + np.exp(-reach))
            column = columns[:, place]
            slope = float((weight * (chance - hit) * column).sum()) + ridge[place] * found[place]
            bend = float((weight * chance * (1 - chance) * column * column).sum()) + ridge[place] + 1e-9
            step = float(np.clip(found[place] - np.clip(slope / bend, -2.0, 2.0), low[place], high[place]))
            reach += (step - found[place]) * column
            found[place] = step
        if np.abs(found - before).max() < _SETTLED:
            break
    return found


def _losses(
    rules: "Matrix",
    told: "Mapping[str, Matrix]",
    names: Sequence[str],
    hit: "Flags",
    weight: "Matrix",
    early: "Flags",
) -> "Matrix":
    """Weighted log loss of every row under weights learnt from the early ones."""
    import numpy as np

    found = _fit(rules[early], {name: told[name][early] for name in names}, names, hit[early], weight[early])
    reach = np.column_stack([np.ones(len(hit)), rules, *(told[name] for name in names)]) @ found
    loss: Matrix = weight * np.logaddexp(0.0, np.where(hit, -reach, reach))
    return loss


def _bound(gain: "Matrix", hit: "Flags", seed: int) -> tuple[float, float]:
    """Gain per positive and its lower bound: positives drawn again and again, the many others by their spread."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    found, rest = gain[hit], gain[~hit]
    many = len(found)
    total = found[draw.integers(0, many, (_DRAWS, many))].sum(axis=1)
    spread = float(rest.std()) * len(rest) ** 0.5 if len(rest) else 0.0
    drawn = total + float(rest.sum()) + spread * draw.standard_normal(_DRAWS)
    return float(gain.sum()) / many, float(np.quantile(drawn, _LEVEL)) / many


def _votes(
    found: "Matrix", names: Sequence[str], centres: Mapping[str, int], models: Mapping[str, str]
) -> tuple[Voting, ...]:
    votes = []
    for name, weight in zip(names, found[2:].tolist(), strict=True):
        milli = min(round(1000 * weight / float(found[1])), MOST_WEIGHT_MILLI)
        if milli > 0:
            votes.append(Voting(name, models[name], milli, centres[name], MOST_MILLI.get(name, OTHER_MILLI)))
    return tuple(votes)
