"""Identifiers of the trade, each checked when it is made."""

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import getitem
from typing import NewType, Self

from vigie.terms.errors import BadContainerNumber, BadIdentifier

_CONTAINER = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")  # [0-9]: \d takes the digits of every script
_LETTER_VALUES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
_VALUES = _LETTER_VALUES | {str(digit): digit for digit in range(10)}
_WEIGHED = [{char: value << place for char, value in _VALUES.items()} for place in range(10)]
_GAPS = re.compile(r"[\s\-./]")

VisitId = NewType("VisitId", str)
"""One box in one life-cycle segment: `number-segment`, as `CSQU3054383-2`."""

ConsignmentId = NewType("ConsignmentId", str)
"""One consignment: `scheme:issuer:number`, as `bl:MSCU:ABC123` or `mrn::26BE0000000000001A`."""

PartyKey = NewType("PartyKey", str)
"""The stable pseudonym of one party in this node; see `vigie.terms.parties`."""

OfficerId = NewType("OfficerId", str)
"""The sign-in name of an officer of this node."""


def remainder(first_ten: str) -> int:
    """Tell the ISO 6346 remainder (0 to 10) of the first ten characters; 10 is written as check digit 0."""
    if len(first_ten) != len(_WEIGHED):
        raise ValueError(f"{len(first_ten)} characters")
    return sum(map(getitem, _WEIGHED, first_ten)) % 11


def check_digit(first_ten: str) -> int:
    """Compute the ISO 6346 check digit of owner code, category and serial number."""
    return remainder(first_ten) % 10


def written_number(raw: str) -> str:
    """Normalise a container number as people write it: upper case, without gaps; its check digit is not judged."""
    return _GAPS.sub("", raw).upper()


@dataclass(frozen=True, slots=True, order=True)
class ContainerNumber:
    """A container number whose check digit has been verified.

    Source: ISO 6346 (owner code, category, serial number, check digit).
    """

    text: str

    @classmethod
    def read(cls, raw: str) -> Self:
        """Read a number as people write it; spaces and dashes are dropped.

        >>> ContainerNumber.read("csqu 305438-3").text
        'CSQU3054383'

        Raises:
            BadContainerNumber: The shape or the check digit is wrong.
        """
        text = written_number(raw)
        if not _CONTAINER.fullmatch(text) or check_digit(text[:10]) != int(text[10]):
            raise BadContainerNumber(length=len(raw))
        return cls(text)


@lru_cache(maxsize=1 << 14)  # a box is told of a dozen times; numbers are foreign text: what is kept is bounded
def number_fault(text: str) -> str | None:
    """Say what is wrong with a normalised container number: `shape`, `check-digit`, or None.

    Containers with a wrong number exist and are handled: this tells, it never refuses.
    """
    if not _CONTAINER.fullmatch(text):
        return "shape"
    return None if check_digit(text[:10]) == int(text[10]) else "check-digit"


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code of a published list whose shape has been verified."""

    text: str

    @classmethod
    def _read(cls, raw: str, shape: str) -> Self:
        text = re.sub(r"\s", "", raw).upper()
        if not re.fullmatch(shape, text):
            raise BadIdentifier(kind=cls.__name__, length=len(raw))
        return cls(text)


class Locode(Code):
    """A UN/LOCODE: two letters of the country (ISO 3166), three of the place."""

    @classmethod
    def read(cls, raw: str) -> Self:
        """Read a UN/LOCODE.

        Raises:
            BadIdentifier: Not two letters and three letters or digits 2 to 9.
        """
        return cls._read(raw, r"[A-Z]{2}[A-Z2-9]{3}")


class Eori(Code):
    """An Economic Operators Registration and Identification number (EU customs)."""

    @classmethod
    def read(cls, raw: str) -> Self:
        """Read an EORI number.

        Raises:
            BadIdentifier: Not a country code and 1 to 15 letters or digits.
        """
        return cls._read(raw, r"[A-Z]{2}[A-Z0-9]{1,15}")


class Mrn(Code):
    """A Movement Reference Number: year, country, unique part, check character (EU customs, an..18)."""

    @classmethod
    def read(cls, raw: str) -> Self:
        """Read an MRN.

        Raises:
            BadIdentifier: Not two digits, two letters and 14 letters or digits.
        """
        return cls._read(raw, r"[0-9]{2}[A-Z]{2}[A-Z0-9]{14}")


class Imo(Code):
    """An IMO ship number of seven digits, the last of which checks the others."""

    @classmethod
    def read(cls, raw: str) -> Self:
        """Read an IMO number; the letters IMO before it are dropped.

        >>> Imo.read("IMO 9074729").text
        '9074729'

        Raises:
            BadIdentifier: Not seven digits, or the last does not check the others.
        """
        read = cls._read(re.sub(r"(?i)^\s*imo", "", raw), r"[0-9]{7}")
        digits = [int(char) for char in read.text]
        if sum(digit * weight for digit, weight in zip(digits[:6], range(7, 1, -1), strict=True)) % 10 != digits[6]:
            raise BadIdentifier(kind="Imo", length=len(raw))
        return read


def written_seal(raw: str) -> str | None:
    """Normalise a seal number; placeholders of real messages (`NA`, `SI`, `NONE`, zeros) are no seal: None."""
    text = (raw if raw.isalnum() else _GAPS.sub("", raw)).upper()
    if text in {"", "NA", "SI", "NONE", "NIL", "NOSEAL", "X", "XXX"} or not text.strip("0"):
        return None
    return text


def visit_id(container: str, segment: int) -> VisitId:
    """Name the visit of one box in one life-cycle segment (counted from 1)."""
    return VisitId(f"{container}-{segment}")
