import pytest
from tests.cli.conftest import BOXES


def test_a_folder_is_taken_in_and_listed(terminal, ship):
    told = terminal.lines("arrivals", "import", ship)[-1]
    assert (told["files"], told["messages"], told["containers"], told["doubts"]) == (3, 3, 12, {})
    again = terminal.lines("arrivals", "import", ship)[-1]
    assert (again["known"], again["entries"]) == (again["parts"], 0)
    rows = terminal.lines("arrivals", "list")
    assert sorted(row["container"] for row in rows[:-1]) == sorted(BOXES)
    assert rows[-1] == {"kind": "summary", "shown": 12, "total": 12, "more": False, "next": "", "exit": 0}


def test_a_list_is_told_page_by_page(port):
    first = port.lines("arrivals", "list", "--limit", 8, "--sort", "container")
    rest = port.lines("arrivals", "list", "--limit", 8, "--sort", "container", "--after", first[-1]["next"])
    assert len({row["container"] for row in (*first[:-1], *rest[:-1])}) == 12
    assert port.lines("arrivals", "list", "--site", "NLRTM")[-1]["total"] == 0
    assert port.lines("arrivals", "list", "--status", "gone")[-1]["total"] == 0
    port.run("arrivals", "list", "--sort", "colour", code=2)


def test_where_nothing_is_it_says_what_to_do(terminal):
    assert "vigie arrivals import" in terminal.run("arrivals", "list").stdout


def test_bad_bytes_become_doubts_with_their_place(port, tmp_path):
    bad = tmp_path / "bad.edi"
    bad.write_bytes(
        b"UNB+UNOA:1+A+B+260302:0600+1'UNH+1+BAPLIE:D:95B:UN'BGM++X+9'\nEQD+CN+MSCU0000001+45R1+++5'UNT+9+1'"
    )
    told = port.lines("arrivals", "import", bad, code=1)
    doubts = [line for line in told if line["kind"] == "doubt"]
    assert {doubt["code"] for doubt in doubts} >= {"edifact-unt-count"}
    assert all(doubt["file"] == "bad.edi" and doubt["text"] for doubt in doubts)
    assert any(doubt["segment"] for doubt in doubts)
    assert told[-1]["doubts"]["edifact-unt-count"] == 1
    table = port.run("arrivals", "import", bad).stdout
    assert "known already" in table


def test_a_file_that_is_not_there_is_wrong_usage(port):
    port.run("arrivals", "import", "no-such-file.edi", code=2)


def test_a_table_needs_its_column_map(port, tmp_path):
    table, columns = tmp_path / "rows.csv", tmp_path / "columns.toml"
    table.write_text(f"box;bill\n{BOXES[0]};BLX\n")
    columns.write_text("this is no map")
    port.run("arrivals", "import", table, "--columns", columns, code=2)
    columns.write_text('kind = "consignment"\n[columns]\ncontainer = "box"\ndocument = "bill"\n')
    told = port.lines("arrivals", "import", table, "--columns", columns)[-1]
    assert (told["consignments"], told["containers"], told["faults"]) == (1, 1, 0)
    assert port.lines("arrivals", "search", "BLX")[0]["container"] == BOXES[0]


def test_history_can_be_loaded_only_before(port, ship):
    told = port.lines("arrivals", "import", ship, "--back-load", code=2)
    assert told[-1]["error"] == "bad-request"


@pytest.mark.parametrize("asked", [BOXES[0], f"{BOXES[0]}-1", f"{BOXES[0][:4]} {BOXES[0][4:10]} {BOXES[0][10]}"])
def test_one_box_is_shown_with_its_timeline(port, asked):
    told = port.lines("arrivals", "show", asked)
    assert {line["code"] for line in told[:-1]} >= {"announced", "planned"}
    assert (told[-1]["visit"], told[-1]["status"]) == (f"{BOXES[0]}-1", "new")
    assert BOXES[0] in port.run("arrivals", "show", asked).stdout


def test_what_is_not_there_is_refused(port):
    assert port.lines("arrivals", "show", "MSCU9999990", code=3)[-1]["error"] == "not-for-you"


def test_search_forgives_one_typing_error(port):
    right = BOXES[3]
    wrong = right[:6] + ("1" if right[6] != "1" else "2") + right[7:]
    exact = port.lines("arrivals", "search", right)
    assert (exact[0]["container"], exact[0]["exact"]) == (right, True)
    near = port.lines("arrivals", "search", wrong)
    assert right in {hit["container"] for hit in near[:-1]}
    assert all(not hit["exact"] for hit in near[:-1] if hit["container"] == right)
    assert port.lines("arrivals", "search", "nothing like it")[-1]["hits"] == 0


def test_nothing_set_aside_leaves_nothing_to_work_on_again(port):
    told = port.lines("arrivals", "retry")[-1]
    assert (told["parts"], told["faults"]) == (0, 0)
