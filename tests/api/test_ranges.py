"""Ranges as RFC 9110 gives them, by its own examples (14.1.2) and around the edges."""

import pytest

from vigie.api.ranges import Unsatisfiable, asked_range


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("bytes=0-499", (0, 500)), ("bytes=500-999", (500, 1000)), ("bytes=-500", (9500, 10000)),
        ("bytes=9500-", (9500, 10000)), ("bytes=0-0", (0, 1)), ("bytes=-1", (9999, 10000)),
        ("bytes=-20000", (0, 10000)), ("bytes=9000-20000", (9000, 10000)), ("Bytes=1-1", (1, 2)),
        ("", None), ("bytes=0-0,-1", None), ("bytes= 0-999, 4500-5499, -1000", None), ("lines=1-2", None),
        ("bytes=5-2", None), ("bytes=-", None), ("bytes=a-b", None), ("bytes=٣-٤", None), ("bytes=1-2x", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)  # fmt: skip
def test_a_range_of_ten_thousand_bytes(told, found):
    assert asked_range(told, 10_000) == found


@pytest.mark.parametrize(("told", "size"), [("bytes=10000-", 10_000), ("bytes=-0", 10_000), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_beyond_the_end(told, size):
    with pytest.raises(Unsatisfiable):
        asked_range(told, size)
