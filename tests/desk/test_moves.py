from tests.desk.port import BOX, NOW, SHIP, discharge, gate, manifest, take_in

from vigie.arrivals import Movement, Position, write_ais, write_dcsa_events
from vigie.terms import DAY, HOUR, Moment

LOADED = Movement("l1", "LOAD", container=BOX, at=Moment(NOW - 18 * DAY), place="ECGYE", call=SHIP)


def clones(node):
    return [one for one in node.store.notices.page("ann", (), None, 50) if one.code == "clone"]


def test_who_was_heard_is_counted_once_per_message(node):
    take_in(node, discharge(), discharge())
    assert [(one.facility, one.n) for one in node.store.heard.since(Moment(0))] == [("1742", 1)]


def test_a_ship_names_its_radio(node):
    take_in(node, write_ais([Position("205000001", NOW, SHIP.imo, SHIP.name, "", "BEANR", 1, 1, 1, 1)]))
    assert node.store.heard.radios([SHIP.imo]) == ["205000001"]


def test_an_honest_box_warns_of_nothing(node):
    take_in(node, manifest(), write_dcsa_events([LOADED]), discharge(at=NOW - DAY), gate("GTOT", at=NOW - HOUR))
    assert clones(node) == []


def test_a_second_sighting_warns_in_one_batch_or_many_and_only_once(node):
    twin = gate("GTIN", at=NOW - 9 * DAY, number=7, empty=False)
    take_in(node, write_dcsa_events([LOADED]), twin, discharge(at=NOW - DAY))
    assert [one.facts["kind"] for one in clones(node)] == ["aboard"]
    take_in(node, gate("GTOT", at=NOW - HOUR, number=8))
    assert len(clones(node)) == 1
