"""Who completed which training stays here; a partner is told how many."""

import pytest
from tests.desk.federated import BE, NL, a_marking, federate
from tests.desk.federated import exchange as there_and_back
from tests.desk.port import ANN, BOB, IAN
from tests.exchange.told import THINGS

from vigie.desk import exchange
from vigie.desk import exchange_packages as packages
from vigie.desk import exchange_training as desk
from vigie.exchange import Desk, ExchangeRefused, Piece
from vigie.terms import BadRequest, NotForYou, NotFound, Purpose

REEFERS = THINGS[8]


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


@pytest.fixture
def package(nodes):
    id = exchange.send(ANN, REEFERS, a_marking(desks=(Desk.TARGETING, Desk.LIAISON)), nodes[BE]).id
    carry_all(nodes)
    return id


def carry_all(nodes):
    there_and_back(nodes, BE, NL)
    there_and_back(nodes, NL, BE)


def test_completed_once_and_told_as_a_number(nodes, package):
    (view,) = desk.page(ANN, nodes[NL])
    assert (view.name, view.minutes, view.file, view.origin, view.done, view.own) == (
        "reefers", 45, "reefers.pdf", BE, None, False)  # fmt: skip
    assert desk.complete(ANN, package, nodes[NL]).done is not None
    desk.complete(IAN, package, nodes[NL], Purpose.INSPECTION)
    with pytest.raises(BadRequest):
        desk.complete(ANN, package, nodes[NL])
    assert (desk.page(ANN, nodes[NL])[0].count, desk.page(ANN, nodes[NL])[0].completed) == (2, ())
    assert [who for who, _ in desk.page(BOB, nodes[NL])[0].completed] == ["ann", "ian"]
    desk.report(ANN, package, "both of the reefer team", nodes[NL])
    carry_all(nodes)
    (mine,) = desk.page(BOB, nodes[BE])
    assert (mine.partners, mine.count, mine.own) == (((NL, 2),), 0, True)
    everything = b"".join(entry.body or b"" for _, entry in nodes[BE].store.exchange.page(NL))
    assert b"ann" not in everything.replace(b"channel", b"")


def test_who_may_not(nodes, package):
    with pytest.raises(NotFound):
        desk.complete(ANN, "report--00000000-0000-4000-8000-000000000001", nodes[NL])
    with pytest.raises(NotForYou):
        desk.report(IAN, package, "none", nodes[NL], Purpose.INSPECTION)
    for name in (NL, BE):
        with pytest.raises(BadRequest):
            desk.report(ANN, package, "nobody did", nodes[name])


FILES = (Piece("reefers.html", "text/html", b"<h1>Reefers</h1>", "material", "Reading reefers"),
         Piece("look.png", "image/png", b"\x89PNG" + bytes(40), "preview"))  # fmt: skip


def offered(nodes):
    id = desk.offer(
        ANN, "reefers", "where a load hides", "en", 45, FILES, a_marking(desks=(Desk.TARGETING, Desk.LIAISON)), nodes[BE]
    ).id
    carry_all(nodes)
    return id


def test_material_is_here_once_it_was_fetched_and_goes_with_its_training(nodes):
    id = offered(nodes)
    assert (desk.page(ANN, nodes[BE])[0].here, desk.page(ANN, nodes[NL])[0].here) == (True, False)
    assert desk.material(ANN, id, nodes[NL]) == ()
    with pytest.raises(NotFound):
        desk.piece(ANN, id, "reefers.html", nodes[NL])
    ((name, origin, _),) = packages.wanted(nodes[NL])
    assert origin == BE
    packages.arrived(packages.for_partner(NL, name, nodes[BE]), name, nodes[NL])
    for node in nodes.values():
        rows = {row.name: (row.media, row.size, row.label) for row in desk.material(ANN, id, node)}
        assert rows == {one.name: (one.media, len(one.body), one.label) for one in FILES}
        assert desk.piece(ANN, id, "reefers.html", node).body == FILES[0].body
    assert desk.page(ANN, nodes[NL])[0].here
    with pytest.raises(NotFound):
        desk.piece(ANN, id, "../manifest-sha256.txt", nodes[NL])
    exchange.retract(ANN, id, "old", nodes[BE])
    carry_all(nodes)
    for node in nodes.values():
        assert node.store.packages.page() == []
        with pytest.raises(NotFound):
            desk.material(ANN, id, node)


def test_who_may_not_see_gets_no_file_and_what_may_not_leave_is_not_kept(nodes):
    id = offered(nodes)
    with pytest.raises(NotForYou):
        desk.piece(ANN, id, "reefers.html", nodes[BE], Purpose.STATISTICS)
    with pytest.raises(NotFound):
        desk.material(ANN, "x-vigie-training--none", nodes[BE])
    before = nodes[BE].store.packages.page()
    with pytest.raises(ExchangeRefused):
        desk.offer(ANN, "other", "x", "en", 5, FILES, a_marking(nodes=("xx-node",)), nodes[BE])
    assert nodes[BE].store.packages.page() == before
