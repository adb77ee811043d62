"""What a bulletin is asked for: a period, a day, a place; and the rows that it is made of."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from vigie.registry.scopes import Area
from vigie.terms import DAY, BadRequest, Moment


class Row(Protocol):
    """One substance of one seizure, as the register gives it."""

    @property
    def id(self) -> str: ...  # noqa: D102 -- as in the register
    @property
    def at(self) -> int: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def substance(self) -> str: ...  # noqa: D102
    @property
    def grams(self) -> int | None: ...  # noqa: D102
    @property
    def cover_hs(self) -> str: ...  # noqa: D102
    @property
    def provenance(self) -> str: ...  # noqa: D102
    @property
    def handling(self) -> int: ...  # noqa: D102
    @property
    def is_closed(self) -> bool: ...  # noqa: D102
    @property
    def is_joint(self) -> bool: ...  # noqa: D102


class Period(msgspec.Struct, frozen=True):
    """A year, or a half of it.

    Attributes:
        year: Calendar year. half: 1, 2, or 0 for the whole year.
    """

    year: int
    half: int = 0

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> "Period":
        """The same period of the year before."""
        return Period(self.year - 1, self.half)

    @property
    def months(self) -> range:
        """Its months, 1 to 12."""
        return range(self.first.month, self.last.month + 1)

    @property
    def bounds(self) -> tuple[Moment, Moment]:
        """Its first moment, and the first one after it."""
        start = (self.first - date(1970, 1, 1)).days * DAY
        return Moment(start), Moment(((self.last - date(1970, 1, 1)).days + 1) * DAY)


class Asked(msgspec.Struct, frozen=True):
    """What a bulletin is asked for.

    Attributes:
        period: Which. as_of: Day whose evening's state of the register counts. language: Of the document.
        substance: Which one. area: Where, of the vocabulary of scopes; None for everywhere. names: UN/LOCODE to name.
        publisher: The node.
        is_simulated: Everything is invented. register: Address of the register's list for links; empty for none.
    """

    period: Period
    as_of: date
    language: str
    substance: str = "cocaine"
    area: Area | None = None
    names: Mapping[str, str] = {}
    publisher: str = ""
    is_simulated: bool = False
    register: str = ""


class Sum(msgspec.Struct, frozen=True):
    """Findings and grams of some rows."""

    findings: int
    grams: int

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Sum":
        """Add rows up; a seizure is one finding, however many rows it has."""
        known = list(rows)
        return cls(len({one.id for one in known}), sum(one.grams or 0 for one in known))


def period_of(year: int, half: int = 0) -> Period:
    """Read a period.

    Raises:
        BadRequest: No year of four digits from 1970 on, or a half that is none.
    """
    if not 1970 < year < 10_000 or half not in (0, 1, 2):
        raise BadRequest(reason="not-a-period", year=year, half=half)
    return Period(year, half)
