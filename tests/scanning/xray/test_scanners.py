import pytest
from msgspec.structs import replace
from tests.scanning.xray.pictures import AIR, a_scan, some_facts

from vigie.scanning import (
    Drift,
    Piece,
    QualityResult,
    Scan,
    Scanner,
    Travel,
    air_level,
    calibrate_scanner,
    detector_disabled,
    drift_of,
    fill_facts,
    steel_ratio,
    with_drift,
)
from vigie.scanning.xray.scanners import MOST_DRIFTS
from vigie.terms import DAY, Moment, Texts

NOW = Moment(1_772_431_200_000_000)
PIECES = (Piece("organic", 20.0, (30_000.0, 26_500.0)), Piece("iron", 40.0, (20_000.0, 17_000.0)), Piece("lead", 30.0, (25_000.0, 22_000.0)))
PLAIN = Scanner(name="MX-1", site="BEANR")


def ready(**told):
    return replace(calibrate_scanner(PLAIN, PIECES, (AIR, AIR), NOW, days=180), **told)


def why(scanner, now=NOW):
    found = detector_disabled(scanner, now)
    return None if found is None else found.reason


def test_a_machine_judges_only_what_is_known_and_calibrated():
    assert why(None) == "scanner-unknown"
    assert why(PLAIN) == "scanner-not-calibrated"
    assert why(ready()) is None
    assert why(ready(active=False)) == "scanner-inactive"


def test_a_stale_calibration_turns_the_detector_off_with_a_reason():
    found = detector_disabled(ready(), Moment(NOW + 181 * DAY))
    assert (found.reason, found.facts) == ("scanner-calibration-stale", {"scanner": "MX-1", "days": 181})
    assert why(ready(), Moment(NOW + 179 * DAY)) is None


def test_a_failed_test_of_image_quality_does():
    failed = QualityResult(NOW, "penetration", 250.0, False)
    assert why(ready(quality=(failed,))) == "scanner-quality-failed"
    assert why(ready(quality=(replace(failed, passed=True),))) is None


@pytest.mark.parametrize(("air", "found"), [(1.0, None), (0.97, None), (0.9, "scanner-air-drifted"), (1.08, "scanner-air-drifted")])
def test_air_that_drifted_does_and_one_odd_scan_does_not(air, found):
    steady = tuple(Drift(Moment(NOW + place), air) for place in range(3))
    assert why(ready(drifts=steady)) == found
    assert why(ready(drifts=(Drift(NOW, 0.5), Drift(NOW, 1.0), Drift(NOW, 1.0)))) is None
    assert why(ready(drifts=tuple(replace(one, at=Moment(NOW - 1)) for one in steady))) is None


def test_steel_at_another_ratio_does():
    steel = ready().calibration.ratios[1]
    off = tuple(Drift(NOW, 1.0, steel + 0.02) for _ in range(3))
    assert why(ready(drifts=off)) == "scanner-ratio-drifted"
    assert why(ready(drifts=tuple(replace(one, ratio=steel + 0.005) for one in off))) is None


def test_the_strip_of_air_is_measured_on_every_scan():
    told = drift_of(a_scan(), ready(), NOW, "X1")
    assert told.air == pytest.approx(1.0, abs=0.01)
    assert drift_of(a_scan(), PLAIN, NOW) is None
    scan = a_scan()
    full = Scan(facts=scan.facts, high=scan.high[60:160, 100:600])
    assert air_level(full) is None  # no air above


def test_steel_is_told_by_its_counts():
    assert steel_ratio(20_000, 17_000, some_facts()) == pytest.approx(ready().calibration.ratios[1])
    assert steel_ratio(60_000, 60_000, some_facts()) is None


def test_only_the_latest_measurements_are_kept():
    told = PLAIN
    for place in range(MOST_DRIFTS + 5):
        told = with_drift(told, Drift(Moment(place), 1.0))
    assert (len(told.drifts), told.drifts[-1].at) == (MOST_DRIFTS, MOST_DRIFTS + 4)


def test_the_register_says_what_a_file_did_not():
    known = replace(PLAIN, energies_mev=(9.0, 6.0), air=(50_000, 40_000), row_mm=4.0, column_mm=3.0, travel=Travel.DOORS_FIRST)
    told = fill_facts(some_facts(), known, frozenset(("scan-energy-unknown", "scan-air-unknown", "scan-pixel-unknown")))
    assert (told.energies_mev, told.air, told.row_mm, told.column_mm) == ((9.0, 6.0), (50_000, 40_000), 4.0, 3.0)
    assert fill_facts(some_facts(), known, frozenset()).energies_mev == (6.0, 4.0)
    assert fill_facts(some_facts(travel=Travel.FRONT_FIRST), known, frozenset()).travel is Travel.FRONT_FIRST


def test_every_reason_has_its_text():
    texts = Texts.load("vigie.scanning.texts", "scans").table
    told = ("unknown", "inactive", "not-calibrated", "calibration-stale", "quality-failed", "air-drifted", "ratio-drifted")
    assert {f"scanner-{one}" for one in told} <= set(texts)
