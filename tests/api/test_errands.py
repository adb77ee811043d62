"""`/errands`: started and looked at as programs do."""

import time


def ended(asks, kind):
    until = time.monotonic() + 60
    while (told := asks.told("GET", f"/v1/errands/{kind}"))["state"] in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.05)
    return told


def test_open_boxes_are_judged_again_beside_the_answer(bob, ann, node):
    assert bob.told("GET", "/v1/errands/assess") is None
    assert bob.told("GET", "/v1/risk/assessments/stale") == {"boxes": 0}
    ann.told("POST", "/v1/risk/policy", 201, json={"values": {"most_evidence_milli": 4000}, "reason": "less trust"})
    for asks, verb in ((ann, "submit"), (bob, "approve"), (bob, "live")):
        asks.told("POST", "/v1/risk/policy/1/steps", json={"verb": verb, "reason": "agreed"})
    assert bob.told("GET", "/v1/risk/assessments/stale") == {"boxes": 6}
    assert bob.told("POST", "/v1/errands/assess", 202)["state"] == "waiting"
    told = ended(bob, "assess")
    assert (told["state"], told["done"], told["whole"], told["officer"]) == ("done", 6, 6, "bob")
    assert bob.told("GET", "/v1/risk/assessments/stale") == {"boxes": 0}


def test_the_decision_table_is_brought_up_beside_and_read_as_it_stands(bob, asking):
    bob.told("POST", "/v1/errands/archive", 202)
    assert ended(bob, "archive")["state"] == "done"
    assert bob.told("GET", "/v1/risk/backtest")["missing"] == "decisions"
    asking("ian").problem(403, "POST", "/v1/errands/archive")
    asking("eve").problem(403, "GET", "/v1/risk/assessments/stale")
    bob.problem(422, "POST", "/v1/errands/dance")
