"""Declarations: what is judged is never learnt from, and no label is an input."""

import json

import numpy as np
import pytest
from benchmarks.quality import kcs, risk
from benchmarks.quality.learnt import learnt
from benchmarks.quality.risk_figures import Run
from benchmarks.quality.risk_table import BadTable
from tests.quality.tables import kcs_rows, written


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kcs")
    made = ((1, 2500, "2020-01-01", 360, 0), (2, 900, "2021-01-01", 80, 10_000), (3, 900, "2021-04-01", 80, 20_000))
    return [written(folder / f"{seed}.csv", kcs_rows(rows, seed, since, days, first)) for seed, rows, since, days, first in made]


def test_no_label_and_no_party_is_an_input():
    for spec in (kcs.SPEC, kcs.SMALL, kcs.DEFAULT, kcs.TABLE):
        assert not set(spec.reads) & {"Fraud", "Critical Fraud", "Importer ID", "Declarant ID", "Seller ID", "Courier ID"}


def test_the_command_tells_json(files, capsys):
    assert risk.main(["--kcs", *map(str, files), "--quick", "--seed", "3"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert {"KCS P@5 %", "KCS P@10 %", "KCS AP", "KCS AUC", "KCS ECE, 10 bins of equal mass"} <= set(told)
    for one in told.values():
        assert one["seed"] == 3
        assert one["configurations"] == kcs.CONFIGURATIONS
        assert one["n"] > 0
        assert "--kcs" in one["command"]
    assert told["KCS P@5 %"]["low"] <= told["KCS P@5 %"]["value"] <= told["KCS P@5 %"]["high"]
    assert told["KCS AP"]["value"] > 0.4
    assert told["KCS P@5 %"]["peer_value"] > 0.4


def test_rows_that_are_judged_are_taken_out_of_what_is_learnt(files):
    before, valid, test = (kcs.read_kcs(path) for path in files)
    taught, calibrated = kcs.parts({name: before[name] + test[name] for name in before}, valid, test)
    assert not set(taught["Declaration ID"]) & set(test["Declaration ID"])
    assert calibrated == valid
    taught, calibrated = kcs.parts(before, test, test)  # nothing of VALID is left: the last fifth of TRAIN serves
    assert max(taught["Date"]) <= min(calibrated["Date"])
    assert len(taught["Date"]) + len(calibrated["Date"]) == len(before["Date"])


def test_no_label_of_the_test_reaches_its_score(files):
    before, _, test = (kcs.read_kcs(path) for path in files)
    model = learnt(kcs.SMALL, kcs.FIELDS, before, before["Fraud"], "Date")
    turned = test | {"Fraud": [1 - one for one in test["Fraud"]], "Critical Fraud": [0] * len(test["Fraud"])}
    assert model.many(test).tolist() == model.many(turned).tolist()


def test_one_declaration_is_scored_as_the_table_is(files):
    before, _, test = (kcs.read_kcs(path) for path in files)
    model = learnt(kcs.SMALL, kcs.FIELDS, before, before["Fraud"], "Date")
    assert [model.one({name: values[row] for name, values in test.items()}) for row in range(50)] == model.many(test)[:50].tolist()


@pytest.mark.parametrize(("column", "value", "told"), [
    ("Fraud", "2", "row 3, column 'Fraud': 2 is no label"), ("Critical Fraud", "3", "column 'Critical Fraud'"),
    ("Item Price", "dear", "line 4, column 'Item Price': 'dear'"), ("HS6 Code", "", "line 4, column 'HS6 Code'"),
])  # fmt: skip
def test_a_bad_table_is_told_with_its_place(tmp_path, capsys, column, value, told):
    rows = kcs_rows(5)
    rows[2][column] = value
    bad = str(written(tmp_path / "bad.csv", rows))
    assert risk.main(["--kcs", bad, bad, bad]) == 2
    assert told in capsys.readouterr().err


def test_a_test_that_holds_one_label_only_is_refused(files):
    before, valid, test = (kcs.read_kcs(path) for path in files)
    with pytest.raises(BadTable, match="one value only"):
        kcs.figures(before, valid, test | {"Fraud": [0] * len(test["Fraud"])}, Run(quick=True))
    assert np.any(test["Fraud"])
