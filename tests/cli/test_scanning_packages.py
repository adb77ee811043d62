"""Packages of scans at the command line: made in one country, taken in in the other."""

from tests.cli.test_exchange import TELLING, countries, telling
from tests.scanning.xray.pictures import a_scan

from vigie.scanning import write_tiff

__all__ = ["TELLING", "countries", "telling"]


def test_a_package_is_carried_on_a_stick(countries, telling, tmp_path):
    be, nl = countries
    folder, parcel = tmp_path / "scanner", tmp_path / "parcel.zip"
    folder.mkdir()
    for file in write_tiff(a_scan(container="CSQU3054383"), "gate-7"):
        (folder / file.name).write_bytes(file.body)
    scan = next(line["id"] for line in be.lines("scanning", "import", folder) if line["kind"] == "scan")
    made = be.lines("scanning", "package", "make", scan, "--marking", telling(), "--title", "Gate 7", "--out", parcel)[-1]
    assert parcel.stat().st_size == made["bytes"]
    taken = nl.lines("scanning", "package", "import", parcel)[-1]
    assert (taken["sha256"], taken["origin"], len(taken["scans"])) == (made["sha256"], "be-customs", 1)
    assert [line["sha256"] for line in nl.lines("scanning", "package", "list")[:-1]] == [made["sha256"]]
    sent = be.lines("scanning", "package", "send", scan, "--marking", telling(), "--title", "Gate 7")[-1]
    assert sent["to"] == ["nl-customs"]
    assert "Gate 7" in nl.run("scanning", "package", "import", parcel).stdout


def test_a_file_that_is_no_package_has_its_place(countries, tmp_path):
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"nothing")
    told = countries[1].lines("scanning", "package", "import", wrong, code=2)[-1]
    assert told["facts"]["place"] == "zip"
