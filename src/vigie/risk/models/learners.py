"""Those who teach: boosted trees, bags of small ones, random cuts, rates; the same rows give the same bytes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vigie.risk.models.declared import Learner, ModelSpec
from vigie.risk.models.ensemble import on_grid
from vigie.risk.models.isolation import grow
from vigie.risk.models.native import lightgbm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Flags = NDArray[np.bool_]

DEFAULTS: Mapping[Learner, Mapping[str, float]] = {
    Learner.BOOSTED: {
        "trees": 100, "leaves": 31, "rate": 0.1, "least": 20, "columns": 1.0, "rows": 1.0, "l1": 0.0, "l2": 0.0,
        "depth": -1, "max_bin": 255, "positive_weight": 1.0, "min_gain": 0.0, "extra": 0,
        "seeds": 1,
    },
    Learner.BAGGED: {
        "trees": 60, "leaves": 7, "rate": 0.1, "least": 5, "columns": 0.5, "rows": 1.0, "l1": 0.0, "l2": 1.0,
        "depth": -1, "max_bin": 255, "positive_weight": 1.0, "min_gain": 0.0, "extra": 0, "bags": 15, "per_bag": 10,
        "fewest": 1000,
    },
    Learner.ISOLATION: {"trees": 100, "sample": 256},
    Learner.RATES: {"smooth": 10.0},
    Learner.LOGISTIC: {"l2": 1.0},
}  # fmt: skip
"""Trees and their size. Source: reference page risk, measurements: 100 trees of 31 leaves are scored in 6 us and
told in 0.4 ms; 15 bags of 60 small trees. 256 rows a tree: the paper named in `isolation`.

rate: Of learning. least: Rows a leaf must hold. columns, rows: Share drawn for each tree. l1, l2: Penalties.
positive_weight: Rows' worth of a positive. per_bag: Unlabelled rows for each positive of a bag, `fewest` at least.
extra: 1 draws thresholds at random. seeds: Ensembles whose log-odds are averaged (BOOSTED).
"""


def settled(spec: ModelSpec) -> dict[str, float]:
    """The parameters of a model: the learner's defaults, and what the declaration says otherwise."""
    return {**DEFAULTS[spec.learner], **spec.params}


def teach(
    spec: ModelSpec, rows: "Matrix", positive: "Flags", looked: "Flags", weights: "Matrix | None"
) -> tuple[str, float]:
    """Teach trees.

    Returns:
        LightGBM's text, and the factor that turns the sum of its trees into log-odds.
    """
    params = settled(spec)
    if spec.learner is Learner.ISOLATION:
        names = tuple(each.name for each in spec.inputs)
        return on_grid(grow(rows, names, int(params["trees"]), int(params["sample"]), spec.seed)), 1.0
    if spec.learner is Learner.BOOSTED:
        kept = looked.nonzero()[0]
        return _joined([kept] * int(params["seeds"]), rows, positive, weights, params, spec.seed)
    return _joined(_bags(positive, params, spec.seed), rows, positive, weights, params, spec.seed)


def _bags(positive: "Flags", params: Mapping[str, float], seed: int) -> "list[NDArray[np.int64]]":
    """All positives with a fresh draw of everything else, again and again."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    hits, rest = positive.nonzero()[0], (~positive).nonzero()[0]
    size = int(min(len(rest), max(params["per_bag"] * len(hits), params["fewest"])))
    drawn = [np.sort(draw.choice(rest, size, replace=False)) for _ in range(int(params["bags"]))]
    return [np.concatenate([hits, each]) for each in drawn]


def _joined(
    bags: "Sequence[NDArray[np.int64]]",
    rows: "Matrix",
    positive: "Flags",
    weights: "Matrix | None",
    params: Mapping[str, float],
    seed: int,
) -> tuple[str, float]:
    """One ensemble of all bags' trees; their sum, divided by the bags, is the mean of their log-odds."""
    joined: Any = None
    for number, kept in enumerate(bags):
        given = None if weights is None else weights[kept]
        one = _boosted(rows[kept], positive[kept], given, params, seed + number)
        if joined is None:
            joined = one
        elif lightgbm().basic._LIB.LGBM_BoosterMerge(joined._handle, one._handle):
            raise RuntimeError("LightGBM could not join two ensembles")
    return on_grid(joined.model_to_string()), 1.0 / len(bags)


def _boosted(
    rows: "Matrix", positive: "Flags", weights: "Matrix | None", params: Mapping[str, float], seed: int
) -> Any:
    library = lightgbm()
    given = {
        "objective": "binary", "num_leaves": int(params["leaves"]), "learning_rate": params["rate"],
        "min_data_in_leaf": int(params["least"]), "feature_fraction": params["columns"],
        "bagging_fraction": params["rows"], "bagging_freq": int(params["rows"] < 1), "lambda_l1": params["l1"],
        "lambda_l2": params["l2"], "max_depth": int(params["depth"]), "max_bin": int(params["max_bin"]),
        "scale_pos_weight": params["positive_weight"], "min_gain_to_split": params["min_gain"],
        "extra_trees": bool(params["extra"]), "seed": seed, "deterministic": True, "force_row_wise": True,
        "num_threads": 1, "verbosity": -1, "feature_pre_filter": False,
    }  # fmt: skip
    names = [f"f{place}" for place in range(rows.shape[1])]
    taught = library.Dataset(rows, positive.astype("float64"), weight=weights, feature_name=names, params=given)
    return library.train(given, taught, int(params["trees"]))
