"""How a model is declared: which columns it may see and how they become numbers, who teaches it, how much it needs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

import msgspec

from vigie.risk.language import Type
from vigie.terms import AnalyticsMissing, BadRequest, Conflict

SHADOW_POSITIVES = 30
LIVE_POSITIVES = 100
DIRECT_POSITIVES = 300
"""Positives a seizure model needs to run in the shadow, to vote (taught from positives and unlabelled), to be taught
directly. Source: reference page risk, open decision 8: bagging beat direct teaching at 10, 30 and 119 positives, and
lost at 472."""


class BadModel(BadRequest):
    """A model cannot be declared or used; `reason` is a code of `texts/models.toml`."""

    code: ClassVar[str] = "bad-model"


class TooFewPositives(Conflict):
    """There is too little to learn from; the facts say how much there is and how much is needed."""

    code: ClassVar[str] = "too-few-positives"


class ModelsMissing(AnalyticsMissing):
    """LightGBM or numpy is not installed: the extra `models`."""

    code: ClassVar[str] = "models-missing"


class Role(StrEnum):
    """What a column is to a model: known beforehand, who looked, or what came out of looking."""

    KNOWN = "known"
    DETECTOR = "detector"
    OUTCOME = "outcome"


class Field(msgspec.Struct, frozen=True):
    """A column of a table that models may be declared over. name: Stable. type: Of its values. role: See `Role`."""

    name: str
    type: Type
    role: Role = Role.KNOWN


class How(StrEnum):
    """How columns become one number.

    NUMBER: the value itself (yes is 1). CODE: place among the values seen in training. GAP: first column less second.
    RATE: how often the label followed the same values before, in millionths. COUNT: how often they were seen before.
    """

    NUMBER = "number"
    CODE = "code"
    GAP = "gap"
    RATE = "rate"
    COUNT = "count"


class Input(msgspec.Struct, frozen=True):
    """One input of a model.

    Attributes:
        name: Of the input; the column's own name where it is read from one column.
        columns: What it is read from; none means the column of its name. how: See `How`.
        step: Numbers are rounded to whole steps before training, so that no threshold lies between two roads to one
            value; greater than 0, in the unit of the column.
        least: Values seen fewer times in training are one, "other" (CODE).
        smooth: Rows' worth of the overall rate that every rate starts with (RATE).
        delay: A label counts only when its row is older than this, in the unit of the moments given to `train`.
        label: Name of another label that is counted instead of the model's own (RATE); given to `train` by that name.
        folds: 0: in training a row's rate knows earlier rows alone. 2 or more: it knows the rows of the other parts, of
            so many into which the training rows are dealt in turn; for tables without history (RATE, COUNT).
    """

    name: str
    columns: tuple[str, ...] = ()
    how: How = How.NUMBER
    step: float = 1.0
    least: int = 1
    smooth: float = 10.0
    delay: int = 0
    label: str = ""
    folds: int = 0

    @property
    def read(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return self.columns or (self.name,)


class Learner(StrEnum):
    """Who teaches.

    BOOSTED: boosted trees on what was looked at. BAGGED: small ensembles, each of all positives against a random draw
    of everything else. ISOLATION: how few cuts set a row apart; no label. RATES: smoothed rates of key combinations.
    LOGISTIC: a weight per number and per value of a code, on what was looked at.
    """

    BOOSTED = "boosted"
    BAGGED = "bagged"
    ISOLATION = "isolation"
    RATES = "rates"
    LOGISTIC = "logistic"


class Label(StrEnum):
    """What counts as positive: the drug sought, any irregularity, or nothing (no label is used)."""

    POSITIVE = "positive"
    IRREGULAR = "irregular"
    NONE = "none"


class ModelSpec(msgspec.Struct, frozen=True):
    """A model before it is taught.

    Attributes:
        channel: The voice it becomes (`seizure`, `proxy`, `anomaly`). label: What it learns. learner: Who teaches.
        inputs: What it sees. params: Of the learner, see `vigie.risk.models.learners.DEFAULTS`.
        levels: Key combinations, general first (RATES). seed: Of every draw.
        detector: May see who looked: only to measure how much that explains, never for a model that selects.
        needed: Positives it must have; 0 takes the learner's own minimum.
    """

    channel: str
    label: Label
    learner: Learner
    inputs: tuple[Input, ...] = ()
    params: dict[str, float] = {}
    levels: tuple[tuple[str, ...], ...] = ()
    seed: int = 1
    detector: bool = False
    needed: int = 0

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column it reads, in a fixed order."""
        named = [column for each in self.inputs for column in each.read]
        return tuple(dict.fromkeys([*named, *(column for level in self.levels for column in level)]))

    @property
    def minimum(self) -> int:
        """Positives needed before it is taught at all."""
        if self.needed or self.label is Label.NONE:
            return self.needed
        direct = self.learner is Learner.BOOSTED and self.label is Label.POSITIVE
        return DIRECT_POSITIVES if direct else SHADOW_POSITIVES


_NUMBERS = (Type.INT, Type.FLOAT, Type.MOMENT)


def check(spec: ModelSpec, fields: Sequence[Field]) -> None:
    """Make sure that a model sees only what was known before anybody looked.

    Raises:
        BadModel: An unknown column, one that comes out of looking (`leak`), one that says who looked (`detector`), a
            type that does not fit, an input twice or none.
    """
    known = {field.name: field for field in fields}
    for column in spec.reads:
        if column not in known:
            raise BadModel(reason="unknown-column", column=column)
        if known[column].role is Role.OUTCOME:
            raise BadModel(reason="leak", column=column)
        if known[column].role is Role.DETECTOR and not spec.detector:
            raise BadModel(reason="detector", column=column)
    twice = [name for name, many in Counter(each.name for each in spec.inputs).items() if many > 1]
    if twice:
        raise BadModel(reason="input-twice", column=twice[0])
    if not (spec.levels if spec.learner is Learner.RATES else spec.inputs):
        raise BadModel(reason="no-input", column="")
    if spec.learner is Learner.ISOLATION and spec.label is not Label.NONE:
        raise BadModel(reason="label", column=spec.label.value)
    for each in spec.inputs:
        _check_input(each, known, spec)


def _check_input(each: Input, known: Mapping[str, Field], spec: ModelSpec) -> None:
    types = [known[column].type for column in each.read]
    if each.how in (How.NUMBER, How.GAP):
        wanted = 1 if each.how is How.NUMBER else 2
        fit = len(types) == wanted and all(one in _NUMBERS or (one is Type.BOOL and wanted == 1) for one in types)
        if not fit:
            raise BadModel(reason="type", column=each.name)
    if not each.step > 0 or each.smooth < 0 or each.delay < 0 or each.least < 1 or each.folds in (1, -1):
        raise BadModel(reason="range", column=each.name)
    if each.how is How.RATE and spec.label is Label.NONE and not each.label:
        raise BadModel(reason="label", column=each.name)
