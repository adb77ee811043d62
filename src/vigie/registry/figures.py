"""How two figures stand to each other: equal, rounded, revised, of another scope, mistyped, or contradictory."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from vigie.registry.claims import Claim
from vigie.registry.scopes import load_scopes

REVISION = Decimal("0.05")
"""A later figure of the same scope within this share of the first revises it; further away it contradicts it. Source:
own; the widest step from a first to a consolidated figure in the public record is 3 % (40 to 41.2 t, Antwerp 2017)."""

NEAR = Decimal("0.10")
"""Figures of an area and of one that holds it are told side by side within this share: then one is easily taken for the
other. Source: own; Rotterdam and the Netherlands 2022 lie 2 % apart, Antwerp and Antwerp-Bruges 2023 4 %."""

OVER = Decimal("1.10")
"""`More than X` is said of at most a tenth more. Source: own."""


class Reason(StrEnum):
    """Why a figure differs, or cannot be computed; for machines."""

    TYPO = "typo"
    SCOPE = "scope"
    ROUNDING = "rounding"
    REVISION = "revision"
    CONTRADICTING = "contradicting-source"
    SINGLE = "single-source"


class Relation(StrEnum):
    """How one piece of evidence stands to the figure it is laid beside."""

    EQUAL = "equal"
    ROUNDING = "rounding"
    REVISION = "revision"
    SCOPE = "scope"
    CONTRADICTING = "contradicting-source"
    TYPO = "typo"


class Computed(msgspec.Struct, frozen=True):
    """A value made of claims. method: `same`, `sum`, `growth`, `share`. rows: What it was made of. is_other: Of another
    scope than the figure it is for.
    """

    value: Decimal
    half: Decimal
    method: str
    rows: tuple[Claim, ...]
    is_other: bool = False


def agrees(claim: Claim, value: Decimal, half: Decimal = Decimal(0)) -> Relation | None:
    """Tell whether a claim says a value, exactly or within what the writing of either rounds away; None where not."""
    if claim.qualifier == "over":
        return Relation.ROUNDING if claim.amount <= value <= claim.amount * OVER else None
    if value == claim.amount:
        return Relation.EQUAL
    if abs(value - claim.amount) <= max(claim.half, half):
        return Relation.ROUNDING
    return None


def same_scope(one: Claim, other: Claim) -> bool:
    """Whether two claims speak of the same area, service and way; what a source does not say fits what it may be."""
    services = {one.scope.service, other.scope.service} - {"unsaid"}
    ways = {one.scope.way, other.scope.way}
    if not one.scope.area:  # of a place outside the vocabulary nobody knows whether it is a port
        ways -= {"any"}
    return one.key == other.key and len(services) < 2 and len(ways) < 2


def same_period(one: Claim, other: Claim) -> bool:
    """Whether two claims speak of the same days; a figure told on one day without a period is of that day's year."""
    if (one.start, one.end) == (other.start, other.end):
        return True
    return other.start == other.end and one.start <= other.start and other.end <= one.end and other.unit == "%"


def same_goods(one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of the same substance."""
    return not one.substance or not other.substance or one.substance == other.substance


def neighbours(one: Claim, other: Claim) -> bool:
    """Whether the area of one claim holds that of the other."""
    areas = load_scopes()
    mine, theirs = one.scope.area, other.scope.area
    return bool(mine and theirs) and (mine in areas.above(theirs) or theirs in areas.above(mine))


def same_month(one: Claim, other: Claim) -> bool:
    """Whether two claims were made in the same month; such a pair is no revision."""
    return bool(one.told) and one.told[:7] == other.told[:7]


def near(one: Decimal, other: Decimal) -> bool:
    """Whether two values are easily taken for each other."""
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


def differs(one: Claim, other: Claim) -> Relation | None:
    """Tell how two claims about the same measure and days contradict each other; None where they do not.

    A part above its whole contradicts it. Areas of which one holds the other are laid side by side where they are near.
    """
    if one.key != other.key:
        if not neighbours(one, other):
            return None
        whole, part = (one, other) if one.scope.area in load_scopes().above(other.scope.area) else (other, one)
        if part.amount - part.half > whole.amount + whole.half and whole.measure in ("seized", "findings"):
            return Relation.CONTRADICTING
        return Relation.SCOPE if near(one.amount, other.amount) and one.amount != other.amount else None
    if agrees(one, other.amount, other.half) or agrees(other, one.amount, one.half):
        return None
    if not same_scope(one, other):
        return Relation.SCOPE
    if one.scope.service != other.scope.service:
        return Relation.CONTRADICTING  # one of them does not say its service: scope may explain it, and is not proven
    later = bool(one.told and other.told) and not same_month(one, other)
    close = abs(one.amount - other.amount) <= REVISION * max(abs(one.amount), abs(other.amount))
    return Relation.REVISION if later and close else Relation.CONTRADICTING


def mistyped(written: str, meant: str) -> bool:
    """Whether one number is another with a digit or the decimal mark gone astray: lost or doubled zeros, a mark moved,
    two neighbours exchanged, one digit wrong among three or more.

    >>> mistyped("16", "160"), mistyped("68.1", "61.8"), mistyped("6.18", "61.8"), mistyped("50", "52.5")
    (True, True, True, False)
    """
    one, other = Decimal(written), Decimal(meant)
    if one == other or not one or not other:
        return False
    mine, theirs = _digits(one), _digits(other)
    if mine.rstrip("0") == theirs.rstrip("0"):
        return True
    if len(mine) != len(theirs) or one.adjusted() != other.adjusted():
        return False
    wrong = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    swapped = (len(wrong) == 2 and wrong[1] == wrong[0] + 1 and mine[wrong[0]] == theirs[wrong[1]]
               and mine[wrong[1]] == theirs[wrong[0]])  # fmt: skip
    return swapped or (len(wrong) == 1 and len(mine) > 2 and wrong[0] == 0)


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.normalize().as_tuple().digits))


class Conflict(msgspec.Struct, frozen=True):
    """Two claims that say different things of the same measure and days, in the order of the rows. kind: How."""

    kind: Relation
    claims: tuple[Claim, Claim]


def conflicts(claims: list[Claim]) -> list[Conflict]:
    """Find every pair of claims that contradict each other, or are easily taken for each other."""
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for one in claims:
        groups.setdefault((one.measure, one.start, one.end), []).append(one)
    found = []
    for group in groups.values():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                kind = differs(one, other) if same_goods(one, other) and one.unit != "" else None
                if kind is not None:
                    found.append(Conflict(kind, (one, other)))
    return found
