"""A table is read as declared, or refused with its place."""

import numpy as np
import pytest
from benchmarks.quality.risk_table import BadTable, day, joined, number, read_table, rows_of, text, whole, without

CELLS = {"id": text, "when": day, "kilos": number, "found": whole}


def a_file(tmp_path, body, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(body.encode(encoding))
    return path


def test_columns_are_found_by_name_and_others_passed_over(tmp_path):
    told = read_table(a_file(tmp_path, "\ufeffkilos,more,id,when,found\n1.5,x,a,1970-01-02,1.0\n,y,,1970-01-01,0\n"), CELLS)
    assert told == {"id": ["a", None], "when": [1, 0], "kilos": [1.5, None], "found": [1, 0]}


@pytest.mark.parametrize(("body", "told"), [
    ("", "line 1: no column 'id', 'when', 'kilos', 'found'"),
    ("id,when,kilos\n", "no column 'found'"),
    ("id,when,kilos,found\n", "no rows"),
    ("id,when,kilos,found\na,1970-01-01,1,0\nb,1970-13-01,1,0\n", "line 3, column 'when': '1970-13-01'"),
    ("id,when,kilos,found\na,1970-01-01,heavy,0\n", "line 2, column 'kilos': 'heavy'"),
    ("id,when,kilos,found\na,1970-01-01,inf,0\n", "not a finite number"),
    ("id,when,kilos,found\na,1970-01-01,1,0.5\n", "not a whole number"),
    ("id,when,kilos,found\na,1970-01-01,1,inf\n", "line 2, column 'found'"),
    ("id,when,kilos,found\na,1970-01-01,1,\n", "line 2, column 'found'"),
    ("id,when,kilos,found\na,1970-01-01,1\n", "line 2: 3 cells, the head has 4"),
    ("id,when,kilos,found\na,1970-01-01,1,0,9\n", "line 2: 5 cells"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path, body, told):
    with pytest.raises(BadTable) as fault:
        read_table(a_file(tmp_path, body), CELLS)
    assert told in str(fault.value)
    assert str(tmp_path / "table.csv") in str(fault.value)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(BadTable, match="no UTF-8"):
        read_table(a_file(tmp_path, "id,when,kilos,found\né,1970-01-01,1,0\n", "latin-1"), CELLS)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadTable, match="No such file"):
        read_table(tmp_path / "absent.csv", CELLS)


def test_rows_are_chosen_joined_and_taken_out():
    table = {"id": ["a", "b", "c"], "n": [1, 2, 3]}
    assert rows_of(table, np.array([True, False, True])) == {"id": ["a", "c"], "n": [1, 3]}
    assert rows_of(table, [2, 0]) == {"id": ["c", "a"], "n": [3, 1]}
    assert joined(table, {"id": ["d"], "n": [4]}) == {"id": ["a", "b", "c", "d"], "n": [1, 2, 3, 4]}
    assert without(table, {"id": ["b"]}, "id") == {"id": ["a", "c"], "n": [1, 3]}
