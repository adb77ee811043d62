from tests.api.conftest import BOXES

LIST = {"name": "Joint action", "reason": "request 12", "expires": "2026-04-01T00:00:00Z"}


def test_indicators_and_a_score_that_can_be_followed(bob):
    assert len(bob.told("GET", "/v1/risk/indicators")) > 10
    told = bob.told("GET", f"/v1/risk/explanations/{BOXES[0]}")
    weights = sum(reason["weight_milli"] for reason in told["reasons"])
    assert told["prior_milli"] + weights + told["caps_milli"] == told["total_milli"]
    bob.problem(403, "GET", "/v1/risk/explanations/MSCU9999990")


def test_boxes_are_assessed_again(bob, asking):
    assert bob.told("POST", "/v1/risk/assessments", json={"visits": BOXES[:2]}) == {"assessed": 2}
    bob.problem(422, "POST", "/v1/risk/assessments", json={"visits": []})
    bob.problem(422, "POST", "/v1/risk/assessments", json=BOXES)
    asking("ian").problem(403, "POST", "/v1/risk/assessments", json={"visits": BOXES[:1]})


def test_a_watch_list_lives_and_ends(bob, asking):
    name = bob.told("POST", "/v1/risk/watchlists", status=201, json=LIST)["id"]
    path = f"/v1/risk/watchlists/{name}"
    added = bob.told(
        "POST", f"{path}/entries", status=201, json=[{"kind": "container", "term": BOXES[0], "note": "tip"}]
    )
    assert added == {"added": 1}
    told = bob.told(
        "POST", f"{path}/table", content=f"kind,value\nseal,ABC123\ncontainer,{BOXES[1]}\ncolour,blue\n".encode()
    )
    assert (told["added"], [doubt["place"]["segment"] for doubt in told["doubts"]]) == (2, [4])
    assert [entry["kind"] for entry in bob.told("GET", path)["entries"]] == ["container", "container", "seal"]
    assert bob.told("GET", f"/v1/risk/explanations/{BOXES[0]}")["mandatory"] is True
    bob.told("DELETE", f"{path}/entries", status=204, params={"kind": "container", "term": BOXES[0]})
    assert bob.told("GET", f"/v1/risk/explanations/{BOXES[0]}")["mandatory"] is False
    bob.told("POST", f"{path}/expire", status=204)
    assert [one["expired"] for one in bob.told("GET", "/v1/risk/watchlists")] == [True]
    asking("ian").problem(403, "GET", path)


def test_a_list_without_meaning_is_refused(bob):
    bob.problem(422, "POST", "/v1/risk/watchlists", json=LIST | {"expires": "2020-01-01T00:00:00Z"})
    bob.problem(422, "POST", "/v1/risk/watchlists", json=LIST | {"effect": "weighted"})
    bob.problem(422, "POST", "/v1/risk/watchlists", json=LIST | {"effect": "weighted", "weight_milli": 9999})
    bob.told("POST", "/v1/risk/watchlists", status=201, json=LIST | {"effect": "weighted", "weight_milli": 700})
    bob.problem(403, "POST", "/v1/risk/watchlists/none/entries", json=[{"kind": "container", "term": "X"}])
    bob.problem(422, "POST", "/v1/risk/watchlists/none/entries", json=[{"kind": "colour", "term": "X"}])
    bob.problem(403, "GET", "/v1/risk/watchlists/none")
