import csv

import pytest
from tests.desk.port import ADA, ANN, BOB, NOW
from tests.desk.test_registry import a_report

from vigie.desk import registry, registry_export, registry_figures
from vigie.terms import DAY, NotForYou


def test_a_file_has_every_row_of_the_list_and_no_formula(node, monkeypatch):
    monkeypatch.setattr("vigie.desk.registry.MOST", 2)
    for day in range(5):
        registry.record(ANN, a_report(1000 + day, at=NOW - (day + 1) * DAY, container="=1+1"), node)
    rows = list(csv.DictReader(registry_export.seizures(ANN, node, place="BEANR").splitlines()))
    assert [row["grams"] for row in rows] == ["1000", "1001", "1002", "1003", "1004"]
    assert {row["container"] for row in rows} == {"'=1+1"}
    with pytest.raises(NotForYou):
        registry_export.seizures(ADA, node)


def test_claims_are_exported_as_they_are_kept(node):
    registry_figures.publish(BOB, node, document="bulletin", area="belgium", start="2026-01-01", end="2026-12-31")
    (row,) = csv.DictReader(registry_export.claims(BOB, node).splitlines())
    assert (row["document"], row["value"], row["publisher"]) == ("bulletin", "0", node.settings.name)
