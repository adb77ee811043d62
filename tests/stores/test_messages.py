"""Inbox, outbox, log, parts, trail: nothing is lost, nothing is taken twice, no row can be changed unnoticed."""

import pytest
from tests.stores.build import a_look, an_entry, an_item

from vigie.store import Store
from vigie.terms import Doubt, Moment, Place, StoreFault
from vigie.tracking import Described


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
    assert store.inbox.state([one, two, 99]) == {one: "done", two: "fault:unreadable"}
    assert store.inbox.faults() == [(two, "unreadable", {"row": 3})]
    kept = store.inbox.get(one)
    assert kept is not None
    assert kept.body == item.body


def test_a_rolled_back_transaction_leaves_nothing(store: Store) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), store.transaction() as t:
        t.inbox.add([an_item(b"a")])
        t.trail.keep(a_look())
        raise Stop
    assert store.inbox.waiting() == 0
    assert store.trail.verify().count == 0
    assert [receipt.known for receipt in store.inbox.add([an_item(b"a")])] == [False]


def test_bodies_are_not_in_the_database_in_the_open(store: Store) -> None:
    store.inbox.add([an_item(b"ACME IMPORT")])
    store.log.append([an_entry(5, store.units(1)[0], b"ACME IMPORT")])
    for table in ("inbox", "log"):
        assert b"ACME" not in bytes((store.db.one(f"SELECT body FROM {table}") or (b"",))[0])


def test_jobs_are_leased_and_come_back_when_a_worker_dies(store: Store) -> None:
    first, second = (store.outbox.put("score", body) for body in (b"1", b"2"))
    assert [job.id for job in store.outbox.claim("score", 1, 30, Moment(100))] == [first]
    assert [job.id for job in store.outbox.claim("score", 5, 30, Moment(101))] == [second]
    assert store.outbox.claim("score", 5, 30, Moment(102)) == []
    back = store.outbox.claim("score", 5, 30, Moment(130))
    assert [(job.id, job.body, job.tries) for job in back] == [(first, b"1", 2)]
    assert store.outbox.done([first, first]) == 1
    store.outbox.again(second, Moment(500))
    assert store.outbox.claim("score", 5, 30, Moment(499)) == []
    assert store.outbox.waiting("score") == 1
    assert store.outbox.waiting("other") == 0


def test_the_log_keeps_order_and_bodies(store: Store) -> None:
    unit = store.units(1)[0]
    store.log.append([an_entry(10, unit, b"ten"), an_entry(11, unit, b"eleven", subject="other")])
    assert store.log.last() == 11
    assert [entry.body for entry in store.log.after(0, 10)] == [b"ten", b"eleven"]
    assert [entry.hlc for entry in store.log.of("other")] == [11]
    told = store.log.verify()
    assert (told.count, told.broken) == (2, None)


@pytest.mark.parametrize("given", [[11], [9], [12, 12], [13, 12]])
def test_the_log_never_runs_backwards(store: Store, given: list[int]) -> None:
    store.log.append([an_entry(11)])
    with pytest.raises(StoreFault):
        store.log.append([an_entry(hlc) for hlc in given])
    assert store.log.last() == 11


@pytest.mark.parametrize("change", [
    "UPDATE log SET subject = 'x' WHERE hlc = 3", "UPDATE log SET body = digest WHERE hlc = 3",
    "UPDATE log SET source = 'x' WHERE hlc = 3", "DELETE FROM log WHERE hlc = 3",
    "UPDATE log SET hlc = 30 WHERE hlc = 3", "DELETE FROM log WHERE hlc > 3",
])  # fmt: skip
def test_a_changed_log_is_noticed(store: Store, change: str) -> None:
    store.log.append([an_entry(hlc) for hlc in range(1, 6)])
    store.db.run(change)
    assert store.log.verify().broken is not None


@pytest.mark.parametrize("change", [
    "UPDATE trail SET officer = 'x' WHERE seq = 3", "DELETE FROM trail WHERE seq = 3",
    "UPDATE trail SET purpose = 'nonsense' WHERE seq = 3", "UPDATE trail SET facts = '{' WHERE seq = 3",
    "UPDATE trail SET seq = 9 WHERE seq = 3", "DELETE FROM trail WHERE seq = 5",
])  # fmt: skip
def test_a_changed_trail_is_noticed(store: Store, change: str) -> None:
    store.trail.keep(*(a_look(at=at, n=at) for at in range(1, 6)))
    assert store.trail.verify().broken is None
    store.db.run(change)
    assert store.trail.verify().broken is not None


def test_the_trail_is_read_by_page_and_filter(store: Store) -> None:
    store.trail.keep(a_look("A", "ana", 1, why="x", many=3), a_look("B", "ben", 2))
    store.trail.keep(a_look("C", "ana", 3))
    assert [kept.entry.subject for kept in store.trail.page(limit=2)] == ["C", "B"]
    assert [kept.entry.subject for kept in store.trail.page(before=2)] == ["A"]
    assert [kept.entry.subject for kept in store.trail.page(officer="ana")] == ["C", "A"]
    assert [kept.entry.subject for kept in store.trail.page(subject="B", act="see", outcome="done")] == ["B"]
    assert [kept.entry.subject for kept in store.trail.page(start=2, end=3)] == ["B"]
    assert store.trail.after(0, 1)[0].entry == a_look("A", "ana", 1, why="x", many=3)
    assert store.trail.after(2, 5)[0].chain == store.trail.verify().head


def test_parts_describe_messages(store: Store) -> None:
    one, two = (receipt.id for receipt in store.inbox.add([an_item(b"a"), an_item(b"b")]))
    doubt = Doubt("edifact-count", Place("M1", segment=4), {"said": 3})
    store.parts.add([
        Described(one, Moment(5), "M1", 0, "edifact", "CUSCAR", sent_at=Moment(9), rows=2, doubts=(doubt, doubt)),
        Described(two, Moment(6), "M1", 1, "edifact", "CUSCAR", 17, 3),
    ])  # fmt: skip
    assert [part.number for part in store.parts.of_message("M1")] == [0, 1]
    part = store.parts.get(one)
    assert part is not None
    assert part.doubts == (doubt, doubt)
    seen = store.parts.message("M1")
    assert seen is not None
    assert (seen.parts, seen.doubts, seen.received, seen.form, seen.sent_at) == (2, 2, 1_000, "CUSCAR", 9)
    assert store.parts.recent() == [seen]
    assert store.parts.counts() == {"messages": 1, "parts": 2, "doubts": 2}
