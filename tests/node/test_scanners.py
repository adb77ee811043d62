import time

import pytest
from tests.desk.port import VISIT
from tests.desk.scans import a_port, files

from vigie.devices import DONE, FAILED, PATIENCE_S, STABLE_S, Folder
from vigie.node.scanners import take_folder
from vigie.terms import StoreFault


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path / "home") as made:
        yield made


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def put(path, given):
    for file in given:
        (path / file.name).write_bytes(file.body)


def look(node, inbox):
    folder = Folder(inbox)
    take_folder(node, folder, 0.0)
    return take_folder(node, folder, STABLE_S)


def test_a_folder_is_taken_in_past_a_bad_file(node, inbox):
    put(inbox, files())
    (inbox / "bad.tif").write_bytes(b"II*\0junk")
    folder = Folder(inbox)
    told = [one for now in (0.0, STABLE_S, PATIENCE_S) for one in take_folder(node, folder, now)]
    assert sum(one.taken for one in told) == 1
    assert sorted(file.name for file in (inbox / DONE).iterdir()) == ["A.high.tif", "A.json", "A.low.tif"]
    assert sorted(file.name for file in (inbox / FAILED).iterdir()) == ["bad.tif", "bad.tif.reason.txt"]
    assert len(node.store.scans.of_visit(VISIT)) == 1


def test_a_crash_before_the_files_are_put_away_takes_nothing_in_twice(node, inbox, monkeypatch):
    put(inbox, files())
    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr(Folder, "put_away", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        look(node, inbox)
    assert len(node.store.scans.of_visit(VISIT)) == 1
    assert [(one.taken, one.known) for one in look(node, inbox)] == [(0, 1)]
    assert len(node.store.scans.of_visit(VISIT)) == 1


def test_what_the_node_cannot_take_now_stays_and_is_tried_again(node, inbox, monkeypatch):
    put(inbox, files())

    def full(*_):
        raise StoreFault(reason="full")

    with monkeypatch.context() as disk:
        disk.setattr(node.store.scans, "keep_blob", full)
        assert look(node, inbox) == []
    assert len([file for file in inbox.iterdir() if file.is_file()]) == 3
    assert [one.taken for one in look(node, inbox)] == [1]


def test_a_running_node_watches_its_folder(tmp_path, inbox):
    with a_port(tmp_path / "home", scan_folder=str(inbox)) as node:
        node.start()
        put(inbox, files())
        until = time.monotonic() + 20
        while not (found := node.store.scans.of_visit(VISIT)) or node.store.scans.uncoded(1):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert node.store.scans.blob(found[0], "master")
        assert node.scanner_folder is not None
