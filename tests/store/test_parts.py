"""Parts and their doubts."""

from tests.store_values import an_item

from vigie.store import Store
from vigie.terms import Doubt, Moment, Place
from vigie.tracking import Described


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
    assert store.parts.codes([one, two, two + 1]) == {one: ("edifact-count",)}
    seen = store.parts.message("M1")
    assert seen is not None
    assert (seen.parts, seen.doubts, seen.received, seen.form, seen.sent_at) == (2, 2, 1_000, "CUSCAR", 9)
    assert store.parts.recent() == [seen]
    assert store.parts.counts() == {"messages": 1, "parts": 2, "doubts": 2}
