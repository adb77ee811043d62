"""Decision tables of GoRules, judged by their own engine on the same rows."""

import json
from datetime import date

import pytest
import zen
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.rows import NAMES

from vigie.risk.columns_row import KINDS
from vigie.risk.importing_jdm import read_jdm, unary
from vigie.risk.indicator import example_row
from vigie.risk.language_python import row_test
from vigie.risk.language_text import parse
from vigie.terms import BadRequest

INPUTS = [{"id": "a", "name": "Seals", "field": "seals"}, {"id": "b", "name": "Goods", "field": "hs4"},
          {"id": "c", "name": "Reefer", "field": "reefer"}]  # fmt: skip
OUTPUTS = [{"id": "n", "name": "row", "field": "row"}, {"id": "p", "name": "percent", "field": "percent"}]
TODAY = date(2026, 1, 1)
CELLS = {
    "a": ["", "> 1", "<= 2", "3", "[1..3]", "(1..3)", "[0..2)", "1, 3", "> 0 and < 3", "< 1 or > 3", "!= 2", "not in [1, 2]", "in [0, 4]"],
    "b": ["", '"0803"', '"0803","0804"', 'startsWith($, "08")', 'contains($, "80")', '!= "0803"', 'not in ["0901"]'],
    "c": ["", "true", "false"],
}  # fmt: skip


def model(rows, hit="collect", **more):
    told = [{"_id": str(n), **row, "n": str(n)} for n, row in enumerate(rows)]
    table = {"hitPolicy": hit, "inputs": INPUTS, "outputs": OUTPUTS[:1], "rules": told} | more
    at = {"position": {"x": 0, "y": 0}}
    return {
        "nodes": [{"id": "i", "type": "inputNode", "name": "in", **at},
                  {"id": "t", "type": "decisionTableNode", "name": "T", "content": table, **at},
                  {"id": "o", "type": "outputNode", "name": "out", **at}],
        "edges": [{"id": "1", "sourceId": "i", "targetId": "t", "type": "edge"},
                  {"id": "2", "sourceId": "t", "targetId": "o", "type": "edge"}],
    }  # fmt: skip


ROWS = st.lists(st.fixed_dictionaries({key: st.sampled_from(cells) for key, cells in CELLS.items()}), min_size=1, max_size=5)
BOXES = st.fixed_dictionaries({"seals": st.integers(0, 5), "hs4": st.sampled_from(["0803", "0804", "0901", "8001"]), "reefer": st.booleans()})


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["collect", "first"]), st.lists(BOXES, min_size=1, max_size=4))
def test_rows_fire_where_the_engine_of_the_table_says(rows, hit, boxes):
    told = json.dumps(model(rows, hit))
    made = read_jdm(told.encode(), TODAY)
    run = row_test([parse(one.fields["expression"]) for one in made], KINDS)
    decision = zen.ZenEngine().create_decision(told)
    for box in boxes:
        result = decision.evaluate(box)["result"]
        hits = [result] if isinstance(result, dict) and "row" in result else result if isinstance(result, list) else []
        mask = run(example_row(box, NAMES))
        assert {n for n in range(len(rows)) if mask >> n & 1} == {one["row"] for one in hits}


def test_what_is_not_understood_is_a_doubt_with_its_place():
    rows = [{"a": "> seals2", "b": "", "c": ""}, {"a": "", "b": "", "x": '"y"'}]
    made = read_jdm(json.dumps(model(rows, inputs=[*INPUTS, {"id": "x", "name": "Who", "field": "person.name"}])).encode(), TODAY)
    assert [(one.place, one.reason) for one in made[0].doubts] == [
        ("row 1, Seals", "import-cell"), ("row 1, row", "import-output")]
    assert made[0].fields["expression"] == "false"
    assert ("row 2, Who", "import-column") in {(one.place, one.reason) for one in made[1].doubts}
    assert ("row 1, Seals", "import-unknown") in {(one.place, one.reason) for one in read_jdm(json.dumps(model([{"a": "!= 2"}])).encode(), TODAY)[0].doubts}


def test_a_percentage_is_taken():
    rows = [{"a": "1", "p": "30"}]
    (made,) = read_jdm(json.dumps(model(rows, outputs=OUTPUTS[1:])).encode(), TODAY)
    assert (made.fields["action"], made.fields["percent"]) == ("propose-percent", 30)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"nodes": 1}', b'{"nodes": []}', b"\xff", json.dumps(model([])).encode()])
def test_what_is_no_decision_table_is_refused(raw):
    with pytest.raises(BadRequest):
        read_jdm(raw, TODAY)


@given(st.text(max_size=30))
def test_any_cell_is_read_or_doubted(cell):
    doubts = []
    told = unary(cell, "seals", "row 1", doubts) if cell.strip() else "true"
    assert doubts or told
