from tests.cli.conftest import BOXES


def test_an_outcome_is_recorded_and_closes_the_box(port):
    told = port.lines(
        "inspections", "record", BOXES[0], "--found", "cocaine", "--kg", "12,5", "--hidden", "behind-doors",
        "--detector", "dog", "--detector-id", "DOG-1", "--team", "customs", "--team", "police", "--depth", "doors-opened",
        "--at", "2026-03-02T15:00:00Z",
    )[-1]  # fmt: skip
    assert (told["recorded"], told["visit"]) == (1, f"{BOXES[0]}-1")
    shown = port.lines("arrivals", "show", BOXES[0])
    assert shown[-1]["status"] == "inspected"
    assert "outcome" in {line["kind"] for line in shown} | {line.get("code") for line in shown}


def test_what_contradicts_itself_is_told_and_recorded(port):
    told = port.lines("inspections", "record", BOXES[1], "--found", "nothing", "--kg", "5", "--detector-id", "MX-1", "--analyst", "ann", code=1)
    assert [line["kind"] for line in told] == ["contradiction", "summary"]
    assert told[-1]["recorded"] == 1


def test_a_table_of_outcomes_names_its_bad_rows(port, tmp_path):
    table = tmp_path / "outcomes.csv"
    table.write_text(
        "container;at;found;detector;depth\n"
        f"{BOXES[2]};2026-03-02T16:00:00Z;nothing;scanner;scan\n"
        f"{BOXES[3]};2026-03-02T16:00:00Z;treasure;scanner;scan\n"
        "MSCU9999990;2026-03-02T16:00:00Z;nothing;scanner;scan\n"
    )
    told = port.lines("inspections", "record", "--csv", table, code=1)
    assert sorted(line["row"] for line in told[:-1]) == [3, 4]
    assert (told[-1]["recorded"], told[-1]["doubts"]) == (1, 2)
    again = port.lines("inspections", "record", "--csv", table, code=1)
    assert again[-1]["recorded"] == 0


def test_what_is_missing_is_wrong_usage(port):
    assert port.lines("inspections", "record", code=2)[-1]["error"] == "bad-request"
    assert "--found" in port.run("inspections", "record", BOXES[0], code=2).stderr
    port.run("inspections", "record", BOXES[0], "--found", "treasure", code=2)
    assert port.lines("inspections", "record", BOXES[0], "--found", "nothing", "--kg", "heavy", code=2)
    assert port.lines("inspections", "record", "MSCU9999990", "--found", "nothing", code=3)
