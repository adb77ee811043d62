"""Weights that are learnt once and told the same one by one and in bulk."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.risk.language import Type
from vigie.risk.models.declared import Field, How, Input, Label, Learner, ModelSpec
from vigie.risk.models.logistic import Term, learn_terms, log_odds, shares
from vigie.risk.models.predict import load_model
from vigie.risk.models.train import train

FIELDS = (Field("weight", Type.FLOAT), Field("origin", Type.TEXT))
SPEC = ModelSpec(
    "any", Label.POSITIVE, Learner.LOGISTIC, (Input("weight", step=0.5), Input("origin", how=How.CODE)), {"l2": 1.0}
)


def a_table(rows=400, seed=1):
    draw = np.random.default_rng(seed)
    weight, origin = draw.normal(10, 3, rows), draw.choice(["BR", "EC", "NL"], rows)
    reach = 0.6 * (weight - 10) + np.where(origin == "EC", 2.0, -1.0)
    return {"weight": weight.tolist(), "origin": origin.tolist()}, draw.random(rows) < 1 / (1 + np.exp(-reach))


def taught(seed=1):
    table, positive = a_table(seed=seed)
    return load_model(train(SPEC, FIELDS, table, positive, range(len(positive))))


def test_the_same_rows_give_the_same_bytes():
    table, positive = a_table()
    assert len({train(SPEC, FIELDS, table, positive, range(len(positive))) for _ in range(2)}) == 1


def test_what_was_planted_is_found():
    model = taught()
    heavy, light = model.one({"weight": 16.0, "origin": "BR"}), model.one({"weight": 4.0, "origin": "BR"})
    assert heavy - light == pytest.approx(12 * 600, rel=0.3)
    assert model.one({"weight": 10.0, "origin": "EC"}) - model.one({"weight": 10.0, "origin": "BR"}) > 2000


def test_weights_are_those_of_a_library():
    from sklearn.linear_model import LogisticRegression

    draw = np.random.default_rng(3)
    rows = draw.normal(size=(500, 2))
    positive = draw.random(500) < 1 / (1 + np.exp(-rows @ [1.0, -2.0]))
    base, terms = learn_terms((Input("a"), Input("b")), (None, None), rows, positive, None, 4.0)
    scaled = (rows - rows.mean(0)) / rows.std(0)
    peer = LogisticRegression(C=1 / 4.0, tol=1e-10, max_iter=1000).fit(scaled, positive)
    assert [term.weight for term in terms] == pytest.approx(peer.coef_[0].tolist(), abs=1e-5)
    assert base == pytest.approx(peer.intercept_[0], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(
    st.one_of(st.none(), st.floats(allow_nan=False, width=32)), st.sampled_from(["BR", "EC", "NL", "XX", None]),
), min_size=1, max_size=8))  # fmt: skip
def test_one_row_and_a_table_agree(rows):
    model = MODEL
    table = {"weight": [row[0] for row in rows], "origin": [row[1] for row in rows]}
    bound = model.bind(("origin", "weight"))
    assert model.many(table).tolist() == [bound((origin, weight)) for weight, origin in rows]


MODEL = taught()


def test_reasons_add_up_to_the_score():
    values = {"weight": 14.0, "origin": "EC"}
    told = MODEL.reasons(values)
    base = round(1000 * MODEL.file.base)
    assert {name for name, _ in told} == {"weight", "origin"}
    assert base + sum(milli for _, milli in told) == pytest.approx(MODEL.one(values), abs=2)


def test_unknown_adds_nothing_and_other_has_its_own_weight():
    tell = shares((Term(5.0, 2.0, 0.5), Term(codes=(1.0, 2.0, 3.0))))
    assert tell((math.nan, math.nan)) == [0.0, 0.0]
    assert tell((9.0, -1.0)) == [1.0, 3.0]
    assert log_odds(-1.0, tell((9.0, 1.0))) == 2.0


def test_rows_weigh_what_they_stand_for():
    draw = np.random.default_rng(5)
    rows, positive = draw.normal(size=(60, 1)), draw.random(60) < 0.4
    twice = learn_terms((Input("a"),), (None,), rows, positive, np.full(60, 2.0), 2.0)
    doubled = learn_terms((Input("a"),), (None,), np.vstack([rows, rows]), np.tile(positive, 2), None, 2.0)
    assert twice[0] == pytest.approx(doubled[0], abs=1e-6)
    assert twice[1][0].weight == pytest.approx(doubled[1][0].weight, abs=1e-6)
