"""AIS messages as bits: the fields of ITU-R M.1371-5 that say where a ship is, and what it says of itself."""

from vigie.arrivals.events import Position
from vigie.terms import Moment

_SIX = {}
for _char in range(48, 120):
    if not 88 <= _char < 96:
        _SIX[_char] = format(_char - 48 if _char < 88 else _char - 56, "06b")
ALPHABET = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
"""Six-bit characters (ITU-R M.1371-5, table 47)."""

TYPES = frozenset((1, 2, 3, 5, 18, 19, 24, 27))
"""Message types that become rows; the others concern radio, safety and weather."""


def unarmoured(payload: bytes, fill: int) -> str | None:
    """The bits of a payload as a text of 0 and 1; None where a character is none of the 64."""
    try:
        bits = "".join([_SIX[char] for char in payload])
    except KeyError:
        return None
    return bits[: len(bits) - fill] if 0 < fill < 6 else bits


def _whole(bits: str, start: int, end: int) -> int:
    return int(bits[start:end] or "0", 2)


def _signed(bits: str, start: int, end: int) -> int:
    value = _whole(bits, start, end)
    return value - (1 << (end - start)) if bits[start : start + 1] == "1" else value


def _text(bits: str, start: int, end: int) -> str:
    """Six-bit text up to its first `@`, without blanks at its end."""
    codes = (_whole(bits, place, place + 6) for place in range(start, min(end, len(bits) - 5), 6))
    return "".join(ALPHABET[code] for code in codes).partition("@")[0].rstrip()


def _degrees(raw: int, per_degree: int, most: int) -> int | None:
    """Millionths of a degree; None where not available or off the globe."""
    micro = (2 * raw * 1_000_000 + per_degree) // (2 * per_degree)
    return micro if abs(raw) <= most * per_degree else None


def _moving(bits: str, mmsi: str, at: Moment | None, start: int, **named: str) -> Position:
    """A class A or B report; `start` is the first bit of the speed."""
    speed, course = _whole(bits, start, start + 10), _whole(bits, start + 66, start + 78)
    return Position(
        mmsi=mmsi,
        at=at,
        lon_e6=_degrees(_signed(bits, start + 11, start + 39), 600_000, 180),
        lat_e6=_degrees(_signed(bits, start + 39, start + 66), 600_000, 90),
        speed_dkn=speed if speed < 1023 else None,
        course_ddeg=course if course < 3600 else None,
        **named,
    )


def _far(bits: str, mmsi: str, at: Moment | None) -> Position:
    """A long-range report (type 27): tenths of minutes, whole knots and degrees."""
    speed, course = _whole(bits, 79, 85), _whole(bits, 85, 94)
    return Position(
        mmsi=mmsi,
        at=at,
        lon_e6=_degrees(_signed(bits, 44, 62), 600, 180),
        lat_e6=_degrees(_signed(bits, 62, 79), 600, 90),
        speed_dkn=speed * 10 if speed < 63 else None,
        course_ddeg=course * 10 if course < 360 else None,
    )


def _voyage(bits: str, mmsi: str, at: Moment | None) -> Position:
    """Static and voyage data (type 5)."""
    imo, month, day = _whole(bits, 40, 70), _whole(bits, 274, 278), _whole(bits, 278, 283)
    eta = f"{month:02d}-{day:02d} {_whole(bits, 283, 288):02d}:{_whole(bits, 288, 294):02d}" if month and day else ""
    return Position(
        mmsi=mmsi,
        at=at,
        imo=f"{imo:07d}" if imo else "",
        call_sign=_text(bits, 70, 112),
        name=_text(bits, 112, 232),
        destination=_text(bits, 302, 422),
        eta=eta,
    )


SHORTEST = {1: 137, 2: 137, 3: 137, 5: 420, 18: 133, 19: 263, 24: 160, 27: 94}
"""Bits without which a message of the type is cut off (spare bits at the end may lack)."""


def decode(bits: str, at: Moment | None) -> Position | None:
    """Read one message; None where its type does not become a row, or it is cut off."""
    kind = _whole(bits, 0, 6)
    if kind not in TYPES or len(bits) < SHORTEST[kind]:
        return None
    mmsi = f"{_whole(bits, 8, 38):09d}"
    if kind == 5:
        return _voyage(bits, mmsi, at)
    if kind == 27:
        return _far(bits, mmsi, at)
    if kind == 24:
        if _whole(bits, 38, 40) == 0:
            return Position(mmsi=mmsi, at=at, name=_text(bits, 40, 160))
        return Position(mmsi=mmsi, at=at, call_sign=_text(bits, 90, 132))
    if kind == 19:
        return _moving(bits, mmsi, at, 46, name=_text(bits, 143, 263))
    return _moving(bits, mmsi, at, 46 if kind == 18 else 50)
