import sys
import threading

import pytest
from tests.risk.models.planted import a_table, rows_of, taught

from vigie.risk import load_model, read_model
from vigie.risk.models.declared import BadModel, ModelsMissing
from vigie.risk.models.native import Trees, lightgbm


def test_single_rows_and_many_are_the_same_doubles():
    model = load_model(taught())
    table, _ = a_table(500)
    alone = model.bind(list(table))
    assert [alone(row) for row in rows_of(table)] == model.many(table).tolist()


def test_threads_score_beside_each_other():
    model, (table, _) = load_model(taught()), a_table(400, seed=2)
    alone, rows = model.bind(list(table)), rows_of(table)
    want, told = [alone(row) for row in rows], {}
    threads = [threading.Thread(target=lambda n=n: told.update({n: [alone(row) for row in rows]})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(told[n] == want for n in range(4))


def test_shares_add_up_to_the_score():
    file = read_model(taught())
    trees = Trees(file.trees, len(file.spec.inputs))
    rows = __import__("numpy").zeros((3, len(file.spec.inputs)))
    assert trees.shares(rows).sum(axis=1) == pytest.approx(trees.many(rows))


def test_a_text_that_is_no_ensemble_is_refused(capfd):
    with pytest.raises(BadModel):
        Trees("tree\nversion=v4\nbroken", 3)
    capfd.readouterr()


def test_without_the_extra_the_reason_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(ModelsMissing) as fault:
        lightgbm()
    assert fault.value.facts == {"extra": "models"}
