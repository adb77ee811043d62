"""Rights and keys as programs ask for them."""

import json

import pytest
from tests.api.conftest import BOXES
from tests.desk.port import an_officer

from vigie.api import create_api
from vigie.desk import officers, release_taking
from vigie.terms import Handling, Purpose, Role

BOX = BOXES[0]
PIA = an_officer("gate", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), sites=("BEANR",), terminals=("1742",))
RIGHT = {"number": BOX, "terminal": "1742", "to": "LINE", "role": "shipping-line", "end": "2026-03-07T06:00:00Z"}
KEY = {"party": "HAUL", "plate": "1-ABC-234", "start": "2026-03-02T06:00:00Z", "end": "2026-03-02T14:00:00Z"}
SHOWN = {"container": BOX, "terminal": "1742", "gate": "G1", "carrier": "HAUL", "plate": "1-ABC-234"}


@pytest.fixture
def gate(node, asks):
    officers.add(None, PIA, node)
    token = officers.sign_in(officers.link(None, PIA.id, node).token, node).token
    return asks(create_api(node), headers={"authorization": f"Bearer {token}"})


def test_a_right_from_issue_to_gate(ann, bob, gate):
    made = ann.told("POST", "/v1/tracking/releases", 201, json=RIGHT)
    where = f"/v1/tracking/releases/{made['id']}"
    ann.told("POST", f"{where}/transfers", json={"party": "LINE", "to": "HAUL", "role": "carrier"})
    ann.told("POST", f"{where}/steps", json={"verb": "accept", "party": "HAUL"})
    assert ann.problem(403, "POST", f"{where}/keys", json=KEY)["title"] == "second-needed"
    key = bob.told("POST", f"{where}/keys", 201, json=KEY)["key"]
    assert gate.told("POST", "/v1/tracking/presentations", json=SHOWN | {"key": "0"})["code"] == "wrong-key"
    told = gate.told("POST", "/v1/tracking/presentations", json=SHOWN | {"key": key})
    assert told == {"allowed": True, "code": "allowed", "text": "Allowed: hand the box out.", "container": BOX}
    assert gate.told("POST", "/v1/tracking/presentations", json=SHOWN | {"key": key})["code"] == "used-key"
    assert [one["code"] for one in ann.told("GET", "/v1/tracking/releases/alerts")] == ["release-replay", "release-new-vehicle"]
    assert ann.told("GET", "/v1/tracking/releases")["rows"][0]["state"] == "presented"
    ann.problem(422, "GET", where)
    seen = ann.told("GET", where, params={"reason": "alert of this morning"})
    assert [one["verb"] for one in seen["steps"]] == ["issue", "transfer", "accept", "key", "present"]
    assert key not in json.dumps(seen)
    gate.problem(403, "GET", where, params={"reason": "let me see"})


def test_a_table_and_signed_events(ann, node):
    table = f"verb,container,terminal,to,role,end\nissue,{BOX},1742,LINE,shipping-line,2026-03-07T06:00:00Z\nfly,{BOX},,,,\n"
    told = ann.told("POST", "/v1/tracking/releases/import", content=table, headers={"content-type": "text/csv"})
    assert (told["taken"], told["known"], len(told["doubts"])) == (1, 0, 1)
    admin = an_officer("adm", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
    secret = bytes.fromhex(release_taking.sender_secret(admin, "portal", node))
    body = json.dumps({"id": "e1", "type": "issued", "right": "9", "container": BOX, "at": "2026-03-02T06:00:00Z"}).encode()
    stamp = str(node.wall() // 1_000_000)
    signed = {"X-Vigie-Sender": "portal", "X-Vigie-Timestamp": stamp, "X-Vigie-Signature": release_taking.signature(secret, stamp, body)}
    assert ann.told("POST", "/v1/tracking/release-events", content=body, headers=signed)["taken"] == 1
    assert ann.told("POST", "/v1/tracking/release-events", content=body, headers=signed)["known"] == 1
    ann.problem(403, "POST", "/v1/tracking/release-events", content=body + b" ", headers=signed)
    ann.problem(401, "POST", "/v1/tracking/release-events", content=body)
    ann.problem(422, "POST", "/v1/tracking/release-events", content=b" " * ((1 << 20) + 1), headers=signed)
