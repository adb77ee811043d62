import msgspec
import pytest
from tests.desk.federated import BE, NL, a_marking, federate
from tests.desk.port import ANN, NOW
from tests.exchange.told import BOX, THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_taxii as polling
from vigie.desk import exchange_taxii_pushing as desk
from vigie.exchange import ExchangeRefused, marked, write_objects
from vigie.terms import Handling, Moment


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


def inward(nodes):
    return next(one for one in polling.collections(NL, nodes[BE]) if one.inward)


def a_push(*things, at=NOW, origin=NL, **said):
    ids = [f"{kind}--00000000-0000-4000-8000-{place:012x}" for place, (_, kind) in enumerate(things)]
    objects = [one for id, (thing, _) in zip(ids, things, strict=True) for one in write_objects(thing, id, NOW, at)]
    id = "marking-definition--00000000-0000-4000-8000-00000000ffff"
    return msgspec.json.encode(marked(objects, a_marking(origin, nodes=(BE,), **said), id, NOW))


METHOD, MOVE, SEIZURE, BOXED = zip(
    (*THINGS[:3], THINGS[4]), ("attack-pattern", "movement-event", "incident", "container"), strict=True
)


def push(nodes, raw):
    return desk.push(NL, inward(nodes), raw, nodes[BE])


def test_what_is_pushed_can_be_found_and_read(nodes):
    told = push(nodes, a_push(METHOD, SEIZURE))
    assert (len(told.good), told.bad) == (2, ())
    assert telling.search(ANN, BOX, nodes[BE])[0].thing == "seizure"
    assert {row.thing for row in telling.inbox(ANN, nodes[BE])} == {"concealment", "seizure"}
    assert desk.status(NL, told.id, nodes[BE]) == told
    assert desk.status(BE, told.id, nodes[BE]) is None


def test_a_push_that_comes_again_does_nothing_and_a_later_version_takes_its_place(nodes):
    for _ in range(3):
        assert push(nodes, a_push(METHOD)).bad == ()
    assert len(nodes[BE].store.exchange.page("taxii.nl-customs")) == 1
    better = msgspec.structs.replace(THINGS[0], description="behind the other wall")
    push(nodes, a_push((better, "attack-pattern"), at=Moment(NOW + 9)))
    rows = nodes[BE].store.exchange.page("taxii.nl-customs")
    assert [(header.version, entry.body is not None) for header, entry in rows] == [(2, True), (1, False)]


def test_of_a_container_several_things_can_be_said(nodes):
    again = msgspec.structs.replace(THINGS[4], reason="once more")
    assert push(nodes, a_push(BOXED)).bad == push(nodes, a_push((again, "container"))).bad == ()
    assert len(nodes[BE].store.exchange.page("taxii.nl-customs")) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"origin": "fr-customs", "tlp": Handling.AMBER}, None),
        ({"retain_until": Moment(NOW - 1)}, "exchange-expired"),
        ({"retain_until": Moment(NOW + (1 << 50))}, "exchange-retention"),
    ],
)
def test_the_rules_of_the_wire_hold_for_clients_too(nodes, said, code):
    assert [why for _, why in push(nodes, a_push(METHOD, **said)).bad] == ([code] if code else [])


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"[7]", b'[{"type":"x"}]', b"\xff"])
def test_what_is_no_stix_is_refused_whole(nodes, raw):
    with pytest.raises(ExchangeRefused):
        push(nodes, raw)


def test_nothing_is_pushed_to_a_collection_that_is_polled(nodes):
    outward = next(one for one in polling.collections(NL, nodes[BE]) if not one.inward)
    with pytest.raises(ExchangeRefused):
        desk.push(NL, outward, a_push(METHOD), nodes[BE])
