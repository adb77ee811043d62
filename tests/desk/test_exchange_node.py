import pytest
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import NOW, a_node

from vigie.desk.exchange_node import (
    FEDERATION,
    NOTE_DAYS,
    Written,
    federation,
    fresh_id,
    note_marking,
    others,
    own_name,
    root,
    signer,
)
from vigie.exchange import ExchangeRefused, Kind, check_marking, peek, read_head
from vigie.node import FixedClock
from vigie.terms import DAY, Moment


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


def test_a_node_has_a_name_a_key_and_a_federation(nodes):
    assert own_name(nodes[BE]) == BE
    assert signer(nodes[BE]).key == signer(nodes[BE]).key != signer(nodes[NL]).key
    assert federation(nodes[BE]).keys(BE) == {signer(nodes[BE]).key: signer(nodes[BE]).public}
    assert root(nodes[BE]).version == 1
    assert others((NL, BE, NL, BR), nodes[BE]) == (NL,)


def test_a_node_that_did_not_join_knows_nobody(tmp_path):
    with a_node(tmp_path) as node:
        for act in (own_name, federation, root):
            with pytest.raises(ExchangeRefused) as told:
                act(node)
            assert told.value.facts["reason"] == "exchange-not-a-member"


def test_with_metadata_that_ended_nobody_is_believed(nodes):
    nodes[BE].clock = FixedClock(Moment(NOW + 31 * DAY))
    with pytest.raises(ExchangeRefused) as told:
        federation(nodes[BE])
    assert told.value.facts["reason"] == "exchange-metadata-expired"
    assert nodes[BE].store.settings.get(FEDERATION)


def test_what_is_written_together_has_one_signature(nodes):
    node = nodes[BE]
    with node.store.transaction():
        written = Written(node)
        for _ in range(3):
            written.add(Kind.PUT, fresh_id("note"), 1, (NL,), a_marking(), b"{}")
        signed = written.close()
    head = read_head(signed, federation(node).keys(BE))
    assert (head.size, head.root) == (3, node.store.exchange.tree().head().hex())
    assert peek(node.store.exchange.head(BE)) == head
    assert node.store.exchange.waiting(NL) == [0, 1, 2]
    with node.store.transaction():
        assert Written(node).close() is None


def test_a_note_says_nothing_of_a_person_and_is_kept_for_its_time(nodes):
    marking = note_marking(nodes[BE], (NL,))
    check_marking(marking)
    assert marking.subjects.value == "none"
    assert marking.retain_until == NOW + NOTE_DAYS * DAY
