from benchmarks.quality.clones import measure


def test_planted_sightings_are_found_and_nothing_else():
    told = measure(7, 21, 0.01, 300.0)
    assert told["boxes"] > 200
    assert told["planted"] > 0
    assert told["found"] == told["told"]
    assert told["again"]["boxes"] > 50
    assert told["again"]["found"] == told["again"]["boxes"]
    assert told["false_numbers"] == []
