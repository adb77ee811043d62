import numpy as np
import pytest
from tests.risk.models.planted import taught

from vigie.risk import load_model
from vigie.risk.models.declared import Learner
from vigie.risk.models.ensemble import GRID, inputs_read, is_on_grid, join, on_grid, trees_of
from vigie.risk.models.learners import DEFAULTS
from vigie.risk.models.native import Trees

LEARNERS = (Learner.ISOLATION, Learner.BOOSTED, Learner.BAGGED)
MODELS = [load_model(taught(learner)) for learner in LEARNERS]
WIDTH = max(len(model.spec.inputs) for model in MODELS)


def joined(models):
    texts = [model.file.trees for model in models]
    places = [{at: WIDTH - 1 - at for at in inputs_read(text)} for text in texts]
    text, counts = join(texts, places, WIDTH)
    return Trees(text, WIDTH, sum(counts)), counts, places


def test_what_is_taught_lies_on_the_grid():
    assert all(is_on_grid(model.file.trees) for model in MODELS)
    assert on_grid(MODELS[1].file.trees) == MODELS[1].file.trees


def test_leaves_move_by_at_most_half_a_step_and_lightgbm_reads_the_text():
    text = MODELS[1].file.trees
    leaf = text[text.index("leaf_value=") + 11 :].split(maxsplit=1)[0]
    off = text.replace(leaf, repr(float(leaf) + GRID / 3), 1)
    assert not is_on_grid(off)
    assert float(on_grid(off)[text.index("leaf_value=") + 11 :].split(maxsplit=1)[0]) == float(leaf)
    rows = np.random.default_rng(1).normal(size=(50, len(MODELS[1].spec.inputs)))
    assert Trees(on_grid(off), rows.shape[1]).many(rows).tolist() == MODELS[1].trees.many(rows).tolist()


def test_trees_are_cut_apart_without_their_numbers():
    told = trees_of(MODELS[0].file.trees)
    assert len(told) == DEFAULTS[Learner.ISOLATION]["trees"]
    assert not any("Tree=" in one for one in told)


@pytest.mark.parametrize("chosen", [(0,), (0, 1), (2, 0, 1), (1, 1)])
def test_joined_outputs_add_up_to_each_score_exactly(chosen):
    models = [MODELS[one] for one in chosen]
    trees, counts, places = joined(models)
    row = np.full((200, WIDTH), np.nan)
    row[:, :] = np.random.default_rng(7).integers(-3, 3000, (200, WIDTH))
    row[::3, 2] = np.nan
    told, start = trees.many(row), 0
    told = told.reshape(200, -1)
    for model, count, mine in zip(models, counts, places, strict=True):
        own = np.full((200, len(model.spec.inputs)), np.nan)
        for at, place in mine.items():
            own[:, at] = row[:, place]
        assert told[:, start : start + count].sum(axis=1).tolist() == model.trees.many(own).tolist()
        assert told[:, start : start + count][:, ::-1].cumsum(axis=1)[:, -1].tolist() == model.trees.many(own).tolist()
        start += count


def test_a_long_ensemble_is_cut_so_that_little_is_empty():
    _, counts, _ = joined(MODELS)
    many = [len(trees_of(model.file.trees)) for model in MODELS]
    slots = sum(counts) * max(-(-trees // count) for trees, count in zip(many, counts, strict=True))
    assert slots < 1.5 * sum(many)
