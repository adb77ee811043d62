import json

import pytest
from tests.desk.port import BOX, NOW, manifest, take_in

from vigie.arrivals import Movement, write_dcsa_events
from vigie.console.places import Places
from vigie.console.tracking import drawn, modes, sealed
from vigie.desk.views import LifeView, TrackPoint
from vigie.terms import DAY, HOUR, InboxItem, Moment, VisitId
from vigie.tracking import Gap, Lane, Query, Reach, SealSeen, Step, Story, Word


@pytest.fixture
def box(port):
    """A box that was discharged and is known by documents and events."""
    rows = port.node.store.visits.page(Query(statuses=("gone", "new", "selected"), limit=500), Reach(4)).rows
    known = port.node.store.visits.get([row.visit for row in rows])
    return next(one.visit for one in known.values() if one.visit.lines and one.visit.happened("DISC"))


def test_the_search_leads_to_the_box(ada, box):
    assert ada.get("/tracking/moves").status_code == 200
    told = ada.get(f"/tracking/moves?box={box.container.lower()}", follow_redirects=False)
    assert (told.status_code, told.headers["location"]) == (303, f"/tracking/moves/{box.container}")
    assert ada.get("/tracking/moves?box=NONE0000000").status_code in {403, 404}


def test_the_journey_of_a_box(ada, box):
    page = ada.get(f"/tracking/moves/{box.container}")
    assert page.status_code == 200
    assert box.container in page.text
    assert 'id="map"' in page.text
    assert "planned" in page.text
    then = ada.get(f"/tracking/moves/{box.container}?entry={box.lines[0].first}")
    assert "later news is left out" in then.text
    assert 'rel="next"' in then.text
    assert "Nothing was known" in ada.get(f"/tracking/moves/{box.container}?at=2001-01-01T00:00").text
    assert ada.get(f"/tracking/moves/{box.container}?at=lately").status_code == 422


def test_the_box_and_its_journey_lead_to_each_other(ada, box):
    assert f'href="/tracking/moves/{box.container}"' in ada.get(f"/arrivals/{box.id}").text
    journey = ada.get(f"/tracking/moves/{box.container}").text
    assert f'href="/arrivals/{box.id}"' in journey
    assert "by ship" in journey


def test_controls_and_what_they_found_stand_among_the_steps(ada, port):
    rows = port.node.store.visits.page(Query(statuses=("gone", "new", "selected", "held", "inspected", "released"), limit=500), Reach(4)).rows
    known = port.node.store.visits.get([row.visit for row in rows])
    seen = next(one.visit for one in known.values() if one.visit.controlled)
    page = ada.get(f"/tracking/moves/{seen.container}").text
    assert "Scanned" in page or "Controlled" in page
    assert "scanner:" in page or "inspection team:" in page or "dog:" in page


def test_both_boxes_under_one_number_have_their_map(ada, box, port):
    at = port.node.now() - 3 * DAY
    told = [Movement(f"twin-{code}", code, container=BOX, at=Moment(at + later), place=place, empty=False)
            for code, place, later in (("GTIN", "ECGYE", 0), ("DISC", "BEANR", HOUR))]  # fmt: skip
    take_in(port.node, manifest(), write_dcsa_events(told))
    page = ada.get(f"/tracking/moves/{BOX}").text
    assert "This number is two boxes" in page
    assert (page.count('id="map"'), page.count('class="map"')) == (1, 1)
    assert 'class="map"' not in ada.get(f"/tracking/moves/{box.container}").text


def test_what_waits_is_shown_with_its_age(ada, box, port):
    store = port.node.store.inbox
    waits = InboxItem("part", "0" * 64, b"x", NOW, "late")
    store.add([waits])
    try:
        for path in ("/tracking/moves", f"/tracking/moves/{box.container}", "/tracking/silent"):
            assert 'data-waiting="1"' in ada.get(path).text
    finally:
        store.settle([store.take(1)[0].id])
    assert "data-waiting" not in ada.get("/tracking/moves").text


def test_modes_and_seals_of_a_step():
    truck = Word(Moment(1), "event", Lane.ACTUAL, "GTIN", NOW, "BEANR", mode="rail", seals=("S1",))
    taken = Word(Moment(2), "event", Lane.ACTUAL, "GTIN", NOW, "BEANR", mode="TRUCK", retracted=Moment(3))
    odd = Word(Moment(4), "event", Lane.ACTUAL, "GTIN", NOW, "BEANR", mode="MULTIMODAL")
    step = Step("GTIN", "BEANR", (truck, taken, odd))
    seals = (SealSeen(Moment(1), NOW, "GTIN", "BEANR", ("S1",), change="unexplained"), SealSeen(Moment(9), NOW, "GTOT", "BEANR", ("S2",)))
    assert modes(step) == ("RAIL",)
    assert [one.change for one in sealed(LifeView(VisitId("X-1"), NOW, Story((step,), ()), seals), step)] == ["unexplained"]


def test_a_ship_is_reconciled(ada, box):
    line = box.lines[0]
    asked = {"vessel": line.call.imo or line.call.name, "voyage": line.call.voyage, "difference": "all"}
    page = ada.get("/tracking/ships", params=asked)
    assert box.container in page.text
    table = ada.get("/tracking/ships.csv", params=asked)
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.splitlines()[0].startswith("container,visit,differences")
    assert "Name a ship" in ada.get("/tracking/ships").text
    assert "No box of this ship" in ada.get("/tracking/ships?vessel=NOBODY").text
    assert ada.get("/tracking/ships?vessel=NOBODY&difference=luck").status_code == 422


def test_facilities_are_listed(ada):
    page = ada.get("/tracking/silent")
    assert page.status_code == 200
    assert "BEANR" in page.text


def test_the_map_draws_events_and_the_ship_in_the_order_of_time():
    def step(code, place, at):
        return Step(code, place, (Word(Moment(1), "event", Lane.ACTUAL, code, Moment(at), place),))

    steps = (step("LOAD", "ECGYE", NOW - 9 * DAY), step("DISC", "BEANR", NOW), step("INSP", "BEXXX", NOW))
    track = (TrackPoint(Moment(NOW - 4 * DAY), 40_000_000, -20_000_000),)
    points = json.loads(drawn(LifeView(VisitId("X-1"), NOW, Story(steps, (Gap("quiet", "", NOW),)), track=track), Places.load()))
    assert [point["label"] for point in points] == ["Guayaquil", "", "Antwerpen"]
