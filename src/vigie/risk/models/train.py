"""Teaching a declared model on a table: the same rows give the same bytes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from vigie.risk.models.declared import BadModel, Field, Label, Learner, ModelSpec, TooFewPositives, check
from vigie.risk.models.encode import Table, keys_of, learn
from vigie.risk.models.file import Card, ModelFile, write_model
from vigie.risk.models.learners import settled, teach
from vigie.risk.models.logistic import Term, learn_terms
from vigie.risk.models.predict import Predictor
from vigie.risk.models.rates import learn_rates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigie.risk.models.encode import Values

CHECKS = 64
"""Rows a model carries to prove itself at load: enough to reach most leaves of small trees, a few milliseconds."""


def train(
    spec: ModelSpec,
    fields: Sequence[Field],
    table: Table,
    positive: "Values",
    at: "Values",
    *,
    looked: "Values | None" = None,
    weights: "Values | None" = None,
    labels: "Mapping[str, Values] | None" = None,
    card: Card | None = None,
) -> bytes:
    """Teach a model.

    Args:
        spec: What to teach. fields: The table's columns and their roles.
        table: Column to values, as known when each row was decided.
        positive: The label of each row; False where nobody looked. at: When each row was decided, whole numbers.
        looked: Whether anybody looked; None means at every row. Boosted trees and rates learn only from those.
        weights: Of rows, greater than 0. labels: Further labels, by the names that inputs give them.
        card: Figures and notes; counts and window are filled in.

    Returns:
        The model's bytes, named by `model_hash`.

    Raises:
        BadModel: The declaration sees what it may not. TooFewPositives: Too little to learn from.
        ModelsMissing: LightGBM or numpy is not installed.
    """
    check(spec, fields)
    import numpy as np

    when = np.asarray(at, np.int64)
    seen = np.ones(len(when), np.bool_) if looked is None else np.asarray(looked, np.bool_)
    hits = np.asarray(positive, np.bool_) & seen if spec.label is not Label.NONE else np.zeros(len(when), np.bool_)
    have = int(hits.sum())
    if len(when) == 0 or have < spec.minimum or (spec.label is not Label.NONE and have in (0, len(when))):
        raise TooFewPositives(have=have, need=max(spec.minimum, 1))
    trees, scale, base = "", 1.0, 0.0
    terms: tuple[Term, ...] = ()
    if spec.learner is Learner.RATES:
        books = learn_rates(spec.levels, table, hits, seen)
    else:
        further = {name: np.asarray(values, np.bool_) for name, values in (labels or {}).items()}
        _named(spec, further)
        books, rows = learn(spec.inputs, table, hits, when, seen, further)
        given = None if weights is None else np.asarray(weights, np.float64)
        if spec.learner is Learner.LOGISTIC:
            kept = None if given is None else given[seen]
            base, terms = learn_terms(spec.inputs, books, rows[seen], hits[seen], kept, settled(spec)["l2"])
        else:
            trees, scale = teach(spec, rows, hits, seen, given)
    told = msgspec.structs.replace(
        card or Card(), since=int(when.min()), until=int(when.max()), rows=len(when), looked=int(seen.sum()),
        positives=have,
    )  # fmt: skip
    types = {field.name: field.type for field in fields if field.name in spec.reads}
    made = ModelFile(spec, types, books, trees, scale, (), (), told, base=base, terms=terms)
    return write_model(_checked(made, table, when))


def _named(spec: ModelSpec, labels: Mapping[str, object]) -> None:
    for each in spec.inputs:
        if each.label and each.label not in labels:
            raise BadModel(reason="unknown-column", column=each.label)


def _checked(made: ModelFile, table: Table, when: "NDArray[np.int64]") -> ModelFile:
    """Add the rows that prove the model at load: spread evenly over the time it was taught on."""
    import numpy as np

    chosen = np.argsort(when, kind="stable")[np.linspace(0, len(when) - 1, min(CHECKS, len(when))).astype(np.int64)]
    names = made.spec.reads
    few = {name: [table[name][place] for place in chosen.tolist()] for name in names}
    rows = tuple(keys_of(names, few))
    alone = Predictor(made, "").bind(names)
    return msgspec.structs.replace(made, checks=rows, expected=tuple(alone(row) for row in rows))
