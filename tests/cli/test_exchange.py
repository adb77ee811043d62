import json

import pytest
from tests.cli.conftest import Terminal

from vigie.node import Settings, initialise
from vigie.terms import DAY, read_moment, write_moment

NOW = read_moment("2026-11-22T00:00:00Z")
AGREED = {
    "purposes": ["targeting"],
    "tlp": 3,
    "handling": ["H0", "H1"],
    "subjects": ["none"],
    "starts": 0,
    "ends": (1 << 52),
}
TELLING = """
kind = "movement"
[thing]
container = "CSQU3054383"
what = "left the row at night"
where = "BEANR"
when = 2026-11-20T02:00:00Z
why = "no order for it"
[marking]
tlp = "amber"
handling = "{handling}"
source = "A"
information = 1
originator = "be-customs"
nodes = ["nl-customs"]
desks = ["targeting"]
purpose = "targeting"
case = "BE-2026-17"
legal_basis = "Regulation (EC) 515/97, art. 4"
subjects = "none"
retain_until = "{until}"
"""


class Country(Terminal):
    """A terminal of one country."""

    def __init__(self, home, monkeypatch):
        super().__init__(home)
        self._patch = monkeypatch
        initialise(Settings(home=home))

    def run(self, *words, code=0):
        self._patch.setenv("VIGIE_HOME", str(self.home))
        return super().run(*words, code=code)


@pytest.fixture
def countries(tmp_path, monkeypatch):
    be, nl = (Country(tmp_path / name, monkeypatch) for name in ("be", "nl"))
    folder = tmp_path / "federation"
    be.run("federation", "init", folder, "--name", "north sea")
    be.run("federation", "join", folder, "--as", "be-customs", "--country", "BE")
    nl.run("federation", "join", folder, "--as", "nl-customs", "--country", "NL")
    words = []
    for one, other in (("be", "nl"), ("nl", "be")):
        told = AGREED | {"id": f"{one}-{other}", "sender": f"{one}-customs", "receiver": f"{other}-customs"}
        (tmp_path / f"{one}.json").write_text(json.dumps(told))
        words += ["--agreement", tmp_path / f"{one}.json", "--member", folder / f"{one}-customs.card.json"]
    be.run("federation", "init", folder, *words)
    for country in (be, nl):
        country.run("federation", "join", folder)
    return be, nl


@pytest.fixture
def telling(tmp_path):
    from vigie.node import WallClock

    def made(handling="H0"):
        path = tmp_path / f"{handling}.toml"
        path.write_text(TELLING.format(handling=handling, until=write_moment(WallClock().now() + 30 * DAY)))
        return path

    return made


def test_a_movement_is_told_on_a_stick_and_taken_back(countries, telling, tmp_path):
    be, nl = countries
    sent = be.lines("exchange", "send", telling())[-1]
    assert (sent["state"], sent["to"]) == ("sent", ["nl-customs"])
    there, back = tmp_path / "there", tmp_path / "back"
    be.run("exchange", "bundle", "make", "nl-customs", there)
    checked = nl.lines("exchange", "verify", there)[-1]
    assert (checked["origin"], checked["entries"], checked["signed"]) == ("be-customs", 1, True)
    assert nl.lines("exchange", "bundle", "take", there, "--answer", back)[-1]["new"] == 1
    row = nl.lines("exchange", "inbox", "--about", "csqu3054383")[0]
    assert (row["id"], row["thing"], row["title"]) == (sent["id"], "movement", "CSQU3054383")
    assert "CSQU3054383" in nl.run("exchange", "inbox").stdout
    be.run("exchange", "bundle", "take", back)
    assert be.lines("exchange", "partners")[0]["waiting"] == 0
    be.run("exchange", "retract", sent["id"], "--reason", "another container")
    assert be.lines("exchange", "answers", sent["id"])[-1]["open"] == 1
    be.run("exchange", "bundle", "make", "nl-customs", there)
    nl.run("exchange", "bundle", "take", there, "--answer", back)
    be.run("exchange", "bundle", "take", back)
    assert be.lines("exchange", "answers", sent["id"])[0]["outcome"] == "erased"
    assert nl.lines("exchange", "inbox", "--about", "CSQU3054383")[-1]["rows"] == 0
    assert [one["act"] for one in be.lines("exchange", "outbox")[:-1]] == ["retract", "put"]
    told = be.lines("exchange", "verify")[-1]
    assert (told["entries"], told["erased"], told["broken"]) == (2, 1, None)


def test_what_needs_two_waits_and_the_operator_is_one(countries, telling):
    be, _ = countries
    assert be.lines("exchange", "send", telling("H1"))[-1]["state"] == "waits"
    draft = be.lines("exchange", "drafts")[0]["id"]
    be.run("exchange", "approve", draft, code=3)


def test_a_revision_takes_the_place_of_the_version_before(countries, telling):
    be, _ = countries
    first = be.lines("exchange", "send", telling())[-1]
    assert be.lines("exchange", "send", telling(), "--revises", first["id"])[-1]["version"] == 2


def test_what_is_wrong_is_told_with_its_reason(countries, telling, tmp_path):
    be, _ = countries
    path = telling()
    path.write_text(path.read_text().replace('nodes = ["nl-customs"]', "nodes = []"))
    assert "nobody never means everybody" in be.run("exchange", "send", path, code=2).output
    path.write_text("= nonsense")
    be.run("exchange", "send", path, code=2)
    (tmp_path / "noise").write_bytes(b"noise")
    be.run("exchange", "bundle", "take", tmp_path / "noise", code=2)


def test_how_delivering_goes_and_tokens_of_clients(countries):
    be, _ = countries
    rows = be.lines("exchange", "deliveries")
    assert [(one["partner"], one["way"], one["waiting"], one["acknowledged"]) for one in rows[:-1]] == [
        ("nl-customs", "push", 0, -1)]  # fmt: skip
    assert "nl-customs" in be.run("exchange", "deliveries").output
    made = be.lines("exchange", "token", "nl-customs", "--days", "3")[-1]
    assert (made["partner"], len(made["token"]) > 40) == ("nl-customs", True)
    assert be.lines("exchange", "token", "nl-customs", "--withdraw")[-1]["withdrawn"] == 1
    be.run("exchange", "token", "nobody", code=2)
