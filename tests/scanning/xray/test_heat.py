"""Only the declared model runs; everything else is refused before it is read."""

import gzip
import pickle
from hashlib import sha256

import numpy as np
import pytest
from tests.scanning.xray.modelled import body

from vigie.scanning.xray.grid import CHANNELS
from vigie.scanning.xray.heat import LARGEST_MODEL, HeatModel, ModelRefused, score_of, smoothed

GOOD = body()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (pickle.dumps({"weights": [1.0]}), "serialised"),
        (b"PK\x03\x04rest", "archive"),
        (gzip.compress(GOOD), "archive"),
        (b"not a model", "not readable as ONNX"),
        (b"", "not readable as ONNX"),
        (GOOD[: len(GOOD) // 2], "not readable as ONNX"),
        (bytes(LARGEST_MODEL + 1), "too large"),
        (body(kind="something"), "another kind of model"),
        (body(channels=3), "another form of input or output"),
        (body(name="x"), "another form of input or output"),
    ],
)
def test_what_is_not_the_declared_model_is_refused(given, reason):
    with pytest.raises(ModelRefused) as refused:
        HeatModel(given)
    assert refused.value.facts["reason"] == reason


def test_an_altered_model_is_refused():
    assert HeatModel(GOOD, sha256(GOOD).hexdigest()).sha == sha256(GOOD).hexdigest()
    with pytest.raises(ModelRefused):
        HeatModel(body(kind="vigie-scan-heat") + b"\0", sha256(GOOD).hexdigest())


def test_the_map_is_hot_where_density_stands_out():
    seen = np.zeros((CHANNELS, 24, 48), np.float32)
    seen[6, 8:12, 20:24] = 1.0
    logits = HeatModel(GOOD).logits(seen)
    assert logits.shape == (2, 12, 24)
    assert np.unravel_index(int(logits[0].argmax()), logits.shape[1:]) == (4, 10)


def test_the_score_rises_with_the_spot_and_lies_between_nothing_and_one():
    cold, warm, hot = (np.full((20, 60), -6.0, np.float32) for _ in range(3))
    warm[5:8, 5:8] = 2.0
    hot[5:12, 5:15] = 6.0
    scores = [score_of(each) for each in (cold, warm, hot)]
    assert 0 < scores[0] < scores[1] < scores[2] < 1


def test_single_places_are_smoothed_away():
    one = np.zeros((9, 9), np.float32)
    one[4, 4] = 9.0
    assert float(smoothed(one).max()) == pytest.approx(1.0)
