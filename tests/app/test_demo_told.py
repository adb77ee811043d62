"""What three nodes tell each other at the beginning of a demonstration may leave, and speaks of boxes that are there."""

from tests.desk.federated import BE, BR, NL, agreed, federate
from tests.desk.port import a_consignment, manifest, numbers, take_in

from vigie.app.demo_told import TELLER, boxes_of, tell_each_other, things
from vigie.desk import exchange


def test_it_all_may_leave(tmp_path):
    from vigie.terms import Purpose

    wide = [agreed(one, other, purposes=tuple(Purpose)) for one in (BE, NL, BR) for other in (BE, NL, BR) if one != other]
    nodes = federate(tmp_path, BE, NL, BR, agreements=wide)
    take_in(nodes[BE], manifest(*(a_consignment(f"A{place}", box) for place, box in enumerate(numbers(4)))))
    assert len(boxes_of(nodes[BE])) == 4
    assert tell_each_other(nodes) == len(things(nodes)) == 8
    told = {name: {row.thing for row in exchange.outbox(TELLER, node)} for name, node in nodes.items()}
    assert told == {BE: {"concealment", "training"}, BR: {"concealment", "seizure"},
                    NL: {"decision", "movement", "box", "jointoperation"}}  # fmt: skip
    for node in nodes.values():
        assert all(row.life == "live" for row in exchange.outbox(TELLER, node))
        node.close()
