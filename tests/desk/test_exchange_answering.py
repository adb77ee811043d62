"""What a partner at the wire is answered, and what a hostile one gets."""

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, exchange, federate
from tests.desk.port import ANN, NOW, trail
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_answering as desk
from vigie.desk.exchange_delivering import parcel
from vigie.desk.exchange_receiving import receive
from vigie.exchange import ExchangeRefused, certificate, origin_of, read_answer, read_header
from vigie.node import FixedClock
from vigie.terms import DAY, Moment


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def refused(act, *words):
    with pytest.raises(ExchangeRefused) as told:
        act(*words)
    return told.value.facts["reason"]


def told(nodes, count=1, to=(NL,)):
    return [telling.send(ANN, THINGS[place % 3], a_marking(nodes=to), nodes[BE]).id for place in range(count)]


def test_a_member_is_known_by_the_certificate_that_is_pinned_to_it(nodes):
    shown = nodes[NL].trust.certificate(NL)
    assert desk.member_of(shown, nodes[BE]) == NL
    for other in (b"", certificate(bytes(32), NL), nodes[NL].trust.certificate(BR), nodes[BE].trust.certificate(BE)):
        assert refused(desk.member_of, other, nodes[BE]) == "exchange-unknown-peer"
    nodes[BE].clock = FixedClock(Moment(NOW + 31 * DAY))
    assert refused(desk.member_of, shown, nodes[BE]) == "exchange-metadata-expired"


def test_a_batch_is_taken_and_the_answer_says_up_to_where(nodes):
    told(nodes, 2)
    sent = parcel(NL, -1, 0, nodes[BE])
    answer = read_answer(desk.take(BE, sent.raw, nodes[NL]))
    assert (answer.upto, answer.known, answer.word.by, answer.refused) == (1, 2, NL, ())
    again = read_answer(desk.take(BE, sent.raw, nodes[NL]))
    assert (again.upto, again.word) == (answer.upto, answer.word)
    assert [one.facts for one in trail(nodes[NL], act="receive-exchange")] == [{"new": 2, "refused": 0}]


def test_who_brings_a_batch_has_to_be_who_signed_it(nodes):
    told(nodes)
    sent = parcel(NL, -1, 0, nodes[BE])
    assert refused(desk.take, BR, sent.raw, nodes[NL]) == "exchange-other-node"
    found = trail(nodes[NL], act="receive-exchange")[0]
    assert (found.subject, found.outcome) == ("exchange br-gateway", "refused")


def test_what_would_leave_a_gap_is_refused_and_comes_when_asked_for_from_there(nodes):
    told(nodes, 3)
    late = parcel(NL, 0, 0, nodes[BE])
    assert origin_of(late.raw)[0].after == 0
    assert refused(desk.take, BE, late.raw, nodes[NL]) == "exchange-gap"
    stands = read_answer(desk.heads(BE, nodes[NL]))
    assert (stands.upto, stands.known, stands.word) == (-1, 0, None)
    assert read_answer(desk.take(BE, parcel(NL, -1, 0, nodes[BE]).raw, nodes[NL])).upto == 2


def test_only_what_is_for_it_is_fetched_by_a_partner_and_written_down(nodes):
    told(nodes, 2, (NL,))
    told(nodes, 1, (NL, BR))
    batch, _ = origin_of(desk.after(BR, -1, 0, nodes[BE]))
    assert [read_header(entry.header).seq for entry in batch.entries] == [2]
    assert trail(nodes[BE], act="send-exchange")[0].facts == {"entries": 1, "step": "fetched"}
    assert desk.after(BR, 2, 3, nodes[BE]) is None
    assert (desk.waits(BR, 1, nodes[BE]), desk.waits(BR, 2, nodes[BE])) == (True, False)
    assert [(seq, kind) for seq, _, kind in desk.places(NL, 0, nodes[BE])] == [(1, "put"), (2, "put")]


def test_a_partner_that_fetched_says_up_to_where(nodes):
    told(nodes, 2)
    receive(desk.after(NL, -1, 0, nodes[BE]), nodes[NL], BE)
    desk.acknowledge(NL, desk.stands(BE, nodes[NL]), nodes[BE])
    assert nodes[BE].store.exchange.acked(NL) == 1
    assert refused(desk.acknowledge, BR, desk.stands(BE, nodes[NL]), nodes[BE]) == "exchange-forged-signature"
    assert trail(nodes[BE], act="receive-exchange")[0].subject == "exchange br-gateway"


def test_heads_of_third_nodes_are_shown(nodes):
    told(nodes, 1, (NL, BR))
    exchange(nodes, BE, NL)
    seen = read_answer(desk.heads(BR, nodes[NL])).seen
    assert seen == (nodes[BE].store.exchange.head(BE),)
    assert read_answer(desk.heads(BE, nodes[NL])).seen == ()


def test_a_stranger_at_the_wire_stands_in_the_trail(nodes):
    desk.turned_away("wire", ExchangeRefused(reason="exchange-unknown-peer"), nodes[BE])
    found = trail(nodes[BE], act="receive-exchange")[0]
    assert (found.subject, found.outcome, found.facts) == ("exchange wire", "refused", {"why": "exchange-unknown-peer"})
