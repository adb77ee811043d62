import msgspec
import numpy as np
from tests.risk.models.planted import FIELDS, a_spec, a_table, taught

from vigie.risk import load_model, train
from vigie.risk.models.declared import Learner
from vigie.risk.models.learners import DEFAULTS, settled


def found_first(model, table, truth, share=0.05):
    best = np.argsort(-model.many(table), kind="stable")[: int(len(truth) * share)]
    return truth[best].sum() / truth.sum()


def test_a_declaration_says_what_differs():
    assert settled(a_spec(params={"trees": 7}))["trees"] == 7
    assert settled(a_spec()) == dict(DEFAULTS[Learner.BOOSTED])


def test_many_bags_are_one_ensemble_whose_mean_is_the_score():
    model = load_model(taught(Learner.BAGGED, params={"bags": 3, "trees": 5}))
    assert model.file.trees.count("Tree=") == 15
    assert model.file.scale == 1 / 3


def test_seeds_are_averaged():
    model = load_model(taught(params={"trees": 5, "seeds": 2, "columns": 0.5}))
    assert (model.file.trees.count("Tree="), model.file.scale) == (10, 0.5)


def rare_world(rows=12_000, known=25):
    """Two thousand boxes hold something; a handful are known, the others were never looked at."""
    table, _ = a_table(rows, seed=5)
    draw = np.random.default_rng(9)
    heavy = np.array([(mass or 0) > 15_000 for mass in table["mass"]])
    vague = np.array(table["ratio"]) > 0.3
    truth = heavy & vague & (draw.random(rows) < 0.5)
    told = np.zeros(rows, bool)
    told[draw.choice(np.flatnonzero(truth), known, replace=False)] = True
    return table, truth, told


def test_bags_beat_direct_teaching_where_few_positives_are_known():
    table, truth, told = rare_world()
    half = len(truth) // 2
    table = {name: values[:half] for name, values in table.items()}
    found = {}
    for learner in (Learner.BOOSTED, Learner.BAGGED):
        spec = msgspec.structs.replace(a_spec(learner), needed=5)
        model = load_model(train(spec, FIELDS, table, told[:half], range(half)))
        later, late_truth, _ = rare_world()
        kept = {name: values[half:] for name, values in later.items()}
        found[learner] = found_first(model, kept, late_truth[half:], 0.1)
    assert found[Learner.BAGGED] > found[Learner.BOOSTED]
    assert found[Learner.BAGGED] > 0.2
