import csv
import io

from tests.api.conftest import BOXES, DAY, SHIFT

from vigie.terms import DAY as A_DAY

PLAN = f"/v1/selection/BEANR/{DAY}"


def test_a_day_is_planned_sealed_revealed_and_proven(bob, ann, node):
    ann.problem(403, "PUT", "/v1/selection/BEANR/capacity", json=[SHIFT])
    bob.problem(422, "POST", PLAN)
    bob.told("PUT", "/v1/selection/BEANR/capacity", status=204, json=[SHIFT])
    assert bob.told("GET", "/v1/selection/BEANR/capacity") == [SHIFT]
    assert ann.told("GET", PLAN)["shifts"][0]["selections"] == []
    made = ann.told("POST", PLAN, params={"shift": "early"})
    assert (made["shifts"][0]["used"], made["shifts"][0]["missed_count"]) == (3, 3)
    assert ann.told("POST", f"{PLAN}/commitment")["commitment"] == made["commitment"]
    bob.problem(422, "POST", f"{PLAN}/reveal")  # the day is not over
    node.clock.forward(A_DAY)
    bob.problem(404, "GET", f"{PLAN}/verification")
    ann.problem(403, "POST", f"{PLAN}/reveal")
    assert len(bob.told("POST", f"{PLAN}/reveal")["key"]) == 64
    assert all(check["whole"] for check in bob.told("GET", f"{PLAN}/verification"))


def test_a_site_or_day_that_is_none_is_refused(bob):
    for path in ("/v1/selection/Antwerp/2026-03-02", "/v1/selection/BEANR/today"):
        bob.problem(422, "GET", path)
    bob.problem(422, "GET", "/v1/selection/BEANR/2026-02-31")
    for wrong in ({"start": "6 o'clock"}, {"hours": 0}, {"scanners": {"MX": -1}}):
        bob.problem(422, "PUT", "/v1/selection/BEANR/capacity", json=[SHIFT | wrong])


def test_orders_leave_and_are_confirmed_once(bob, ann):
    visits = [f"{box}-1" for box in BOXES[:2]]
    issued = ann.told("POST", "/v1/selection/orders", status=201, json={"visits": visits, "kind": "hold"})
    names = [one["id"] for one in issued]
    answer = ann.get("/v1/selection/orders/export", params={"order": names, "form": "csv"})
    assert "attachment" in answer.headers["content-disposition"]
    assert [row["container"] for row in csv.DictReader(io.StringIO(answer.text))] == BOXES[:2]
    assert b"CUSRES" in ann.told("GET", "/v1/selection/orders/export", params={"order": names, "form": "cusres"})
    assert len(ann.told("GET", "/v1/selection/orders/export", params={"order": names, "form": "dcsa"})["events"]) == 2
    confirm = f"/v1/selection/orders/{names[0]}/acknowledgement"
    ann.told("POST", confirm, status=204, params={"by": "gate 3"})
    ann.problem(409, "POST", confirm, params={"by": "gate 3"})
    waiting = ann.told("GET", "/v1/selection/orders", params={"site": "BEANR", "waiting": True})
    assert [one["id"] for one in waiting] == names[1:]


def test_orders_that_may_not_be(bob, ann):
    ann.problem(403, "POST", "/v1/selection/orders", json={"visits": [f"{BOXES[0]}-1"], "kind": "release"})
    bob.problem(403, "POST", "/v1/selection/orders", json={"visits": ["MSCU9999990-1"], "kind": "hold"})
    bob.problem(422, "POST", "/v1/selection/orders", json={"visits": [f"{BOXES[0]}-1"], "kind": "sink"})
    bob.problem(403, "GET", "/v1/selection/orders/export", params={"order": "none"})
    bob.problem(422, "GET", "/v1/selection/orders/export", params={"order": "none", "form": "fax"})
    bob.problem(403, "POST", "/v1/selection/orders/none/acknowledgement", params={"by": "x"})
