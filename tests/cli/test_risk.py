from tests.cli.conftest import BOXES


def test_boxes_are_assessed_again(port):
    assert port.lines("risk", "assess")[-1]["assessed"] == 12
    assert port.lines("risk", "assess", BOXES[0], BOXES[1])[-1]["assessed"] == 2
    assert port.lines("risk", "assess", "MSCU9999990", code=3)[-1]["error"] == "not-for-you"


def test_a_score_is_a_sum_that_can_be_followed(port):
    told = port.lines("risk", "explain", BOXES[0])
    total = told[-1]
    assert (
        total["prior_milli"] + sum(line["weight_milli"] for line in told[:-1]) + total["caps_milli"]
        == total["total_milli"]
    )
    listed = next(row for row in port.lines("arrivals", "list") if row.get("container") == BOXES[0])
    assert listed["score_milli"] == total["total_milli"]
    assert "Every box starts at" in port.run("risk", "explain", BOXES[0]).stdout


def test_a_watch_list_from_a_table_with_a_bad_row(port, tmp_path):
    assert "vigie risk watch" in port.run("risk", "watchlists").stdout
    table = tmp_path / "watch.csv"
    table.write_text(f"kind,value,note\ncontainer,{BOXES[5]},tip\ncolour,blue,\nseal,,\n")
    told = port.lines("risk", "watch", table, "--name", "Joint action", "--reason", "request 12", code=1)
    assert sorted(line["row"] for line in told[:-1]) == [3, 4]
    assert told[-1]["added"] == 1
    (listed, _) = port.lines("risk", "watchlists")
    assert (listed["id"], listed["effect"], listed["expired"]) == (told[-1]["watchlist"], "mandatory", False)
    assert [entry["term"] for entry in listed["entries"]] == [BOXES[5]]
    hit = port.lines("risk", "explain", BOXES[5])[-1]
    assert hit["mandatory"] is True


def test_a_weighted_list_needs_its_weight(port, tmp_path):
    table = tmp_path / "watch.csv"
    table.write_text(f"kind;value\ncontainer;{BOXES[6]}\n")
    words = ("risk", "watch", table, "--name", "x", "--reason", "why", "--effect", "weighted")
    assert port.lines(*words, code=2)[-1]["error"] == "bad-request"
    before = port.lines("risk", "explain", BOXES[6])[-1]["total_milli"]
    port.lines(*words, "--weight", 1500)
    assert port.lines("risk", "explain", BOXES[6])[-1]["total_milli"] > before


def test_a_table_without_its_columns_is_refused(port, tmp_path):
    table = tmp_path / "watch.csv"
    table.write_text("a,b\n1,2\n")
    port.run("risk", "watch", table, "--name", "x", "--reason", "why", code=2)
