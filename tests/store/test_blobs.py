import pytest

from vigie.store import open_store
from vigie.terms import StoreFault


@pytest.fixture
def kept(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'v.db'}", tmp_path / "keys.json", blobs=tmp_path / "blobs") as store:
        yield store


def test_a_blob_lies_sealed_and_whole(kept, tmp_path):
    (unit,) = kept.units(1)
    kept.blobs.put(unit, "master", b"picture" * 1000)
    assert kept.blobs.get(unit, "master") == b"picture" * 1000
    assert kept.blobs.get(unit, "preview") is None
    (file,) = [one for one in (tmp_path / "blobs").rglob("*") if one.is_file()]
    assert b"picture" not in file.read_bytes()


def test_what_was_put_again_replaces_it(kept):
    (unit,) = kept.units(1)
    kept.blobs.put(unit, "preview", b"old")
    kept.blobs.put(unit, "preview", b"new")
    assert kept.blobs.get(unit, "preview") == b"new"


def test_a_touched_or_moved_blob_is_noticed(kept, tmp_path):
    one, other = kept.units(2)
    kept.blobs.put(one, "master", b"one")
    kept.blobs.put(other, "master", b"other")
    files = sorted(file for file in (tmp_path / "blobs").rglob("*") if file.is_file())
    files[1].write_bytes(files[0].read_bytes())
    with pytest.raises(StoreFault):
        kept.blobs.get(other, "master")


def test_erasing_a_unit_takes_its_blobs_and_nothing_else(kept, tmp_path):
    one, other = kept.units(2)
    for unit in (one, other):
        kept.blobs.put(unit, "master", b"x")
        kept.blobs.put(unit, "preview", b"y")
    assert kept.erase([one]).rows == 2
    assert kept.blobs.get(one, "master") is None
    assert kept.blobs.get(other, "preview") == b"y"
    with pytest.raises(StoreFault):
        kept.blobs.put(one, "master", b"again")


def test_a_store_in_memory_lets_its_blobs_go():
    store = open_store("sqlite://", None)
    (unit,) = store.units(1)
    store.blobs.put(unit, "master", b"x")
    folder = store.blobs.folder
    assert folder.exists()
    store.close()
    assert not folder.exists()
