"""Moves: the journey of a box as it was known at a moment, a ship reconciled, numbers in two places, silent sources."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

import msgspec

from vigie.desk.gate import covered, permit, reach, visits_for
from vigie.desk.moves import CLONE
from vigie.desk.replaying import States, states_of
from vigie.desk.track import track_of
from vigie.desk.trail import leave
from vigie.desk.views.tracking import CloneView, LifeView, MovesView, Queue, ShipView, SilentView, SourceView
from vigie.desk.work import Working
from vigie.terms import (
    DAY,
    BadRequest,
    Moment,
    NotForYou,
    Officer,
    Purpose,
    VisitId,
    read_moment,
    write_moment,
    written_number,
)
from vigie.tracking import (
    DIFFERENCES,
    Called,
    Reconciliation,
    Row,
    Ship,
    Silence,
    Visit,
    conditions_of,
    conflicts,
    lives,
    misread,
    reconcile,
    seals_of,
    ship_of,
    silence_of,
    story_of,
)

TARGETING = Purpose.TARGETING
SEGMENTS = 20
"""Life-cycle segments that are told at most, the newest. Source: own; a box comes six times a year."""

HEARD_FOR = 35 * DAY
"""How far back facilities are listened to: four weeks of the usual, and a week to fall silent in. Source: own."""

LISTED = 500
"""Clones that are listed at most, the newest. Source: own; fewer than one a month are expected without smugglers."""

_EVER = Moment(2**63 - 1)
COLUMNS = (
    "container", "visit", "differences", "planned", "manifested", "landed", "stow", "before", "loading", "size_type",
    "documents", "vgm_kg", "gross_kg", "landed_kg", "seals", "landed_seals", "scan", "suggested", "entries",
)  # fmt: skip
"""Columns of the CSV of a reconciled ship."""


def show(
    officer: Officer, number: str, node: Working, known_at: Moment | None = None, purpose: Purpose = TARGETING
) -> MovesView:
    """Tell the journey of a container number, as the node knew it at a moment.

    Args:
        number: Container number, with or without gaps, or a visit of it. known_at: Entries written later do not count;
            None: all count.

    Raises:
        NotForYou: The officer may not see it, or there is none. Erased: It was erased.
    """
    container = _number(number)
    with node.store.reading():
        kept = node.store.visits.of_containers([container], newest=SEGMENTS).get(container, [])
        names = [one.visit.id for one in kept] or [VisitId(f"{container}-1")]
        mine = [one.id for one in _in_reach(officer, names, node, purpose)]
        visits_for(officer, mine or names[:1], purpose, node)  # who may see none of them is refused, and that is kept
        states = states_of(container, node)
        return _told(officer, container, set(mine), states, node, known_at, purpose)


def _number(number: str) -> str:
    plain = number.strip().upper()
    head, dash, segment = plain.rpartition("-")
    return written_number(head if dash and segment.isdecimal() and len(segment) < 4 else plain)


def _in_reach(officer: Officer, names: Sequence[VisitId], node: Working, purpose: Purpose) -> list[Visit]:
    within = reach(officer, purpose, "see")
    return [one.visit for one in node.store.visits.get(names).values() if within.covers(one.listed)]


def _told(
    officer: Officer, container: str, mine: set[VisitId], states: States, node: Working, known_at: Moment | None,
    purpose: Purpose,
) -> MovesView:
    upto = _EVER if known_at is None else known_at
    visits = [visit for name in states.of if name in mine and (visit := states.at(name, upto)) is not None]
    visits.sort(key=lambda visit: visit.segment)
    now = node.now() if known_at is None else min(known_at, node.now())
    entries = sorted({hlc for name, kept in states.of.items() if name in mine for hlc, _ in kept})
    found = conflicts(visits)
    return MovesView(
        container, Moment(entries[-1] if known_at is None and entries else now), now,
        tuple(_life(visit, now, upto, node) for visit in visits), found, lives(visits, found) if found else (),
        tuple(_sources([hlc for hlc in entries if hlc <= upto], node)),
        _suggested(container, visits, officer, node, purpose), tuple(entries),
        sum(hlc <= upto for hlc in states.erased), _mute(visits, officer, node) if known_at is None else (),
        queue(node),
    )  # fmt: skip


def queue(node: Working) -> Queue:
    """What was received and is not worked into the journeys yet: the lag of all that is shown."""
    return Queue(node.store.inbox.waiting(), node.store.inbox.oldest())


def _mute(visits: Sequence[Visit], officer: Officer, node: Working) -> tuple[Silence, ...]:
    """Facilities that told of a box, or are to receive it, and that have gone silent."""
    told = {(move.movement.place, move.movement.facility) for visit in visits[-1:] for move in visit.moves}
    told |= {(line.route.unloading, line.route.terminal) for visit in visits[-1:] for line in visit.standing}
    if not told:
        return ()
    return tuple(one for one in _heard(officer, node) if one.silent and (one.place, one.facility) in told)


def _life(visit: Visit, now: Moment, upto: Moment, node: Working) -> LifeView:
    calls = _calls(visit, upto, node)
    story = story_of(visit, now, calls)
    return LifeView(visit.id, visit.opened, story, seals_of(visit), conditions_of(visit), track_of(visit, upto, node))


def _calls(visit: Visit, upto: Moment, node: Working) -> list[Called]:
    """What is known of the calls of its ships at its ports; nothing that was told after the moment asked for."""
    told = [(ship_of(line.call), line.call.voyage.upper(), line.route) for line in visit.standing]
    told += [(ship_of(plan.stowed.call), plan.stowed.call.voyage.upper(), plan.stowed.route) for plan in visit.plans]
    ships = sorted({ship for ship, _, _ in told if ship})
    places = {place for _, _, route in told for place in (route.loading, *route.transhipment, route.unloading) if place}
    voyages = {voyage for _, voyage, _ in told if voyage}
    return [
        one for one in node.store.ship_calls.of(ships)
        if one.place in places and (not one.voyage or one.voyage in voyages) and one.hlc <= upto
    ]  # fmt: skip


def _sources(entries: Iterable[Moment], node: Working) -> Iterator[SourceView]:
    for hlc in entries:
        entry = node.store.log.get(hlc)
        part = None if entry is None else node.store.parts.get(entry.unit)
        if part is not None:
            yield SourceView(hlc, part.form or part.format, part.message, hlc)


def _suggested(
    container: str, visits: Sequence[Visit], officer: Officer, node: Working, purpose: Purpose
) -> tuple[str, ...]:
    """Numbers one character off, where this one lacks documents or events: a person decides, nothing is merged."""
    if not visits or all(visit.standing and visit.moves for visit in visits):
        return ()
    near = node.store.lookup.near(container, reach(officer, purpose), 20, ("container",))
    return misread(container, [hit.term for hit in near])


def ship(
    officer: Officer, vessel: str, voyage: str, node: Working, port: str = "", purpose: Purpose = TARGETING
) -> ShipView:
    """Reconcile a ship's call: bay plan against manifest against discharge.

    Args:
        vessel: Name or IMO number. voyage: Voyage number; empty: every voyage of it. port: UN/LOCODE; empty: the
            node's first.

    Raises:
        NotForYou: The officer may not list arrivals. BadRequest: No vessel is named.
    """
    name = vessel.strip().upper()
    permit(officer, "list", purpose, f"ship:{name}", node)
    if not name:
        raise BadRequest(reason="unknown-choice", field="vessel")
    wanted = Ship(name, voyage.strip().upper(), port.strip().upper() or (*node.settings.sites, "")[0])
    with node.store.reading():
        names = _aboard(wanted, node)
        kept = list(node.store.visits.get(names).values())
    within = reach(officer, purpose)
    seen = [one.visit for one in kept if within.covers(one.listed)]
    told = reconcile(seen, wanted, node.now())
    leave(officer, purpose, "list", f"ship:{name}", node, shown=len(told.rows))
    return ShipView(told, len(kept) - len(seen))


def _aboard(wanted: Ship, node: Working) -> list[VisitId]:
    """The boxes that may belong to a call, by what they can be looked up by."""
    lookup = node.store.lookup
    kinds = ("imo",) if wanted.vessel.isdecimal() else ("vessel",)
    of_ship = {visit for kind in kinds for _, visit in lookup.exact(kind, [wanted.vessel])}
    if not wanted.voyage:
        return sorted(of_ship)
    of_voyage = {visit for _, visit in lookup.exact("voyage", [wanted.voyage])}
    # A discharge may name a voyage that no document of the box names: those boxes have the ship alone.
    return sorted((of_ship & of_voyage) or of_ship)


def filtered(told: Reconciliation, difference: str = "", text: str = "") -> tuple[Row, ...]:
    """The rows of a call that show a difference (`any`: at least one) and whose number holds a text.

    Raises:
        BadRequest: There is no such difference.
    """
    if difference not in ("", "any", *DIFFERENCES):
        raise BadRequest(reason="unknown-choice", field="difference")
    plain = written_number(text)
    return tuple(
        row for row in told.rows
        if (not difference or difference in row.differences or (difference == "any" and row.differences))
        and plain in row.container
    )  # fmt: skip


def narrowed(view: ShipView, difference: str = "", text: str = "") -> ShipView:
    """A call with only the rows asked for; its counts stay those of the whole call."""
    rows = filtered(view.told, difference, text)
    return ShipView(msgspec.structs.replace(view.told, rows=rows), view.hidden)


def export(rows: Iterable[Row]) -> str:
    """Write rows of a reconciled call as CSV, header first; masses in kilograms, moments in ISO 8601."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(COLUMNS)
    write.writerows(_cells(row) for row in rows)
    return out.getvalue()


