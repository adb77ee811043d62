"""What waits: values that survive a round trip, old ones included."""

import msgspec

from vigie.terms import InboxItem, Job, Moment, Receipt


def test_an_item_says_nothing_that_was_not_told() -> None:
    item = InboxItem("act", "00" * 32, b"{}", Moment(5))
    assert (item.id, item.backload, item.recorded, item.source) == (0, False, None, "")
    assert msgspec.json.decode(msgspec.json.encode(item), type=InboxItem) == item


def test_receipts_and_jobs_are_values() -> None:
    assert Receipt(3, True) == Receipt(3, True) != Receipt(3, False)
    assert Job(1, "score", b"", 2).tries == 2
