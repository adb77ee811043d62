"""What three nodes tell each other at the beginning of a demonstration may leave, and speaks of boxes that are there."""

from tests.desk.federated import BE, BR, NL, agreed, federate
from tests.desk.federated import exchange as exchanged
from tests.desk.port import BOB, BOX, VISIT, a_consignment, manifest, numbers, take_in
from tests.desk.test_exchange_packages import SHOWN

from vigie.app.demo_told import LOOK_S, TELLER, boxes_of, hand_over, tell_each_other, things
from vigie.desk import exchange, scanning, scanning_intake
from vigie.desk import exchange_packages as packages
from vigie.scanning import write_tiff


def test_it_all_may_leave(tmp_path):
    from vigie.terms import Purpose

    wide = [agreed(one, other, purposes=tuple(Purpose)) for one in (BE, NL, BR) for other in (BE, NL, BR) if one != other]
    nodes = federate(tmp_path, BE, NL, BR, agreements=wide)
    take_in(nodes[BE], manifest(*(a_consignment(f"A{place}", box) for place, box in enumerate(numbers(4)))))
    assert len(boxes_of(nodes[BE])) == 4
    assert tell_each_other(nodes) == len(things(nodes)) + 1 == 8
    told = {name: {row.thing for row in exchange.outbox(TELLER, node)} for name, node in nodes.items()}
    assert told == {BE: {"concealment", "training"}, BR: {"concealment", "seizure"},
                    NL: {"decision", "movement", "box", "jointoperation"}}  # fmt: skip
    for node in nodes.values():
        assert all(row.life == "live" for row in exchange.outbox(TELLER, node))
        node.close()


def test_the_gateway_hands_over_what_its_scanner_took_before_loading(tmp_path):
    wide = [agreed(one, other) for one, other in ((BR, BE), (BE, BR))]
    nodes = federate(tmp_path, BE, BR, agreements=wide)
    take_in(nodes[BE], manifest())
    waited = []

    def take(seconds):
        """Its scanner takes the picture while it waits."""
        waited.append(seconds)
        scanning_intake.take_in(BOB, write_tiff(SHOWN, "SSZ-1"), nodes[BR])

    name = hand_over(nodes[BR], take)
    assert waited == [LOOK_S]
    assert hand_over(nodes[BR], take) == ""  # at the next start
    exchanged(nodes, BR, BE)
    ((wanted, origin, _),) = packages.wanted(nodes[BE])
    assert (wanted, origin) == (name, BR)
    packages.arrived(packages.for_partner(BE, name, nodes[BR]), name, nodes[BE])
    (row,) = scanning.listed(BOB, nodes[BE], container=BOX).rows
    assert row.visit == VISIT
    for node in nodes.values():
        node.close()
