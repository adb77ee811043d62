"""What was noted of a box that no message told, on its timeline: how its right fared, who looked it up, its ship's way.

Such a note is shown to those who may know an indicator that reads it, and to nobody else.
"""

from collections.abc import Iterator

from vigie.desk.acts import Marked, act_of
from vigie.desk.gate import may_know
from vigie.desk.track import aboard, position_in
from vigie.desk.views import TimelineEntry
from vigie.desk.work import Working
from vigie.risk import ship_on
from vigie.terms import AccessMark, EntryKind, Fact, Moment, Officer
from vigie.tracking import Fix, ReleaseMark, Visit, compared, fix_of

READ_BY = {"release": "T4R", "access": "I6", "ship": "R4"}
"""Kind of note to an indicator that reads it: its handling is the note's."""

_EVER = Moment(2**63 - 1)


def marks_of(visit: Visit, officer: Officer, node: Working) -> Iterator[TimelineEntry]:
    """Tell the notes on a box that an officer may know, from the log; one entry for each that says something new."""
    may = {kind for kind, name in READ_BY.items() if may_know(officer, node.rules.handling(name))}
    if may & {"release", "access"} and (visit.release is not None or visit.access is not None):
        yield from _noted(visit, may, node)
    if "ship" in may:
        yield from _lost(visit, node)


def _noted(visit: Visit, may: set[str], node: Working) -> Iterator[TimelineEntry]:
    before: dict[str, Fact] = {}
    for entry in node.store.log.of(visit.id):
        act = act_of(entry.body) if entry.kind is EntryKind.MARK and entry.body is not None else None
        if not isinstance(act, Marked):
            continue
        release, access = act.note.release, act.note.access
        if access is not None and "access" in may:
            yield _entry(entry.hlc, access.at, "mark-access", _looks(access))
        if release is not None and "release" in may and (facts := _right(release)) != before:
            before = facts
            yield _entry(entry.hlc, act.at, "mark-release", facts)


def _right(mark: ReleaseMark) -> dict[str, Fact]:
    return {
        "hands": mark.hands, "reissued": mark.reissued, "refusals": mark.refusals, "wrong_keys": mark.wrong_keys,
        "terminal": mark.terminal, "collected": _word(bool(mark.vehicle)),
    }  # fmt: skip


def _looks(mark: AccessMark) -> dict[str, Fact]:
    return {
        "lookups": mark.lookups_without_role, "third": _word(mark.third_party_pickup),
        "touched": _word(mark.touched_by_uplifted),
    }  # fmt: skip


def _word(said: bool | None) -> str:
    return "unknown" if said is None else "yes" if said else "no"


def _lost(visit: Visit, node: Working) -> Iterator[TimelineEntry]:
    """Where the ship lost hours while it brought the box: its positions compared anew, as they were when they came."""
    ship = ship_on(visit)
    if not ship or not node.store.sailings.lost([ship]):
        return
    since, until = aboard(visit, _EVER)
    fixes: dict[str, Fix] = {}
    stops: dict[str, list[tuple[Moment, Moment, int]]] = {}  # by radio: entry, moment, hours of one stop
    for entry in node.store.log.about([f"mmsi:{mmsi}" for mmsi in node.store.heard.radios([ship])], _EVER):
        told = position_in(entry.kind, entry.body)
        fix = None if told is None else fix_of(told)
        if told is None or fix is None:
            continue
        before = fixes.get(told.mmsi)
        fixes[told.mmsi], lost_h = compared(before, fix)
        if lost_h and since <= fix.at <= until:
            stops.setdefault(told.mmsi, []).append((entry.hlc, fix.at, lost_h))
        elif fixes[told.mmsi] is not before:  # it made way again
            yield from _stopped(ship, stops.pop(told.mmsi, []))
    for rest in stops.values():
        yield from _stopped(ship, rest)


def _stopped(ship: str, parts: list[tuple[Moment, Moment, int]]) -> Iterator[TimelineEntry]:
    """One entry for a stop that several positions tell of."""
    if parts:
        hlc, at, _ = parts[0]
        yield _entry(hlc, at, "mark-ship", {"vessel": ship, "hours": sum(hours for *_, hours in parts)})


def _entry(hlc: Moment, at: Moment, code: str, facts: dict[str, Fact]) -> TimelineEntry:
    return TimelineEntry(hlc, at, hlc, "mark", code, facts, "")
