"""The life-cycle on the command line; the second officer is another sign-in on the same home."""

import json

from tests.desk.test_indicators import fields


def written(tmp_path, **more):
    path = tmp_path / "x1.json"
    path.write_text(json.dumps(fields(**more) | {"valid_from": "2020-01-01"}))
    return path


def test_the_noun_alone_lists(port):
    told = port.lines("risk", "indicators")
    assert told == port.lines("risk", "indicators", "list")
    assert told[-1]["indicators"] == len(told) - 1 > 40
    assert {line["family"] for line in port.lines("risk", "indicators", "list", "--family", "W")[:-1]} == {"W"}


def test_a_draft_is_checked_kept_shown_and_not_approved_by_its_author(port, tmp_path):
    path = written(tmp_path)
    assert port.lines("risk", "indicators", "check", path)[-1]["ok"] is True
    assert port.lines("risk", "indicators", "draft", path, "--reason", "a test", "--submit")[-1]["state"] == "submitted"
    assert [line["id"] for line in port.lines("risk", "indicators", "waiting")[:-1]] == ["Z1"]
    assert port.lines("risk", "indicators", "approve", "Z1", "1", "--reason", "fine", code=3)[-1]["error"] == "own-work"
    shown = port.lines("risk", "indicators", "show", "Z1")
    assert shown[-1]["state"] == "submitted"
    assert {line["kind"] for line in shown} == {"condition", "example", "version", "step", "summary"}
    assert port.lines("risk", "indicators", "withdraw", "Z1", "1", "--reason", "enough")[-1]["state"] == "withdrawn"


def test_faults_are_told_with_their_place(port, tmp_path):
    path = written(tmp_path, expression="seals = null", name="X7")
    told = port.lines("risk", "indicators", "check", path, code=1)
    assert (told[0]["place"], told[0]["reason"]) == ("expression:8", "null-compared")
    assert port.lines("risk", "indicators", "draft", path, "--reason", "a test", code=2)[-1]["error"] == "bad-indicator"
    path.write_text("no json")
    assert port.lines("risk", "indicators", "check", path, code=2)[-1]["error"] == "bad-request"


def test_export_and_import(port, tmp_path):
    assert port.run("risk", "indicators", "export", "C7", "--form", "text").stdout == "seals = 0 and empty = false\n"
    table = tmp_path / "rules.txt"
    table.write_text('If ComCod = "080810" and CtyOrigCod = "US" Then RedLane IS 30; Endif;')
    told = port.lines("risk", "indicators", "import", table, "--form", "asycuda", "--into", tmp_path / "drafts", code=1)
    assert (told[0]["action"], told[0]["percent"]) == ("propose-percent", 30)
    assert json.loads((tmp_path / "drafts" / "criterion-1.json").read_text())["percent"] == 30
    assert port.lines("risk", "indicators", "diff", "C7", "1", "1")[-1]["differences"] == 0
