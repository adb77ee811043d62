"""The audit trail: no row changed unnoticed."""

import pytest
from tests.store_values import a_look

from vigie.store import Store


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
