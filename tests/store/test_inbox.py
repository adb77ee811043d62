"""The inbox: nothing is lost, nothing is taken twice."""

from tests.store_values import an_item

from vigie.store import Store
from vigie.terms import Moment


def test_the_same_content_is_taken_in_once(store: Store) -> None:
    first = store.inbox.add([an_item(b"a"), an_item(b"b"), an_item(b"a")])
    again = store.inbox.add([an_item(b"b"), an_item(b"c")])
    assert [receipt.known for receipt in first] == [False, False, True]
    assert first[0].id == first[2].id
    assert [receipt.known for receipt in again] == [True, False]
    assert again[0].id == first[1].id
    assert [item.body for item in store.inbox.take(10)] == [b"a", b"b", b"c"]
    assert store.inbox.known([an_item(b"a").digest, an_item(b"z").digest]) == {an_item(b"a").digest}


def test_an_item_waits_until_it_is_settled(store: Store) -> None:
    item = an_item(b"x" * 5_000, source="feed", message="M1", recorded=Moment(7), backload=True)
    one, two = (receipt.id for receipt in store.inbox.add([item, an_item(b"b")]))
    taken = store.inbox.take(1)[0]
    assert (taken.body, taken.source, taken.message, taken.recorded, taken.backload) == (
        item.body, "feed", "M1", 7, True)  # fmt: skip
    store.inbox.settle([one])
    store.inbox.fault(two, "unreadable", {"row": 3})
    assert store.inbox.waiting() == 0
    assert not store.inbox.waits([one, two])
    assert store.inbox.state([one, two, 99]) == {one: "done", two: "fault:unreadable"}
    assert store.inbox.faults() == [(two, "unreadable", {"row": 3})]
    kept = store.inbox.get(one)
    assert kept is not None
    assert kept.body == item.body


def test_what_is_held_already_is_taken_again_only_if_it_still_waits(store: Store) -> None:
    store.inbox.add([an_item(b"a"), an_item(b"b"), an_item(b"c")])
    first, *held = store.inbox.take(10)
    store.inbox.settle([first.id, held[0].id])
    store.inbox.add([an_item(b"d")])
    again = store.inbox.take(10, held)
    assert [item.body for item in again] == [b"c", b"d"]
    assert again == store.inbox.take(10)


def test_what_was_set_aside_can_wait_once_more(store: Store) -> None:
    one, two, three = (receipt.id for receipt in store.inbox.add([an_item(b"a"), an_item(b"b"), an_item(b"c")]))
    store.inbox.settle([one])
    store.inbox.fault(two, "KeyError", {})
    assert store.inbox.waits([one, three])
    assert not store.inbox.waits([one, two, 99])
    assert store.inbox.again() == 1
    assert [item.id for item in store.inbox.take(10)] == [two, three]
    assert store.inbox.faults() == []
    assert store.inbox.again() == 0
