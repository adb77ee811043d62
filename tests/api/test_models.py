"""`/risk/models`, asked as programs ask."""

import time

import pytest
from tests.desk.taught import decisions

PATH = "/v1/risk/models"


def ended(bob):
    until = time.monotonic() + 120
    while (told := bob.told("GET", f"{PATH}/training"))["state"] in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.1)
    return told


@pytest.fixture
def taught(node, bob):
    node.archive.write_rows(decisions(1500), 1 << 60)
    begun = bob.told("POST", PATH, status=202, json={"reason": "first half", "seed": 2})
    assert (begun["state"], begun["seed"]) == ("waiting", 2)
    told = ended(bob)
    assert (told["state"], told["version"]) == ("done", 1)
    return bob.told("GET", PATH)[0]


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
    assert bob.told("GET", f"{PATH}/training") is None
    bob.told("POST", PATH, status=202, json={"reason": "too early"})
    told = ended(bob)
    assert (told["state"], told["fault"], told["facts"]) == ("failed", "too-few-positives", {"have": 0, "need": 30})
    bob.problem(403, "GET", f"{PATH}/9")
    bob.problem(422, "POST", f"{PATH}/9/steps", json={"verb": "jump"})
    asking("ian").problem(403, "GET", PATH)
