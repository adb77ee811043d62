import pytest
from tests.desk.read import CAT, DAN, a_room

from vigie.api import create_api
from vigie.desk import officers

HOLD = {"verdict": "hold-and-visit", "regions": [{"x": 20, "y": 30, "width": 40, "height": 30, "reason": "bags"}], "seconds": 12}


@pytest.fixture
def room(tmp_path, asks):
    node, scans = a_room(tmp_path / "room")
    app = create_api(node)

    def one(officer):
        token = officers.sign_in(officers.link(None, officer.id, node).token, node).token
        return asks(app, headers={"authorization": f"Bearer {token}"})

    yield one, scans
    node.__exit__(None, None, None)


def test_a_scan_is_claimed_read_and_shown_over_the_api(room):
    one, scans = room
    cat, dan = one(CAT), one(DAN)
    listed = cat.told("GET", "/v1/scanning/readings")
    assert {row["scan"] for row in listed["rows"]} == set(scans)
    assert listed["counts"] == {"first": 5, "second": 0, "arbiter": 0}
    where = f"/v1/scanning/readings/{scans[0]}"
    assert cat.told("POST", f"{where}/claim")["claimed_by"] == "cat"
    dan.problem(409, "POST", f"{where}/claim")
    assert cat.told("POST", f"{where}/release")["claimed_by"] == ""
    assert cat.told("GET", where)["machine_why"] == "hidden"
    given = cat.told("POST", where, json=HOLD)
    assert (given["order"], given["awaits"]) == ("first", "done")
    shown = cat.told("GET", where)
    assert shown["given"][0]["regions"] == [HOLD["regions"][0] | {"note": ""}]
    assert len(cat.told("GET", f"{where}/beside/{scans[4]}")) % 4 == 0


def test_what_is_refused(room):
    one, scans = room
    cat = one(CAT)
    where = f"/v1/scanning/readings/{scans[1]}"
    cat.problem(422, "POST", where, json={"verdict": "cleared"})
    cat.problem(422, "POST", where, json={"verdict": "hold-and-visit"})
    cat.problem(422, "POST", where, json=HOLD | {"regions": [{"x": 99_999, "y": 0, "width": 9, "height": 9, "reason": "bags"}]})
    cat.problem(403, "GET", "/v1/scanning/readings/X0000000000000000")
    cat.problem(403, "GET", "/v1/scanning/readings/agreement")
    cat.problem(403, "PUT", "/v1/scanning/readings/room", json={"machine_first": True})
    assert not cat.told("GET", "/v1/scanning/readings/room")["machine_first"]


def test_a_supervisor_sets_the_room_and_sees_agreement(room):
    from tests.desk.port import BOB

    one, _ = room
    bob = one(BOB)
    assert bob.told("PUT", "/v1/scanning/readings/room", json={"machine_first": True})["machine_first"]
    assert bob.told("GET", "/v1/scanning/readings/agreement")["pairs"] == 0


def test_training_over_the_api_shows_no_pixels(room):
    one, _ = room
    cat = one(CAT)
    quiz = cat.told("POST", "/v1/scanning/training?pictures=2")
    where = f"/v1/scanning/training/{quiz['quiz']}/0"
    assert cat.told("GET", where)["answered"] is None
    assert cat.told("POST", where, json={"threat": False})["judged"] in {"miss", "rejection"}
    cat.problem(422, "POST", where, json={"threat": False})
    assert cat.told("POST", f"{where}/realism", 204, json={"looked_real": True}) == b""
    assert cat.told("GET", "/v1/scanning/training")["answered"] == 1
    assert cat.get(f"{where}/frames/high").status_code == 404
