"""Rows of a register and documents for tests of what is printed."""

from datetime import date

import msgspec

from vigie.registry import BulletinAsked, compose_bulletin, period_of
from vigie.terms import DAY, Handling


class Row(msgspec.Struct, frozen=True):
    """A row as the register gives it, one substance of one seizure."""

    id: str
    at: int
    place: str = "BEANR"
    substance: str = "cocaine"
    grams: int | None = 500_000
    cover_hs: str = "080390"
    provenance: str = "EC"
    handling: int = Handling.AMBER
    is_closed: bool = True
    is_joint: bool = False


def a_row(day="2025-03-02", number=1, **told):
    at = (date.fromisoformat(day) - date(1970, 1, 1)).days * DAY
    return Row(f"S{day[:4]}-{number}", at, **told)


ROWS = (
    a_row("2025-01-05", 1, grams=61_000_000, provenance="BR"),
    a_row("2025-06-30", 2, grams=800_000, is_joint=True),
    a_row("2025-07-01", 3, grams=None, place="BEGNE", provenance=""),
    a_row("2025-12-31", 4, grams=9_000, cover_hs="", provenance="CO"),
    a_row("2025-12-31", 4, grams=2_000, substance="heroin"),
    a_row("2024-02-01", 5, grams=50_100_000, provenance="BR"),
    a_row("2023-12-31", 6),
)
NAMES = {"BEANR": "Antwerpen", "BEGNE": "Gent"}


def a_bulletin(language="en", rows=ROWS, half=0, as_of=date(2026, 1, 15), **told):
    asked = BulletinAsked(
        period_of(2025, half), as_of, language, names=NAMES, publisher="Customs of Fictavia",
        **{"is_simulated": True, **told},
    )  # fmt: skip
    return compose_bulletin(rows, asked)
