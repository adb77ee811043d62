"""What comes from outside: tables step by step, and signed events that count once."""

import json

import pytest
from tests.desk.port import ADA, ANN, BOB, BOX, IAN, NOW, VISIT, manifest, take_in, trail

from vigie.desk import release, release_gate, release_taking
from vigie.terms import BadRequest, Handling, NotForYou, Officer, OfficerId, Purpose, Role

TABLE = f"""verb,container,terminal,party,to,role,end
issue,{BOX},1742,,LINE,shipping-line,2026-03-07T06:00:00Z
transfer,{BOX},,LINE,HAUL,carrier,
accept,{BOX},,HAUL,,,
accept,MSCU0000000,,HAUL,,,
dance,{BOX},,,,,
transfer,{BOX},,THIEF,X,carrier,
issue,{BOX},1742,,LINE2,shipping-line,
"""


def test_a_table_walks_the_steps_and_doubts_by_place(node):
    take_in(node, manifest())
    told, doubts = release_taking.import_csv(ANN, TABLE, node)
    assert (told.taken, told.known, told.doubts) == (3, 0, 4)
    assert {(one.code, one.place.segment) for one in doubts} == {("release-row", 5), ("release-cell", 6), ("release-row", 7), ("release-row", 8)}
    assert release.show(BOB, f"{VISIT}-R1", "after the import", node).holder == "HAUL"
    again, _ = release_taking.import_csv(ANN, TABLE, node)
    assert (again.taken, again.known) == (0, 3)
    with pytest.raises(NotForYou):
        release_taking.import_csv(IAN, TABLE, node)


def sent(node, secret, body, **more):
    stamp = more.get("stamp", str(node.wall() // 1_000_000))
    signed = release_taking.signature(bytes.fromhex(secret), stamp, body)
    return release_taking.receive(more.get("sender", "portal"), stamp, more.get("signed", signed), body, node)


def event(number=1, state="issued", **more):
    return {"id": f"e{number}", "type": state, "right": "42", "container": BOX, "at": "2026-03-02T06:00:00Z", "terminal": "1742"} | more


def test_signed_events_are_mirrored_once_and_tell(node):
    take_in(node, manifest())
    secret = release_taking.sender_secret(ADA, "portal", node)
    body = json.dumps([event(1), event(2, "picked-up", at="2026-03-02T07:00:00Z"), event(3, container="MSCU0000000")]).encode()
    told, doubts = sent(node, secret, body)
    assert (told.taken, told.known, [one.code for one in doubts]) == (2, 0, ["release-unknown-box"])
    told, _ = sent(node, secret, body)
    assert (told.taken, told.known) == (0, 2)
    view = release.show(BOB, "portal:42", "told by the portal", node)
    assert (view.row.state, view.row.source, view.possible, len(view.steps)) == ("picked-up", "portal", (), 2)
    assert [one.code for one in release.alerts(BOB, node)] == ["release-no-presentation"]


def test_a_mirrored_right_opens_no_gate_here(node):
    take_in(node, manifest())
    secret = release_taking.sender_secret(ADA, "portal", node)
    sent(node, secret, json.dumps(event(1, "key-issued")).encode())
    gate = Officer(OfficerId("pia"), "P", (Role.PORT,), Handling.CLEAR, (Purpose.INSPECTION,), ("BEANR",), terminals=("1742",))
    told = release_gate.present(gate, node, container=BOX, terminal="1742", gate="G", carrier="H", plate="P", key="K")
    assert told.code == "no-right"


def test_a_message_that_is_old_forged_or_foreign_is_refused_alike_and_audited(node):
    take_in(node, manifest())
    secret, body = release_taking.sender_secret(ADA, "portal", node), json.dumps(event()).encode()
    second = node.wall() // 1_000_000
    for more in ({"stamp": str(second - 301)}, {"stamp": str(second + 301)}, {"stamp": "now"}, {"signed": "0" * 64},
                 {"sender": "other"}, {"sender": "no body"}, {"signed": ""}, {"signed": "é"}):  # fmt: skip
        with pytest.raises(NotForYou):
            sent(node, secret, body, **more)
    assert {one.outcome for one in trail(node, act="tell-releases")} == {"refused"}
    newer = release_taking.sender_secret(ADA, "portal", node)
    with pytest.raises(NotForYou):
        sent(node, secret, body)
    assert sent(node, newer, body)[0].taken == 1
    assert release_taking.sender_secret(ADA, "portal", node, withdraw=True) == ""
    with pytest.raises(NotForYou):
        sent(node, newer, body)


def test_secrets_are_an_administrators(node):
    with pytest.raises(NotForYou):
        release_taking.sender_secret(BOB, "portal", node)
    with pytest.raises(BadRequest):
        release_taking.sender_secret(ADA, "no name", node)
    with pytest.raises(BadRequest):
        release_taking.receive("portal", "1", "x", b" " * (release_taking.LARGEST + 1), node)
    assert node.now() == NOW
