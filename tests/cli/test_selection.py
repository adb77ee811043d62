import csv
import io
import json
import warnings

import pytest
from pydifact.segmentcollection import Interchange
from tests.cli.conftest import BOXES, DAY

DAY_AT = ("--site", "BEANR", "--day", DAY)
SHIFT = "early,06:00,8,MX-1=3,MX-2=2"


@pytest.fixture
def planned(port):
    port.run("selection", "capacity", "--site", "BEANR", "--shift", SHIFT)
    return port


def test_without_capacity_it_says_what_to_do(port):
    told = port.run("selection", "plan", *DAY_AT, code=2)
    assert "vigie selection capacity --site BEANR" in told.stderr
    assert "vigie selection capacity" in port.run("selection", "capacity", "--site", "BEANR").stdout
    assert port.lines("selection", "plan", *DAY_AT, code=2)[-1]["error"] == "bad-request"


def test_capacity_is_set_and_shown(port):
    told = port.lines("selection", "capacity", "--site", "BEANR", "--shift", SHIFT, "--shift", "late,14:00,8,MX-1=3")
    assert [(line["name"], line["hours"], line["scanners"]) for line in told[:-1]] == [
        ("early", 8, {"MX-1": 3, "MX-2": 2}), ("late", 8, {"MX-1": 3}),
    ]  # fmt: skip
    assert "MX-1 3, MX-2 2" in port.run("selection", "capacity", "--site", "BEANR").stdout
    for wrong in ("early", "early,06:00,x,MX=3", "early,six,8,MX=3", "early,06:00,8,MX"):
        port.run("selection", "capacity", "--site", "BEANR", "--shift", wrong, code=2)
    port.run("selection", "capacity", "--site", "Antwerp", "--shift", SHIFT, code=2)


def test_a_day_is_planned_sealed_revealed_and_proven(planned):
    assert "Nothing to scan" in planned.run("selection", "plan", *DAY_AT, "--look").stdout
    told = planned.lines("selection", "plan", *DAY_AT)
    picks, total = told[:-1], told[-1]
    assert (len(picks), total["used"], total["slots"], total["missed"]) == (5, 5, 5, 7)
    assert {pick["container"] for pick in picks} <= set(BOXES)
    assert {pick["stratum"] for pick in picks} <= {"mandatory", "score", "tilted", "uniform", "officer"}
    assert total["commitment"] == planned.lines("selection", "commit", *DAY_AT)[-1]["commitment"]
    assert planned.lines("selection", "verify", *DAY_AT, code=2)[-1]["error"] == "not-found"
    key = planned.lines("selection", "reveal", *DAY_AT)[-1]["key"]
    assert len(bytes.fromhex(key)) == 32
    proven = planned.lines("selection", "verify", *DAY_AT)
    assert all(line["whole"] for line in proven)
    assert len(proven) == 3
    planned.run("selection", "plan", *DAY_AT, code=2)


def test_a_plan_as_csv(planned):
    rows = list(csv.DictReader(io.StringIO(planned.run("selection", "plan", *DAY_AT, "--out", "csv").stdout)))
    assert len(rows) == 5
    assert {row["shift"] for row in rows} == {"early"}
    assert all(row["due"].startswith(DAY) for row in rows)
    assert planned.run("selection", "plan", *DAY_AT, "--shift", "none", code=2)


@pytest.mark.parametrize("form", ["csv", "cusres", "dcsa"])
def test_an_order_leaves_the_house(planned, tmp_path, form):
    file = tmp_path / "order.out"
    told = planned.lines("selection", "order", "hold", BOXES[0], BOXES[1], "--form", form, "--to", file)
    assert [line["container"] for line in told[:-1]] == BOXES[:2]
    assert told[-1] == {"kind": "summary", "orders": 2, "file": str(file), "exit": 0}
    body = file.read_text()
    if form == "csv":
        assert [row["container"] for row in csv.DictReader(io.StringIO(body))] == BOXES[:2]
    elif form == "cusres":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pydifact tells that it has no tables of this directory
            kinds = [message.type for message in Interchange.from_str(body).get_messages()]
        assert kinds == ["CUSRES"]
        assert all(box in body for box in BOXES[:2])
    else:
        events = json.loads(body)["events"]
        assert len(events) == 2
        assert {event["equipmentDetails"]["equipmentReference"] for event in events} == set(BOXES[:2])
    assert planned.lines("arrivals", "show", BOXES[0])[-1]["status"] == "held"


def test_a_terminal_confirms_once(planned, tmp_path):
    words = ("selection", "order", "inspect", BOXES[0], "--to", tmp_path / "order.csv", "--reason", "routine")
    order = planned.lines(*words)[0]["id"]
    assert planned.lines("selection", "acknowledge", order, "--by", "gate 3")[-1]["order"] == order
    assert planned.lines("selection", "acknowledge", order, "--by", "gate 3", code=2)[-1]["error"] == "conflict"
    assert planned.lines("selection", "acknowledge", "none", "--by", "gate 3", code=3)


def test_no_order_about_a_box_that_is_not_there(planned, tmp_path):
    file = tmp_path / "order.csv"
    planned.run("selection", "order", "release", BOXES[0], "MSCU9999990", "--to", file, code=3)
    assert not file.exists()
