from tests.api.conftest import BOXES
from tests.desk.port import VISIT

from vigie.desk import drift


def test_the_page_and_its_tables(bob, asking):
    told = bob.told("GET", "/v1/risk/drift")
    assert set(told) >= {"strata", "weeks", "indicators", "columns", "detectors", "share", "proofs"}
    for table in drift.TABLES:
        assert bob.told("GET", f"/v1/risk/drift/{table}.csv").decode().count("\n") >= 1
    asking("ian").problem(403, "GET", "/v1/risk/drift")
    asking("ann").problem(403, "GET", "/v1/risk/drift?by=analyst")
    bob.problem(422, "GET", "/v1/risk/drift?label=luck")


def test_how_many_scans_it_takes(bob):
    assert bob.told("GET", "/v1/risk/scans-needed?rate=0.0001")["controls"] == 29_956
    bob.problem(422, "GET", "/v1/risk/scans-needed?rate=0")


def test_a_share_is_proposed_and_waits(bob):
    assert bob.told("POST", "/v1/risk/shares", 201, json={"permille": 150, "reason": "not proven"})["version"] == 1
    bob.problem(422, "POST", "/v1/risk/shares", json={"permille": 1500, "reason": "not proven"})


def test_a_decision_is_made_again(bob, asking):
    box = BOXES[0]
    told = bob.told("GET", f"/v1/risk/rederivations/{box}")
    assert (told["verdict"], told["differences"]) == ("equal", [])
    asking("ann").problem(403, "GET", f"/v1/risk/rederivations/{box}")
    bob.problem(403, "GET", f"/v1/risk/rederivations/{VISIT}")


def test_a_sample_is_made_again(bob):
    told = bob.told("POST", "/v1/risk/rederivations", json={"decisions": 5, "seed": 3})
    assert (told["checked"], told["equal"], told["different"]) == (5, 5, 0)
