"""Teaching from the simulator to files and card, in the smallest."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("torch")

from tests.scanning.xray.modelled import body

from vigie.node import scanning_teaching
from vigie.node.scanning_teaching import Picture, judged, teach_demo, weighed
from vigie.scanning import RECIPES, HeatModel


def test_a_recipe_gives_two_files_and_their_card(monkeypatch):
    tiny = msgspec.structs.replace(
        RECIPES["short"], pictures=2, steps=2, batch=2, turn=0.03, drawn=3, projected=1.0, form=(336, 256)
    )
    heard = []
    made = teach_demo(tiny, lambda *told: heard.append(told), choose=2)
    assert made.card.full == sha256(made.full).hexdigest()
    assert (made.card.small == "") == (made.small == b"")
    assert HeatModel(made.full).facts["use"] == made.card.use == scanning_teaching.NOT_FOR_OPERATION
    assert made.card.measured["pictures"] == 2
    assert (made.card.pictures, made.card.steps) == (2, 2)
    assert [each[1:] for each in heard if each[0].startswith("steps")] == [(2, 2)]
    assert all(limit.negatives == 0 for limit in made.card.thresholds.values.values())  # two pictures: none is counted


def test_every_model_judges_the_same_pictures():
    model = HeatModel(body())
    found = judged([model, model], 2, lambda *_: None)
    assert all(isinstance(one, Picture) and one.parts[0] == one.parts[1] for one in found)
    assert all("interior" in one.parts[0] for one in found)
    made = weighed(body(), body(), RECIPES["short"], 1.0, lambda *_: None, choose=2)
    assert made.card.measured["auc"] == made.card.measured["auc_8_bits"]
    assert made.small
