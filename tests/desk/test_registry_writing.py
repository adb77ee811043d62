"""Steps are taken at their turn: of two that come at once the second finds the first done."""

import pytest
from tests.desk.port import ANN, BOB, NOW
from tests.desk.test_registry import a_report

from vigie.desk import registry
from vigie.desk.acts import Claiming, SeizureTable, SeizureTaken, item_of
from vigie.desk.registry_writing import claim_digest
from vigie.desk.work import hand_in
from vigie.registry import Claim, Scope, SeizureStep, Verb
from vigie.terms import BadRequest, Moment


def test_of_two_merges_at_once_the_second_is_told(node):
    one, other = (registry.record(ANN, a_report(grams), node).line.id for grams in (1000, 2000))
    steps = [SeizureStep(a, Verb.MERGE, BOB.id, NOW, into=b, reason="one") for a, b in ((one, other), (other, one))]
    with pytest.raises(BadRequest) as fault:
        hand_in([item_of(SeizureTaken(step, BOB.id, NOW), BOB.id, NOW) for step in steps], node)
    assert str(fault.value.facts["fault"]).lower() == "conflict"
    assert [row.grams for row in node.store.registry.rows(0, NOW + 1)] == [2000]


def test_a_step_stands_in_the_log_under_its_seizure(node):
    made = registry.record(ANN, a_report(), node).line.id
    assert [entry.kind.value for entry in node.store.log.of(made)] == ["seizure"]


def test_a_table_and_claims_are_kept(node):
    claim = Claim("Ghent", Scope("ghent"), "2019-01-01", "2019-12-31", "seized", "1.7", "t", row=3, file="a")
    again = Claim("Ghent", Scope("ghent"), "2019-01-01", "2019-12-31", "seized", "1.7", "t", row=9, file="b")
    assert claim_digest(claim) == claim_digest(again)
    for act in (SeizureTable("s.csv", b"\xff\x00a,b", "", (1, 0, 0, 0, 0), (), ANN.id, NOW),
                Claiming((claim,), ANN.id, NOW), Claiming((again,), ANN.id, Moment(NOW - 1))):  # fmt: skip
        hand_in([item_of(act, ANN.id, NOW)], node)
    assert [(one.name, one.size) for one in node.store.seizure_imports.page()] == [("s.csv", 5)]
    assert len(node.store.claims.all()) == 1
