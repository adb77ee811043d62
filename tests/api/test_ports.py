from tests.desk.port import NOW
from tests.desk.test_ports import HEAD, look

CSV = {"content-type": "text/csv"}


def test_a_log_goes_in_and_names_come_out_under_pseudonyms(bob, asking):
    told = bob.told("POST", "/v1/ports/access", content=HEAD + look("Mallory", "CSQU3054383", NOW), headers=CSV)
    assert told == {"events": 1, "known": 0, "doubts": []}
    view = bob.told("GET", "/v1/ports/insiders")
    assert (view["lines"], view["people"], view["rows"], view["per_day"]) == (1, 1, [], 3)
    asking("ann").problem(403, "GET", "/v1/ports/insiders")
    assert bob.told("GET", "/v1/ports/figures") == []


def test_a_name_is_opened_by_two(bob, asking, node):
    bob.told("POST", "/v1/ports/access", content=HEAD + look("Mallory", "CSQU3054383", NOW), headers=CSV)
    (event,) = node.store.access.events(0, NOW + 1)
    made = bob.told("POST", "/v1/ports/openings", 201, json={"user": event.user, "reason": "asked at night"})
    assert (made["state"], made["identity"]) == ("asked", "")
    where = f"/v1/ports/openings/{made['id']}"
    bob.problem(403, "POST", f"{where}/decision", json={"decision": "opened"})
    eve = asking("eve")
    assert eve.told("POST", f"{where}/decision", json={"decision": "opened"})["identity"] == "Mallory"
    assert bob.told("GET", where)["identity"] == "Mallory"
    assert [one["identity"] for one in bob.told("GET", "/v1/ports/openings")] == [""]
    bob.problem(422, "POST", "/v1/ports/openings", json={"user": "Mallory", "reason": "asked at night"})
