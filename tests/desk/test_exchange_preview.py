"""What is shown is what leaves, byte for byte; nothing leaves before."""

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, agreed, carry, federate
from tests.desk.port import ANN, BOB, IAN, trail
from tests.exchange.told import THINGS

from vigie.desk import exchange as desk
from vigie.desk import exchange_preview as preview
from vigie.exchange import ExchangeRefused, HandlingCode, read_body
from vigie.terms import Handling, NotForYou, NotFound


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, agreements=[agreed(BE, NL), agreed(BE, BR, third_country=True, retention_days=60,
                                                                 tlp=Handling.GREEN), agreed(NL, BE)])  # fmt: skip
    yield made
    for node in made.values():
        node.close()


def test_the_bytes_that_were_shown_arrive(nodes):
    shown = preview.prepare(ANN, THINGS[0], a_marking(), nodes[BE])
    assert (shown.may, shown.two, shown.thing) == (True, False, "concealment")
    assert desk.outbox(ANN, nodes[BE]) == ()
    assert shown == preview.shown(ANN, shown.draft, nodes[BE])
    sent = preview.release(ANN, shown.draft, nodes[BE])
    assert (sent.id, sent.state) == (shown.id, "sent")
    carry(nodes, BE, NL)
    ((header, entry),) = nodes[NL].store.exchange.of(shown.id)
    body = read_body(entry, header)
    assert (body.content.decode(), body.marking.decode()) == (shown.content, shown.marking)
    assert len(body.content) + len(body.marking) == shown.bytes
    with pytest.raises(NotFound):
        preview.release(ANN, shown.draft, nodes[BE])


def test_each_recipient_is_told_what_is_against_it(nodes):
    shown = preview.prepare(ANN, THINGS[0], a_marking(nodes=(NL, BR, "xx-node")), nodes[BE])
    assert [(one.node, one.code, one.third, one.days) for one in shown.recipients] == [
        (NL, "", False, 1825), (BR, "exchange-tlp", True, 60), ("xx-node", "exchange-unknown-peer", False, 0),
    ]  # fmt: skip
    assert not shown.may
    with pytest.raises(ExchangeRefused):
        preview.release(ANN, shown.draft, nodes[BE])
    assert desk.outbox(ANN, nodes[BE]) == ()
    assert trail(nodes[BE], act="send-exchange")[0].outcome == "refused"
    assert preview.shown(ANN, shown.draft, nodes[BE]) == shown


def test_what_needs_two_says_so_and_waits(nodes):
    shown = preview.prepare(ANN, THINGS[0], a_marking(handling=HandlingCode.H2), nodes[BE])
    assert shown.two
    assert desk.drafts(BOB, nodes[BE]) == ()
    with pytest.raises(NotFound):
        desk.approve(BOB, shown.draft, nodes[BE])
    assert preview.release(ANN, shown.draft, nodes[BE]).state == "waits"
    (waiting,) = desk.drafts(BOB, nodes[BE])
    assert desk.approve(BOB, waiting.id, nodes[BE]).id == shown.id


def test_what_was_shown_is_its_officers_alone_and_the_next_replaces_it(nodes):
    first = preview.prepare(ANN, THINGS[0], a_marking(), nodes[BE])
    for act in (preview.shown, preview.release, preview.discard):
        with pytest.raises(NotFound):
            act(BOB, first.draft, nodes[BE])
    with pytest.raises(NotForYou):
        preview.prepare(IAN, THINGS[0], a_marking(), nodes[BE])
    second = preview.prepare(ANN, THINGS[1], a_marking(), nodes[BE])
    with pytest.raises(NotFound):
        preview.shown(ANN, first.draft, nodes[BE])
    preview.discard(ANN, second.draft, nodes[BE])
    assert [one.id for one in nodes[BE].store.drafts.all()] == []
    assert [one.facts.get("step") for one in trail(nodes[BE], act="send-exchange") if one.outcome == "done"][:3] == [
        "discard", "preview", "preview"]  # fmt: skip


def test_nobody_and_another_originator_are_refused_at_once(nodes):
    for marking in (a_marking(nodes=()), a_marking(NL)):
        with pytest.raises(ExchangeRefused):
            preview.prepare(ANN, THINGS[0], marking, nodes[BE])
