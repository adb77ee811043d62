from benchmarks.quality.clones import figures, measure


def test_planted_sightings_are_found_and_nothing_else():
    told = measure(7, 21, 0.04, 300.0)
    assert told["boxes"] > 500
    assert told["planted"] > 0
    assert told["found"] == told["told"]
    assert told["again"]["boxes"] == 500
    assert told["again"]["found"] == told["again"]["boxes"]
    assert told["false_numbers"] == []


def test_a_false_alarm_is_counted_and_bounds_the_rate():
    """The first figure of the soak (`python -m benchmarks.quality.clones --long`) rests on the same counts."""
    planted, by_hand, false, *_ = figures(7, quick=True)
    assert planted["value"] == by_hand["value"] == 1.0
    assert false["low"] <= false["value"] < false["high"]
