"""A node that shows two partners two logs, of different length and content, is found out by what they show each other."""

import shutil

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ADA, ANN, NOW, a_node, trail
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as answering
from vigie.desk import exchange_split as split
from vigie.desk.exchange_delivering import parcel, warnings
from vigie.exchange import HEADS, LOG, ExchangeRefused, Refusal, Signer, Why, refuse, sign_head, write_refusal
from vigie.node.exchange_delivering import Delivery, Fetching
from vigie.terms import BadRequest, NotFound


class Wire:
    """Brings what one node asks to another; each pair has its deliverer."""

    def __init__(self, **nodes):
        self.nodes, self.time, self.deliveries, self.down = nodes, 0.0, {}, set()

    def ask(self, sender, to):
        def ask(path, body=None):
            if to in self.down:
                refuse(Why.UNREACHABLE)
            node = self.nodes[to]
            try:
                if path.startswith(LOG):
                    told = dict(one.split("=") for one in path.partition("?")[2].split("&"))
                    found = answering.after(sender, int(told["after"]), int(told["known"]), node, int(told["prove"]))
                    return 200, found or b""
                if path == HEADS and body is None:
                    return 200, answering.heads(sender, node)
                if path == HEADS:
                    answering.acknowledge(sender, body, node)
                    return 200, answering.heads(sender, node)
                return 200, answering.take(sender, body, node)
            except ExchangeRefused as refusal:
                facts = dict(refusal.facts)
                return 422, write_refusal(Refusal(str(facts.pop("reason")), facts))

        return ask

    def steps(self, name, who, to, count=6):
        """Let a node (its log may be that of another name) deliver to another for a while."""
        key = name, to
        if key not in self.deliveries:
            self.deliveries[key] = Delivery(self.nodes[name], to, self.ask(who, to), lambda: self.time)
        self.time += 61
        for _ in range(count):
            self.deliveries[key].step()


@pytest.fixture
def three(tmp_path):
    """BE told one thing; then its home was copied: two nodes that are both Belgium."""
    nodes = federate(tmp_path)
    telling.send(ANN, THINGS[0], a_marking(nodes=(NL, BR)), nodes[BE])
    nodes.pop(BE).close()
    shutil.copytree(tmp_path / BE, tmp_path / "twin")
    nodes |= {name: a_node(tmp_path / name, NOW, f"sqlite:///{tmp_path / name}/store.db") for name in (BE, "twin")}
    yield Wire(**nodes)
    for node in nodes.values():
        node.close()


def tell(node, *to, thing=THINGS[0]):
    return telling.send(ANN, thing, a_marking(nodes=to), node).id


def gossip(wire):
    for name, to in ((NL, BR), (BR, NL)):
        wire.steps(name, name, to)


@pytest.mark.parametrize("more", [0, 2])
def test_two_logs_of_different_length_and_content_are_found_out(three, more):
    wire, (nl, br) = three, (three.nodes[NL], three.nodes[BR])
    for _ in range(2):
        tell(wire.nodes[BE], NL)
    for _ in range(2 + more):
        tell(wire.nodes["twin"], BR)
    wire.steps(BE, BE, NL)
    wire.steps("twin", BE, BR)
    assert (nl.store.exchange.last(BE).size, br.store.exchange.last(BE).size) == (3, 3 + more)
    gossip(wire)
    if more:
        assert (split.doubted(nl), warnings(nl)) == ((), ())  # nothing is said before the proof was asked for
        wire.steps(BE, BE, NL)
        wire.steps("twin", BE, BR)
        tell(wire.nodes[BE], NL), tell(wire.nodes[BE], NL), tell(wire.nodes[BE], NL)
        wire.steps(BE, BE, NL)
    for node, other in ((br, NL), *(((nl, BR),) if not more else ())):
        found = split.doubted(node)
        assert [(one.partner, one.shown_by) for one in found] == [(BE, other)]
        assert warnings(node)[0][0] == "exchange-two-pasts"
        last = [one for one in trail(node, act="receive-exchange") if one.facts.get("by") == other]
        assert last[0].facts["why"] == "exchange-split-view"
    before = br.store.exchange.upto(BE)
    tell(wire.nodes["twin"], BR)
    wire.steps("twin", BE, BR)
    assert br.store.exchange.upto(BE) == before  # held: it waits at Belgium
    with pytest.raises(BadRequest):
        split.believe(ADA, BE, " ", br)
    split.believe(ADA, BE, "restored from the wrong disk; told by telephone", br)
    with pytest.raises(NotFound):
        split.believe(ADA, BE, "again", br)
    wire.steps("twin", BE, BR)
    assert br.store.exchange.upto(BE) == before + 1
    gossip(wire)
    assert split.doubted(br) == ()  # what was settled is not held against it again


