import pytest
from tests.scanning.xray.pictures import a_scan

from vigie.devices import DONE, FAILED, PATIENCE_S, QUICK_S, STABLE_S, Folder
from vigie.scanning import write_dicos, write_tiff
from vigie.terms import StoreFault


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def put(path, files):
    for file in files:
        (path / file.name).write_bytes(file.body)


def names(groups):
    return [sorted(file.name for file in files) for files in groups]


def test_a_scan_is_ready_once_its_files_are_whole(folder, tmp_path):
    put(tmp_path, write_tiff(a_scan(), "A"))
    assert folder.ready(0.0) == []
    assert names(folder.ready(STABLE_S)) == [["A.high.tif", "A.json", "A.low.tif"]]


def test_files_that_say_they_are_whole_need_lie_still_for_a_moment_only(folder, tmp_path):
    put(tmp_path, write_tiff(a_scan(), "A", fast=True))
    assert folder.ready(0.0) == []
    assert folder.ready(QUICK_S / 2) == []
    (ready,) = folder.ready(QUICK_S)
    told = folder.opened(ready)
    assert [file.name for file in told.files] == ["A.high.tif", "A.json", "A.low.tif"]
    assert len(told.batch.scans) == 1


@pytest.mark.parametrize("how", ["cut", "reserved"])
def test_a_writer_that_pauses_longer_than_a_moment_is_waited_for(folder, tmp_path, how):
    high, low, profile = write_tiff(a_scan(), "A", fast=True)
    put(tmp_path, [high, profile])
    half = low.body[: len(low.body) // 2]
    (tmp_path / low.name).write_bytes(half if how == "cut" else half + bytes(len(low.body) - len(half)))
    assert [folder.ready(now) for now in (0.0, QUICK_S, 0.9 * STABLE_S)] == [[], [], []]
    (tmp_path / low.name).write_bytes(low.body + b"\0" * (how == "reserved"))
    assert folder.ready(STABLE_S) == []
    (ready,) = folder.ready(STABLE_S + QUICK_S)
    assert folder.opened(ready).batch.scans[0].scan.low[-1].any()


def test_what_came_first_is_first_and_no_more_are_opened_than_asked_for(folder, tmp_path):
    put(tmp_path, write_tiff(a_scan(), "B", fast=True))
    folder.ready(0.0)
    put(tmp_path, write_tiff(a_scan(seed=2), "A", fast=True))
    folder.ready(0.05)
    assert [names(folder.ready(1.0, most))[0][0] for most in (1, 2)] == ["B.high.tif", "B.high.tif"]
    assert len(folder.ready(1.0, 1)) == 1


def test_a_file_that_still_grows_holds_its_scan_back_and_no_other(folder, tmp_path):
    high, low, profile = write_tiff(a_scan(), "A")
    put(tmp_path, [high, profile, *write_dicos(a_scan(seed=2), "B")])
    (tmp_path / low.name).write_bytes(low.body[:1000])
    folder.ready(0.0)
    (tmp_path / low.name).write_bytes(low.body)
    assert names(folder.ready(STABLE_S)) == [["B.high.dcm", "B.low.dcm"]]
    assert names(folder.ready(2 * STABLE_S)) == [["A.high.tif", "A.json", "A.low.tif"], ["B.high.dcm", "B.low.dcm"]]


def test_a_missing_picture_is_waited_for_and_not_for_ever(folder, tmp_path):
    high, _, profile = write_tiff(a_scan(), "A")
    put(tmp_path, [high, profile])
    folder.ready(0.0)
    assert folder.ready(STABLE_S) == []
    assert names(folder.ready(PATIENCE_S)) == [["A.high.tif", "A.json"]]


def test_what_is_no_scan_is_handed_over_alone_so_that_it_is_told(folder, tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "link.tif").symlink_to(tmp_path / "notes.txt")
    folder.ready(0.0)
    assert names(folder.ready(STABLE_S)) == [["notes.txt"]]


def test_what_was_taken_and_what_failed_is_put_away(folder, tmp_path):
    for round_ in range(2):
        (tmp_path / "a.tif").write_bytes(b"%d" % round_)
        folder.put_away("a.tif")
    (tmp_path / "b.tif").write_bytes(b"x")
    folder.put_away("b.tif", "bad-scan: no profile")
    folder.put_away("gone.tif")
    assert sorted(file.name for file in (tmp_path / DONE).iterdir()) == ["1-a.tif", "a.tif"]
    assert (tmp_path / FAILED / "b.tif.reason.txt").read_text() == "bad-scan: no profile\n"
    assert folder.ready(99.0) == []


def test_files_are_read_as_they_lie(folder, tmp_path):
    (tmp_path / "a.tif").write_bytes(b"abc")
    assert [(one.name, one.body) for one in folder.read([tmp_path / "a.tif", tmp_path / "gone"])] == [("a.tif", b"abc"), ("gone", b"")]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFault):
        Folder(tmp_path / "file")
