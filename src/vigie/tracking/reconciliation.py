"""A ship's bay plan against its manifest against what was discharged: what came that was not told, and the reverse."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vigie.arrivals import Equipment, Quantity
from vigie.terms import HOUR, Moment, VisitId
from vigie.tracking.misreads import variants
from vigie.tracking.shipcall import ship_of
from vigie.tracking.visit import Line, Move, Plan, Visit

DIFFERENCES = (
    "not-in-manifest", "not-in-plan", "over-landed", "short-landed", "restowed", "weight", "seal", "empty-full",
    "size-type", "no-scan-flag",
)  # fmt: skip
"""What a row can tell, in the order in which an officer reads it."""

WEIGHT_G, WEIGHT_SHARE = 500_000, 0.05
"""Masses that differ by more than both are told. Source: reference page trade, W1: 5 % or 500 kg (French tolerance)."""

DONE_AFTER = 12 * HOUR
"""So long after the last discharge of a ship a box that was not landed is short-landed, not late. Source: own; a shift
of eight hours and a break."""

SCAN_SHARE = 0.5
"""Where at least so many of a loading port's boxes carry the origin-scan flag, its absence is told.

Source: real departure plans of banana ships, 442 of 642 flagged (reference page trade).
"""

_SCAN = "SCAN OK"


class Ship(msgspec.Struct, frozen=True):
    """Which call is reconciled. vessel: IMO number, or name in capitals. voyage: In capitals. port: UN/LOCODE."""

    vessel: str
    voyage: str
    port: str


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One box of the call.

    Attributes:
        container, visit: Which. differences: Of `DIFFERENCES`; empty where all agree. documents: Transport documents.
        stow, before: Cell by the latest plan, and by the one before it where it differs.
        planned, manifested: The plan, a document announces it for this port. landed: When it was discharged.
        vgm_g, gross_g, landed_g: Verified mass, gross mass with tare of the manifest, mass seen at discharge, grams.
        seals, landed_seals: Of the documents; at discharge. scan: Origin-scan flag; None where no plan speaks of it.
        loading: UN/LOCODE. size_type: As the documents say. entries: Log entries that say so, oldest first.
        suggested: Another box of the call whose number differs in one character and that lacks what this one has.
    """

    container: str
    visit: VisitId
    differences: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    stow: str = ""
    before: str = ""
    planned: bool = False
    manifested: bool = False
    landed: Moment | None = None
    vgm_g: int | None = None
    gross_g: int | None = None
    landed_g: int | None = None
    seals: tuple[str, ...] = ()
    landed_seals: tuple[str, ...] = ()
    scan: bool | None = None
    loading: str = ""
    size_type: str = ""
    entries: tuple[Moment, ...] = ()
    suggested: str = ""


class Reconciliation(msgspec.Struct, frozen=True):
    """A call, reconciled.

    Attributes:
        ship: Which. rows: By number. counts: Difference to boxes that show it. planned, manifested, landed: Boxes.
        has_plan, has_manifest: Any was received. finished: Nothing was landed for long enough; before that, no box is
        called short-landed.
    """

    ship: Ship
    rows: tuple[Row, ...]
    counts: dict[str, int]
    planned: int
    manifested: int
    landed: int
    has_plan: bool
    has_manifest: bool
    finished: bool


class _Box(msgspec.Struct):
    """What is known of one box of the call, before it is judged."""

    visit: Visit
    plan: Plan | None
    lines: tuple[Line, ...]
    disc: Move | None


