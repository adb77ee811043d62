def test_two_parties_become_one_and_two_again(bob, asking):
    (one,), (other,) = (bob.told("GET", "/v1/parties", params={"q": name}) for name in ("fruta", "fruit"))
    page = bob.told("POST", f"/v1/parties/{one['key']}/merge", json={"into": other["key"], "reason": "one house"})
    assert page["party"]["counts_as"] == other["key"]
    assert [name["name"] for name in page["names"]] == [other["name"]]
    assert [word["reason"] for word in bob.told("GET", "/v1/parties/merges")] == ["one house"]
    bob.problem(409, "POST", f"/v1/parties/{one['key']}/merge", json={"into": other["key"], "reason": "again"})
    parted = bob.told("POST", f"/v1/parties/{one['key']}/part", json={"reason": "two after all"})
    assert parted["names"] == []
    assert bob.told("GET", f"/v1/parties/{other['key']}")["merges"][0]["undone"] is True
    asking("ada").problem(403, "GET", "/v1/parties", params={"q": "fruta"})
    asking("ian").problem(403, "POST", f"/v1/parties/{one['key']}/part", json={"reason": "two after all"})
