import os

import pytest


def test_init_makes_home_keys_and_store_and_tells_what_comes_next(terminal):
    told = terminal.run("init").stdout
    assert "vigie officers add" in told
    assert {path.name for path in terminal.home.iterdir()} >= {"keys.json", "vigie.db"}
    keys = (terminal.home / "keys.json").read_bytes()
    assert terminal.lines("init")[-1]["home"] == str(terminal.home)
    assert (terminal.home / "keys.json").read_bytes() == keys


def test_the_doctor_finds_nothing_and_then_open_keys(port):
    told = port.lines("doctor", code=0)
    assert {line["name"] for line in told[:-1]} >= {"version", "store", "keys", "clock", "disk", "inbox"}
    assert told[-1]["not_ok"] == 0
    os.chmod(port.home / "keys.json", 0o644)
    assert [line["state"] for line in port.lines("doctor", code=1) if line.get("name") == "keys"] == ["bad"]


def test_a_store_without_its_keys_is_a_fault(port):
    (port.home / "keys.json").unlink()
    told = port.lines("doctor", code=4)
    assert told[-1]["error"] == "store-fault"


@pytest.mark.parametrize("name", ["VIGIE_PORT", "VIGIE_COLOUR"])
def test_a_setting_that_means_nothing_is_wrong_usage(terminal, monkeypatch, name):
    monkeypatch.setenv(name, "blue")
    told = terminal.run("doctor", code=2)
    assert "bad-setting" in told.stderr
    assert name.removeprefix("VIGIE_").lower() in told.stderr
