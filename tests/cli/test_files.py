from vigie.cli.files import streams


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
