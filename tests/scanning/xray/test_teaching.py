"""A net learns from lessons, the same from the same seed."""

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from tests.scanning.xray.test_teaching_lessons import lessons

from vigie.scanning.xray.teaching import RECIPES, Recipe, teach
from vigie.scanning.xray.teaching_lessons import piece

TINY = Recipe(name="tiny", seed=5, pictures=3, steps=4, batch=2)


def test_teaching_goes_down_and_gives_the_same_again():
    heard = []
    first = teach(lessons(), TINY, lambda *told: heard.append(told))
    second = teach(lessons(), TINY)
    assert heard[-1][:3] == ("steps", 4, 4)
    seen = torch.from_numpy(np.ascontiguousarray(piece(lessons()[0], 200, None)[0]))[None]
    with torch.no_grad():
        assert torch.equal(first(seen), second(seen))


def test_recipes_are_named_and_the_demo_stays_small():
    assert set(RECIPES) == {"demo", "long", "short", "adapt"}
    demo = RECIPES["demo"]
    assert demo.steps * demo.batch * demo.form[0] * demo.form[1] < 40_000 * 304 * 608
    assert RECIPES["long"].steps > demo.steps
