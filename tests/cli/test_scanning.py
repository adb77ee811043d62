import pytest
from tests.scanning.xray.pictures import a_scan

from vigie.scanning import ScanFile, read_scans, write_dicos, write_tiff

BOX = "MSCU0000003"


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    for file in (*write_tiff(a_scan(scanner="MX-1"), "A"), *write_dicos(a_scan(seed=2), "B")):
        (folder / file.name).write_bytes(file.body)
    (folder / "bad.tif").write_bytes(b"II*\0junk")
    return folder


def test_a_folder_is_taken_in_and_told(port, scans):
    *rows, told = port.lines("scanning", "import", scans, code=1)
    assert (told["taken"], told["unmatched"], told["unread"]) == (2, 2, 1)
    assert [row["code"] for row in rows if row["kind"] == "unread"] == ["scan-without-profile"]
    *_, again = port.lines("scanning", "import", scans / "A.high.tif", scans / "A.low.tif", scans / "A.json")
    assert (again["taken"], again["known"]) == (0, 1)
    *listed, page = port.lines("scanning", "list", "--state", "unmatched")
    assert (len(listed), page["waiting"]) == (2, 2)


def test_a_scan_is_shown_given_to_its_box_and_exported(port, scans, tmp_path):
    port.lines("scanning", "import", scans, code=1)
    scan = port.lines("scanning", "list")[0]["id"]
    box = port.lines("arrivals", "list")[0]["container"]
    assert port.lines("scanning", "show", scan)[-1]["visit"] == ""
    told = port.lines("scanning", "assign", scan, box, "--reason", "seen at the gate")[-1]
    assert told["visit"].startswith(box)
    port.lines("scanning", "export", scan, "--form", "tiff", "--out", tmp_path / "out")
    files = [ScanFile(file.name, file.read_bytes()) for file in (tmp_path / "out").iterdir()]
    assert len(read_scans(files).scans) == 1


def test_what_is_not_there_is_refused(port):
    port.run("scanning", "show", "X0", code=3)
