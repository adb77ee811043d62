import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, VISIT, a_consignment, an_officer, manifest, trail
from tests.desk.port import take_in as bring
from tests.desk.scans import a_port, files
from tests.scanning.xray.pictures import a_scan, same

from vigie.desk import erasure, scanning
from vigie.desk.scanning_intake import take_in
from vigie.scanning import picture_of_frame, read_scans, scan_of
from vigie.terms import BadRequest, Handling, NotForYou, Purpose, Role, VisitId

OTHER = "MSCU1234566"
FAR = an_officer("far", sites=("NLRTM",))
LOW = an_officer("low", clearance=Handling.GREEN)


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path) as made:
        yield made


@pytest.fixture
def scan(node):
    return take_in(BOB, files(), node).rows[0].id


@pytest.fixture
def waiting(node):
    return take_in(BOB, files(seed=5, container=OTHER), node).rows[0].id


def test_who_sees_the_box_sees_its_scan_and_nobody_else(node, scan):
    assert scanning.show(ANN, scan, node).row.visit == VISIT
    assert scanning.show(IAN, scan, node).row.id == scan
    for officer in (FAR, LOW):
        with pytest.raises(NotForYou):
            scanning.show(officer, scan, node)
        assert scanning.listed(officer, node).rows == ()
    with pytest.raises(NotForYou):
        scanning.show(ANN, "X0", node)
    assert {one.outcome for one in trail(node, act="see-scans")} == {"done", "refused"}


def test_the_list_shows_what_the_gate_lets_through(node, scan, waiting):
    for officer in (ANN, BOB, EVE, IAN, FAR, LOW):
        for row in scanning.listed(officer, node).rows:
            assert scanning.show(officer, row.id, node).row == row
    assert [one.id for one in scanning.listed(ANN, node, state="unmatched").rows] == [waiting]
    assert scanning.listed(ANN, node).waiting == 1
    with pytest.raises(BadRequest):
        scanning.listed(ANN, node, state="lost")


def test_pages_hold_together(node, scan, waiting):
    first = scanning.listed(ANN, node, limit=1)
    second = scanning.listed(ANN, node, limit=1, after=first.after)
    assert {first.rows[0].id, second.rows[0].id} == {scan, waiting}


def test_pictures_come_to_the_last_count(node, scan):
    told = scanning.pixels(ANN, scan, node)
    assert same(told, a_scan())
    rows, columns = told.high.shape
    assert (picture_of_frame(scanning.frame(ANN, scan, "low", node), rows, columns) == told.low).all()
    body, media = scanning.preview(ANN, scan, node)
    assert (body[8:12], media) == (b"WEBP", "image/webp")
    with pytest.raises(NotForYou):
        scanning.frame(ANN, scan, "middle", node)


def test_an_officer_gives_a_scan_to_its_box_with_a_reason(node, waiting):
    with pytest.raises(BadRequest, match="scan-needs-reason"):
        scanning.assign(ANN, waiting, VISIT, " ", node)
    view = scanning.assign(ANN, waiting, VISIT, "the plate was read wrong", node)
    assert (view.row.visit, view.row.matched) == (VISIT, "officer")
    assert "scan-unknown-container" not in {one.code for one in view.findings}
    with pytest.raises(BadRequest, match="scan-has-its-box"):
        scanning.assign(ANN, waiting, VISIT, "the plate was read wrong", node)
    with pytest.raises(NotForYou):
        scanning.assign(EVE, waiting, VISIT, "the plate was read wrong", node)
    done = trail(node, act="assign-scans")
    assert any(one.facts.get("visit") == VISIT for one in done)


def test_a_wrong_box_is_corrected(node, scan):
    bring(node, manifest(a_consignment("BL2", OTHER)))
    view = scanning.assign(ANN, scan, VisitId(f"{OTHER}-1"), "another truck stood there", node)
    assert view.row.visit == f"{OTHER}-1"
    assert node.store.scans.of_visit(VISIT) == []


@pytest.mark.parametrize("form", ["dicos", "tiff", "original"])
def test_what_leaves_can_be_read_again(node, scan, form):
    (read,) = read_scans(scanning.export(BOB, scan, form, node)).scans
    assert same(read.scan, a_scan())


def test_the_small_copy_leaves_with_the_hash_of_the_master(node, scan):
    (file,) = scanning.export(BOB, scan, "companded", node)
    assert scan_of(file.body).facts.container
    with pytest.raises(BadRequest):
        scanning.export(BOB, scan, "uff", node)
    with pytest.raises(NotForYou):
        scanning.export(ANN, scan, "tiff", node)


def test_findings_are_told_in_the_language_of_the_reader(node, scan):
    spoken = {scanning.show(an_officer("x", language=one), scan, node).findings[0].text for one in ("en", "fr", "nl", "es", "pt")}
    assert len(spoken) == 5
    assert scanning.show(ANN, scan, node).disabled_code == "scanner-unknown"


def test_an_erased_box_takes_its_scans_along(node, scan):
    one, two = (an_officer(name, Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,)) for name in ("one", "two"))
    record = node.store.scans.get(scan)
    which = erasure.ask(one, "box", VISIT, "asked by the person", "GDPR 17", node).id
    erasure.decide(two, which, "confirmed", node)
    assert node.store.scans.get(scan) is None
    assert node.store.scans.blob(record, "original-0") is None
    assert not [file for file in (node.settings.home / "blobs").rglob("*") if file.is_file()]
