from tests.api.conftest import BOXES

OUTCOME = {
    "number": BOXES[0], "at": "2026-03-02T05:30:00Z", "found": "cocaine", "detector": "dog", "depth": "doors-opened",
    "quantity_kg": "12,5", "concealment": "behind-doors", "detector_id": "DOG-1", "team": ["customs"], "note": "two bags",
}  # fmt: skip


def test_an_outcome_comes_back(bob):
    told = bob.told("POST", "/v1/inspections/outcomes", status=201, json=OUTCOME)
    assert (told["visit"], told["doubts"]) == (f"{BOXES[0]}-1", [])
    shown = bob.told("GET", f"/v1/arrivals/{BOXES[0]}")
    (outcome,) = shown["outcomes"]
    assert (outcome["outcome"]["quantity_g"], outcome["outcome"]["note"]) == (12_500, "two bags")
    assert shown["row"]["status"] == "inspected"


def test_what_contradicts_itself_is_named_and_what_has_no_meaning_refused(bob, asking):
    strange = bob.told("POST", "/v1/inspections/outcomes", status=201, json=OUTCOME | {"found": "nothing"})
    assert strange["doubts"]
    bob.problem(422, "POST", "/v1/inspections/outcomes", json=OUTCOME | {"found": "treasure"})
    bob.problem(422, "POST", "/v1/inspections/outcomes", json=OUTCOME | {"at": "2027-01-01T00:00:00Z"})
    bob.problem(422, "POST", "/v1/inspections/outcomes", content=b"{")
    bob.problem(403, "POST", "/v1/inspections/outcomes", json=OUTCOME | {"number": "MSCU9999990"})
    asking("eve").problem(403, "POST", "/v1/inspections/outcomes", json=OUTCOME)


def test_a_table_names_its_bad_rows(bob):
    table = f"container,at,found,detector,depth\n{BOXES[1]},2026-03-02T05:00:00Z,nothing,scanner,scan\nX,Y,Z,,\n"
    told = bob.told("POST", "/v1/inspections/outcomes/table", content=table.encode())
    assert told["recorded"] == 1
    assert [doubt["place"]["segment"] for doubt in told["doubts"]] == [3]
    assert bob.told("POST", "/v1/inspections/outcomes/table", content=b"\xff\xfe\x00")["recorded"] == 0
