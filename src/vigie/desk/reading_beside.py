"""Scans to compare with, and the pictures of a comparison: the same box elsewhere, the same goods, an empty one."""

import msgspec

from vigie.desk import scanning
from vigie.desk.gate import reach
from vigie.desk.scanning_models import standing_comparer
from vigie.desk.trail import leave
from vigie.desk.views import ReferenceView
from vigie.desk.work import Working
from vigie.scanning import Calibration, ScanRecord, beside
from vigie.terms import Moment, Officer, PartyRole, Purpose
from vigie.tracking import Kept

TARGETING = Purpose.TARGETING
NEWEST = 300
"""Newest scans in reach among which references are looked for; a library of clean scans is beyond it."""

OF_EACH = 3
"""References of each sort: more a reader does not look through."""

_HEADING = 4  # digits of an HS heading: goods that are packed alike


class ComparedPictures(msgspec.Struct, frozen=True):
    """Two pictures in the size of the scan: the other one laid over it, and the difference; counts of 16 bits.

    Attributes:
        body: Both, one after the other, low byte first, row by row. likeness, gain: As `vigie.scanning.Beside`.
        shift_mm: Down and along. turned: One of both was turned. fault: Why they say nothing; empty where they do.
    """

    body: bytes
    likeness: float
    gain: float
    shift_mm: tuple[float, float]
    turned: bool
    fault: str


def compared(
    officer: Officer, scan: str, other: str, node: Working, purpose: Purpose = TARGETING
) -> ComparedPictures:
    """Lay another scan over one; where both are simulated their difference is what a taught comparison is sure of.

    Raises:
        NotForYou: The officer may not see one of them, or there is none. ScanningMissing: The extra is not installed.
    """
    here = scanning.pixels(officer, scan, node, purpose)
    there = scanning.pixels(officer, other, node, purpose)
    told = beside(here, there, (_calibration(here.facts.scanner, here.facts.taken, node),
                                _calibration(there.facts.scanner, there.facts.taken, node)),
                  standing_comparer(node, here.facts.simulated and there.facts.simulated),
                  units=_two_reefers(scan, other, node))  # fmt: skip
    leave(officer, purpose, "see-scans", scan, node, beside=other, likeness=round(told.likeness, 3))
    body = told.counts.astype("<u2").tobytes() + told.difference.astype("<u2").tobytes()
    return ComparedPictures(body, told.likeness, told.gain, told.shift_mm, told.turned, told.fault)


def _two_reefers(scan: str, other: str, node: Working) -> bool:
    """Whether two scans show two refrigerated boxes of one size: of them the units alone can be the same."""
    visits = [one.visit for name in (scan, other) if (one := node.store.scans.get(name)) is not None and one.visit]
    boxes = [one.listed for one in node.store.visits.get(visits).values()]
    return (
        len(boxes) == 2 and boxes[0].container != boxes[1].container and all(one.reefer for one in boxes)
        and boxes[0].size_type == boxes[1].size_type
    )  # fmt: skip


def _calibration(name: str, taken: Moment | None, node: Working) -> Calibration | None:
    known = node.store.scans.scanner(name) if name else None
    told = None if known is None else known.calibration
    return None if told is None or (taken is not None and told.stale(taken)) else told


def references(
    officer: Officer, record: ScanRecord, node: Working, purpose: Purpose = TARGETING
) -> tuple[ReferenceView, ...]:
    """Find scans to compare with, the same box first; asks no trail, since looking at one does."""
    within = reach(officer, purpose, "see-scans")
    number = record.visit.rpartition("-")[0] or record.facts.container
    same = node.store.scans.page(within, container=number, limit=OF_EACH + 1) if number else []
    found = [_view(one, "same-box") for one in same if one.id != record.id][:OF_EACH]
    others = [one for one in node.store.scans.page(within, state="matched", limit=NEWEST) if one.id != record.id]
    boxes = node.store.visits.get(list({one.visit for one in (*others, record) if one.visit}))
    mine = boxes.get(record.visit)
    if mine is None:
        return tuple(found)
    known = {one.scan for one in found}
    for why in ("same-goods", "same-reefer", "empty"):
        alike = [one for one in others if one.id not in known and _alike(why, mine, boxes.get(one.visit))]
        found += [_view(one, why) for one in alike[:OF_EACH]]
        known |= {one.id for one in alike}
    return tuple(found)


def _alike(why: str, mine: Kept, other: Kept | None) -> bool:
    if other is None:
        return False
    here, there = mine.listed, other.listed
    if why == "same-goods":
        return bool(_traded(mine) & _traded(other))
    same_kind = bool(here.size_type) and here.size_type == there.size_type
    if why == "same-reefer":
        return same_kind and bool(here.reefer) and bool(there.reefer)
    return same_kind and bool(there.empty)


def _traded(kept: Kept) -> set[tuple[str, str]]:
    """Shipper and heading of each document that stands."""
    return {
        (party.name.casefold(), item.hs[:_HEADING])
        for line in kept.visit.standing
        for party in line.parties
        if party.role is PartyRole.CONSIGNOR and party.name
        for item in line.goods
        if item.hs
    }


def _view(one: ScanRecord, why: str) -> ReferenceView:
    number = one.visit.rpartition("-")[0] or one.facts.container
    return ReferenceView(one.id, why, number, one.site, one.facts.scanner, one.at)
