import msgspec
import pytest
from tests.desk.port import ANN, EVE
from tests.desk.test_indicators import fields

from vigie.desk.proving import check_draft, examples_of, fault_row, fields_read, typologies
from vigie.risk import BadIndicator, DraftFault
from vigie.terms import NotForYou


def test_a_draft_is_told_whole(node):
    told = check_draft(ANN, fields(), node)
    assert (told.ok, told.faults, told.formula) == (True, (), "seals = 1 and empty = false")
    assert len(told.hash) == 16
    assert told.toml.startswith('id = "Z1"')
    assert [(one.wanted, one.fires, one.in_batch) for one in told.examples] == [(True, True, True)] * 2 + [(False, False, False)] * 2


def test_faults_are_told_in_the_officers_language(node):
    seen = {language: check_draft(msgspec.structs.replace(ANN, language=language), fields(expression="seals = null"), node).faults[0].text
            for language in ("fr", "nl", "en", "pt", "es")}  # fmt: skip
    assert len(set(seen.values())) == 5
    assert fault_row(DraftFault("x", "missing"), ANN, node).position is None
    with pytest.raises(BadIndicator) as refused:
        fields_read(fields(expression="seals = null") | {"version": 1}, ANN, node)
    assert refused.value.facts["faults"] == 1


def test_who_may_not_draft_may_not_try(node):
    with pytest.raises(NotForYou):
        check_draft(EVE, fields(), node, EVE.purposes[0])


def test_without_duckdb_the_batch_result_is_unknown(node, monkeypatch):
    monkeypatch.setattr(type(node), "masks", lambda self, policy, rows: None)
    assert {one.in_batch for one in examples_of(node.rules.shipped.get("C7"), node)} == {None}
    assert "switched-seal" in typologies(node)