def test_an_honest_log_is_proved_whatever_was_shown_to_whom(three):
    wire = three
    for to in ((NL,), (BR,), (NL, BR), (BR,)):
        tell(wire.nodes[BE], *to)
        wire.steps(BE, BE, to[0])
        gossip(wire)
        wire.steps(BE, BE, NL)
        wire.steps(BE, BE, BR)
        gossip(wire)
    wire.steps(BE, BE, NL)
    wire.steps(BE, BE, BR)
    states = {str(one.state) for name in (NL, BR) for one in wire.nodes[name].store.exchange.views.of(BE)}
    assert states == {"good"}
    assert all(warnings(wire.nodes[name]) == () for name in (NL, BR))


def test_what_cannot_be_proved_now_is_proved_later(three):
    wire, nl = three, three.nodes[NL]
    tell(wire.nodes[BE], BR)
    wire.steps(BE, BE, BR)
    gossip(wire)
    wire.down |= {NL}
    for _ in range(5):
        wire.steps(BE, BE, NL)
    assert [str(one.state) for one in nl.store.exchange.views.of(BE)] == ["open"]
    wire.down.clear()
    wire.steps(BE, BE, NL)
    assert [str(one.state) for one in nl.store.exchange.views.of(BE)] == ["good"]


def test_who_holds_the_proof_back_is_found_out(three, monkeypatch):
    wire, nl = three, three.nodes[NL]
    tell(wire.nodes["twin"], BR), tell(wire.nodes["twin"], BR)
    wire.steps("twin", BE, BR)
    gossip(wire)
    for _ in range(split.MOST_ASKED + 2):  # its log is shorter than what Brazil was shown: there is no proof
        wire.steps(BE, BE, NL, count=2)
    assert [one.partner for one in split.doubted(nl)] == [BE]


def test_batches_without_the_proof_are_counted(three):
    wire, nl = three, three.nodes[NL]
    for _ in range(9):
        tell(wire.nodes["twin"], BR)
    wire.steps("twin", BE, BR)
    gossip(wire)
    for _ in range(split.MOST_MISSED):
        tell(wire.nodes[BE], NL)
        answering.heads(BE, nl)  # it was asked
        answering.take(BE, _without_proof(wire.nodes[BE], nl), nl)
    assert split.doubted(nl) == ()
    tell(wire.nodes[BE], NL)
    with pytest.raises(ExchangeRefused) as told:
        answering.take(BE, _without_proof(wire.nodes[BE], nl), nl)
    assert told.value.facts["reason"] == Why.SPLIT_VIEW
    assert [one.partner for one in split.doubted(nl)] == [BE]


def _without_proof(sender, receiver):
    log = receiver.store.exchange
    return parcel(NL, log.upto(BE), log.last(BE).size if log.last(BE) else 0, sender).raw


def test_who_cannot_be_reached_asks_for_the_proof_itself(three):
    wire, nl = three, three.nodes[NL]
    tell(wire.nodes[BE], BR)
    wire.steps(BE, BE, BR)
    wire.steps(BR, BR, NL)
    wire.steps(NL, NL, BR)
    fetching = Fetching(nl, BE, wire.ask(NL, BE), wait_s=0)
    fetching.step()
    assert [str(one.state) for one in nl.store.exchange.views.of(BE)] == ["good"]


def test_a_head_that_a_partner_made_up_is_its_own_fault(three):
    nl = three.nodes[NL]
    made_up = sign_head(BE, 9, b"\7" * 32, NOW, Signer(b"\1" * 32))
    with pytest.raises(ExchangeRefused):
        split.shown(made_up, BR, nl)
    assert nl.store.exchange.views.of(BE) == []
