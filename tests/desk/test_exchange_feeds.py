import csv

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ANN, NOW
from tests.exchange.told import BOX, THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_feeds as desk
from vigie.exchange import COLUMNS
from vigie.node import FixedClock
from vigie.terms import DAY, Moment


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


@pytest.fixture
def told(nodes):
    return [telling.send(ANN, thing, a_marking(), nodes[BE]).id for thing in THINGS[:3]]


def test_the_table_holds_what_is_for_a_partner_and_no_more(nodes, told):
    rows = list(csv.reader(desk.table(NL, nodes[BE]).splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == told[::-1]
    assert rows[1][11] == BOX
    assert len(desk.table(BR, nodes[BE]).splitlines()) == 1


def test_the_misp_feed_lists_events_and_gives_each(nodes, told):
    listed = desk.misp_list(NL, nodes[BE])
    assert set(listed) == {one.partition("--")[2] for one in told}
    for uuid, row in listed.items():
        event = desk.misp_one(NL, uuid, nodes[BE])["Event"]
        assert {name: event[name] for name in row} == row
        assert (event["Orgc"]["name"], event["timestamp"]) == (BE, str(NOW // 1_000_000))
        assert desk.misp_one(BR, uuid, nodes[BE]) is None
    assert desk.misp_list(BR, nodes[BE]) == {}
    assert desk.misp_one(NL, "../x", nodes[BE]) is None


def test_what_was_taken_back_or_may_not_go_any_more_is_in_no_feed(nodes, told):
    telling.retract(ANN, told[0], "wrong", nodes[BE])
    assert told[0].partition("--")[2] not in desk.misp_list(NL, nodes[BE])
    nodes[BE].clock = FixedClock(Moment(NOW + 29 * DAY))
    assert len(desk.misp_list(NL, nodes[BE])) == 2
