"""Numbers that may be one number, misread by one character: suggested to a person, never merged."""

from collections.abc import Iterable

from vigie.terms import check_digit

_LENGTH = 11
_CHECKED = 10


def misread(number: str, known: Iterable[str]) -> tuple[str, ...]:
    """Suggest which known numbers a number may be a misreading of: one character other, or two neighbours swapped.

    Args:
        number: As written. known: Other numbers in whose company it was seen (one ship, one port).

    Returns:
        Known numbers, those whose check digit fits first; none where both numbers check, for then both exist more
        likely than not unless one digit alone tells them apart (ISO 6346 leaves 1.9 % of such errors undetected).
    """
    found = {other for other in known if other != number and one_off(number, other)}
    return tuple(sorted(found, key=lambda other: (not _fits(other), other)))


def one_off(one: str, other: str) -> bool:
    """Tell whether two numbers of the same length differ in one character, or in two neighbours that are swapped."""
    if len(one) != len(other):
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]


def _fits(number: str) -> bool:
    if len(number) != _LENGTH or not number[_CHECKED].isdecimal():
        return False
    return check_digit(number[:_CHECKED]) == int(number[_CHECKED])


def variants(number: str) -> frozenset[tuple[int, str]]:
    """Keys under which numbers that differ in one character meet: the number with each place blanked out."""
    return frozenset((place, number[:place] + number[place + 1 :]) for place in range(len(number)))
