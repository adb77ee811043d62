"""The commands of the policy's settings, and boxes that are judged again after they changed."""


def test_settings_are_read_checked_and_drafted(port, tmp_path):
    file = tmp_path / "less.toml"
    file.write_text('most_evidence_milli = 4000\n[shares]\ntilted_permille = 20\nuniform_permille = 30\n')
    assert port.lines("risk", "policy")[-1]["policies"] == 1
    shown = port.lines("risk", "policy", "show")
    assert (shown[-1]["version"], shown[-1]["most_evidence_milli"]) == (0, 9210)
    assert {line["kind"] for line in shown} >= {"band", "prior", "weight"}
    checked = port.lines("risk", "policy", "check", file)
    assert (checked[-1]["ok"], checked[-1]["changes"]) == (True, 3)
    made = port.lines("risk", "policy", "draft", file, "--reason", "less trust", "--submit")[-1]
    assert (made["version"], made["state"], made["stale"]) == (1, "submitted", 0)
    assert port.lines("risk", "policy", "approve", 1, "--reason", "fine", code=3)[-1]["error"] == "own-work"
    assert [line["field"] for line in port.lines("risk", "policy", "diff", 0, 1)[:-1]] == [
        "most_evidence_milli", "shares.tilted_permille", "shares.uniform_permille",
    ]  # fmt: skip
    assert port.lines("risk", "policy", "withdraw", 1, "--reason", "again")[-1]["state"] == "withdrawn"


def test_a_fault_has_its_place(port, tmp_path):
    file = tmp_path / "wrong.json"
    file.write_text('{"weights": {"NONE": 5}}')
    told = port.lines("risk", "policy", "check", file, code=1)
    assert (told[0]["place"], told[0]["reason"]) == ("weights.NONE", "setting-no-weight")
    assert port.lines("risk", "policy", "draft", file, "--reason", "a try", code=2)[-1]["facts"]["place"] == "weights.NONE"


def test_who_lets_settings_decide_is_told_what_to_judge_again(port, tmp_path):
    from tests.desk.port import BOB

    from vigie.cli.operator import opened
    from vigie.desk import policy

    file = tmp_path / "less.toml"
    file.write_text("most_evidence_milli = 4000\n")
    port.run("risk", "policy", "draft", file, "--reason", "less trust", "--submit")
    with opened() as (node, _):
        policy.step(BOB, 1, "approve", "read", node)
    told = port.run("risk", "policy", "live", 1).stdout
    assert "12 open boxes were judged by other rules. Judge them again: vigie risk assess" in told
    assert port.lines("risk", "assess")[-1]["assessed"] == 12
    assert port.lines("risk", "policy", "retire", 1, "--reason", "enough")[-1]["stale"] == 12
