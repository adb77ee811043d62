"""Key families: what history is counted by, and the whole-number keys it is counted under."""

from functools import lru_cache
from hashlib import blake2b

import msgspec


class Family(msgspec.Struct, frozen=True):
    """One way to group history.

    Attributes:
        name: The word of the trade. keys: What makes one key; several parts make a composite key.
    """

    name: str
    keys: tuple[str, ...]


FAMILIES = (
    Family("consignee", ("consignee",)),
    Family("consignor", ("consignor",)),
    Family("pair", ("consignor", "consignee")),
    Family("notify", ("notify",)),
    Family("lane", ("loading", "unloading")),
    Family("lane_hs4", ("loading", "unloading", "hs4")),
    Family("consignee_hs4", ("consignee", "hs4")),
    Family("container", ("container",)),
    Family("seal", ("seal",)),
    Family("address", ("consignee_address",)),
    Family("address_trader", ("consignee_address", "consignee")),
    Family("goods_value", ("loading", "unloading", "hs4", "currency")),
    Family("consignor_vgm", ("consignor", "vgm_g")),
    Family("weighed", ("consignor",)),
    Family("haulier", ("consignee", "haulier")),
    Family("collected", ("consignee",)),
    Family("cell", ("ship", "voyage", "stow")),
    Family("slot", ("facility", "block", "bay", "row")),
    Family("release_party", ("release_party",)),
    Family("terminal", ("facility",)),
    Family("vehicle", ("vehicle",)),
    Family("vehicle_carrier", ("vehicle", "carrier")),
    Family("ship", ("ship",)),
)
"""All families; the position of a family is its number in prefix rows, so new ones are added at the end."""

LATE = frozenset((
    "consignor_vgm", "weighed", "haulier", "collected", "cell", "slot", "release_party", "terminal", "vehicle",
    "vehicle_carrier", "ship",
))  # fmt: skip
"""Families whose key a box gets after it was announced: who fetched it, what it weighed, where it stood,
whose right it is to collect it, what its ship did.

They are asked of history at every assessment, as of that assessment, as soon as a box has got one of them.
"""

ANNOUNCED_MASS = ("consignor_vgm", "weighed")
"""Families in `LATE`, the first of them, that an announced row may have too: manifests can tell the verified mass.

A mass that only the announcement tells is read as of the announcement, like all else it tells.
"""

Keys = tuple[int | None, ...]
"""One key per family, 0 to 2**63 - 1; None where the message does not say."""


@lru_cache(maxsize=8192)
def stable_key(family: str, *parts: str | int) -> int:
    """Give texts or numbers one stable key of 63 bits; the same on every node and in every release.

    Args:
        family: Keeps equal texts of different families apart; at most 16 bytes.
        parts: What makes the key, in order.

    >>> stable_key("lane", "ECGYE", "BEANR") == stable_key("lane", "ECGYE", "BEANR")
    True

    Source: BLAKE2b, RFC 7693, with the family as personalisation string; the lowest bit is dropped.
    """
    told = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(told, digest_size=8, person=family.encode()).digest(), "big") >> 1


def container_key(number: str) -> int | None:
    """The key of a container number (as written, normalised), or None where there is none."""
    return stable_key("container", number) if number else None


def size_number(size_type: str) -> int:
    """Turn a size and type code (ISO 6346) into a whole number that a history can keep; 0 where it is none.

    >>> size_text(size_number("45R1"))
    '45R1'
    """
    if len(size_type) != 4 or not size_type.isascii() or not size_type.isalnum():
        return 0
    return int(size_type, 36)


def size_text(number: int) -> str:
    """Turn the number of `size_number` back into the code."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(digits[number // 36**place % 36] for place in (3, 2, 1, 0)) if number else ""
