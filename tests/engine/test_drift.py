import pytest
from tests.engine.test_drift_columns import a_table

from vigie.engine import counted
from vigie.risk import WEEK, Policy, load_catalogue
from vigie.terms import BadRequest, read_moment

START = read_moment("2026-01-05T00:00:00Z") // WEEK * WEEK
POLICY = Policy(load_catalogue().in_force(START))


def rows():
    """Three weeks: 40 boxes by score of which 4 held something, 8 drawn of a pool of 20 of which 1 did; one late find."""
    for week in range(3):
        at = START + week * WEEK
        for place in range(40):
            found = "cocaine" if place < 2 else "irregularity" if place < 4 else "nothing"
            yield {"at": at + place, "stratum": "score", "chosen": True, "found": found, "late": False, "band": "high",
                   "detector": "scanner", "detector_id": f"MX-{place % 2}", "depth": "scan", "analyst": "an-1"}  # fmt: skip
        for place in range(20):
            drawn = place < 8
            yield {"at": at + 100 + place, "stratum": "tilted" if drawn else "", "chosen": drawn, "propensity": 0.4, "late": False,
                   "found": None if not drawn else "irregularity" if place == 0 else "nothing", "band": "ordinary"}  # fmt: skip
    yield {"at": START + 5, "stratum": "", "chosen": False, "found": "cocaine", "late": True}


def test_strata_weeks_and_draws_are_counted():
    told = counted(a_table(rows()), POLICY)
    assert told.rows == 181
    assert (told.strata["score"].n, told.strata["score"].hits) == (120, 12)
    assert [(one.n, one.hits) for one in told.random] == [(8, 1)] * 3
    assert told.pool == (20, 20, 20)
    assert sum(one.hit for one in told.drawn) == 3
    assert {one.propensity for one in told.drawn} == {0.4}
    assert "" not in told.strata or told.strata[""].hits == 0  # a late find is a miss, and no control


def test_cocaine_alone_counts_fewer_hits():
    assert counted(a_table(rows()), POLICY, "cocaine").strata["score"].hits == 6


def test_a_span_begins_where_it_is_asked():
    assert len(counted(a_table(rows()), POLICY, since=START + WEEK).weeks) == 2


def test_every_indicator_has_a_point_a_week():
    told = counted(a_table(rows()), POLICY)
    assert set(told.firing) == set(told.finds) == {one.id for one in POLICY.indicators}
    assert {len(points) for points in told.firing.values()} == {3}
    assert {n for points in told.firing.values() for _, n in points} == {60, 61}


def test_detectors_are_told_apart_as_asked():
    (only,) = [one for one in counted(a_table(rows()), POLICY, detector=("analyst",)).detectors if one.detector != ("",)]
    assert (only.detector, only.n, only.hits) == (("an-1",), 120, 12)


def test_nothing_is_counted_as_nothing_and_no_label_is_invented():
    assert counted(a_table([]), POLICY).weeks == ()
    assert counted([], POLICY).rows == 0
    with pytest.raises(BadRequest):
        counted(a_table(rows()), POLICY, "luck")
