import pytest

from vigie.cli.files import put, read_toml, streams
from vigie.terms import BadRequest


def test_folders_stand_for_their_files_and_one_is_open_at_a_time(tmp_path):
    (tmp_path / "b").mkdir()
    for place, name in enumerate(("c.edi", "a.edi", "b/d.xml")):
        (tmp_path / name).write_bytes(b"%d" % place)
    before = None
    told = []
    for name, stream in streams([tmp_path / "c.edi", tmp_path]):
        assert before is None or before.closed
        told.append((name, stream.read()))
        before = stream
    assert told == [("c.edi", b"0"), ("a.edi", b"1"), ("d.xml", b"2"), ("c.edi", b"0")]


def test_a_file_is_written_whole_and_leaves_nothing_beside(tmp_path):
    target = tmp_path / "b.pdf"
    target.write_bytes(b"old")
    put(target, b"new")
    assert (target.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (b"new", ["b.pdf"])
    with pytest.raises(BadRequest):
        put(tmp_path / "none" / "b.pdf", b"new")


def test_a_toml_file_is_read_and_another_is_refused(tmp_path):
    file = tmp_path / "told.toml"
    file.write_text('kind = "movement"\n')
    assert read_toml(file) == {"kind": "movement"}
    for raw in (b"kind = ", b"\xff\xfe"):
        file.write_bytes(raw)
        with pytest.raises(BadRequest) as told:
            read_toml(file)
        assert told.value.facts["reason"] == "not-toml"
