"""Every fault of a draft at once, each with its place and reason, each told in five languages."""

import pytest
from tests.desk.test_indicators import fields

from vigie.risk import load_catalogue, tell_draft_fault
from vigie.risk.checking import check
from vigie.terms import Language

CATALOGUE = load_catalogue()
OTHERS = {one.id: one for one in CATALOGUE.indicators}


def told(**more):
    return [(one.place, one.reason) for one in check(fields(**more) | {"version": 1}, OTHERS, frozenset(("documents",))).faults]


def test_a_draft_without_faults_is_an_indicator():
    found = check(fields() | {"version": 1}, OTHERS)
    assert found.faults == ()
    assert found.indicator.expression == "seals = 1 and empty = false"


@pytest.mark.parametrize(("more", "place", "reason"), [
    ({"expression": "seals = null"}, "expression:8", "null-compared"),
    ({"expression": "nope = 1"}, "expression:0", "unknown-column"),
    ({"expression": "seals = 0 and empty = 'x'"}, "expression:20", "type-clash"),
    ({"expression": "seals / (1 - 1) > 2"}, "expression:6", "division-by-zero"),
    ({"expression": "seals / 0 > 2"}, "expression:6", "division-by-zero"),
    ({"expression": "fired('ZZ')"}, "expression:0", "unknown-indicator"),
    ({"expression": "reefer and fired('Z1')"}, "expression:11", "cycle"),
    ({"expression": "seals >"}, "expression:7", "ended"),
    ({"expression": "not (empty and (hs2 < 3))"}, "expression:20", "type-clash"),
    ({"expression": "seals + 1"}, "expression:6", "not-a-condition"),
    ({"fires": [{"seals": None}, {"seals": 1, "empty": False}]}, "fires[0].seals", "value-clash"),
    ({"fires": [{"sea": 1}, {"seals": 1, "empty": False}]}, "fires[0].sea", "unknown-column"),
    ({"silent": [{"seals": -1}, {"seals": 0}]}, "silent[0].seals", "value-clash"),
    ({"fires": [{"seals": 0}, {"seals": 1, "empty": False}]}, "fires[0]", "does-not-fire"),
    ({"silent": [{"seals": 1, "empty": False}, {"seals": 0}]}, "silent[0]", "fires-wrongly"),
    ({"fires": []}, "fires", "too-few-examples"),
    ({"title": {"en": "x"}}, "title.fr", "text-missing"),
    ({"reason": dict.fromkeys(("fr", "nl", "en", "pt", "es"), "{hs2}")}, "reason.fr", "place-without-evidence"),
    ({"reason": dict.fromkeys(("fr", "nl", "en", "pt", "es"), "{hs2")}, "reason.fr", "bad-place"),
    ({"weight": {"grade": "weak", "source": "x", "milli": 9000}}, "weight.milli", "weight-outside-grade"),
    ({"weight": {"grade": "strange", "source": "x"}}, "weight.grade", "bad-value"),
    ({"action": "propose-percent", "weight": {"grade": "none", "source": "x"}}, "percent", "percent-of-action"),
    ({"action": "watch"}, "weight.grade", "only-score-weighs"),
    ({"basis": " "}, "basis", "no-source"),
    ({"typology": "none-such"}, "typology", "unknown-typology"),
    ({"evidence": ["nope"], "reason": dict.fromkeys(("fr", "nl", "en", "pt", "es"), "x")}, "evidence[0]", "unknown-column"),
    ({"handling": "pink"}, "handling", "bad-value"),
    ({"valid_until": "2019-01-01"}, "valid_until", "ends-before-start"),
    ({"strange": 1}, "strange", "unknown-field"),
    ({"name": "no id!"}, "id", "bad-id"),
])  # fmt: skip
def test_each_fault_has_its_place_and_reason(more, place, reason):
    assert (place, reason) in told(**more)


def test_all_faults_come_at_once():
    told_all = dict(told(title={"en": "x"}, fires=[], expression="nope = 1"))
    assert {"title.fr", "title.nl", "fires", "expression:0"} <= set(told_all)
    missing = fields() | {"version": 1}
    del missing["basis"]
    assert [(one.place, one.reason) for one in check(missing, OTHERS).faults] == [("basis", "missing")]


def test_every_fault_is_told_in_every_language():
    for code in CATALOGUE.texts.table:
        if code.startswith("fault-"):
            assert set(CATALOGUE.texts.table[code]) == {language.value for language in Language}
    for fault in check(fields(expression="seals = null", fires=[]) | {"version": 1}, OTHERS).faults:
        assert len({tell_draft_fault(fault, language, CATALOGUE) for language in Language}) >= 4
