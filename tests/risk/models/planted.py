"""Tables with a planted truth: one of any columns, one of the house's own."""

import numpy as np

from vigie.risk import COLUMNS, Fusion, Policy, Voting, load_catalogue, load_model, model_hash, train
from vigie.risk.language import Type
from vigie.risk.models.declared import Field, How, Input, Label, Learner, ModelSpec, Role
from vigie.terms import Moment

FIELDS = (
    Field("mass", Type.INT), Field("ratio", Type.FLOAT), Field("route", Type.TEXT), Field("line", Type.TEXT),
    Field("filed", Type.MOMENT), Field("first", Type.MOMENT), Field("full", Type.BOOL),
    Field("team", Type.TEXT, Role.DETECTOR), Field("found", Type.BOOL, Role.OUTCOME),
)  # fmt: skip
INPUTS = (
    Input("mass", step=10), Input("ratio", step=0.01), Input("route", how=How.CODE, least=2), Input("full"),
    Input("route+line", ("route", "line"), How.CODE), Input("age", ("filed", "first"), How.GAP, 3.6e9),
    Input("seen", ("route",), How.COUNT),
)  # fmt: skip
RATED = Input("rate", ("route", "line"), How.RATE, smooth=5)


def sometimes(draw, values, share):
    return [None if gone else value for value, gone in zip(values, draw.random(len(values)) < share, strict=True)]


def a_table(rows=3000, seed=1):
    """Rows, and where something was planted: on one route, and in heavy boxes."""
    draw = np.random.default_rng(seed)
    mass = draw.integers(0, 30_000, rows)
    route = draw.integers(0, 40, rows)
    table = {
        "mass": sometimes(draw, mass.tolist(), 0.1),
        "ratio": draw.normal(size=rows).tolist(),
        "route": sometimes(draw, [f"r{one}" for one in route], 0.05),
        "line": [f"l{one}" for one in draw.integers(0, 9, rows)],
        "filed": draw.integers(10**15, 10**15 + 10**13, rows).tolist(),
        "first": sometimes(draw, draw.integers(10**15, 10**15 + 10**13, rows).tolist(), 0.3),
        "full": sometimes(draw, (draw.random(rows) < 0.5).tolist(), 0.1),
    }
    planted = ((route == 7) & (draw.random(rows) < 0.5)) | ((mass > 26_000) & (draw.random(rows) < 0.25))
    return table, planted


def a_spec(learner=Learner.BOOSTED, **more):
    label = Label.NONE if learner is Learner.ISOLATION else Label.POSITIVE
    inputs = INPUTS if learner is Learner.ISOLATION else (*INPUTS, RATED)
    named = {"inputs": inputs} if learner is not Learner.RATES else {"levels": (("route",), ("route", "line"))}
    return ModelSpec("seizure", label, learner, **{**named, "needed": 10 * (label is Label.POSITIVE), **more})


def taught(learner=Learner.BOOSTED, rows=3000, **more):
    table, planted = a_table(rows)
    return train(a_spec(learner, **more), FIELDS, table, planted, range(rows))


def rows_of(table):
    return list(zip(*table.values(), strict=True))


def house_rows(rows=1200, seed=3):
    """Random rows of the house's columns, and a truth that hangs on two of them."""
    draw = np.random.default_rng(seed)
    table = {}
    for column in COLUMNS:
        if column.type is Type.BOOL:
            values = (draw.random(rows) < 0.3).tolist()
        elif column.type is Type.TEXT:
            values = [f"v{one}" for one in draw.integers(0, 12, rows)]
        elif column.type is Type.FLOAT:
            values = draw.normal(100, 50, rows).tolist()
        else:
            values = draw.integers(max(int(column.low), -500), min(int(column.high), 50_000), rows).tolist()
        table[column.name] = sometimes(draw, values, 0.3)
    truth = np.array([heavy is not None and heavy > 30_000 and bool(vague)
                      for heavy, vague in zip(table["goods_gross_g"], table["goods_vague"], strict=True)])  # fmt: skip
    return table, truth


def a_policy(models, **more):
    """The shipped policy with models that vote: name to (bytes, weight)."""
    votes = tuple(Voting(name, model_hash(body), weight, 0, 2000) for name, (body, weight) in models.items())
    loaded = {model_hash(body): load_model(body) for body, _ in models.values()}
    return Policy(load_catalogue().in_force(Moment(1_800_000_000_000_000)), fusion=Fusion(votes, **more)), loaded
