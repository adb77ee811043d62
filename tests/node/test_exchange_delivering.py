"""The steps of delivering, on a clock of their own: what waits is pushed, failures are waited out, longer each time."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from tests.desk.federated import BE, NL, a_marking, federate
from tests.desk.port import ANN
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as answering
from vigie.desk.exchange_telling_many import send_many
from vigie.exchange import HEADS, INBOX, ExchangeRefused, Refusal, Why, refuse, write_refusal
from vigie.node.exchange_delivering import (
    FIRST_S,
    GREET_S,
    JITTER,
    LONGEST_S,
    SETTLE_S,
    Delivery,
    Fetching,
    answered,
    backoff,
)
from vigie.terms import Moment


class Wire:
    """Brings requests to a node in this process; counts them; does what it is told to instead."""

    def __init__(self, caller, node):
        self.caller, self.node, self.asked, self.instead, self.time = caller, node, [], [], 0.0

    def __call__(self, path, body=None):
        self.asked.append(path.partition("?")[0])
        if self.instead:
            return self.instead.pop(0)()
        try:
            if body is not None and path == HEADS:
                answering.acknowledge(self.caller, body, self.node)
            elif body is not None:
                return 200, answering.take(self.caller, body, self.node)
            if path == HEADS:
                return 200, answering.heads(self.caller, self.node)
            return 200, answering.after(self.caller, -1, 0, self.node) or b""
        except ExchangeRefused as refusal:
            facts = dict(refusal.facts)
            return 422, write_refusal(Refusal(str(facts.pop("reason")), facts))


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


@pytest.fixture
def wire(nodes):
    return Wire(BE, nodes[NL])


@pytest.fixture
def delivery(nodes, wire):
    return Delivery(nodes[BE], NL, wire, lambda: wire.time, Random(1))


def tell(nodes, count=1):
    for _ in range(count):
        telling.send(ANN, THINGS[0], a_marking(), nodes[BE])


def unreachable():
    refuse(Why.UNREACHABLE)


def test_it_greets_pushes_and_then_rests(nodes, wire, delivery):
    tell(nodes, 2)
    assert [delivery.step(), delivery.step()] == [0.0, 0.0]
    assert wire.asked == ["/vx/1/heads", "/vx/1/inbox"]
    assert nodes[NL].store.exchange.upto(BE) == 1
    assert 0 < delivery.step() <= SETTLE_S  # the answer is written down with those that may follow
    wire.time += SETTLE_S
    assert delivery.step() > 0
    assert nodes[BE].store.exchange.acked(NL) == 1
    wire.time += GREET_S
    assert (delivery.step(), wire.asked[-1]) == (0.0, "/vx/1/heads")


def test_failures_are_waited_out_longer_each_time_and_told_of(nodes, wire, delivery):
    tell(nodes)
    wire.instead = [unreachable] * 12
    waits = [delivery.step() for _ in range(12)]
    for place, wait in enumerate(waits):
        longest = min(LONGEST_S, FIRST_S * 2**place)
        assert longest * (1 - JITTER) <= wait <= longest
    assert delivery.failing
    (kept,) = nodes[BE].store.deliveries.all()
    assert (kept.failures, kept.code) == (12, "exchange-unreachable")
    assert delivery.step() == 0.0
    assert (delivery.failing, nodes[BE].store.deliveries.all()) == (False, [])


def test_an_answer_that_was_lost_does_not_bring_anything_twice(nodes, wire, delivery):
    tell(nodes)
    delivery.step()
    taken = []

    def lose():
        taken.append(nodes[NL].store.exchange.upto(BE))
        refuse(Why.TOO_SLOW)

    wire.instead = [lose]
    assert delivery.step() > 0
    tell(nodes)
    while delivery.step() == 0.0:
        pass
    assert nodes[NL].store.exchange.upto(BE) == 1
    assert len(nodes[NL].store.exchange.page(BE)) == 2


def test_a_batch_made_while_a_full_one_was_on_its_way_is_sent_where_it_still_fits(nodes, wire):
    with ThreadPoolExecutor(1) as beside:
        delivery = Delivery(nodes[BE], NL, wire, lambda: wire.time, Random(1), beside)
        for count in (300, 300, 550):
            send_many(ANN, [(THINGS[0], a_marking())] * count, nodes[BE])
        assert [delivery.step(), delivery.step()] == [0.0, 0.0]
        assert nodes[NL].store.exchange.upto(BE) == 499
        tell(nodes)  # not in what was made ahead
        wire.instead = [unreachable]
        assert delivery.step() > 0  # it is thrown away: the partner is asked where it stands
        while delivery.step() == 0.0:
            pass
    assert nodes[NL].store.exchange.upto(BE) == 1_150
    assert wire.asked == [HEADS, *[INBOX] * 2, HEADS, INBOX, INBOX]
    assert [header.seq for header in reversed(nodes[NL].store.exchange.since(BE, Moment(0)))] == [*range(1_150, -1, -1)]


def test_a_partner_restored_from_a_backup_gets_again_what_it_had(nodes, wire, delivery):
    tell(nodes, 3)
    for _ in range(3):
        delivery.step()
    wire.time += SETTLE_S
    delivery.step()
    db = nodes[NL].store.db
    for table in ("exchange_entry", "exchange_head", "exchange_word", "exchange_standing"):
        db.run(f"DELETE FROM {table} WHERE 1 = 1")
    tell(nodes)
    steps = [delivery.step() for _ in range(4)]
    assert steps[0] == 0.0  # it does not follow: asked where it stands
    assert nodes[NL].store.exchange.upto(BE) == 3
    assert len(nodes[NL].store.exchange.page(BE)) == 4


def test_what_is_refused_again_after_asking_counts_as_a_failure(nodes, wire, delivery):
    tell(nodes)
    delivery.step()
    stale = lambda: (409, write_refusal(Refusal("exchange-stale-head")))  # noqa: E731
    wire.instead = [stale]
    assert delivery.step() == 0.0
    wire.instead = [lambda: (200, answering.heads(BE, nodes[NL])), stale]
    assert delivery.step() == 0.0
    assert delivery.step() > 0
    assert nodes[BE].store.deliveries.all()[0].code == "exchange-stale-head"


def test_what_is_no_answer_is_a_refusal():
    assert answered((200, b"x")) == b"x"
    for status, body in ((500, b"<html>"), (422, b'{"reason":"exchange-quota","facts":{"reason":"x","n":1}}')):
        with pytest.raises(ExchangeRefused) as told:
            answered((status, body))
        assert told.value.facts["reason"] in ("exchange-unreadable", "exchange-quota")
    assert backoff(99, Random(0)) <= LONGEST_S


def test_a_node_behind_a_one_way_firewall_fetches_and_says_thanks(nodes):
    tell(nodes, 2)
    wire = Wire(NL, nodes[BE])
    fetching = Fetching(nodes[NL], BE, wire, Random(1))
    assert fetching.step() == 0.0
    assert wire.asked == ["/vx/1/log", "/vx/1/heads"]
    assert nodes[NL].store.exchange.upto(BE) == 1
    assert nodes[BE].store.exchange.acked(NL) == 1
    wire.instead = [unreachable]
    assert fetching.step() > 0
    assert fetching.failing
