"""One way to write a JSON value as bytes, for identifiers that two nodes make alike; never to check a signature.

What is signed is kept and checked as the bytes that were signed: writing it again and hoping for the same bytes is
how such checks go wrong. Source: RFC 8785 (JSON Canonicalization Scheme).
"""

import json
import math
from collections.abc import Iterator
from typing import Any

_SAFE = 1 << 53


def canonical(value: Any) -> bytes:
    """Write a value: keys by UTF-16 code units, numbers as ECMAScript writes them, no spaces.

    Raises:
        ValueError: A number that JSON cannot hold (infinite, none, an integer beyond 2**53), a lone surrogate, or
        something that is no JSON value.
    """
    return "".join(_pieces(value)).encode()


def _pieces(value: Any) -> Iterator[str]:
    if value is None or value is True or value is False:
        yield {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, int):
        if abs(value) > _SAFE:
            raise ValueError("an integer beyond 2**53")
        yield str(int(value))
    elif isinstance(value, float):
        yield _number(value)
    elif isinstance(value, list | tuple):
        yield from _listed(value)
    elif isinstance(value, dict):
        yield from _keyed(value)
    else:
        raise ValueError(f"no JSON value: {type(value).__name__}")


def _listed(value: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    for place, one in enumerate(value):
        yield "," if place else "["
        yield from _pieces(one)
    yield "]" if value else "[]"


def _keyed(value: dict[Any, Any]) -> Iterator[str]:
    if not all(isinstance(name, str) for name in value):
        raise ValueError("a key that is no text")
    for place, name in enumerate(sorted(value, key=lambda one: one.encode("utf-16-be"))):
        yield "," if place else "{"
        yield json.dumps(name, ensure_ascii=False) + ":"
        yield from _pieces(value[name])
    yield "}" if value else "{}"


def _number(value: float) -> str:
    """A number as ECMAScript's Number::toString writes it (ECMA-262, 6.1.6.1.20)."""
    if not math.isfinite(value):
        raise ValueError("a number that JSON cannot hold")
    if value == 0:
        return "0"
    sign, (digits, point) = "-" if value < 0 else "", _shortest(abs(value))
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def _shortest(value: float) -> tuple[str, int]:
    """The fewest digits that name this number, and where its point stands: 0.digits times ten to the power."""
    mantissa, _, power = repr(value).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = whole + part
    point = len(whole) + int(power or 0)
    bare = digits.lstrip("0")
    point -= len(digits) - len(bare)
    return bare.rstrip("0"), point
