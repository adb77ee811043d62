import pytest
from tests.desk.port import BOB, NOW
from tests.desk.scans import a_port, files

from vigie.desk import scanners
from vigie.desk.acts import act_of
from vigie.desk.scanning_intake import take_in
from vigie.scanning import Piece, Scanner
from vigie.terms import EntryKind

PIECES = (Piece("organic", 20.0, (30_000.0, 26_500.0)), Piece("iron", 40.0, (20_000.0, 17_000.0)), Piece("lead", 30.0, (25_000.0, 22_000.0)))


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path) as made:
        yield made


def test_a_scan_is_an_entry_of_the_log_under_its_box(node):
    record = node.store.scans.get(take_in(BOB, files(), node).rows[0].id)
    entry = node.store.log.get(record.entry)
    assert (entry.kind, entry.subject) == (EntryKind.SCAN, record.visit)
    assert act_of(entry.body).record.id == record.id


def test_what_a_scan_says_of_its_scanner_is_kept_and_survives_a_change_of_the_register(node):
    told = Scanner(name="MX-1", site="BEANR", row_mm=20.0, column_mm=20.0)
    scanners.keep(BOB, told, node)
    scanners.calibrate(BOB, "MX-1", PIECES, (60_000, 60_000), node)
    for seed in range(3):
        take_in(BOB, files(f"S{seed}", seed=seed, taken=NOW), node)
    assert [round(one.air, 1) for one in node.store.scans.scanner("MX-1").drifts] == [1.0, 1.0, 1.0]
    scanners.keep(BOB, told, node)
    assert len(node.store.scans.scanner("MX-1").drifts) == 3


def test_what_is_wrong_with_a_scan_is_told_to_the_officers_of_its_box_once(node):
    take_in(BOB, files(), node)
    assert node.store.notices.page(BOB.id) == []
    take_in(BOB, files("B", commodity="the same picture under other facts"), node)
    take_in(BOB, files("B", commodity="the same picture under other facts"), node)
    (told,) = node.store.notices.page(BOB.id)
    assert (told.code, told.site, told.facts["count"]) == ("scan-findings", "BEANR", 1)
