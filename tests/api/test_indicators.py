"""The life-cycle of an indicator through the API."""

from tests.desk.test_indicators import fields

DRAFT = {"fields": fields() | {"valid_from": "2020-01-01"}, "reason": "a test"}


def test_from_draft_to_live_by_two_officers(ann, bob):
    made = ann.told("POST", "/v1/risk/indicators", 201, json=DRAFT)
    assert (made["id"], made["version"], made["state"]) == ("Z1", 1, "draft")
    steps = "/v1/risk/indicators/Z1/versions/1/steps"
    ann.told("POST", steps, json={"verb": "submit"})
    assert ann.problem(403, "POST", steps, json={"verb": "approve", "reason": "mine"})["title"] == "own-work"
    assert [one["id"] for one in bob.told("GET", "/v1/risk/indicators/waiting")] == ["Z1"]
    bob.told("POST", steps, json={"verb": "approve", "reason": "looks right"})
    assert bob.told("POST", steps, json={"verb": "live"})["state"] == "live"
    shown = bob.told("GET", "/v1/risk/indicators/Z1")
    assert shown["row"]["state"] == "live"
    assert bob.problem(422, "POST", steps, json={"verb": "approve", "reason": "again"})
    assert bob.told("GET", "/v1/risk/indicators/Z1/diff?before=1&after=1") == []


def test_a_draft_is_checked_with_places(ann):
    told = ann.told("POST", "/v1/risk/indicators/check", json={"fields": DRAFT["fields"] | {"expression": "seals = null"}})
    assert [(one["place"], one["reason"]) for one in told["faults"]] == [("expression:8", "null-compared")]
    wrong = {"fields": DRAFT["fields"] | {"expression": "seals = null"}, "reason": "a test"}
    assert ann.problem(422, "POST", "/v1/risk/indicators", json=wrong)["title"] == "bad-indicator"


def test_the_catalogue_tells_no_formula_and_one_look_does(ann, asking):
    rows = ann.told("GET", "/v1/risk/indicators?family=C")
    assert rows
    assert all("formula" not in row and row["family"] == "C" for row in rows)
    assert ann.told("GET", "/v1/risk/indicators/C7")["formula"] == "seals = 0 and empty = false"
    assert b"seals = 0" in ann.told("GET", "/v1/risk/indicators/C7/export?form=text")
    ann.problem(403, "GET", "/v1/risk/indicators/NONE")
    asking("ian").problem(403, "GET", "/v1/risk/indicators/C7")


def test_rules_of_another_system_come_as_drafts(ann):
    text = 'If ComCod = "080810" and CtyOrigCod = "US" Then RedLane IS 30; Endif;'
    (made,) = ann.told("POST", "/v1/risk/indicators/import/asycuda", content=text)
    assert made["fields"]["percent"] == 30
    ann.problem(422, "POST", "/v1/risk/indicators/import/jdm", content=text)
