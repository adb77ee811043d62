import time

import structlog
from tests.desk.port import NOW, a_consignment, a_node, manifest, numbers

from vigie.app.feed import Feeder, take_in
from vigie.terms import HOUR, Moment
from vigie.world import Emission

BOXES = numbers(3)


def an_emission(place, at=NOW, body=None):
    told = manifest(a_consignment(f"B{place}", BOXES[place]), number=place) if body is None else body
    return Emission(Moment(at), f"{place}.edi", "cuscar", told)


def until(true):
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def known(node):
    return set(node.store.visits.of_containers(BOXES))


def test_a_message_comes_when_the_clock_reaches_it(tmp_path):
    with a_node(tmp_path) as node:
        kept = []
        coming = [an_emission(0), an_emission(1), an_emission(2, NOW + HOUR)]
        feeder = Feeder(node, 3600.0, lambda: iter(coming), kept.append)
        feeder.start()
        until(lambda: known(node) == set(BOXES[:2]))
        assert feeder.is_alive()
        node.clock.forward(HOUR)
        until(lambda: known(node) == set(BOXES))
        feeder.stop()
        assert kept == [NOW + HOUR]


def test_a_message_that_cannot_be_handed_in_is_logged_and_passed_over(tmp_path):
    with a_node(tmp_path) as node, structlog.testing.capture_logs() as logs:
        coming = [Emission(NOW, "x", "controls", b"\xff\xfe"), an_emission(1)]  # bytes that are no text
        feeder = Feeder(node, 60.0, lambda: iter(coming), lambda at: None)
        feeder.start()
        until(lambda: known(node) == {BOXES[1]})
        feeder.stop()
    assert [log["event"] for log in logs if log["event"].startswith("feed.")] == ["feed.failed", "feed.over"]


def test_a_feeder_that_fed_nothing_keeps_no_place(tmp_path):
    with a_node(tmp_path) as node:
        kept = []
        feeder = Feeder(node, 60.0, lambda: iter([an_emission(0, NOW + HOUR)]), kept.append)
        feeder.start()
        feeder.stop()
        assert not feeder.is_alive()
        assert kept == []


def test_outcomes_of_controls_come_as_tables(tmp_path):
    with a_node(tmp_path) as node:
        assert take_in(node, [an_emission(0)]) == 1
        table = f"container,at,found,detector,depth\n{BOXES[0]},2026-03-02T05:00:00Z,nothing,scanner,scan\n"
        assert take_in(node, [Emission(NOW, "c.csv", "controls", table.encode())]) == 0
        (kept,) = node.store.visits.of_containers(BOXES)[BOXES[0]]
        assert kept.listed.status == "inspected"
