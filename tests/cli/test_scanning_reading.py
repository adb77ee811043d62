import pytest
from tests.cli.conftest import BOXES
from tests.desk.read import pictures

from vigie.scanning import write_tiff


@pytest.fixture
def scan(port, tmp_path):
    from msgspec.structs import replace

    told = pictures(1)
    folder = tmp_path / "scans"
    folder.mkdir()
    for file in write_tiff(replace(told, facts=replace(told.facts, container=BOXES[0])), "one", fast=True):
        (folder / file.name).write_bytes(file.body)
    row, _ = port.lines("scanning", "import", folder)
    return row["id"]


def test_a_scan_is_claimed_and_read_at_the_command_line(port, scan):
    row, told = port.lines("scanning", "worklist")
    assert (row["scan"], row["container"], row["awaits"]) == (scan, BOXES[0], "first")
    assert (told["found"], told["first"]) == (1, 1)
    assert port.lines("scanning", "claim", scan)[0]["claimed_by"] == "operator"
    port.run("scanning", "release", scan)
    port.run("scanning", "read", scan, "hold-and-visit", code=2)
    port.run("scanning", "read", scan, "hold-and-visit", "--region", "bags", code=2)
    given, _ = port.lines("scanning", "read", scan, "hold-and-visit", "--region", "20,30,40,30,bags,at the doors")
    assert given["order"] == "first"
    assert port.lines("scanning", "worklist", "--awaits", "first")[-1]["found"] == 0
    assert port.lines("scanning", "agreement")[-1]["pairs"] == 0


def test_the_machine_reads_kept_scans_again(port, scan):
    pytest.importorskip("onnxruntime")
    row, told = port.lines("scanning", "read", "--from", "1970", "--to", "2200")
    assert (row["scans"], row["read"], row["changed"], row["gpu"]) == (1, 1, 1, False)
    assert (told["read"], told["changed"]) == (1, 1)
