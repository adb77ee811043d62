import json

from tests.desk.port import NOW
from tests.desk.test_ports import HEAD, look

from vigie.ports import PSEUDONYM


def test_logs_are_taken_in_once_and_doubts_name_their_place(port, tmp_path):
    (tmp_path / "log.csv").write_text(HEAD + look("Mallory", "CSQU3054383", NOW) + "\nnever,x,,look-up,C,,,,\n")
    doubt, summary = port.lines("ports", "access", "import", tmp_path / "log.csv", code=1)
    assert (doubt["row"], doubt["column"], doubt["code"]) == (3, "at", "access-cell")
    assert (summary["events"], summary["known"]) == (1, 0)
    again = port.lines("ports", "access", "import", tmp_path / "log.csv", code=1)[-1]
    assert (again["events"], again["known"]) == (0, 1)
    (name,) = [line for line in port.lines("ports", "insiders") if line["kind"] == "summary"]
    assert (name["people"], name["names"], name["per_day"]) == (1, 0, 3)
    assert port.lines("ports", "figures")[-1]["rows"] == 0


def test_the_operator_alone_opens_nobody(port, tmp_path):
    rows = [{"at": "2026-03-02T06:00:00Z", "user": "Mallory", "act": "look-up", "container": "CSQU3054383"}]
    (tmp_path / "log.json").write_text(json.dumps(rows))
    port.lines("ports", "access", "import", tmp_path / "log.json")
    port.lines("ports", "open", "Mallory", "--reason", "asked at night", code=2)
    port.lines("ports", "open", "u-0000000000000000", "--reason", "asked at night", code=2)
    assert port.lines("ports", "openings")[-1]["openings"] == 0


def test_who_asked_cannot_agree(port, tmp_path, monkeypatch):
    from vigie.node import build, load_settings

    (tmp_path / "log.csv").write_text(HEAD + look("Mallory", "CSQU3054383", NOW))
    port.lines("ports", "access", "import", tmp_path / "log.csv")
    with build(load_settings()) as node:
        (event,) = node.store.access.events(0, NOW + 1)
    assert PSEUDONYM.fullmatch(event.user)
    made = port.lines("ports", "open", event.user, "--reason", "asked at night")[-1]
    port.lines("ports", "confirm", made["id"], code=3)
    port.lines("ports", "refuse", made["id"], "--reason", "no", code=3)
    withdrawn, _ = port.lines("ports", "withdraw", made["id"])
    assert (withdrawn["state"], withdrawn["identity"]) == ("withdrawn", "")
