"""`/risk/policy`, asked as programs ask: a draft, four eyes, what is refused."""

PATH = "/v1/risk/policy"


def test_settings_are_drafted_approved_by_another_and_decide(bob, ann, node):
    assert [one["version"] for one in bob.told("GET", PATH)] == [0]
    check = ann.told("POST", f"{PATH}/check", json={"values": {"most_evidence_milli": 4000}})
    assert (check["ok"], [one["field"] for one in check["changes"]]) == (True, ["most_evidence_milli"])
    made = ann.told("POST", PATH, 201, json={"values": {"most_evidence_milli": 4000}, "reason": "less trust"})
    assert (made["version"], made["state"], made["author"]) == (1, "draft", "ann")
    steps = f"{PATH}/1/steps"
    ann.told("POST", steps, json={"verb": "submit"})
    assert ann.problem(403, "POST", steps, json={"verb": "approve", "reason": "fine by me"})["title"] == "own-work"
    assert bob.told("POST", steps, json={"verb": "approve", "reason": "read"})["approved_by"] == "bob"
    assert bob.told("POST", steps, json={"verb": "live"})["in_force"] is True
    assert node.rules.policy.most_evidence_milli == 4000
    assert bob.told("GET", f"{PATH}/1")["values"]["most_evidence_milli"] == 4000
    assert bob.told("GET", f"{PATH}/diff", params={"before": 0, "after": 1}) == [
        {"field": "most_evidence_milli", "before": "9210", "after": "4000"}
    ]


def test_what_cannot_decide_or_is_not_for_the_caller_is_refused(ann, asking):
    told = ann.problem(422, "POST", PATH, json={"values": {"weights": {"NONE": 1}}, "reason": "a try"})
    assert (told["facts"]["place"], told["facts"]["faults"]) == ("weights.NONE", 1)
    ann.problem(422, "POST", PATH, json={"values": {"colour": 1}, "reason": "a try"})
    ann.problem(403, "GET", f"{PATH}/9")
    ann.problem(422, "POST", f"{PATH}/1/steps", json={"verb": "shadow"})
    asking("ian").problem(403, "GET", PATH)
