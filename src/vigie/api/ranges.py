"""Which bytes of something a request asks for: one range as RFC 9110 (section 14) says it."""

import re

_ONE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The range lies beyond the end: the answer is 416."""


def asked_range(told: str, size: int) -> tuple[int, int] | None:
    """The first byte of a range and the one after its last; None for all bytes.

    What is no single range of bytes is passed over, as the RFC lets a server do (14.2): then all is asked for.

    Args:
        told: The header `Range`, empty without one. size: Bytes there are.

    Raises:
        Unsatisfiable: It begins at or beyond the end, or asks for the last zero bytes.
    """
    found = _ONE.fullmatch(told)
    if found is None or found[0] == "" or (found[1], found[2]) == ("", ""):
        return None
    first, last = found[1], found[2]
    if not first:
        if int(last) == 0 or not size:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last) + 1, size) if last else size
