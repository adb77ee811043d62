import pytest
from tests.desk.federated import BE, BR, NL, a_marking, agreed, exchange, federate
from tests.desk.port import ANN, EVE, trail
from tests.exchange.told import BOX, THINGS

from vigie.desk import exchange as telling
from vigie.desk.exchange_telling_many import MOST, send_many
from vigie.exchange import ExchangeRefused, HandlingCode
from vigie.terms import NotForYou


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def test_many_things_leave_under_one_signature_and_arrive(nodes):
    told = send_many(ANN, [(thing, a_marking()) for thing in THINGS[:5]], nodes[BE])
    log = nodes[BE].store.exchange
    assert (log.size(), log.last(BE).size, len({one.id for one in told})) == (5, 5, 5)
    assert exchange(nodes, BE, NL).new == 5
    assert {row.thing for row in telling.inbox(ANN, nodes[NL])} == {
        "concealment", "movement", "seizure", "scan", "box"}  # fmt: skip
    assert telling.search(ANN, BOX, nodes[BE])
    assert trail(nodes[BE], act="send-exchange")[0].facts == {"step": "sent", "n": 5}
    telling.retract(ANN, told[2].id, "wrong", nodes[BE])
    exchange(nodes, BE, NL)
    assert [one.outcome for one in telling.coverage(ANN, told[2].id, nodes[BE])] == ["erased"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"nodes": ("fr-customs",)}, "exchange-unknown-peer"),
        ({"originator": NL}, "exchange-not-originator"),
        ({"handling": HandlingCode.H1}, "exchange-second-needed"),
    ],
)
def test_where_one_may_not_leave_none_does(nodes, said, why):
    with pytest.raises(ExchangeRefused) as told:
        send_many(ANN, [(THINGS[0], a_marking()), (THINGS[1], a_marking(**said))], nodes[BE])
    assert told.value.facts["reason"] == why
    assert nodes[BE].store.exchange.size() == 0
    assert trail(nodes[BE], act="send-exchange")[0].outcome == "refused"


def test_the_quota_counts_all_of_them_and_too_many_at_once_are_refused(tmp_path):
    nodes = federate(tmp_path, BE, NL, agreements=[agreed(BE, NL, quota=3), agreed(NL, BE)])
    assert len(send_many(ANN, [(THINGS[0], a_marking())] * 2, nodes[BE])) == 2
    for count, why in ((2, "exchange-quota"), (MOST + 1, "exchange-oversize")):
        with pytest.raises(ExchangeRefused) as told:
            send_many(ANN, [(THINGS[0], a_marking())] * count, nodes[BE])
        assert told.value.facts["reason"] == why
    for node in nodes.values():
        node.close()


def test_who_may_not_tell_one_may_not_tell_many(nodes):
    with pytest.raises(NotForYou):
        send_many(EVE, [(THINGS[0], a_marking(nodes=(BR,)))], nodes[BE])
