from tests.ports.test_priorities import RAISE


def test_a_priority_from_raising_to_the_report(bob, asking):
    made = bob.told("POST", "/v1/ports/priorities", 201, json=RAISE)
    where = f"/v1/ports/priorities/{made['id']}"
    steps = f"{where}/steps"
    assert bob.told("POST", steps, json={"verb": "follow", "note": "scanner ordered"})["state"] == "under-way"
    assert bob.told("POST", steps, json={"verb": "amend", "due": "2026-01-31"})["overdue"]
    assert [one["id"] for one in bob.told("GET", "/v1/ports/priorities?state=overdue")] == [made["id"]]
    assert bob.told("POST", steps, json={"verb": "finish", "note": "in use"})["verbs"] == ["reopen"]
    assert len(asking("ann").told("GET", where)["steps"]) == 4
    report = bob.get("/v1/ports/priorities/report", params={"language": "fr", "form": "html"})
    assert "Conclusions et priorités" in report.text
    assert bob.get("/v1/ports/priorities/report").content.startswith(b"%PDF-")


def test_what_is_refused(bob, asking):
    asking("ann").problem(403, "POST", "/v1/ports/priorities", json=RAISE)
    bob.problem(422, "POST", "/v1/ports/priorities", json=RAISE | {"due": "soon"})
    bob.problem(422, "POST", "/v1/ports/priorities", json=RAISE | {"person": "x"})
    bob.problem(404, "GET", "/v1/ports/priorities/P2026-009")
    bob.problem(404, "GET", "/v1/ports/priorities/report")
    made = bob.told("POST", "/v1/ports/priorities", 201, json=RAISE)
    bob.problem(422, "POST", f"/v1/ports/priorities/{made['id']}/steps", json={"verb": "reopen", "note": "so it was"})
