"""The hash chain."""

from hashlib import sha256

from vigie.store.chain import START, link


def test_a_link_covers_the_row_and_all_before_it() -> None:
    first = link(START, b"a")
    assert first == sha256(bytes(32) + b"a").digest()
    assert link(first, b"b") != link(link(START, b"c"), b"b")
