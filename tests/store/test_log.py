"""The log: one strict order, no row changed unnoticed."""

import pytest
from tests.store_values import an_entry

from vigie.store import Store
from vigie.terms import StoreFault


def test_the_log_keeps_order_and_bodies(store: Store) -> None:
    unit = store.units(1)[0]
    store.log.append([an_entry(10, unit, b"ten"), an_entry(11, unit, b"eleven", subject="other")])
    assert store.log.last() == 11
    assert [entry.body for entry in store.log.after(0, 10)] == [b"ten", b"eleven"]
    assert [entry.hlc for entry in store.log.of("other")] == [11]
    told = store.log.verify()
    assert (told.count, told.broken) == (2, None)


def test_many_subjects_are_asked_at_once_each_up_to_its_own_entry(store: Store) -> None:
    unit = store.units(1)[0]
    store.log.append([an_entry(hlc, unit, b"%d" % hlc, subject=name) for hlc, name in ((1, "a"), (2, "b"), (3, "a"), (4, "b"))])
    found = store.log.about_each({"a": 3, "b": 3, "c": 9})
    assert found == {"a": store.log.about(["a"], 3), "b": store.log.about(["b"], 3)}
    assert [entry.body for entry in found["a"]] == [b"1", b"3"]
    assert [entry.hlc for entry in found["b"]] == [2]


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