def reconcile(visits: Iterable[Visit], ship: Ship, now: Moment) -> Reconciliation:
    """Reconcile a call of a ship.

    Args:
        visits: All that may belong to it; others are left out. now: As of when.
    """
    boxes = [box for visit in visits if (box := _box(visit, ship)) is not None]
    has_plan = any(box.plan is not None for box in boxes)
    has_manifest = any(box.lines for box in boxes)
    last = max((_when(box.disc) for box in boxes if box.disc is not None), default=None)
    finished = last is not None and now - last > DONE_AFTER
    usual = _flagged(boxes)
    rows = [_row(box, has_plan=has_plan, has_manifest=has_manifest, finished=finished, usual=usual) for box in boxes]
    rows = _suggested(rows)
    rows.sort(key=lambda row: (row.container, row.visit))
    counts = Counter(code for row in rows for code in row.differences)
    return Reconciliation(
        ship, tuple(rows), {code: counts[code] for code in DIFFERENCES if counts[code]},
        sum(row.planned for row in rows), sum(row.manifested for row in rows),
        sum(row.landed is not None for row in rows), has_plan, has_manifest, finished,
    )


def _box(visit: Visit, ship: Ship) -> _Box | None:
    plans = [plan for plan in visit.plans if plan.stowed.route.unloading == ship.port and _of(plan.stowed.call, ship)]
    lines = tuple(line for line in visit.standing if line.route.unloading in (ship.port, "") and _of(line.call, ship))
    discs = (move for move in visit.happened("DISC") if move.movement.place in (ship.port, ""))
    landed = [move for move in discs if _of(move.movement.call, ship)]
    if not plans and not lines and not landed:
        return None
    bays = [plan for plan in plans if plan.stowed.form == "BAPLIE"] or plans
    return _Box(visit, max(bays, key=_latest, default=None), lines, min(landed, key=_when, default=None))


def _of(call: object, ship: Ship) -> bool:
    """Tell whether a voyage is the one asked for; one that names no voyage is, where the ship is the same."""
    name, imo, voyage = call.name.strip().upper(), call.imo, call.voyage.strip().upper()  # type: ignore[attr-defined]
    return ship.vessel in (imo, name, ship_of(call)) and (not ship.voyage or voyage in (ship.voyage, ""))  # type: ignore[arg-type]


def _latest(plan: Plan) -> Moment:
    return plan.hlc


def _when(move: Move) -> Moment:
    return move.hlc if move.movement.at is None else move.movement.at


def _scan(plan: Plan | None) -> bool | None:
    if plan is None:
        return None
    return any(remark.upper().startswith(_SCAN) for remark in plan.stowed.equipment.remarks)


def _flagged(boxes: Sequence[_Box]) -> frozenset[str]:
    """Loading ports where the origin-scan flag is usual on this ship."""
    told: dict[str, list[bool]] = defaultdict(list)
    for box in boxes:
        scan = _scan(box.plan)
        if box.plan is not None and scan is not None:
            told[box.plan.stowed.route.loading].append(scan)
    return frozenset(port for port, flags in told.items() if sum(flags) >= SCAN_SHARE * len(flags))


def _row(box: _Box, *, has_plan: bool, has_manifest: bool, finished: bool, usual: frozenset[str]) -> Row:
    plan, lines, disc = box.plan, box.lines, box.disc
    described = [line.equipment for line in lines if line.equipment is not None]
    on_plan = plan.stowed.equipment if plan is not None else None
    row = Row(
        box.visit.container, box.visit.id,
        documents=tuple(dict.fromkeys(line.document or line.mrn for line in lines)),
        stow=on_plan.stow if on_plan is not None else "", before=_before(plan), planned=plan is not None,
        manifested=bool(lines), landed=None if disc is None else _when(disc), vgm_g=_vgm(box, described),
        gross_g=next((unit.gross_g for unit in described if unit.gross_g), None),
        landed_g=None if disc is None else disc.movement.gross_g,
        seals=tuple(sorted({seal.number for unit in described for seal in unit.seals})),
        landed_seals=() if disc is None else tuple(sorted(seal.number for seal in disc.movement.seals)),
        scan=_scan(plan), loading=_loading(plan, lines),
        size_type=next((unit.size_type for unit in described if unit.size_type), ""), entries=_entries(box),
    )  # fmt: skip
    found = set(_landing(row, has_plan=has_plan, has_manifest=has_manifest, finished=finished))
    found.update(_said(row, described, on_plan, disc, usual))
    return msgspec.structs.replace(row, differences=tuple(code for code in DIFFERENCES if code in found))


