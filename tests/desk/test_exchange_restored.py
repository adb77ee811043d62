"""A node restored from an old backup: it writes nothing for partners before it is known that none knows more."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from tests.desk.federated import BE, NL, a_marking, carry, federate
from tests.desk.port import ADA, ANN, NOW, a_consignment, a_node, manifest, take_in
from tests.exchange.told import THINGS

from vigie.desk import exchange as desk
from vigie.desk.exchange_answering import stands
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_delivering import settle
from vigie.desk.exchange_federation import begin_anew
from vigie.desk.exchange_node import partners_of
from vigie.desk.exchange_receiving import receive
from vigie.desk.exchange_restored import hear, restored, waits
from vigie.exchange import ExchangeRefused, read_answer
from vigie.terms import HOUR, BadRequest, Moment, NotForYou


def a_day(node, number):
    """Messages come and go: the log's mark moves on."""
    node.clock.at = Moment(NOW + number * HOUR)
    take_in(node, manifest(a_consignment(f"X{number}"), number=number + 10))


def reopened(nodes, folder, *, lost):
    """Belgium restored from a backup; whether things were told after it, which are lost here."""
    node = nodes[BE]
    a_day(node, 0)
    desk.send(ANN, THINGS[0], a_marking(), node)
    carry(nodes, BE, NL)
    carry(nodes, NL, BE)
    path = folder / BE / "store.db"
    with closing(sqlite3.connect(path)) as ours, closing(sqlite3.connect(folder / "backup.db")) as kept:
        ours.backup(kept)
    for number in (1, 2, 3):
        a_day(node, number)
    if lost:
        desk.send(ANN, THINGS[1], a_marking(), node)
        carry(nodes, BE, NL)
    node.close()
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copy(folder / "backup.db", path)
    nodes[BE] = a_node(folder / BE, Moment(NOW + 4 * HOUR), f"sqlite:///{path}")
    return nodes[BE]


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as told:
        act(*args)
    return told.value.facts


def greeted(nodes):
    """What a delivery does first: it asks the partner where it stands."""
    settle(NL, read_answer(stands(BE, nodes[NL])), nodes[BE])


def test_what_partners_know_more_is_never_written_another_way(nodes, tmp_path):
    node = reopened(nodes, tmp_path, lost=True)
    size = node.store.exchange.size()
    told = refused(desk.send, ANN, THINGS[2], a_marking(), node)
    assert (told["reason"], told["size"], told["ahead"], told["silent"]) == ("exchange-restored", size, "-", NL)
    assert node.store.exchange.size() == size
    greeted(nodes)
    assert refused(desk.send, ANN, THINGS[2], a_marking(), node)["ahead"] == f"{NL} {size + 1}"
    a_day(node, 5)  # other work goes on, and hides nothing
    assert refused(desk.send, ANN, THINGS[2], a_marking(), node)["silent"] == "-"
    assert waits(partners_of(node), node) == {NL: size + 1}
    fact = next(one for one in node.health("en") if one.name == "exchange-restored")
    assert (fact.state, fact.value) == ("bad", f"{size}; {NL} {size + 1}")
    view = begin_anew(ADA, "the later backup is lost", node)
    assert (view.size, view.ahead, view.silent) == (size, (NL,), ())
    assert not restored(node)
    desk.send(ANN, THINGS[2], a_marking(), node)
    assert refused(receive, outgoing(NL, node), nodes[NL])["reason"] == "exchange-split-view"


def test_where_no_partner_knows_more_writing_goes_on_by_itself(nodes, tmp_path):
    node = reopened(nodes, tmp_path, lost=False)
    assert refused(desk.send, ANN, THINGS[2], a_marking(), node)["silent"] == NL
    greeted(nodes)
    assert not waits(partners_of(node), node)
    desk.send(ANN, THINGS[2], a_marking(), node)
    assert carry(nodes, BE, NL).new == 1
    assert "exchange-restored" not in {one.name for one in node.health("en")}


def test_a_stick_tells_what_its_sender_knows(nodes, tmp_path):
    node = reopened(nodes, tmp_path, lost=True)
    desk.send(ANN, THINGS[2], a_marking(NL, nodes=(BE,)), nodes[NL])
    assert receive(outgoing(BE, nodes[NL]), node).new == 1  # what needs no answer is taken meanwhile
    assert waits(partners_of(node), node)[NL] > node.store.exchange.size()


def test_a_new_beginning_needs_an_administrator_a_reason_and_a_restore(nodes, tmp_path):
    with pytest.raises(BadRequest):
        begin_anew(ADA, "nothing happened", nodes[BE])
    hear(NL, 10**6, nodes[BE])  # who claims to know more stops nobody whose store was not restored
    assert not waits(partners_of(nodes[BE]), nodes[BE])
    node = reopened(nodes, tmp_path, lost=False)
    with pytest.raises(NotForYou):
        begin_anew(ANN, "x", node)
    with pytest.raises(BadRequest):
        begin_anew(ADA, "  ", node)
    begin_anew(ADA, "a stick is the only way there", node)
    desk.send(ANN, THINGS[2], a_marking(), node)
