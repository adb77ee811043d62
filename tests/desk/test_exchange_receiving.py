"""What a hostile partner may try against a node with a store: refused with its code, written down, without effect."""

import msgspec
import pytest
from tests.desk.federated import BE, BR, NL, a_marking, agreed, carry, exchange, federate
from tests.desk.port import ANN, BOB, IAN, NOW, trail
from tests.exchange.told import THINGS

from vigie.desk import exchange as desk
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_node import Written, federation, fresh_id
from vigie.desk.exchange_receiving import look, receive, take_in
from vigie.exchange import (
    MOST_BYTES,
    ExchangeRefused,
    Kind,
    Outcome,
    Receipt,
    origin_of,
    write_batch,
    write_note,
    write_objects,
)
from vigie.node import FixedClock
from vigie.terms import DAY, Handling, Moment, NotForYou


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def refused(raw, node):
    with pytest.raises(ExchangeRefused) as told:
        receive(raw, node)
    return told.value.facts["reason"]


def force(node, id, marking, content, kind=Kind.PUT, to=(NL,), version=1):
    """Write into the own log what the desk would refuse."""
    with node.store.transaction():
        written = Written(node)
        written.add(kind, id, version, to, marking, content)
        written.close()


def content(thing=THINGS[0], id=None, kind="attack-pattern"):
    return msgspec.json.encode(write_objects(thing, id or fresh_id(kind), NOW, NOW))


def reasons(node):
    return [one.facts["why"] for one in trail(node, act="receive-exchange") if one.outcome == "refused"]


def test_bytes_that_are_no_batch(nodes):
    for raw, code in ((b"", "exchange-unreadable"), (bytes(MOST_BYTES + 1), "exchange-oversize")):
        assert refused(raw, nodes[NL]) == code
    assert reasons(nodes[NL]) == ["exchange-oversize", "exchange-unreadable"]


def test_a_forged_signature_and_a_stranger(nodes):
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    batch, _ = origin_of(outgoing(NL, nodes[BE]))
    forged = msgspec.structs.replace(batch, head=msgspec.structs.replace(batch.head, signature=bytes(64)))
    assert refused(write_batch(forged), nodes[NL]) == "exchange-forged-signature"
    other = msgspec.structs.replace(batch.head, told=batch.head.told.replace(b"be-customs", b"xx-customs"))
    assert refused(write_batch(msgspec.structs.replace(batch, head=other)), nodes[NL]) == "exchange-unknown-peer"
    assert refused(outgoing(BE, nodes[NL]), nodes[NL]) == "exchange-own-node"


def test_a_replay_does_nothing_a_second_time(nodes):
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    raw = outgoing(NL, nodes[BE])
    assert receive(raw, nodes[NL]).new == 1
    again = receive(raw, nodes[NL])
    assert (again.new, again.known) == (0, 1)
    sent = desk.outbox(ANN, nodes[BE])[0]
    desk.retract(ANN, sent.id, "wrong", nodes[BE])
    exchange(nodes, BE, NL)
    assert refused(raw, nodes[NL]) == "exchange-stale-head"
    assert all(not row.content for row in desk.inbox(ANN, nodes[NL]) if row.act == "put")


def test_a_log_restored_from_a_backup_shows_another_past(nodes):
    """Belgium's log goes back and on another way: both partners see it."""
    desk.send(ANN, THINGS[0], a_marking(nodes=(NL, BR)), nodes[BE])
    carry(nodes, BE, NL)
    store = nodes[BE].store
    for table in ("exchange_entry", "exchange_tile", "exchange_head", "exchange_outbox"):
        store.db.run(f"DELETE FROM {table}")
    store.db.run("UPDATE exchange_size SET size = 0, root = NULL")
    desk.send(ANN, THINGS[1], a_marking(), nodes[BE])
    assert refused(outgoing(NL, nodes[BE]), nodes[NL]) == "exchange-split-view"
    desk.send(ANN, THINGS[2], a_marking(), nodes[BE])
    assert refused(outgoing(NL, nodes[BE]), nodes[NL]) == "exchange-rewritten-history"
    # the second batch; the first; and, with its sizes, the second past that it showed
    assert reasons(nodes[NL]) == ["exchange-rewritten-history", "exchange-split-view", "exchange-split-view"]


def test_metadata_that_ended(nodes):
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    raw = outgoing(NL, nodes[BE])
    nodes[NL].clock = FixedClock(Moment(NOW + 31 * DAY))
    assert refused(raw, nodes[NL]) == "exchange-metadata-expired"


