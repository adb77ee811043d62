from tests.api.conftest import BOXES
from tests.desk.port import SHIP


def test_a_journey(bob, asking):
    told = bob.told("GET", f"/v1/tracking/boxes/{BOXES[0]}")
    assert told["container"] == BOXES[0]
    assert told["lives"][0]["story"]["steps"]
    assert bob.told("GET", f"/v1/tracking/boxes/{BOXES[0]}?known_at=2000-01-01T00:00:00Z")["lives"] == []
    bob.problem(422, "GET", f"/v1/tracking/boxes/{BOXES[0]}?known_at=yesterday")
    bob.problem(403, "GET", "/v1/tracking/boxes/NONE0000000")
    asking("ada").problem(403, "GET", f"/v1/tracking/boxes/{BOXES[0]}")


def test_a_ship_and_its_table(bob):
    told = bob.told("GET", f"/v1/tracking/ships/{SHIP.imo}?voyage={SHIP.voyage}&port=BEANR")["told"]
    assert {row["container"] for row in told["rows"]} >= set(BOXES[:1])
    assert bob.told("GET", f"/v1/tracking/ships/{SHIP.imo}?box={BOXES[0]}")["told"]["rows"][0]["container"] == BOXES[0]
    table = bob.told("GET", f"/v1/tracking/ships/{SHIP.imo}/boxes.csv?difference=any").decode()
    assert table.startswith("container,visit,differences")
    bob.problem(422, "GET", f"/v1/tracking/ships/{SHIP.imo}?difference=luck")


def test_clones_and_silent_facilities(bob):
    assert bob.told("GET", "/v1/tracking/clones") == []
    assert set(bob.told("GET", "/v1/tracking/silent")) == {"now", "queue", "rows"}
