import pytest
from tests.cli.conftest import Terminal

from vigie.node import Settings, initialise


@pytest.fixture
def one(tmp_path, monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    initialise(Settings(home=tmp_path / "home"))
    return Terminal(tmp_path / "home")


def test_a_federation_is_founded_joined_and_shown(one, tmp_path):
    folder = tmp_path / "federation"
    assert one.lines("federation", "init", folder, "--name", "north sea")[-1]["holders"] == 3
    assert sorted(path.name for path in folder.iterdir()) == [
        "federation.json", "holder-1.key", "holder-2.key", "holder-3.key", "root.json",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*.key")} == {0o600}
    one.run("federation", "join", folder, "--as", "be-customs", "--organisation", "Customs", "--country", "be")
    (folder / "holder-2.key").unlink()
    one.run("federation", "init", folder, "--member", folder / "be-customs.card.json")
    one.run("federation", "join", folder)
    rows = one.lines("federation", "show")
    assert (rows[0]["id"], rows[0]["country"], rows[0]["name"]) == ("be-customs", "BE", "Customs")
    assert (rows[-1]["name"], rows[-1]["version"], rows[-1]["node"]) == ("north sea", 2, "be-customs")
    assert "be-customs" in one.run("federation", "show").stdout


AGREED = """
id = "be-nl"
sender = "be-customs"
receiver = "nl-customs"
purposes = ["targeting"]
tlp = "amber"
handling = ["H0", "H1"]
subjects = ["none"]
starts = 2026-01-01T00:00:00Z
ends = 2028-01-01T00:00:00Z
"""


def test_an_agreement_is_taken_as_a_person_writes_it(one, tmp_path):
    folder = tmp_path / "federation"
    (tmp_path / "be-nl.toml").write_text(AGREED)
    (tmp_path / "slip.toml").write_text(AGREED.replace("amber", "purple"))
    one.run("federation", "init", folder)
    one.run("federation", "join", folder, "--as", "be-customs", "--country", "BE")
    one.run("federation", "init", folder, "--member", folder / "be-customs.card.json", "--agreement", tmp_path / "be-nl.toml")
    one.run("federation", "join", folder)
    assert ("be-nl", "2028-01-01T00:00:00Z") in [(row.get("id"), row.get("end")) for row in one.lines("federation", "show")]
    assert "tlp" in one.run("federation", "init", folder, "--agreement", tmp_path / "slip.toml", code=2).output


def test_one_key_alone_signs_nothing(one, tmp_path):
    folder = tmp_path / "federation"
    one.run("federation", "init", folder)
    for place in (1, 2):
        (folder / f"holder-{place}.key").unlink()
    assert "signed" in one.run("federation", "init", folder, code=2).output


def test_a_node_that_did_not_join_exchanges_nothing(one, tmp_path):
    one.run("exchange", "inbox", code=2)
    one.run("federation", "join", tmp_path, code=2)
    (tmp_path / "x.json").write_text("{")
    one.run("federation", "init", tmp_path / "f", "--member", tmp_path / "x.json", code=2)


def test_without_a_restore_there_is_nothing_to_resume(one):
    assert "nothing waits" in one.run("federation", "resume", "--reason", "by mistake", code=2).output