@pytest.mark.parametrize(
    ("marking", "code"),
    [
        ({"tlp": Handling.RED, "nodes": (NL, BR)}, "exchange-red-to-one"),
        ({"nodes": (BR,)}, "exchange-bad-marking"),
        ({"retain_until": Moment(NOW + 2_000 * DAY)}, "exchange-retention"),
    ],
)
def test_a_marking_that_may_not_come_is_refused_alone(nodes, marking, code):
    id = fresh_id("attack-pattern")
    force(nodes[BE], id, a_marking(**marking), content(id=id))
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    told = carry(nodes, BE, NL)
    assert (told.new, told.refused, told.codes) == (1, 1, (code,))
    assert reasons(nodes[NL]) == [code]
    kept = nodes[NL].store.exchange.of(id)
    assert [entry.body for _, entry in kept] == [None]
    assert carry(nodes, BE, NL).refused == 0


def test_content_that_is_none_is_refused_alone(nodes):
    good = fresh_id("scan")
    objects = content(THINGS[3], good, "scan")
    for raw in (b"{", b"[]", content(), objects.replace(b"scan.dcm", b"../../x")):
        force(nodes[BE], fresh_id("scan"), a_marking(), raw)
    told = carry(nodes, BE, NL)
    assert told.new == 0
    assert set(told.codes) == {"exchange-bad-content", "exchange-body-differs", "exchange-bad-name"}


def test_a_stranger_cannot_take_back_nor_change(nodes):
    sent = desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    note = write_note(Receipt(sent.id, 1, 2, Outcome.ERASED, NOW))
    force(nodes[BR], sent.id, a_marking(BR), content(id=sent.id), version=2)
    force(nodes[BR], sent.id, a_marking(BR), b'{"type":"retraction","reason":"x"}', Kind.RETRACT, version=3)
    force(nodes[BR], fresh_id("receipt"), a_marking(BR), note, Kind.RECEIPT)
    told = carry(nodes, BR, NL)
    assert told.codes == ("exchange-not-originator", "exchange-not-originator")
    assert desk.inbox(ANN, nodes[NL])[0].life == "live"


def test_a_key_that_was_revoked(nodes):
    told = federation(nodes[NL])
    key = next(iter(told.keys(BE)))
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    from tests.desk.federated import HOLDERS

    from vigie.desk import exchange_federation as joining
    from vigie.desk.exchange_node import FEDERATION, ROOT

    settings = nodes[NL].store.settings
    bad = msgspec.structs.replace(told.member(BE), revoked={key: 0})
    new = joining.renew(settings.get(ROOT), settings.get(FEDERATION), HOLDERS, NOW, [bad])
    settings.put(FEDERATION, new)
    assert refused(outgoing(NL, nodes[BE]), nodes[NL]) == "exchange-key-revoked"


def test_time_runs_out_in_a_partition_too(nodes):
    desk.send(ANN, THINGS[2], a_marking(retain_until=Moment(NOW + DAY)), nodes[BE])
    exchange(nodes, BE, NL)
    assert look(nodes[NL]) == 0
    nodes[NL].clock = FixedClock(Moment(NOW + DAY))
    assert look(nodes[NL]) == 1
    row = desk.inbox(ANN, nodes[NL])[0]
    assert (row.life, row.content) == ("expired", "")
    assert look(nodes[NL]) == 0


def test_time_runs_out_with_metadata_that_ended(nodes):
    sent = desk.send(ANN, THINGS[2], a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    nodes[NL].clock = FixedClock(Moment(NOW + 40 * DAY))
    assert look(nodes[NL]) == 1
    assert [entry.body for _, entry in nodes[NL].store.exchange.of(sent.id)] == [None]


def test_no_residue_is_left_of_what_was_taken_back(nodes, tmp_path):
    secret = msgspec.structs.replace(THINGS[2], name="SECRETPAYLOAD")
    sent = desk.send(ANN, secret, a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    desk.retract(ANN, sent.id, "wrong", nodes[BE])
    exchange(nodes, BE, NL)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert b"SECRETPAYLOAD" not in raw, path.name
            assert secret.container.encode() not in raw, path.name


def test_who_may_not_receive(nodes):
    with pytest.raises(NotForYou):
        take_in(IAN, b"", nodes[NL], IAN.purposes[0])
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    assert take_in(BOB, outgoing(NL, nodes[BE]), nodes[NL]).new == 1


def test_what_no_agreement_covers_is_refused(tmp_path):
    nodes = federate(tmp_path, BE, NL, agreements=[agreed(NL, BE)])
    id = fresh_id("attack-pattern")
    force(nodes[BE], id, a_marking(), content(id=id))
    assert carry(nodes, BE, NL).codes == ("exchange-no-agreement",)
    for node in nodes.values():
        node.close()
