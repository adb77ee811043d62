"""Boxes: a fleet that comes round again every eight weeks, with real ISO 6346 check digits and plates of its own.

Drawing random serials would make duplicates by the birthday rule; a box is drawn from a rotation instead: its column is
fixed, its row is the week of the voyage, so that a box is never in two places by accident.
"""

from functools import cache
from math import ceil

from vigie.terms import check_digit, remainder
from vigie.world.parameters import FLEET_CYCLE_DAYS, REMAINDER_TEN, TARE_KG, TARE_SD_KG

WEEK_DAYS = 7  # services call once a week
ROWS = ceil(FLEET_CYCLE_DAYS.value / WEEK_DAYS)
_SPACING = 3  # serials lie three apart, so that one with remainder 10 can step aside without meeting its neighbour
_MIX = 2_654_435_761  # Knuth's multiplicative hash: spreads plates and exceptions over serials
_SERIALS = 1_000_000  # six digits

DRY_TYPES = ("22G1", "22G1", "22G1", "42G1", "42G1", "45G1", "45G1", "22G1")
"""Size-types of the dry columns in turn."""


def _mixed(number: int) -> int:
    return (number * _MIX & 0xFFFFFFFF) >> 7


@cache
def _values(prefix: str) -> str:
    return prefix + "U"


def number_of(prefix: str, base: int, column: int, row: int) -> str:
    """Number of the box in a column and row of a rotation.

    Args:
        prefix: Owner code, three letters. base: First serial of the rotation.
        column: From 0. row: From 0 to `ROWS` - 1.
    """
    serial = (base + _SPACING * (column * ROWS + row)) % _SERIALS
    ten = f"{_values(prefix)}{serial:06d}"
    if remainder(ten) == 10 and _mixed(serial) % 10_000 >= REMAINDER_TEN.value * 10_000:
        ten = f"{_values(prefix)}{(serial + 1) % _SERIALS:06d}"
    return f"{ten}{check_digit(ten)}"


def serials(columns: int) -> int:
    """How many serials so many columns of a rotation take."""
    return _SPACING * ROWS * columns


def dry_type(column: int) -> str:
    """Size-type of a dry column."""
    return DRY_TYPES[_mixed(column) % len(DRY_TYPES)]


def tare_kg(number: str, size_type: str) -> int:
    """Tare on the plate of a box, the same on every voyage, to ten kilograms."""
    spread = (_mixed(int(number[4:10])) % 1_000 / 1_000 - 0.5) * 2 * TARE_SD_KG.value
    return round((TARE_KG.value[size_type] + spread) / 10) * 10


def wrong_digit(number: str, at: int) -> str:
    """A number as a clerk mistypes it: one digit of the serial raised by one; its check digit no longer fits.

    Some wrong numbers still check (1.9 % of single digits): then the next digit is taken.
    """
    for step in range(6):
        place = 4 + (at + step) % 6
        typed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        if check_digit(typed[:10]) != int(typed[10]):
            return typed
    return number
