import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.scanning.xray.pictures import MM, a_scan, counted, matter, same, some_facts

from vigie.scanning import (
    SCAN_ROUTES,
    Expected,
    Scan,
    ScanFacts,
    Travel,
    air_level,
    companded_of,
    master_of,
    preview_of,
    ratio_of,
    scan_faults,
    scan_of,
)
from vigie.scanning.xray.checking import bodies_of, runs_of
from vigie.terms import Texts

NOTHING = Expected()


def codes(scan, known=NOTHING):
    return [one.code for one in scan_faults(scan, known)]


def test_a_good_scan_has_no_fault():
    for seed in range(3):
        assert codes(a_scan(seed=seed), Expected("45R1", reefer=True, energies=2)) == []


def test_exchanged_and_impossible_energies_are_found():
    scan = a_scan()
    assert ratio_of(scan) == pytest.approx(1.18, abs=0.02)
    assert codes(Scan(facts=scan.facts, high=scan.low, low=scan.high)) == ["scan-energies-swapped"]
    assert codes(counted(matter(), ratio=1.8)) == ["scan-energies-wrong"]
    assert codes(replace(scan, facts=some_facts(energies_mev=(4.0, 6.0)))) == ["scan-energies-swapped"]


def test_a_missing_low_picture_is_found_where_the_register_knows_of_two():
    assert codes(a_scan(low=False)) == []
    assert codes(a_scan(low=False), Expected(energies=2)) == ["scan-low-missing"]


def test_black_strips_and_dead_rows_are_told_with_their_place():
    scan = a_scan()
    high = scan.high.copy()
    high[:, 300:312] = 0
    high[77] = 0
    found = {one.code: one for one in scan_faults(replace(scan, high=high), NOTHING)}
    assert set(found) == {"scan-dead-columns", "scan-dead-rows"}
    assert found["scan-dead-columns"].place.path == "columns 300-312"
    assert found["scan-dead-columns"].facts == {"count": 12}
    assert found["scan-dead-rows"].place.path == "rows 77-78"


def test_saturated_detectors_are_found():
    scan = a_scan()
    high = scan.high.copy()
    high[:3] = 65_535
    assert "scan-saturated" in codes(replace(scan, high=high))


def test_two_containers_a_truck_alone_and_nothing_are_told_apart():
    assert codes(counted(matter(metres=6.058, boxes=2))) == ["scan-two-containers"]
    assert codes(counted(matter(boxes=0, cab=True))) == ["scan-truck-only"]
    assert codes(counted(np.zeros((200, 400)))) == ["scan-no-container"]


@pytest.mark.parametrize(("travel", "found"), [(Travel.DOORS_FIRST, []), (Travel.FRONT_FIRST, ["scan-mirrored"]), (Travel.UNKNOWN, [])])
def test_a_tractor_on_the_side_of_the_doors_says_that_the_picture_is_turned(travel, found):
    assert codes(counted(matter(cab=True), facts=some_facts(travel=travel))) == found


def test_another_length_than_declared_is_told():
    (told,) = scan_faults(a_scan(), Expected("22G1"))
    assert (told.code, told.facts["declared"]) == ("scan-other-length", 6.1)
    assert told.facts["metres"] == pytest.approx(12.2, abs=0.2)
    assert codes(a_scan(), Expected("42G1")) == codes(a_scan(), Expected("?")) == []


def test_a_container_that_is_cut_off_is_told_so():
    scan = a_scan()
    cut = replace(scan, high=scan.high[:, :400], low=scan.low[:, :400])
    assert codes(cut, Expected("42G1")) == ["scan-cut-off"]


def test_a_body_is_measured_along_its_way():
    (body,) = bodies_of(a_scan())
    assert body.mm == pytest.approx(12_192, abs=3 * MM)


def test_runs_are_found_at_both_ends():
    assert runs_of(np.array([True, False, True, True])) == [(0, 1), (2, 4)]
    assert runs_of(np.zeros(4, bool)) == []


def test_every_finding_has_its_text_and_who_looks():
    texts = Texts.load("vigie.scanning.texts", "scans").table
    assert {code for code in texts if code.startswith("scan-")} == set(SCAN_ROUTES)
    assert {f"route-{who}" for who in SCAN_ROUTES.values()} <= set(texts)
    assert all(set(told) == {"en", "fr", "nl", "es", "pt"} for told in texts.values())


@settings(max_examples=max(20, settings.default.max_examples // 3))  # a case writes and reads four pictures
@given(
    st.integers(8, 60), st.integers(8, 60), st.integers(0, 2**32 - 1), st.integers(1, 65_535), st.floats(0, 0.99),
    st.sampled_from([0, 1, 300, 65_535]), st.booleans(), st.floats(0.1, 100), st.sampled_from(["", "22G1", "L5R1", "????"]),
)  # fmt: skip
def test_any_picture_is_judged_shown_and_kept(rows, columns, seed, air, dark, most, two, mm, size):
    chance = np.random.default_rng(seed)
    high, low = chance.integers(0, most + 1, (2, rows, columns)).astype(np.uint16)
    count = 2 if two else 1
    facts = ScanFacts(energies_mev=(6.0, 4.0)[:count], air=(air,) * count, dark=(int(dark * air),) * count, row_mm=mm, column_mm=mm)
    scan = Scan(facts=facts, high=high, low=low if two else None)
    assert all(one.code in SCAN_ROUTES for one in scan_faults(scan, Expected(size, energies=2)))
    assert preview_of(scan)
    assert same(scan_of(master_of(scan)), scan)
    assert scan_of(companded_of(scan)).high.shape == (rows, columns)
    assert air_level(scan) is None or air_level(scan) > 0
