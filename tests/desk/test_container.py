import pytest
from tests.desk.port import (
    ANN,
    BOB,
    BOX,
    EVE,
    SHIP,
    VISIT,
    a_consignment,
    bay_plan,
    discharge,
    manifest,
    numbers,
    take_in,
    told,
)

from vigie.desk import arrivals
from vigie.desk.container import order_view
from vigie.desk.selection import order
from vigie.terms import NotForYou, NotFound, Purpose


def test_everything_known_is_on_the_page(node):
    take_in(node, manifest(), bay_plan(), discharge())
    view = told(node)
    assert (view.gross_g, view.seals) == (23_000_000, (f"S{BOX[-4:]}",))
    assert [(place.place, place.role) for place in view.route] == [
        ("ECGYE", "loading"), ("BEANR", "unloading"), ("BEANR", "event"),
    ]
    assert [party.name for party in view.documents[0].parties] == ["Fruta SA", "Fruit NV"]
    assert (view.documents[0].goods[0].hs, view.documents[0].goods[0].packages) == ("080390", 1080)
    assert sorted(part.form for part in view.parts) == ["BAPLIE", "COARRI", "CUSCAR"]
    assert (view.row.vessel, view.revision) == (SHIP.name, view.row.changed)


def test_raw_bytes_are_for_investigation_and_of_this_box_only(node):
    boxes = numbers(2)
    take_in(node, manifest(a_consignment("A", boxes[0])), manifest(a_consignment("B", boxes[1]), number=2))
    mine, other = (told(node, visit=f"{box}-1").parts[0].id for box in boxes)
    body = arrivals.raw(BOB, f"{boxes[0]}-1", mine, node)
    assert boxes[0].encode() in body
    assert boxes[1].encode() not in body
    with pytest.raises(NotFound):
        arrivals.raw(BOB, f"{boxes[0]}-1", other, node)
    for who, purpose in ((ANN, Purpose.TARGETING), (EVE, Purpose.TARGETING)):
        with pytest.raises(NotForYou):
            arrivals.raw(who, f"{boxes[0]}-1", mine, node, purpose)


def test_orders_stand_on_the_page(node):
    take_in(node, manifest())
    (sent,) = order(ANN, [VISIT], "hold", node)
    assert told(node).orders == (sent,)
    assert order_view(node.store.orders.get(sent.id)) == sent


def test_an_erased_message_leaves_the_box_without_its_words(node):
    take_in(node, manifest(), discharge())
    (part,) = [part for part in told(node).parts if part.form == "CUSCAR"]
    node.store.erase([part.id])
    view = told(node)
    assert [(entry.kind, entry.code) for entry in view.timeline] == [("consignment", "erased"), ("movement", "event")]
    with pytest.raises(NotFound):
        arrivals.raw(BOB, VISIT, part.id, node)
    assert node.store.log.verify().broken is None