def _cells(row: Row) -> list[object]:
    masses = ["" if mass is None else f"{mass / 1000:g}" for mass in (row.vgm_g, row.gross_g, row.landed_g)]
    landed = "" if row.landed is None else write_moment(row.landed)
    scan = "" if row.scan is None else int(row.scan)
    return [
        _safe(row.container), row.visit, " ".join(row.differences), int(row.planned), int(row.manifested), landed,
        row.stow, row.before, row.loading, _safe(row.size_type), _safe(" ".join(row.documents)), *masses,
        _safe(" ".join(row.seals)), _safe(" ".join(row.landed_seals)), scan, row.suggested,
        " ".join(map(str, row.entries)),
    ]  # fmt: skip


def _safe(text: str) -> str:
    """Keep a spreadsheet from reading foreign text as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def clones(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[CloneView, ...]:
    """List numbers that are in two places, the latest notice first; evidence as it stands now.

    Raises:
        NotForYou: The officer may not list arrivals.
    """
    permit(officer, "list", purpose, "clones", node)
    told: dict[str, Moment] = {}
    with node.store.reading():
        for notice in node.store.notices.coded(CLONE, LISTED):
            told.setdefault(notice.visit.rpartition("-")[0], notice.at)
        known = node.store.visits.of_containers(list(told), newest=SEGMENTS)
    found = []
    for container, at in told.items():
        kept = known.get(container, [])
        mine = {row.visit for row in covered(officer, [one.listed for one in kept], purpose)}
        visits = sorted((one.visit for one in kept if one.visit.id in mine), key=lambda visit: visit.segment)
        if evidence := conflicts(visits):
            found.append(CloneView(container, at, evidence, tuple(visit.id for visit in visits)))
    leave(officer, purpose, "list", "clones", node, shown=len(found))
    return tuple(found)


def silent(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> SilentView:
    """List facilities and how long they have said nothing; silent ones first.

    Raises:
        NotForYou: The officer may not list arrivals.
    """
    permit(officer, "list", purpose, "facilities", node)
    judged = _heard(officer, node)
    rows = sorted(judged, key=lambda one: (not one.silent, -one.for_us, one.place))
    leave(officer, purpose, "list", "facilities", node, shown=len(rows))
    return SilentView(node.now(), tuple(rows), queue(node))


def _heard(officer: Officer, node: Working) -> list[Silence]:
    """Every facility of the officer's sites that was heard of lately."""
    now = node.now()
    by: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in node.store.heard.since(Moment(now - HEARD_FOR), officer.sites):
        by.setdefault((one.place, one.facility), []).append((one.hour, one.n))
    judged = (silence_of(place, facility, heard, now) for (place, facility), heard in by.items())
    return [one for one in judged if one is not None]


def moment_asked(raw: str) -> Moment | None:
    """Read the moment of `known at`: ISO 8601, or a log entry; empty: everything counts.

    Raises:
        BadMoment: Neither.
    """
    text = raw.strip()
    if not text:
        return None
    if text.isdecimal():
        return Moment(min(int(text), _EVER))
    return read_moment(text)


def need(officer: Officer, number: str, node: Working, purpose: Purpose = TARGETING) -> str:
    """Name the container that a search box means.

    Raises:
        NotForYou: There is none in reach.
    """
    container = _number(number)
    if not container or not node.store.visits.of_containers([container], newest=1):
        leave(officer, purpose, "see", container, node, refused=True)
        raise NotForYou(purpose=purpose.value)
    return container


def iso(moment: Moment | None) -> str:
    """Write a moment as ISO 8601 in UTC; empty for None."""
    return "" if moment is None else write_moment(moment)
