import pytest
from tests.world.test_consignments import a_voyage

from vigie.world import parameters
from vigie.world.chance import stream
from vigie.world.errors import BOX_ERRORS, again_h, befall, delayed_h, with_wrong_count


def test_errors_come_at_their_declared_rates():
    boxes = []
    for seed in range(12):
        voyage = a_voyage("SAM1", boxes=900, seed=seed)
        befall(voyage, stream(seed, "errors"))
        boxes += voyage.boxes
    for trace, rate in BOX_ERRORS:
        share = sum(trace in box.traces for box in boxes) / len(boxes)
        assert share == pytest.approx(rate.value, rel=0.35, abs=0.0012)
    placeholders = sum(box.seal in {"NA", "SI"} for box in boxes) / len(boxes)
    assert placeholders == pytest.approx(parameters.PLACEHOLDER_SEAL.value, rel=0.25)
    assert any(box.typed for box in boxes)


def test_a_wrong_count_changes_only_the_count():
    body = b"UNB+UNOC:3'UNH+1'BGM+1'UNT+9+1'UNZ+1'"
    assert with_wrong_count(body) == b"UNB+UNOC:3'UNH+1'BGM+1'UNT+10+1'UNZ+1'"
    assert with_wrong_count(b"{}") == b"{}"


def test_most_files_come_in_time_and_once():
    chance = stream(5)
    assert sum(delayed_h(chance) > 0 for _ in range(5000)) / 5000 == pytest.approx(0.03, abs=0.01)
    assert sum(again_h(chance) is not None for _ in range(5000)) / 5000 == pytest.approx(0.01, abs=0.006)
