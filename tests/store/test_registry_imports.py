"""Tables that were handed in, on all stores alike."""

from tests.store_values import an_item

from vigie.store import Store
from vigie.store.registry_imports import SeizureImport
from vigie.terms import Doubt, Moment, Place


def test_what_was_asked_is_sealed_answered_and_erased(store: Store) -> None:
    unit = store.inbox.add([an_item(b"table")])[0].id
    told = SeizureImport(Moment(7), "ann", Moment(6), "s.csv", 99, 3, 0, 1, 0, 0,
                         (Doubt("seizure-heavy", Place(segment=4, path="net"), {"kg": 8000}),))  # fmt: skip
    store.seizure_imports.keep(told.hlc, unit, "ann", told.at, "s.csv", 99, (3, 0, 1, 0, 0), told.doubts)
    assert store.seizure_imports.get(7) == told
    assert [(one.name, one.asked, one.doubts) for one in store.seizure_imports.page()] == [("s.csv", 1, ())]
    assert "seizure-heavy" not in repr(store.db.rows("SELECT * FROM seizure_import"))
    store.seizure_imports.answer(7, 4, "as-told", "ann", Moment(8))
    store.seizure_imports.answer(7, 4, "dropped", "ann", Moment(9))
    assert (store.seizure_imports.answers(7), store.seizure_imports.get(8)) == ({4: "dropped"}, None)
    store.erase([unit])
    found = store.seizure_imports.get(7)
    assert found is not None
    assert (found.taken, found.doubts) == (3, ())
