"""The seals of a box: every observation in order, and whether somebody accounts for a change."""

from collections.abc import Iterator, Sequence

import msgspec

from vigie.terms import Moment
from vigie.tracking.visit import Visit

OPENERS = frozenset(("RSEA", "INSP", "RMVD", "STRP", "STUF"))
"""Events after which another seal is no surprise: resealed, inspected, seal removed, stripped, stuffed (DCSA)."""


class SealSeen(msgspec.Struct, frozen=True, omit_defaults=True):
    """One observation.

    Attributes:
        hlc: Log entry. at: When it was seen or written; None where the source does not say.
        form: Event code, or form of the document. place: UN/LOCODE. numbers: Seals seen. issuers: Of each, as written.
        change: `explained`: another seal than before, and somebody opened the box in between; `unexplained`: nobody
            says so; else empty.
    """

    hlc: Moment
    at: Moment | None
    form: str
    place: str
    numbers: tuple[str, ...]
    issuers: tuple[str, ...] = ()
    change: str = ""


def seals_of(visit: Visit) -> tuple[SealSeen, ...]:
    """Every observation of seals, by the moment of it; what was taken back is left out.

    A change is told where an observation shares no seal with the one before. A document that was filed before the box
    was packed counts as an observation of what the shipper says.
    """
    seen = sorted(_observed(visit), key=lambda one: (one.at if one.at is not None else one.hlc, one.form, one.numbers))
    opened = _opened(visit)
    told: list[SealSeen] = []
    for one in seen:
        before = told[-1] if told else None
        change = "" if before is None else _change(before, one, opened)
        told.append(msgspec.structs.replace(one, change=change))
    return tuple(told)


def _observed(visit: Visit) -> Iterator[SealSeen]:
    for line in visit.standing:
        if line.equipment is not None and line.equipment.seals:
            seals = line.equipment.seals
            yield SealSeen(line.latest, line.filed_at, line.form, line.route.loading,
                           tuple(seal.number for seal in seals), tuple(seal.issuer for seal in seals))  # fmt: skip
    for plan in visit.plans:
        if seals := plan.stowed.equipment.seals:
            yield SealSeen(plan.hlc, plan.stowed.at, plan.stowed.form, plan.stowed.route.loading,
                           tuple(seal.number for seal in seals), tuple(seal.issuer for seal in seals))  # fmt: skip
    for move in visit.moves:
        said = move.movement
        if said.seals and move.retracted is None:
            yield SealSeen(move.hlc, said.at, said.code, said.place, tuple(seal.number for seal in said.seals),
                           tuple(seal.issuer for seal in said.seals))  # fmt: skip


def _opened(visit: Visit) -> Sequence[int]:
    moves = [move.movement.at if move.movement.at is not None else move.hlc for move in visit.happened(*OPENERS)]
    return sorted([*moves, *(one.outcome.at for one in visit.controlled)])


def _change(before: SealSeen, one: SealSeen, opened: Sequence[int]) -> str:
    if not set(before.numbers).isdisjoint(one.numbers):
        return ""
    if one.form in OPENERS:
        return "explained"
    since = before.at if before.at is not None else before.hlc
    until = one.at if one.at is not None else one.hlc
    return "explained" if any(since <= at <= until for at in opened) else "unexplained"
