import pytest
from tests.desk.federated import BE, BR, NL, a_marking, carry, exchange, federate
from tests.desk.port import ANN, BOB
from tests.exchange.told import THINGS

from vigie.desk import exchange as desk
from vigie.desk.exchange_bundles import bundle, outgoing, verify, verify_bundle
from vigie.exchange import MOST_BYTES, ExchangeRefused, Training
from vigie.terms import NotForYou


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def test_a_stick_holds_what_waits_and_can_be_checked_before_it_is_taken(nodes):
    for thing in THINGS[:3]:
        desk.send(ANN, thing, a_marking(), nodes[BE])
    raw = bundle(ANN, NL, nodes[BE])
    told = verify_bundle(BOB, raw, nodes[NL], BOB.purposes[0])
    assert (told.origin, told.entries, told.signed) == (BE, 3, True)
    assert nodes[NL].store.exchange.upto(BE) == -1
    with pytest.raises(ExchangeRefused):
        verify_bundle(BOB, raw, nodes[BR], BOB.purposes[0])


def test_nothing_told_is_a_head_all_the_same(nodes):
    assert carry(nodes, BE, NL).size == 0
    desk.send(ANN, THINGS[0], a_marking(), nodes[BE])
    assert carry(nodes, BE, NL).new == 1


def test_much_goes_in_several_batches(nodes):
    long = "x" * 900_000
    for place in range(6):
        thing = Training(f"course {place}", long, 0, "nl", 5, "ab" * 32, 1, "text/plain", "a.txt")
        desk.send(ANN, thing, a_marking(), nodes[BE])
    assert len(outgoing(NL, nodes[BE])) <= MOST_BYTES
    first, second = exchange(nodes, BE, NL), exchange(nodes, BE, NL)
    assert (first.new, second.new) == (3, 3)
    assert desk.partners(ANN, nodes[BE])[1].waiting == 0


def test_the_own_log_is_read_again(nodes):
    node = nodes[BE]
    for thing in THINGS[:3]:
        desk.send(ANN, thing, a_marking(), node)
    sent = desk.outbox(ANN, node)[0]
    desk.retract(ANN, sent.id, "wrong", node)
    told = verify(BOB, node)
    assert (told.entries, told.erased, told.broken, told.signed) == (4, 1, None, True)


def test_a_changed_header_is_seen(nodes):
    node = nodes[BE]
    desk.send(ANN, THINGS[0], a_marking(), node)
    desk.send(ANN, THINGS[1], a_marking(), node)
    row = node.store.db.one("SELECT header FROM exchange_entry WHERE seq = 1")
    changed = bytes(row[0]).replace(b'"version":1', b'"version":2')
    node.store.db.run("UPDATE exchange_entry SET header = ? WHERE seq = 1", (changed,))
    told = verify(BOB, node)
    assert (told.broken is not None, told.signed) == (True, False)


def test_who_may_not_send_makes_no_stick(nodes):
    from tests.desk.port import IAN

    with pytest.raises(NotForYou):
        bundle(IAN, NL, nodes[BE], IAN.purposes[0])
