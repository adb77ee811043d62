"""A hash chain: every row's hash covers the row and the hash before it, so no row can be changed or taken out."""

from hashlib import sha256

import msgspec

START = bytes(32)
"""What stands before the first row."""


def link(before: bytes, told: bytes) -> bytes:
    """The hash of a row: SHA-256 of the hash before and of all that the row says."""
    return sha256(before + told).digest()


class Verified(msgspec.Struct, frozen=True):
    """What reading a chain again showed.

    Attributes:
        count: Rows that fit. head: Hash of the last row that fits, 64 hexadecimal characters; note it down elsewhere
            to notice later that the end was cut off together with its count.
        broken: The first row that does not fit (its number); None where all fit.
    """

    count: int
    head: str
    broken: int | None = None
