"""Order of the queue: who is read first, and that nobody is let off."""

import numpy as np
import pytest

from vigie.scanning.xray.finding import Finding, FindingKind, Place, Zone
from vigie.scanning.xray.triage import (
    NEVER,
    Level,
    Threshold,
    Thresholds,
    base_rate,
    combined,
    place_of,
    threshold_of,
)

LIMIT = Threshold(look=0.5, first=0.8, look_rate=0.05, first_rate=0.01, negatives=400, against="hard")


def finding(score):
    return Finding(
        kind=FindingKind.BRICK_LATTICE, zone=Zone.DOORS, box=(0, 0, 1, 1), score=score, threshold=LIMIT.look,
        false_alarm_rate=LIMIT.look_rate, negatives=LIMIT.negatives, against=LIMIT.against,
    )  # fmt: skip


@pytest.mark.parametrize(("score", "place"), [(0.9, Place.LOOK_FIRST), (0.6, Place.LOOK), (0.1, Place.RANDOM_AUDIT)])
def test_the_score_gives_the_place(score, place):
    assert place_of([(finding(score), LIMIT)], ()) is place


def test_a_picture_that_cannot_be_judged_is_read_first():
    assert place_of([(finding(0.1), LIMIT)], ("black-strips",)) is Place.LOOK_FIRST


def test_the_most_special_threshold_counts():
    special = Threshold(look=0.1, first=0.2, look_rate=0.05, first_rate=0.01, negatives=200, against="site")
    held = Thresholds(version="1", values={"brick-lattice/doors/*/*": LIMIT, "brick-lattice/doors/tiles/A": special})
    assert held.of(FindingKind.BRICK_LATTICE, Zone.DOORS, "tiles", "A") is special
    assert held.of(FindingKind.BRICK_LATTICE, Zone.DOORS, "tiles", "B") is LIMIT
    assert held.of(FindingKind.FOREIGN_BLOCK, Zone.DOORS, "tiles", "A") is NEVER


def test_thresholds_keep_their_rate_on_the_negatives_they_were_counted_on():
    scores = np.random.default_rng(1).random(1000)
    made = threshold_of(scores, "clean")
    assert (scores >= made.first).mean() == made.first_rate <= 0.01
    assert (scores >= made.look).mean() == made.look_rate <= 0.05
    assert made.first_rate >= 0.009


def test_without_enough_negatives_nothing_alarms():
    assert threshold_of(np.zeros(99), "clean") is NEVER
    assert NEVER.look > 1


def test_base_rate_counts_alarms_for_one_that_is_true():
    assert base_rate(0.41, 0.01, 0.001) == pytest.approx(25.4, abs=0.1)
    assert base_rate(0.0, 0.01, 0.001) == float("inf")


def test_the_part_that_is_farthest_above_its_usual_leads():
    levels = {"doors": Level(-6.0, -2.0), "interior": Level(-3.0, 1.0)}
    assert combined({"doors": -2.0, "interior": -3.0}, levels) == pytest.approx(0.5)
    assert combined({"doors": -2.0, "interior": 5.0}, levels) > 0.7
    assert combined({"doors": 0.0, "interior": 1.0}, levels) > combined({"doors": -1.0, "interior": 1.0}, levels)
    assert combined({}, levels) < 0.01
