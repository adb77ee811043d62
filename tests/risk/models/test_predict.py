import pickle

import msgspec
import numpy as np
import pytest
from tests.risk.models.planted import a_table, rows_of, taught

from vigie.risk import load_model, model_hash, read_model
from vigie.risk.models.declared import BadModel, Learner
from vigie.risk.models.ensemble import GRID
from vigie.risk.models.file import write_model
from vigie.risk.models.predict import Predictor, bind_together

BODIES = {learner: taught(learner) for learner in Learner if learner.value in ("boosted", "bagged", "isolation", "rates")}


@pytest.mark.parametrize("learner", BODIES)
def test_live_batch_and_reloaded_are_the_same_whole_numbers(learner):
    model = load_model(BODIES[learner])
    for seed in (1, 8):
        table, _ = a_table(1500, seed)
        alone, rows = model.bind(list(table)), rows_of(table)
        again = load_model(BODIES[learner], model_hash(BODIES[learner]))
        live = [alone(row) for row in rows]
        assert live == model.many(table).tolist() == again.many(table, threads=2).tolist()
        assert live[:20] == [model.one(dict(zip(table, row, strict=True))) for row in rows[:20]]
        assert len(set(live)) > 20
    arrays = {name: np.array(values, object) for name, values in table.items()}
    assert model.many(arrays).tolist() == live


@pytest.mark.parametrize("learner", BODIES)
def test_a_model_that_scores_otherwise_here_is_refused(learner):
    file = read_model(BODIES[learner])
    told = (file.expected[0] + 1, *file.expected[1:])
    with pytest.raises(BadModel) as fault:
        load_model(write_model(msgspec.structs.replace(file, expected=told)))
    assert fault.value.facts["reason"] == "parity"


@pytest.mark.parametrize("learner", BODIES)
def test_reasons_are_the_strongest_first_and_name_inputs(learner):
    model = load_model(BODIES[learner])
    table, _ = a_table(200)
    for row in rows_of(table)[:20]:
        told = model.reasons(dict(zip(table, row, strict=True)), top=3)
        assert len(told) <= 3
        assert {name for name, _ in told} <= set(model.inputs)
        assert [abs(milli) for _, milli in told] == sorted((abs(milli) for _, milli in told), reverse=True)


def test_reasons_add_up_to_the_score():
    model = load_model(BODIES[Learner.BOOSTED])
    table, _ = a_table(50)
    sums = set()
    for row in rows_of(table):
        values = dict(zip(table, row, strict=True))
        sums.add(model.one(values) - sum(milli for _, milli in model.reasons(values, top=99)))
    assert max(sums) - min(sums) <= len(model.inputs)


def test_a_model_travels_to_another_process_with_all_checks():
    model = pickle.loads(pickle.dumps(load_model(BODIES[Learner.BAGGED])))
    assert model.hash == model_hash(BODIES[Learner.BAGGED])
    assert model.card.rows == 3000


TREES = [load_model(BODIES[learner]) for learner in BODIES if learner is not Learner.RATES]


@pytest.mark.parametrize("models", [TREES, TREES[:1], [load_model(BODIES[Learner.RATES]), *TREES]])
def test_together_models_score_as_each_does_alone(models):
    table, _ = a_table(400, 3)
    names = list(reversed(table))
    together = bind_together(models, names)
    rows = [tuple(reversed(row)) for row in rows_of(table)]
    want = [tuple(model.bind(names)(row) for model in models) for row in rows[:40]]
    assert [together(row) for row in rows[:40]] == want
    told = np.array([together(row) for row in rows])
    assert all(told[:, at].tolist() == model.many(table).tolist() for at, model in enumerate(models))


def test_models_off_the_grid_are_scored_one_by_one():
    file = TREES[0].file
    leaf = file.trees[file.trees.index("leaf_value=") + 11 :].split(maxsplit=1)[0]
    odd = msgspec.structs.replace(file, trees=file.trees.replace(leaf, repr(float(leaf) + GRID / 3), 1))
    models = [Predictor(odd, ""), TREES[1]]
    table, _ = a_table(50)
    rows = rows_of(table)
    assert [bind_together(models, list(table))(row) for row in rows] == list(
        zip(*(model.many(table).tolist() for model in models), strict=True)
    )


def test_joined_models_prove_themselves_again():
    file = TREES[1].file
    told = (file.expected[0] + 1, *file.expected[1:])
    wrong = Predictor(msgspec.structs.replace(file, expected=told), "")
    with pytest.raises(BadModel) as fault:
        bind_together([TREES[0], wrong], list(a_table(2)[0]))
    assert fault.value.facts["reason"] == "parity"
