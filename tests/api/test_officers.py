NEW = {
    "id": "cat",
    "name": "Cat",
    "roles": ["inspection-team"],
    "purposes": ["inspection"],
    "sites": ["BEANR"],
    "language": "es",
}


def test_officers_come_and_go(asking):
    ada = asking("ada")
    link = ada.told("POST", "/v1/officers", status=201, json=NEW)
    assert link["officer"] == "cat"
    listed = {one["id"]: one for one in ada.told("GET", "/v1/officers")}
    assert (listed["cat"]["language"], listed["cat"]["sites"], listed["cat"]["active"]) == ("es", ["BEANR"], True)
    assert ada.told("POST", "/v1/officers/cat/link", status=201)["token"] != link["token"]
    ada.told("POST", "/v1/officers/cat/deactivate", status=204)
    ada.problem(404, "POST", "/v1/officers/cat/link")
    ada.problem(404, "POST", "/v1/officers/nobody/deactivate")
    ada.problem(422, "POST", "/v1/officers", json=NEW)
    ada.problem(422, "POST", "/v1/officers", json=NEW | {"id": "dog", "roles": ["king"]})
    ada.problem(422, "POST", "/v1/officers", json=NEW | {"id": "dog", "clearance": 9})


def test_only_an_administrator_changes_officers(ann):
    ann.problem(403, "GET", "/v1/officers")
    ann.problem(403, "POST", "/v1/officers", json=NEW)
    ann.problem(403, "POST", "/v1/officers/bob/deactivate")
    ann.problem(403, "POST", "/v1/officers/bob/link")
    ann.problem(403, "POST", "/v1/officers/nobody/link")


def test_the_node_tells_how_it_is(ann):
    assert {fact["name"]: fact["state"] for fact in ann.told("GET", "/v1/health")}["store"] == "ok"
