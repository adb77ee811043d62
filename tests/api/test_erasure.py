from tests.api.conftest import BOXES
from tests.desk.port import an_officer

from vigie.desk import erasure
from vigie.terms import Purpose, Role

ASKED = {"kind": "box", "wanted": f"{BOXES[0]}-1", "reason": "the trader asked", "basis": "GDPR 17(1)"}


def test_two_administrators_erase_a_box(node, asking, bob):
    ada = asking("ada")
    scope = ada.told("GET", "/v1/erasures/preview", params={"kind": "box", "wanted": ASKED["wanted"]})
    assert scope["boxes"] == 1
    made = ada.told("POST", "/v1/erasures", 201, json=ASKED)
    decided = {"decision": "confirmed", "units": scope["units"]}
    assert ada.problem(403, "POST", f"/v1/erasures/{made['id']}/decision", json=decided)["title"] == "own-work"
    bea = an_officer("bea", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
    theirs = erasure.ask(bea, "box", f"{BOXES[1]}-1", "why", "GDPR 17(1)", node)
    assert ada.told("GET", f"/v1/erasures/{theirs.id}")["scope"]["boxes"] == 1
    refused = {"decision": "refused", "reason": "kept for court"}
    assert ada.told("POST", f"/v1/erasures/{theirs.id}/decision", json=refused)["answer"] == "kept for court"
    assert erasure.decide(bea, made["id"], "confirmed", node, units=scope["units"]).state == "done"
    assert [one["state"] for one in ada.told("GET", "/v1/erasures")] == ["refused", "done"]
    assert bob.problem(410, "GET", f"/v1/arrivals/{BOXES[0]}")["facts"]["visit"] == ASKED["wanted"]
    bob.problem(403, "GET", "/v1/erasures")
    ada.problem(409, "POST", f"/v1/erasures/{theirs.id}/decision", json=refused)
    ada.problem(422, "POST", "/v1/erasures", json=ASKED | {"reason": ""})
