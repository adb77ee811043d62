"""Delivering beside everything else, over HTTPS on this machine."""

import pytest
from tests.desk.federated import a_marking
from tests.desk.port import ANN
from tests.exchange.told import THINGS
from tests.exchange.values import BE, BR, NL
from tests.nodes.wired import until, wired

from vigie.desk import exchange as telling
from vigie.terms import DAY, Moment


def marking(nodes, origin, to):
    return a_marking(origin, nodes=to, retain_until=Moment(nodes[origin].now() + 9 * DAY))


@pytest.mark.parametrize("hidden", [(), (NL,)], ids=["reachable", "behind a firewall"])
def test_what_is_told_is_there_and_taken_back_again(tmp_path, hidden):
    with wired(tmp_path, hidden=hidden) as nodes:
        sent = telling.send(ANN, THINGS[0], marking(nodes, BE, (NL,)), nodes[BE])
        assert until(lambda: nodes[NL].store.exchange.of(sent.id))
        back = telling.send(ANN, THINGS[1], marking(nodes, NL, (BE,)), nodes[NL])
        assert until(lambda: nodes[BE].store.exchange.of(back.id))
        telling.retract(ANN, sent.id, "wrong", nodes[BE])
        assert until(lambda: [one.outcome for one in telling.coverage(ANN, sent.id, nodes[BE])] == ["erased"])
        assert until(lambda: telling.partners(ANN, nodes[BE])[0].waiting == 0)


def test_a_federation_that_changes_is_followed_and_stopping_ends_the_threads(tmp_path):
    with wired(tmp_path, BE, NL, BR) as nodes:
        couriers = nodes[BE].couriers
        assert until(lambda: set(couriers._threads) == {NL, BR})
        couriers.stop()
        assert couriers._threads == {}
        couriers.start()
        assert until(lambda: set(couriers._threads) == {NL, BR})