def _loading(plan: Plan | None, lines: Sequence[Line]) -> str:
    return plan.stowed.route.loading if plan is not None else lines[0].route.loading if lines else ""


def _before(plan: Plan | None) -> str:
    """The cell of an earlier plan that is not the latest one's; the last of them."""
    if plan is None or not plan.stowed.equipment.stow:
        return ""
    others = [cell.stow for cell in plan.earlier if cell.stow and cell.stow != plan.stowed.equipment.stow]
    return others[-1] if others else ""


def _vgm(box: _Box, described: Sequence[Equipment]) -> int | None:
    told = [(one.hlc, one.measurement.value) for one in box.visit.measured if one.measurement.quantity is Quantity.VGM]
    if told:
        return max(told)[1]
    units = [*described, *([box.plan.stowed.equipment] if box.plan is not None else [])]
    return next((unit.vgm_g for unit in units if unit.vgm_g), None)


def _entries(box: _Box) -> tuple[Moment, ...]:
    told = [line.latest for line in box.lines]
    if box.plan is not None:
        told += [box.plan.hlc, *(cell.hlc for cell in box.plan.earlier)]
    if box.disc is not None:
        told.append(box.disc.hlc)
    return tuple(sorted(set(told)))


def _landing(row: Row, *, has_plan: bool, has_manifest: bool, finished: bool) -> Iterator[str]:
    if row.planned and has_manifest and not row.manifested:
        yield "not-in-manifest"
    if row.manifested and has_plan and not row.planned:
        yield "not-in-plan"
    if row.landed is not None and not row.planned and not row.manifested:
        yield "over-landed"
    if row.landed is None and finished:
        yield "short-landed"
    if row.before:
        yield "restowed"


def _said(
    row: Row, described: Sequence[Equipment], on_plan: Equipment | None, disc: Move | None, usual: frozenset[str]
) -> Iterator[str]:
    masses = [mass for mass in (row.vgm_g, row.gross_g, row.landed_g) if mass]
    if masses and max(masses) - min(masses) > max(WEIGHT_G, WEIGHT_SHARE * max(masses)):
        yield "weight"
    if row.seals and row.landed_seals and set(row.seals).isdisjoint(row.landed_seals):
        yield "seal"
    units = [*described, *([on_plan] if on_plan is not None else [])]
    empties = {unit.empty for unit in units} | ({disc.movement.empty} if disc is not None else set())
    if {True, False} <= empties:
        yield "empty-full"
    types = {unit.size_type for unit in units} | ({disc.movement.size_type} if disc is not None else set())
    if len(types - {""}) > 1:
        yield "size-type"
    if row.scan is False and row.loading in usual:
        yield "no-scan-flag"


def _suggested(rows: Sequence[Row]) -> list[Row]:
    """Bring together what was landed and not told with what was told and not landed; a person decides."""
    lacking: dict[tuple[int, str], list[str]] = defaultdict(list)
    odd = {"over-landed", "short-landed", "not-in-manifest", "not-in-plan"}
    loose = [row for row in rows if not odd.isdisjoint(row.differences)]
    for row in loose:
        for key in variants(row.container):
            lacking[key].append(row.container)
    own = {row.container: row for row in loose}
    made = []
    for row in rows:
        keys = variants(row.container) if row.container in own else ()
        near = {other for key in keys for other in lacking.get(key, ())}
        fitting = sorted(other for other in near if other != row.container and _complete(row, own[other]))
        made.append(msgspec.structs.replace(row, suggested=fitting[0]) if fitting else row)
    return made


def _complete(row: Row, other: Row) -> bool:
    """Tell whether one row has what the other lacks: not both landed, nor both manifested, nor both planned."""
    return (
        not (row.landed is not None and other.landed is not None) and not (row.manifested and other.manifested)
        and not (row.planned and other.planned)
    )  # fmt: skip
