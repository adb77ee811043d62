"""Checking a figure against the claims of others: computed again from rows, or told why it cannot be.

Rules are general: the same figure elsewhere, sums over places, growth between years, shares of a whole, and typing
errors among the figures of one document. No expected value stands here.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product

import msgspec

from vigie.registry.claims import Claim
from vigie.registry.figures import (
    Computed,
    Reason,
    Relation,
    agrees,
    differs,
    mistyped,
    near,
    neighbours,
    same_goods,
    same_month,
    same_period,
    same_scope,
)
from vigie.registry.scopes import load_scopes

MOST_SUMS = 200
"""Combinations of operands that are tried for one sum or growth; more sources than that never say different things."""


class Evidence(msgspec.Struct, frozen=True):
    """One value laid beside the figure. method: As in `Computed`, or `neighbour`, `typo`. value: In the figure's unit.

    is_other: Of another scope than the figure.
    """

    relation: Relation
    method: str
    value: Decimal
    rows: tuple[Claim, ...]
    is_other: bool = False


class Check(msgspec.Struct, frozen=True):
    """What became of one figure.

    Attributes:
        claim: The figure. reproduced: A value of its own scope, made of rows, is the figure within its rounding.
        reasons: What is to be said of it; empty where it is reproduced and nobody says otherwise.
        value: The value that comes nearest, in the figure's unit; None where nothing can be computed.
        method: How that was made. evidence: All that was looked at.
    """

    claim: Claim
    reproduced: bool
    reasons: tuple[Reason, ...]
    value: Decimal | None
    method: str
    evidence: tuple[Evidence, ...]

    @property
    def status(self) -> str:
        """`reproduced`, or `flagged` where there is anything to say."""
        return "flagged" if self.reasons or not self.reproduced else "reproduced"


def check_all(figures: Sequence[Claim], sources: Sequence[Claim]) -> list[Check]:
    """Check figures against sources and against the other figures of the same documents."""
    return [check(one, sources, [other for other in figures if other is not one]) for one in figures]


def check(claim: Claim, sources: Sequence[Claim], beside: Sequence[Claim] = ()) -> Check:
    """Check one figure.

    Args:
        sources: Claims of others. beside: Other figures of documents; operands of sums, and what a typing error hits.
    """
    found = [*_same(claim, sources), *_sums(claim, sources, beside), *_growth(claim, sources, beside),
             *_shares(claim, sources, beside)]  # fmt: skip
    anchor = next((one.rows[0] for one in found if one.method == "same" and agrees(claim, one.value, one.half)), claim)
    evidence = [_laid(claim, one, anchor) for one in found] + _around(claim, sources)
    own = [one for one in evidence if one.relation in _AGREE]
    typos = [] if own else _typos(claim, [*sources, *beside])
    best = min(
        (*own, *typos, *evidence), default=None,
        key=lambda one: (one.relation not in _AGREE, abs(one.value - Decimal(claim.value))),
    )  # fmt: skip
    return Check(
        claim, any(not one.is_other for one in own), _reasons(anchor, evidence, own, typos),
        None if best is None else best.value, "" if best is None else best.method, (*typos, *evidence),
    )  # fmt: skip


_AGREE = (Relation.EQUAL, Relation.ROUNDING)
_KINDS = {Relation.REVISION: Reason.REVISION, Relation.SCOPE: Reason.SCOPE,
          Relation.CONTRADICTING: Reason.CONTRADICTING}  # fmt: skip


def _reasons(
    anchor: Claim, evidence: Sequence[Evidence], own: Sequence[Evidence], typos: Sequence[Evidence]
) -> tuple[Reason, ...]:
    if typos:
        return (Reason.TYPO,)
    found = {_KINDS[one.relation] for one in evidence if one.relation in _KINDS}
    if all(one.relation is Relation.SCOPE for one in evidence):
        found.add(Reason.SINGLE)
    if own and all(one.relation is Relation.ROUNDING for one in own):
        found.add(Reason.ROUNDING)
    if any(one.is_other for one in own) or any(_unproven(anchor, one) for one in evidence):
        found.add(Reason.SCOPE)
    if any(one.method == "neighbour" and same_month(anchor, one.rows[0]) for one in evidence):
        found.add(Reason.CONTRADICTING)  # two numbers in one month: another scope may explain it, and is not proven
    return tuple(one for one in Reason if one in found)


def _unproven(anchor: Claim, one: Evidence) -> bool:
    """Whether what contradicts says its service, and the figure does not: scope may explain it."""
    told = one.relation is Relation.CONTRADICTING and one.method == "same"
    return told and one.rows[0].scope.service != anchor.scope.service


def _laid(claim: Claim, made: Computed, anchor: Claim) -> Evidence:
    """Lay a value beside a figure; what differs is compared with the source that agrees, for that one has a date."""
    relation = agrees(claim, made.value, made.half)
    if relation is None and claim.qualifier == "under" and 0 <= claim.amount - made.value <= claim.amount / 100:
        relation = Relation.ROUNDING
    if relation is None and made.is_other:
        relation = Relation.SCOPE
    elif relation is None:
        one = made.rows[0]
        relation = (differs(anchor, one) or Relation.ROUNDING) if made.method == "same" else _why(claim, made)
    return Evidence(relation, made.method, _in_unit(made.value, claim), made.rows, made.is_other)


def _why(claim: Claim, made: Computed) -> Relation:
    """A sum or growth that differs: by another scope of an operand, by a revised one, or for good."""
    services = {one.scope.service for one in made.rows} - {"unsaid"}
    if services - {claim.scope.service}:
        return Relation.SCOPE
    return Relation.REVISION if near(made.value, claim.amount) else Relation.CONTRADICTING


def _in_unit(value: Decimal, claim: Claim) -> Decimal:
    scale = claim.amount / Decimal(claim.value) if Decimal(claim.value) else Decimal(1)
    return (value / scale).quantize(Decimal("0.001")).normalize() + 0


def _same(claim: Claim, sources: Iterable[Claim]) -> Iterator[Computed]:
    for one in sources:
        if one.measure == claim.measure and same_period(claim, one) and same_goods(claim, one) and one.key == claim.key:
            # a share hangs on what it is a share of: nothing unsaid is taken for said
            fits = one.scope == claim.scope if claim.measure == "share" else same_scope(claim, one)
            yield Computed(one.amount, one.half, "same", (one,), not fits)


def _around(claim: Claim, sources: Iterable[Claim]) -> list[Evidence]:
    """Figures of areas that hold this one or lie in it, where they are near or contradict it."""
    found = []
    for one in sources:
        if one.measure != claim.measure or not same_period(claim, one) or not same_goods(claim, one) or one.unit == "%":
            continue
        relation = differs(claim, one) if neighbours(claim, one) else None
        if _holds_all(claim, one) and near(claim.amount, one.amount):
            relation = Relation.SCOPE
        if relation is not None:
            found.append(Evidence(relation, "neighbour", _in_unit(one.amount, claim), (one,), True))
    return found


def _parts(claim: Claim) -> list[str]:
    """The areas of a figure of several places (`A+B`); nothing for one place."""
    areas = load_scopes()
    places = [one.strip() for one in claim.place.split("+")]
    if len(places) < 2 or claim.scope.area:
        return []
    return [area.code if (area := areas.find(one)) else one.lower() for one in places]


def _holds_all(claim: Claim, other: Claim) -> bool:
    areas = load_scopes()
    parts = _parts(claim)
    return bool(parts) and all(one in areas.areas and other.scope.area in areas.above(one) for one in parts)


def _values(
    key: str, start: str, end: str, claim: Claim, pool: Iterable[Claim], measure: str = "seized"
) -> list[Claim]:
    """What was said of a place and period, each value once; documents before sources."""
    found: dict[Decimal, Claim] = {}
    for one in pool:
        if (one.key, one.start, one.end, one.measure) == (key, start, end, measure) and same_goods(one, claim):
            found.setdefault(one.amount, one)
    return list(found.values())


def _sums(claim: Claim, sources: Sequence[Claim], beside: Sequence[Claim]) -> Iterator[Computed]:
    """A figure of several places (`A+B`) is the sum of theirs."""
    keys = _parts(claim)
    if not keys:
        return
    pool = [*(one for one in beside if one.document == claim.document), *sources]
    parts = [_values(key, claim.start, claim.end, claim, pool, claim.measure) for key in keys]
    for rows in list(product(*parts))[:MOST_SUMS]:
        yield Computed(sum((one.amount for one in rows), Decimal(0)), Decimal(0), "sum", rows)


def _growth(claim: Claim, sources: Sequence[Claim], beside: Sequence[Claim]) -> Iterator[Computed]:
    """A change is the growth of the seized weight, computed of every pair of values that was told."""
    if claim.measure != "change":
        return
    pool = [*(one for one in beside if one.document == claim.document), *sources]
    before = _year_before(claim.start), _year_before(claim.end)
    areas = load_scopes().areas
    inside = sorted({one.key for one in pool if one.key in areas and claim.scope.area in areas[one.key].within})
    now = _values(claim.key, claim.start, claim.end, claim, pool)
    base = _values(claim.key, *before, claim, pool)
    pairs = [(new, old, False) for new, old in product(now, base)]
    for key in inside:  # an area that the year before was counted otherwise, or another reading of it
        older = _values(key, *before, claim, pool)
        told = _values(key, claim.start, claim.end, claim, pool)
        newer = [one for one in told if any(_near(one, own) for own in now)]
        pairs += [(new, old, True) for new, old in product([*newer, *(() if base else now)], older)]
    for new, old, is_other in pairs[:MOST_SUMS]:
        if old.amount:
            yield Computed((new.amount / old.amount - 1) * 100, Decimal(0), "growth", (new, old), is_other)


def _near(one: Claim, other: Claim) -> bool:
    return near(one.amount, other.amount)


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1:04}{day[4:]}".replace("02-29", "02-28")


def _shares(claim: Claim, sources: Sequence[Claim], beside: Sequence[Claim]) -> Iterator[Computed]:
    """A weight of one provenance is its share of the whole, where a source tells the share and another the whole."""
    kind, _, country = claim.measure.partition(":")
    if kind != "from" or not country:
        return
    pool = [*sources, *beside]
    shares = [one for one in pool if one.measure == f"share-from:{country}" and one.key == claim.key
              and claim.start <= one.start and one.end <= claim.end]  # fmt: skip
    for share, whole in product(shares, _values(claim.key, claim.start, claim.end, claim, pool)):
        value = whole.amount * share.amount / 100
        is_part = (share.start, share.end) != (claim.start, claim.end)  # the share was told of a part of the period
        yield Computed(value, whole.amount * share.half / 100, "share", (share, whole), is_part)


def _typos(claim: Claim, pool: Iterable[Claim]) -> list[Evidence]:
    """Figures of the same document, or of the same place, of which this one may be a mistyped copy."""
    known = bool(claim.scope.area)
    return [
        Evidence(Relation.TYPO, "typo", Decimal(one.value), (one,)) for one in pool
        if one.measure == claim.measure and one.unit == claim.unit and (one.start, one.end) == (claim.start, claim.end)
        and (one.key == claim.key or (not known and bool(claim.document) and one.document == claim.document))
        and mistyped(claim.value, one.value)
    ]  # fmt: skip
