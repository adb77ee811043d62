"""Scans of the demonstration: made once, beside the node, whole, of what the world put into the boxes."""

import sys

import pytest

from vigie.app import demo_scans
from vigie.app.demo import START
from vigie.app.stage import SITE
from vigie.scanning import ScanFile, read_scans
from vigie.world import TruthBook, running


@pytest.fixture(scope="module")
def book():
    told = TruthBook()
    for _ in running(1, START, START, site=SITE, hours=0.01, book=told):
        pass
    return told


def test_scans_lie_whole_in_the_folder_and_can_be_read(tmp_path, book):
    few = TruthBook(insides=sorted(book.insides, key=lambda one: abs(START - one.at))[:3])
    count = demo_scans.make(tmp_path, few, START, SITE)
    names = sorted(path.name for path in tmp_path.iterdir() if path.name != demo_scans.DONE)
    assert count >= 1
    assert len(names) == 3 * count
    assert not any(name.startswith(".") for name in names)
    batch = read_scans([ScanFile(name, (tmp_path / name).read_bytes()) for name in names])
    assert len(batch.scans) == count
    assert not batch.unread
    known = {one.container for one in few.insides}
    for told in batch.scans:
        assert told.scan.facts.container in known
        assert told.scan.facts.simulated
        assert told.threats == ()  # the truth stands in no file
        assert told.scan.facts.commodity == ""


def test_what_was_made_is_not_made_again(tmp_path, monkeypatch):
    (tmp_path / demo_scans.FOLDER).mkdir()
    (tmp_path / demo_scans.FOLDER / demo_scans.DONE).write_text("1")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")  # starting it would fail
    with demo_scans.beside(tmp_path, 1, START, SITE) as making:
        making.start()


def test_a_node_that_ends_takes_the_making_with_it(tmp_path):
    with demo_scans.beside(tmp_path, 1, START, SITE) as making:
        making.start()
        process = making._process
        assert process.poll() is None
    assert process.poll() is not None
    assert not (tmp_path / demo_scans.FOLDER / demo_scans.DONE).exists()


def test_a_partner_gets_the_scan_that_was_taken_before_loading(tmp_path, book):
    from vigie.world.xray_day import ORIGINS, load_of

    there = [one for one in book.insides if one.loading in ORIGINS and one.site == SITE and one.at <= START]
    near = max((one for one in there if load_of(one) is not None), key=lambda one: one.at)
    (tmp_path / "here").mkdir()
    count = demo_scans.make(tmp_path / "here", TruthBook(insides=[near]), START, SITE, tmp_path / "there")
    assert count == 2
    found = {}
    for place in ("here", "there"):
        files = [path for path in (tmp_path / place).iterdir() if path.name != demo_scans.DONE]
        (told,) = read_scans([ScanFile(path.name, path.read_bytes()) for path in files]).scans
        found[place] = told.scan.facts.container, told.scan.facts.scanner
    assert found["there"] == (near.container, f"{near.loading}-1")
    assert found["here"][0] == near.container
    assert found["here"][1].startswith("MX-")
