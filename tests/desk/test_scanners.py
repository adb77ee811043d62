import pytest
from msgspec.structs import replace
from tests.desk.port import ADA, ANN, BOB, a_node, trail

from vigie.desk import scanners
from vigie.scanning import BadCalibration, Piece, Scanner
from vigie.terms import BadRequest, EntryKind, NotForYou, NotFound

PIECES = (Piece("organic", 20.0, (30_000.0, 26_500.0)), Piece("iron", 40.0, (20_000.0, 17_000.0)), Piece("lead", 30.0, (25_000.0, 22_000.0)))
PLAIN = Scanner(name="MX-1", site="BEANR")
AIR = (60_000, 60_000)


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made


def test_a_scanner_is_kept_calibrated_tested_and_measured(node):
    assert scanners.keep(BOB, PLAIN, node).disabled_code == "scanner-not-calibrated"
    told = scanners.calibrate(BOB, "MX-1", PIECES, AIR, node, days=90)
    assert (told.disabled_code, told.air, len(told.ratios)) == ("", AIR, 3)
    assert told.until - told.calibrated == 90 * 86_400_000_000
    assert scanners.note_test(BOB, "MX-1", "wire", 2.0, node, passed=False).disabled_code == "scanner-quality-failed"
    passed = scanners.note_test(BOB, "MX-1", "wire", 1.0, node, passed=True)
    assert (passed.disabled_code, len(passed.quality)) == ("", 1)
    for _ in range(3):
        last = scanners.measure(BOB, "MX-1", 20_000, 16_000, node)
    assert last.disabled_code == "scanner-ratio-drifted"
    assert "MX-1" in last.disabled
    assert [one.facts["step"] for one in reversed(trail(node, act="change-scanners"))][:2] == ["kept", "calibrated"]


def test_a_change_keeps_the_calibration_unless_the_energies_changed(node):
    scanners.keep(BOB, PLAIN, node)
    scanners.calibrate(BOB, "MX-1", PIECES, AIR, node)
    assert scanners.keep(BOB, replace(PLAIN, note="new belt"), node).calibrated is not None
    assert scanners.keep(BOB, replace(PLAIN, energies_mev=(9.0, 6.0)), node).calibrated is None


@pytest.mark.parametrize(
    ("field", "told"),
    [("site", replace(PLAIN, site="Antwerp")), ("name", replace(PLAIN, name="")), ("row_mm", replace(PLAIN, row_mm=0.0)),
     ("energies_mev", replace(PLAIN, energies_mev=()))],
)  # fmt: skip
def test_what_is_out_of_range_is_refused_by_its_field(node, field, told):
    with pytest.raises(BadRequest) as caught:
        scanners.keep(BOB, told, node)
    assert caught.value.facts["field"] == field


def test_pieces_that_give_no_calibration_are_refused(node):
    scanners.keep(BOB, PLAIN, node)
    with pytest.raises(BadCalibration):
        scanners.calibrate(BOB, "MX-1", PIECES[:2], AIR, node)
    with pytest.raises(BadRequest):
        scanners.calibrate(BOB, "MX-1", PIECES, (60_000,), node)
    with pytest.raises(BadRequest):
        scanners.measure(BOB, "MX-1", 20_000, 16_000, node)


def test_who_may_not_is_refused_and_what_is_not_there_is_told(node):
    with pytest.raises(NotForYou):
        scanners.keep(ANN, PLAIN, node)
    with pytest.raises(NotFound):
        scanners.show(ANN, "MX-9", node)
    assert scanners.keep(ADA, PLAIN, node).name == "MX-1"
    assert [one.name for one in scanners.listed(ANN, node)] == ["MX-1"]
    assert node.store.log.get(node.store.log.last()).kind is EntryKind.SCAN
