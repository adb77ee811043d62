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
    with monkeypatch.context() as crash:
        crash.setattr(Folder, "put_away", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
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


class Hand:
    """Remembers everything as what ended a process."""

    def begin(self, name):
        return "B." not in name

    def done(self):
        pass


def test_what_ended_a_process_too_often_is_put_aside_and_the_others_come_in(node, inbox):
    put(inbox, files())
    put(inbox, files("B", seed=2))
    folder = Folder(inbox)
    for now in (0.0, STABLE_S):
        told = take_folder(node, folder, now, hand=Hand())
    assert [one.taken for one in told] == [1]
    assert (inbox / FAILED / "B.json").exists()


def test_no_more_are_taken_in_than_asked_for(node, inbox):
    put(inbox, files())
    put(inbox, files("B", seed=2))
    folder = Folder(inbox)
    assert [len(take_folder(node, folder, now, most=1)) for now in (0.0, STABLE_S, STABLE_S)] == [0, 1, 1]
