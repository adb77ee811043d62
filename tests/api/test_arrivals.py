import pytest
from tests.api.conftest import BOXES
from tests.desk.port import NOW, discharge

from vigie.terms import write_moment


def test_boxes_are_listed_page_by_page(bob):
    first = bob.told("GET", "/v1/arrivals", params={"limit": 4, "sort": "container", "descending": False})
    rest = bob.told(
        "GET", "/v1/arrivals", params={"limit": 4, "sort": "container", "descending": False, "after": first["next"]}
    )
    assert [row["container"] for row in (*first["rows"], *rest["rows"])] == sorted(BOXES)
    assert first["total"] == 6
    assert bob.told("GET", "/v1/arrivals", params={"site": ["NLRTM", "BEZEE"]})["rows"] == []
    assert bob.problem(422, "GET", "/v1/arrivals", params={"sort": "colour"})["facts"]["sort"] == "colour"
    assert bob.problem(422, "GET", "/v1/arrivals", params={"limit": 0})["facts"]["fields"][0]["where"] == "query/limit"


def test_an_upload_is_taken_in_once(bob):
    body = discharge(*BOXES[:2])
    first = bob.told("POST", "/v1/arrivals/messages", params={"name": "coarri.edi"}, content=body)
    assert (first["messages"], first["containers"], first["known"]) == (1, 2, 0)
    again = bob.told("POST", "/v1/arrivals/messages", params={"name": "other.edi"}, content=body)
    assert (again["known"], again["entries"]) == (again["parts"], 0)


def test_bytes_of_no_format_are_taken_in_with_a_doubt(bob):
    told = bob.told("POST", "/v1/arrivals/messages", content=b"\x00\x01 what is this")
    assert sum(told["doubts"].values()) >= 1
    assert told["noticed"][0]["file"] == "upload"


def test_what_was_set_aside_is_worked_on_again(bob):
    assert bob.told("POST", "/v1/arrivals/messages/retry")["parts"] == 0


def test_a_box_is_shown_and_its_messages_as_received(bob):
    shown = bob.told("GET", f"/v1/arrivals/{BOXES[0]}")
    assert shown["row"]["visit"] == f"{BOXES[0]}-1"
    assert {entry["code"] for entry in shown["timeline"]} >= {"announced", "planned"}
    raw = bob.told("GET", f"/v1/arrivals/{BOXES[0]}/messages/{shown['parts'][0]['id']}")
    assert BOXES[0].encode() in raw


def test_what_may_not_be_seen_and_what_does_not_exist_look_the_same(bob, asking):
    eve = asking("eve")  # an auditor has no purpose for which single boxes are looked at
    hidden = eve.problem(403, "GET", f"/v1/arrivals/{BOXES[0]}-1")
    absent = eve.problem(403, "GET", "/v1/arrivals/MSCU9999990-1")
    assert hidden == absent
    assert bob.problem(403, "GET", "/v1/arrivals/MSCU9999990")["title"] == "not-for-you"
    eve.problem(403, "GET", "/v1/arrivals")
    eve.problem(403, "POST", "/v1/arrivals/messages", content=b"x")
    bob.problem(404, "GET", f"/v1/arrivals/{BOXES[0]}/messages/999999")


def test_a_decision_needs_a_reason_and_fresh_knowledge(bob, ann):
    path = f"/v1/arrivals/{BOXES[0]}-1/override"
    seen = bob.told("GET", f"/v1/arrivals/{BOXES[0]}")["revision"]
    bob.problem(422, "POST", path, json={"decision": "hold", "reason": ""})
    bob.problem(422, "POST", path, json={"decision": "burn", "reason": "because"})
    bob.problem(422, "POST", path, json={"decision": "hold", "reason": "because", "colour": "blue"})
    bob.told("POST", "/v1/arrivals/messages", content=discharge(BOXES[0]))
    assert (
        bob.problem(409, "POST", path, json={"decision": "hold", "reason": "as seen", "revision": seen})["title"]
        == "conflict"
    )
    now = bob.told("GET", f"/v1/arrivals/{BOXES[0]}")["revision"]
    bob.told("POST", path, status=204, json={"decision": "hold", "reason": "fresh paint", "revision": now})
    assert bob.told("GET", f"/v1/arrivals/{BOXES[0]}")["row"]["status"] == "held"
    ann.problem(403, "POST", path, json={"decision": "release", "reason": "needs a supervisor"})


def test_many_boxes_at_once(bob, ann):
    visits = [f"{box}-1" for box in BOXES[:3]]
    done = bob.told("POST", "/v1/arrivals/bulk", json={"visits": [*visits, "NONE-1"], "act": "claim"})
    assert (sorted(done["done"]), done["refused"]) == (sorted(visits), ["NONE-1"])
    taken = ann.told("POST", "/v1/arrivals/bulk", json={"visits": visits, "act": "claim"})
    assert taken["done"] == []
    bob.problem(422, "POST", "/v1/arrivals/bulk", json={"visits": [], "act": "claim"})
    bob.problem(422, "POST", "/v1/arrivals/bulk", json={"visits": visits, "act": "select"})


@pytest.mark.parametrize("exact", [True, False])
def test_search_forgives_one_typing_error(bob, exact):
    wrong = BOXES[0] if exact else BOXES[0][:-2] + "9" + BOXES[0][-1]
    hits = bob.told("GET", "/v1/search", params={"q": wrong})["hits"]
    assert (BOXES[0], exact) in {(hit["row"]["container"], hit["exact"]) for hit in hits}
    bob.problem(422, "GET", "/v1/search", params={"q": ""})


def test_the_day_and_its_notices(bob):
    bob.told("POST", f"/v1/arrivals/{BOXES[0]}-1/override", status=204, json={"decision": "select", "reason": "first"})
    bob.told("POST", "/v1/arrivals/messages", content=discharge(BOXES[0]))
    day = bob.told("GET", "/v1/today")
    assert day["now"] == write_moment(NOW)
    assert [notice["code"] for notice in day["notices"]] == ["moved"]
    bob.told("POST", "/v1/today/notices", status=204, json={"notices": [day["notices"][0]["id"]]})
    assert bob.told("GET", "/v1/today")["notices"] == []
