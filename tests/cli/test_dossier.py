import pytest
from tests.registry.recorded import DAY_2024, a_report

from vigie.cli.operator import opened
from vigie.desk import registry

CASE = "AN.1/24"


@pytest.fixture
def sealed(terminal, tmp_path):
    with opened() as (node, officer):
        registry.record(officer, a_report(DAY_2024, case=CASE), node)
    target = tmp_path / "d.zip"
    *_, told = terminal.lines("registry", "dossier", CASE, "--out", target)
    return target, told


def test_a_dossier_is_made_and_verifies_without_the_node(terminal, sealed, monkeypatch, tmp_path):
    target, told = sealed
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "nowhere"))
    *_, check = terminal.lines("audit", "verify", target, "--key", told["key"])
    assert (check["whole"], check["seal"], check["case"]) == (True, told["seal"], CASE)
    assert not (tmp_path / "nowhere").exists()


def test_a_touched_byte_is_named(terminal, sealed):
    target, _ = sealed
    raw = target.read_bytes()
    at = raw.index(b'"provenance":"EC"')
    target.write_bytes(raw[:at] + b'"provenance":"XX"' + raw[at + 17 :])
    *faults, check = terminal.lines("audit", "verify", target, code=4)
    assert not check["whole"]
    assert all(one["place"].startswith("seizures/") for one in faults)
    assert {one["reason"] for one in faults} == {"bytes-differ", "part-altered"}
    assert "Not as it was sealed" in terminal.run("audit", "verify", target, code=4).output


def test_for_another_service_it_is_asked_first(terminal, sealed, tmp_path):
    words = ("registry", "dossier", CASE)
    *_, told = terminal.lines(*words, "--to", "Public prosecutor", "--reason", "asked for by letter")
    assert told["state"] == "asked"
    terminal.run(*words, "--allowed", told["id"], "--out", tmp_path / "e.zip", code=2)
    terminal.run(*words, code=2)
    terminal.run("registry", "dossier", "no such case", "--out", tmp_path / "e.zip", code=2)
    assert not (tmp_path / "e.zip").exists()
