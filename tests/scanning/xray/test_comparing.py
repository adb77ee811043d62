"""Two pictures compared by a net."""

import numpy as np
import pytest
from tests.scanning.xray.compared import body, comparer
from tests.scanning.xray.test_laid import goods

from vigie.scanning.xray.comparing import (
    LESS,
    MORE,
    PairModel,
    beyond,
    score_of_pair,
    smoothed,
    smoothed_both,
    surest,
    told_apart,
)
from vigie.scanning.xray.heat import KIND as HEAT
from vigie.scanning.xray.heat import ModelRefused
from vigie.scanning.xray.laid import lay
from vigie.scanning.xray.triage import Level


@pytest.fixture(scope="module")
def pair():
    """Laid, with 30 g/cm² more at one place and 20 less at another; its map."""
    there = goods()
    here = there.copy()
    here[150:190, 300:340] += 30
    there[60:100, 500:540] += 20
    laid = lay(here, there)
    return laid, PairModel(body()).logits(laid)


def test_a_model_of_another_kind_form_or_hash_is_refused():
    for wrong, sha, reason in (
        (body(HEAT), "", "another kind of model"), (body(channels=10), "", "another form of input or output"),
        (body(), "0" * 64, "altered"), (b"\x80\x04pickle", "", "serialised"),
    ):  # fmt: skip
        with pytest.raises(ModelRefused) as refused:
            PairModel(wrong, sha)
        assert refused.value.facts["reason"] == reason


def test_the_surest_place_is_told_with_its_grams(pair):
    laid, logits = pair
    assert logits.shape == (2, 75, 160)
    more, less = surest(laid, logits), surest(laid, logits, LESS)
    left, top, width, height = more.box
    assert 300 <= left + width / 2 <= 340
    assert 150 <= top + height / 2 <= 190
    assert 10 < more.g_cm2 <= 31
    assert 500 <= less.box[0] + less.box[2] / 2 <= 540
    assert -21 <= less.g_cm2 < -6
    assert more.logit == score_of_pair(logits[MORE]) > score_of_pair(logits[MORE][:, :60])


def test_the_picture_of_the_difference_shows_what_is_sure_alone(pair):
    laid, logits = pair
    apart = told_apart(laid, logits)
    assert apart.shape == laid.here.shape
    assert apart[165:175, 315:325].mean() == pytest.approx(30, abs=2)
    assert apart[75:85, 515:525].mean() == pytest.approx(-20, abs=2)
    assert np.abs(apart[200:280, 50:250]).max() < 0.2
    assert np.array_equal(smoothed_both(logits), np.maximum(smoothed(logits[0]), smoothed(logits[1])))


def test_how_far_beyond_harmless_pairs_is_counted_in_their_spread():
    assert beyond(-5.0, Level(-5.0, -4.0)) == 0.0
    assert beyond(-2.0, Level(-5.0, -4.0)) == 3.0
    assert comparer().knows("same-container")
    assert not comparer().knows("same-goods")
