from tests.desk.port import BOB, NOW
from tests.registry.recorded import a_report

from vigie.desk import registry
from vigie.desk.dossier_checking import check_dossier
from vigie.terms import Moment

CASE = "AN.1/26"
ASK = {"case": CASE, "recipient": "Public prosecutor", "reason": "asked for by letter"}


def test_a_dossier_leaves_after_two_officers_said_so(bob, asking, node):
    registry.record(BOB, a_report(Moment(NOW), case=CASE), node)
    own = bob.get("/v1/registry/dossiers/file", params={"case": CASE})
    assert check_dossier(own.content, own.headers["x-vigie-key"]).seal == own.headers["x-vigie-seal"]
    which = bob.told("POST", "/v1/registry/dossiers", 201, json=ASK)["id"]
    where = f"/v1/registry/dossiers/{which}"
    bob.problem(409, "GET", f"{where}/file")
    bob.problem(403, "POST", f"{where}/decision", json={"decision": "allowed"})
    assert asking("eve").told("POST", f"{where}/decision", json={"decision": "allowed"})["state"] == "allowed"
    check = check_dossier(bob.get(f"{where}/file").content)
    assert (check.whole, check.recipient) == (True, "Public prosecutor")
    assert [one["state"] for one in bob.told("GET", "/v1/registry/dossiers")] == ["allowed"]


def test_what_is_refused(bob, asking):
    asking("ann").problem(403, "GET", "/v1/registry/dossiers")
    asking("ann").problem(403, "GET", f"/v1/registry/dossiers/file?case={CASE}")
    bob.problem(404, "GET", "/v1/registry/dossiers/file?case=none")
    bob.problem(404, "POST", "/v1/registry/dossiers", json=ASK)
    bob.problem(422, "POST", "/v1/registry/dossiers", json=ASK | {"reason": "why"})
    bob.problem(404, "GET", "/v1/registry/dossiers/99/file")
