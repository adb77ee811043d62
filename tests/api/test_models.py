"""`/risk/models`, asked as programs ask."""

import pytest
from tests.desk.taught import decisions

PATH = "/v1/risk/models"


@pytest.fixture
def taught(node, bob):
    node.archive.write_rows(decisions(1500), 1 << 60)
    return bob.told("POST", PATH, status=201, json={"reason": "first half", "seed": 2})


def test_models_are_taught_read_and_approved_by_another(bob, asking, taught):
    assert (taught["version"], taught["state"], taught["author"]) == (1, "draft", "bob")
    card = bob.told("GET", f"{PATH}/1")
    assert {one["name"] for one in card["told"]["members"]} == {"anomaly", "proxy", "seizure"}
    assert "shadow-only" in card["told"]["notes"]
    assert bob.told("GET", f"{PATH}/1/worth")["fresh"] is False
    bob.told("POST", f"{PATH}/1/steps", json={"verb": "submit"})
    assert bob.problem(403, "POST", f"{PATH}/1/steps", json={"verb": "approve", "reason": "fine"})["title"] == "own-work"
    approved = asking("ann").told("POST", f"{PATH}/1/steps", json={"verb": "approve", "reason": "read"})
    assert (approved["state"], approved["approved_by"]) == ("approved", "ann")
    assert [row["version"] for row in bob.told("GET", PATH)] == [1]


def test_what_cannot_be_is_refused(bob, asking):
    assert bob.problem(409, "POST", PATH, json={"reason": "too early"})["facts"] == {"have": 0, "need": 30}
    bob.problem(403, "GET", f"{PATH}/9")
    bob.problem(422, "POST", f"{PATH}/9/steps", json={"verb": "jump"})
    asking("ian").problem(403, "GET", PATH)
