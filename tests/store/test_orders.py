"""Orders are kept once and acknowledged once."""

from vigie.selection import Order, OrderKind
from vigie.store import Store
from vigie.terms import Moment, OfficerId, VisitId

ANA = OfficerId("ana")


BOX = VisitId("MSCU1234566-1")


def test_orders_are_kept_once_and_acknowledged_once(store: Store) -> None:
    orders = [Order(f"o{n}", OrderKind.HOLD, BOX, "MSCU1234566", "BEANR", Moment(n), ANA) for n in (1, 2)]
    store.orders.put(orders)
    store.orders.put(orders)
    assert [sent.order.id for sent in store.orders.waiting()] == ["o1", "o2"]
    assert store.orders.acknowledge("o1", Moment(9), "terminal")
    assert not store.orders.acknowledge("o1", Moment(10), "other")
    sent = store.orders.get("o1")
    assert sent is not None
    assert (sent.order, sent.acknowledged, sent.by) == (orders[0], 9, "terminal")
    assert [sent.order.id for sent in store.orders.waiting()] == ["o2"]
    assert [sent.order.id for sent in store.orders.of(BOX)] == ["o1", "o2"]
    assert [sent.order.id for sent in store.orders.page("BEANR", limit=1)] == ["o2"]
    assert [sent.order.id for sent in store.orders.page(before=Moment(2))] == ["o1"]
