import json
from hashlib import sha256

import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, IAN, NOW, VISIT, an_officer, manifest, take_in, trail
from tests.registry.recorded import a_report

from vigie.desk import container, dossier, registry
from vigie.desk.dossier_checking import check_dossier
from vigie.registry import unpack
from vigie.terms import DAY, BadRequest, Conflict, Handling, Moment, NotForYou, NotFound, OwnWork, Purpose, Role

CASE = "AN.45.F1.123/26"
EVA = an_officer("eva", Role.AUDITOR, clearance=Handling.RED, purposes=(Purpose.INVESTIGATION, Purpose.OVERSIGHT))
WHY = "asked for by the investigating judge"


@pytest.fixture
def case(node):
    """A box that came, was judged, looked at, and in which something was found."""
    take_in(node, manifest())
    container.container(BOB, VISIT, node)
    made = registry.record(BOB, a_report(Moment(NOW), case=CASE, container=BOX, visit=VISIT), node)
    registry.record(BOB, a_report(Moment(NOW - DAY), case="another", provenance="PY"), node)
    return made.line.id


def members(made):
    found, faults = unpack(made.body)
    assert faults == []
    return found


def kinds(made):
    return {one["kind"] for one in json.loads(members(made)["sealed.json"])["parts"]}


def test_a_dossier_holds_everything_of_the_case_in_order_and_verifies_by_itself(node, case):
    made = dossier.dossier(BOB, CASE, node)
    check = check_dossier(made.body)
    assert (check.whole, check.faults) == (True, ())
    assert (check.case, check.seal, check.key, check.withheld) == (CASE, made.seal, made.key, 0)
    assert kinds(made) >= {"case", "seizure", "original", "box", "reading", "custody", "trail", "model", "proofs"}
    found = members(made)
    assert json.loads(found["case.json"]) == {"boxes": [VISIT], "case": CASE, "seizures": [case]}
    (original,) = [name for name in found if name.startswith("originals/")]
    assert b"ABC123" in found[original]
    custody = [json.loads(body) for name, body in found.items() if name.startswith("custody/")]
    assert [(one["kind"], one["original"]) for one in custody] == [("consignment", original), ("seizure", "")]
    assert custody[0]["source"] == sha256(found[original]).hexdigest()
    readings = [name for name in found if name.startswith("readings/")]
    assert readings == sorted(readings, key=lambda name: int(name.rpartition("/")[2][:-5]))
    looks = [json.loads(body)[1] for name, body in found.items() if name.startswith("trail/")]
    assert ("bob", "see", VISIT) in [(one["officer"], one["act"], one["subject"]) for one in looks]
    assert [name for name in found if name.startswith("seizures/")] == [f"seizures/{case}.json"]


def test_the_making_stands_in_the_trail_with_its_seal_and_not_with_the_case(node, case):
    made = dossier.dossier(BOB, CASE, node)
    told = trail(node, act="export-dossier")[0]
    assert (told.facts["seal"], told.facts["key"], told.facts["withheld"]) == (made.seal, made.key, 0)
    assert CASE not in repr(told)


def test_two_recipients_get_the_same_list_and_other_parts(node, case):
    wish = dossier.ask(BOB, CASE, "Harbour inspection", Handling.AMBER, Purpose.INSPECTION, WHY, node)
    dossier.decide(EVA, wish.id, "allowed", node)
    other = dossier.dossier_for(BOB, wish.id, node)
    check = check_dossier(other.body)
    assert (check.whole, check.recipient) == (True, "Harbour inspection")
    assert check.withheld > 0
    found = members(other)
    assert not any(name.startswith(("trail/", "readings/", "models/")) for name in found)
    listed = {one["path"]: one for one in json.loads(found["sealed.json"])["parts"]}
    withheld = json.loads(found["manifest.json"])["withheld"]
    assert set(withheld) == set(listed) - set(found)
    assert set(withheld.values()) == {"purpose"}
    own = {
        one["path"]: one["commitment"]
        for one in json.loads(members(dossier.dossier(BOB, CASE, node))["sealed.json"])["parts"]
    }
    assert all(own[path] == listed[path]["commitment"] for path in withheld if not path.startswith("trail/"))


def test_a_code_above_the_recipients_is_left_out(node, case):
    wish = dossier.ask(BOB, CASE, "Service", Handling.GREEN, Purpose.INVESTIGATION, WHY, node)
    dossier.decide(EVA, wish.id, "allowed", node)
    found = members(dossier.dossier_for(EVA, wish.id, node))
    assert set(json.loads(found["manifest.json"])["withheld"].values()) == {"handling"}
    assert set(found) == {"sealed.json", "manifest.json", "signature.json", "case.json", "proofs.json"}


def test_nothing_leaves_before_a_second_officer_allows_it(node, case):
    wish = dossier.ask(BOB, CASE, "Service", Handling.AMBER, Purpose.INVESTIGATION, WHY, node)
    for decide in (lambda: dossier.decide(BOB, wish.id, "allowed", node),
                   lambda: dossier.decide(EVA, wish.id, "withdrawn", node)):  # fmt: skip
        with pytest.raises(OwnWork):
            decide()
    with pytest.raises(Conflict):
        dossier.dossier_for(BOB, wish.id, node)
    with pytest.raises(BadRequest):
        dossier.decide(EVA, wish.id, "refused", node)
    assert dossier.decide(EVA, wish.id, "refused", node, "not for them").state == "refused"
    with pytest.raises(Conflict):
        dossier.decide(EVA, wish.id, "allowed", node)
    with pytest.raises(Conflict):
        dossier.dossier_for(BOB, wish.id, node)
    assert [(one.state, one.mine) for one in dossier.page(BOB, node)] == [("refused", True)]


def test_who_may_not_and_what_is_not_there(node, case):
    for officer, purpose in ((ANN, Purpose.TARGETING), (IAN, Purpose.INSPECTION), (BOB, Purpose.STATISTICS)):
        with pytest.raises(NotForYou):
            dossier.dossier(officer, CASE, node, purpose)
    with pytest.raises(NotFound):
        dossier.dossier(BOB, "no such case", node)
    with pytest.raises(NotFound):
        dossier.dossier_for(BOB, 99, node)
    with pytest.raises(NotFound):
        dossier.ask(BOB, "no such case", "Service", Handling.AMBER, Purpose.INVESTIGATION, WHY, node)
    for told in (("", Purpose.INVESTIGATION, WHY), ("S", Purpose.STATISTICS, WHY), ("S", Purpose.INVESTIGATION, "why")):
        with pytest.raises(BadRequest):
            dossier.ask(BOB, CASE, told[0], Handling.AMBER, told[1], told[2], node)


def test_who_may_not_see_all_of_a_case_makes_no_dossier_of_it(node, case):
    registry.record(BOB, a_report(Moment(NOW - DAY), case=CASE, handling=Handling.RED), node)
    low = an_officer("lou", Role.SUPERVISOR, clearance=Handling.AMBER, purposes=tuple(Purpose))
    with pytest.raises(NotForYou):
        dossier.dossier(low, CASE, node)
    away = an_officer("gus", Role.SUPERVISOR, clearance=Handling.RED, purposes=tuple(Purpose), sites=("BEGNE",))
    with pytest.raises(NotForYou):
        dossier.dossier(away, CASE, node)
    assert dossier.dossier(EVE, CASE, node, Purpose.OVERSIGHT).withheld > 0
