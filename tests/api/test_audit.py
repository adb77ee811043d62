import json

from tests.api.conftest import BOXES


def test_the_trail_tells_who_looked(bob, asking):
    bob.get(f"/v1/arrivals/{BOXES[0]}")
    eve = asking("eve")
    rows = eve.told("GET", "/v1/audit", params={"who": "bob", "act": "see"})["rows"]
    assert [row["subject"] for row in rows] == [f"{BOXES[0]}-1"]
    one = eve.told("GET", "/v1/audit", params={"limit": 1})
    assert eve.told("GET", "/v1/audit", params={"limit": 1, "before": one["next"]})["rows"][0]["number"] < one["next"]
    asking("ann").problem(403, "GET", "/v1/audit")
    eve.problem(422, "GET", "/v1/audit", params={"limit": 501})


def test_the_chains_verify(asking):
    checks = asking("eve").told("GET", "/v1/audit/verification")
    assert {check["chain"]: check["whole"] for check in checks} == {"trail": True, "log": True}
    asking("ian").problem(403, "GET", "/v1/audit/verification")


def test_the_whole_trail_is_written_out(asking):
    eve = asking("eve")
    lines = eve.get("/v1/audit/export").text.splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, len(lines) + 1))
    asking("ann").problem(403, "GET", "/v1/audit/export")
