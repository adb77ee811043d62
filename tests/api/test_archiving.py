"""The archive, scoring again and the nightly comparison over HTTP."""

import time

from tests.desk.port import NOW

from vigie.terms import DAY


def ended(asks, kind):
    until = time.monotonic() + 60
    while (told := asks.told("GET", f"/v1/errands/{kind}"))["state"] in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.05)
    return told


def test_closed_months_move_and_are_listed(asking, node):
    ada = asking("ada")
    assert ada.told("GET", "/v1/archive")["months"] == []
    node.clock.at = NOW + 300 * DAY
    ada = asking("ada")
    assert ada.told("POST", "/v1/errands/months", 202)["kind"] == "months"
    assert ended(ada, "months")["state"] == "done"
    assert {one["state"] for one in ada.told("GET", "/v1/archive")["months"]} == {"moved"}
    asking("ann").problem(403, "GET", "/v1/archive")


def test_past_decisions_are_scored_again_beside_the_answer(bob, asking):
    span = f"since={NOW - DAY}&until={NOW + DAY}"
    assert bob.told("POST", f"/v1/risk/rescore?{span}", 202)["state"] == "waiting"
    told = ended(bob, "rescore")
    assert (told["state"], told["done"], told["whole"]) == ("done", told["whole"], told["whole"])
    asking("ian").problem(403, "POST", f"/v1/risk/rescore?{span}")
    bob.told("POST", f"/v1/risk/rescore?{span}&engine=spark", 202)
    assert ended(bob, "rescore")["fault"] == "bad-request"


def test_stored_features_are_compared_with_the_log(asking):
    eve = asking("eve")
    assert eve.told("GET", "/v1/risk/skew") is None
    found = eve.told("POST", f"/v1/risk/skew?day={NOW}")
    assert (found["different"], found["checked"] > 0) == (0, True)
    assert eve.told("GET", "/v1/risk/skew") == found
    asking("ann").problem(403, "GET", "/v1/risk/skew")


def test_kept_scans_are_read_again_beside_the_answer(bob, asking):
    told = bob.told("POST", f"/v1/scanning/readings?since=0&until={NOW + DAY}", 202)
    assert (told["kind"], told["state"]) == ("readings", "waiting")
    assert ended(bob, "readings")["fault"] == "not-found"  # none came
    asking("ian").problem(403, "POST", f"/v1/scanning/readings?since=0&until={NOW}")
