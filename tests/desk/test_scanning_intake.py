import pytest
from tests.desk.port import ADA, BOB, BOX, EVE, VISIT, a_consignment, manifest, trail
from tests.desk.port import take_in as bring
from tests.desk.scans import a_port, files
from tests.scanning.xray.pictures import a_scan, same

from vigie.desk import scanners, scanning
from vigie.desk.scanning_intake import archive_scans, find_again, take_in
from vigie.desk.timeline import timeline_of
from vigie.scanning import (
    BadScan,
    ReportDecision,
    ReportType,
    ScanFile,
    Scanner,
    Threat,
    ThreatReport,
    companded_of,
    master_of,
    scan_of,
    write_dicos,
)
from vigie.terms import BadRequest, NotForYou

OTHER = "MSCU1234566"


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path) as made:
        yield made


def codes(record):
    return {one.code for one in record.findings}


def test_a_scan_finds_its_box_and_keeps_every_count_and_file(node):
    given = files()
    view = take_in(BOB, given, node)
    assert (view.taken, view.known, view.unmatched, view.unread) == (1, 0, 0, ())
    record = node.store.scans.get(view.rows[0].id)
    assert (record.visit, record.matched, record.site) == (VISIT, "number", "BEANR")
    assert codes(record) == {"scan-scanner-unknown"}
    assert same(scan_of(node.store.scans.blob(record, "master")), a_scan())
    assert node.store.scans.blob(record, "companded") == companded_of(scanning.opened(record, node))
    assert scanning.originals(record, node) == given
    assert trail(node, act="import-scans")


def test_a_scan_is_on_the_timeline_of_its_box(node):
    take_in(BOB, files(), node)
    visit = node.store.visits.get([VISIT])[VISIT].visit
    told = [one for one in timeline_of(visit, BOB, node) if one.code == "scanned"]
    assert len(told) == 1
    assert "MX-1" in told[0].text


def test_the_same_scan_handed_in_again_is_known_by_whatever_road(node):
    first = take_in(BOB, files(), node)
    again = take_in(BOB, files("another-name"), node)
    assert (again.taken, again.known) == (0, 1)
    assert again.rows == first.rows
    assert take_in(BOB, [*files(), *files("B")], node).known == 2


def test_the_same_picture_under_another_number_is_told(node):
    first = take_in(BOB, files(), node).rows[0].id
    second = take_in(BOB, files(container=OTHER), node)
    record = node.store.scans.get(second.rows[0].id)
    assert {"scan-duplicate", "scan-unknown-container"} <= codes(record)
    assert next(one for one in record.findings if one.code == "scan-duplicate").facts == {"other": first}


def test_a_scan_of_a_box_that_is_announced_later_finds_it(node):
    waits = take_in(BOB, files(container=OTHER), node)
    assert waits.unmatched == 1
    assert find_again(node) == 0
    bring(node, manifest(a_consignment("BL2", OTHER)))
    assert find_again(node) == 1
    record = node.store.scans.get(waits.rows[0].id)
    assert (record.visit, record.matched) == (f"{OTHER}-1", "number")
    assert "scan-unknown-container" not in codes(record)


def test_a_bad_file_keeps_no_other_scan_out(node):
    view = take_in(BOB, [*files(), ScanFile("bad.tif", b"II*\0junk"), ScanFile("x.txt", b"hello")], node)
    assert (view.taken, {one.code for one in view.unread}) == (1, {"scan-without-profile", "unknown-scan-format"})
    assert all(one.text and "{" not in one.text for one in view.unread)


def test_readings_go_to_the_scan_they_name_and_each_once(node):
    report = ThreatReport(type=ReportType.OPERATOR, decision=ReportDecision.ALARM, threats=(Threat(box=(1, 2, 3, 4)),))
    given = write_dicos(a_scan(container=BOX), "D", (report,))
    view = take_in(BOB, given, node)
    assert (view.taken, view.reports) == (1, 1)
    assert take_in(BOB, given, node).reports == 1
    (kept,) = node.store.scans.reports(view.rows[0].id)
    assert kept.threats == report.threats
    stray = write_dicos(a_scan(seed=9), "E", (report,))[2:]
    assert [one.code for one in take_in(BOB, stray, node).unread] == ["scan-not-of-any-kept-scan"]


def test_the_register_settles_what_a_file_left_open_and_measures_drift(node):
    scanners.keep(BOB, Scanner(name="MX-1", site="NLRTM", row_mm=20.0, column_mm=20.0), node)
    record = node.store.scans.get(take_in(BOB, files(), node).rows[0].id)
    assert (record.site, codes(record)) == ("NLRTM", set())


def test_archive_copies_can_follow_later(node):
    view = take_in(BOB, files(), node, archive=False)
    record = node.store.scans.get(view.rows[0].id)
    assert node.store.scans.blob(record, "master") is None
    assert node.store.scans.blob(record, "preview")
    assert same(scanning.opened(record, node), a_scan())
    assert archive_scans(node) == 1
    assert archive_scans(node) == 0
    assert node.store.scans.blob(record, "master") == master_of(scanning.opened(record, node))


def test_who_may_not_is_refused_and_nothing_is_not_a_scan(node):
    with pytest.raises(NotForYou):
        take_in(EVE, files(), node)
    with pytest.raises(BadRequest, match="scan-without-files"):
        take_in(BOB, [], node)
    assert node.store.scans.waiting() == 0
    assert take_in(ADA, files(), node).taken == 1


def test_what_fails_on_the_way_to_the_disk_is_not_acknowledged(node, monkeypatch):
    def full(unit, part, body):
        raise BadScan(reason="scan-file-damaged")

    monkeypatch.setattr(node.store.scans, "keep_blob", full)
    view = take_in(BOB, files(), node)
    assert (view.taken, len(view.unread)) == (0, 1)
    monkeypatch.undo()
    assert take_in(BOB, files(), node).taken == 1


def test_the_name_follows_the_pixels_and_the_facts(node):
    told = [take_in(BOB, files(**one), node).rows[0].id for one in ({}, {"commodity": "x"}, {"seed": 2})]
    assert len(set(told)) == 3
