"""Write positions as AIS sentences with a tag block that tells the time; what is written is read back the same."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import xor

from vigie.arrivals.ais.bits import ALPHABET
from vigie.arrivals.events import Position
from vigie.terms import SECOND, Moment

_MOST_PAYLOAD = 56  # characters of one sentence, so that it stays within the 82 of NMEA 0183


def write_ais(positions: Iterable[Position], station: str = "vigie") -> bytes:
    """Write each position as a class A report (type 1), and what it says of itself as static data (type 5).

    Times are written in whole seconds, coordinates in ten-thousandths of a minute.
    """
    lines: list[bytes] = []
    for count, position in enumerate(positions):
        if position.lat_e6 is not None and position.lon_e6 is not None:
            lines += _sentences(_moving(position), position.at, station, count)
        if position.name or position.imo or position.call_sign or position.destination:
            lines += _sentences(_voyage(position), position.at, station, count)
    return b"".join(lines)


def _field(value: int, width: int) -> str:
    return format(value & ((1 << width) - 1), f"0{width}b")


def _text(text: str, count: int) -> str:
    known = "".join(char for char in text.upper() if char in ALPHABET)
    return "".join(_field(ALPHABET.index(char), 6) for char in f"{known[:count]:@<{count}}")


def _thousandths(micro: int) -> int:
    """Millionths of a degree in ten-thousandths of a minute."""
    return round(micro * 6 / 10)


def _moving(position: Position) -> str:
    speed = 1023 if position.speed_dkn is None else min(position.speed_dkn, 1022)
    course = 3600 if position.course_ddeg is None else position.course_ddeg
    second = 60 if position.at is None else position.at // SECOND % 60
    return "".join((
        _field(1, 6), _field(0, 2), _field(int(position.mmsi), 30), _field(0, 4), _field(-128, 8), _field(speed, 10),
        "0", _field(_thousandths(position.lon_e6 or 0), 28), _field(_thousandths(position.lat_e6 or 0), 27),
        _field(course, 12), _field(511, 9), _field(second, 6), _field(0, 25),
    ))


def _voyage(position: Position) -> str:
    month, day, hour, minute = 0, 0, 24, 60  # not available
    if position.eta:
        month, day, hour, minute = (int(position.eta[place : place + 2]) for place in (0, 3, 6, 9))
    return "".join((
        _field(5, 6), _field(0, 2), _field(int(position.mmsi), 30), _field(0, 2), _field(int(position.imo or "0"), 30),
        _text(position.call_sign, 7), _text(position.name, 20), _field(70, 8), _field(0, 30), _field(1, 4),
        _field(month, 4), _field(day, 5), _field(hour, 5), _field(minute, 6), _field(0, 8),
        _text(position.destination, 20), "00",
    ))


def _sentences(bits: str, at: Moment | None, station: str, count: int) -> Iterator[bytes]:
    fill = -len(bits) % 6
    padded = bits + "0" * fill
    codes = (int(padded[place : place + 6], 2) for place in range(0, len(padded), 6))
    payload = "".join(chr(code + 48 if code < 40 else code + 56) for code in codes)
    pieces = [payload[place : place + _MOST_PAYLOAD] for place in range(0, len(payload), _MOST_PAYLOAD)]
    name = str(count % 10) if len(pieces) > 1 else ""
    for number, piece in enumerate(pieces, 1):
        last = fill if number == len(pieces) else 0
        body = f"AIVDM,{len(pieces)},{number},{name},A,{piece},{last}"
        tag = f"s:{station}" + (f",c:{at // SECOND}" if at is not None else "")
        yield f"\\{tag}*{_sum(tag)}\\!{body}*{_sum(body)}\r\n".encode("ascii", "replace")


def _sum(text: str) -> str:
    return f"{reduce(xor, text.encode('ascii', 'replace'), 0):02X}"
