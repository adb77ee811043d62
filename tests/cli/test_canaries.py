def test_nobody_read_and_nothing_is_planted(port):
    assert port.lines("audit", "readers")[-1]["readers"] == 0
    assert port.lines("audit", "canaries")[-1]["canaries"] == 0


def test_what_is_no_indicator_is_refused(port, tmp_path):
    (tmp_path / "x.toml").write_text("= nonsense")
    port.run("audit", "plant", tmp_path / "x.toml", "--reason", "a try", code=2)
    (tmp_path / "y.toml").write_text("id = 'D9'")
    port.run("audit", "plant", tmp_path / "y.toml", "--reason", "a try", code=2)
