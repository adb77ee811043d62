from tests.desk.test_canaries import SHAPE

from vigie.risk import canary


def test_decoys_are_planted_listed_and_taken_up(bob, asking, monkeypatch):
    monkeypatch.setattr(canary, "LEAST", 1)
    told = bob.told("POST", "/v1/audit/canaries", 201, json={"indicator": SHAPE | {"valid_from": "2020-01-01"}, "reason": "who leaks?", "readers": ["ann"]})
    assert told == {"id": "D9", "readers": ["ann"]}
    assert [one["id"] for one in bob.told("GET", "/v1/audit/canaries")] == ["D9"]
    bob.told("DELETE", "/v1/audit/canaries/D9", 204)
    assert bob.told("GET", "/v1/audit/canaries") == []
    asking("ann").problem(403, "GET", "/v1/audit/canaries")


def test_readers_are_overseen(bob, asking):
    assert bob.told("GET", "/v1/audit/readers") == []
    asking("ann").problem(403, "GET", "/v1/audit/readers")
