import pytest
from tests.scanning.xray.pictures import a_scan, same

from vigie.desk.scanning_packed import packed, unpacked
from vigie.scanning import picture_of_frame, read_scans, write_tiff

ROUTE = "/v1/scanning"
PIECES = [{"material": "organic", "g_cm2": 20, "counts": [30_000, 26_500]}, {"material": "iron", "g_cm2": 40, "counts": [20_000, 17_000]},
          {"material": "lead", "g_cm2": 30, "counts": [25_000, 22_000]}]  # fmt: skip


@pytest.fixture
def scan(ann):
    body = packed(write_tiff(a_scan(scanner="MX-1"), "A"))
    return ann.told("POST", f"{ROUTE}/imports", 201, content=body)["rows"][0]["id"]


def test_an_upload_is_taken_in_and_its_pictures_come_back(ann, bob, scan):
    assert [one["id"] for one in ann.told("GET", f"{ROUTE}/scans?state=unmatched")["rows"]] == [scan]
    assert ann.told("GET", f"{ROUTE}/scans/{scan}")["row"]["simulated"] is True
    picture = a_scan().high
    frame = ann.get(f"{ROUTE}/scans/{scan}/frames/high")
    assert frame.headers["content-encoding"] == "identity"
    assert (picture_of_frame(frame.content, *picture.shape) == picture).all()
    told = ann.get(f"{ROUTE}/scans/{scan}/preview")
    assert (told.headers["content-type"], told.content[8:12]) == ("image/webp", b"WEBP")
    files = unpacked("x", bob.get(f"{ROUTE}/scans/{scan}/files", params={"form": "original"}).content)
    assert same(read_scans(files).scans[0].scan, a_scan())


def test_a_scan_is_given_to_its_box(ann, scan, node):
    box = ann.told("GET", "/v1/arrivals")["rows"][0]["container"]
    told = ann.told("POST", f"{ROUTE}/scans/{scan}/assign", json={"box": box, "reason": "seen at the gate"})
    assert told["row"]["visit"].startswith(box)
    assert node.store.scans.waiting() == 0


def test_what_is_refused(ann, asking, scan):
    ann.problem(403, "GET", f"{ROUTE}/scans/X0")
    ann.problem(403, "GET", f"{ROUTE}/scans/{scan}/files")
    asking("eve").problem(403, "POST", f"{ROUTE}/imports", content=b"x")
    ann.problem(422, "POST", f"{ROUTE}/imports", content=b"PK\3\4broken")
    told = ann.told("POST", f"{ROUTE}/imports?name=x.tif", 201, content=b"II*\0")
    assert [one["code"] for one in told["unread"]] == ["scan-without-profile"]


def test_the_register_is_kept_by_supervisors(bob, ann):
    told = {"name": "MX-1", "site": "BEANR"}
    ann.problem(403, "POST", f"{ROUTE}/scanners", json=told)
    assert bob.told("POST", f"{ROUTE}/scanners", json=told)["disabled_code"] == "scanner-not-calibrated"
    made = bob.told("POST", f"{ROUTE}/scanners/MX-1/calibrations", json={"air": [60_000, 60_000], "pieces": PIECES})
    assert made["disabled_code"] == ""
    bob.told("POST", f"{ROUTE}/scanners/MX-1/tests", json={"test": "wire", "value": 1.0, "passed": True})
    bob.told("POST", f"{ROUTE}/scanners/MX-1/measurements", json={"high": 20_000, "low": 17_000})
    assert ann.told("GET", f"{ROUTE}/scanners/MX-1")["quality"][0]["test"] == "wire"
    assert [one["name"] for one in ann.told("GET", f"{ROUTE}/scanners")] == ["MX-1"]
    bob.problem(422, "POST", f"{ROUTE}/scanners/MX-1/calibrations", json={"air": [60_000, 60_000], "pieces": [PIECES[0]] * 3})
