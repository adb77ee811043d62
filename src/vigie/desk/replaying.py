"""A box told again from the log: what each entry said of it, and what it was after any entry."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from vigie.arrivals import Consignment, Function, Measurement, Movement, Stowed
from vigie.desk.acts import Marked, Report, act_of
from vigie.desk.judging import Judging
from vigie.risk import Keys, Kind, history_rows
from vigie.terms import Entry, EntryKind, Moment, Party, VisitId, visit_id
from vigie.tracking import Kept, Replay, Said, Visit, Withdrawn, announcements

_consignment = msgspec.json.Decoder(Consignment)
_rows: dict[EntryKind, Any] = {
    EntryKind.EQUIPMENT: msgspec.json.Decoder(Stowed),
    EntryKind.MOVEMENT: msgspec.json.Decoder(Movement),
    EntryKind.MEASUREMENT: msgspec.json.Decoder(Measurement),
}
_OF_OFFICERS = (EntryKind.OUTCOME, EntryKind.MARK)  # they come in no message, so no message was doubted
EVER = 2**63 - 1
"""After every entry."""

_CARRIED = 2_000  # consignments remembered while boxes are told again one after another: some MB
_REMEMBERED = 20_000  # messages whose doubts are remembered: a day of a large port, some MB


class Heard(msgspec.Struct, frozen=True):
    """What one entry says of a box. said: Empty where it concerns the box no more. codes: Doubts of its message."""

    hlc: Moment
    said: tuple[Said, ...]
    codes: tuple[str, ...] = ()


class States(msgspec.Struct, frozen=True):
    """A container through time.

    Attributes:
        of: Visit to its states in order: (entry, visit after it).
        changes: Entry to what it changed: each visit before and after.
        erased: Entries that speak of the container and whose bodies were erased.
        entries: How many entries were read.
    """

    of: dict[VisitId, list[tuple[Moment, Visit]]]
    changes: dict[Moment, list[tuple[Visit | None, Visit]]]
    erased: tuple[Moment, ...]
    entries: int

    def at(self, visit: VisitId, hlc: int) -> Visit | None:
        """A visit as it was after an entry; None where it was not opened yet."""
        known = self.of.get(visit, [])
        place = bisect_right(known, hlc, key=lambda one: one[0])
        return known[place - 1][1] if place else None

    def announced(self, line: int, hlc: Moment, key_of: Callable[[Party], int | None]) -> Keys | None:
        """The keys with which an entry announced a line; None where it announced no such line.

        Args:
            line: Number of the line. key_of: How parties counted at that entry.
        """
        rows = (row for before, after in self.changes.get(hlc, ()) for row in history_rows(before, after, hlc, key_of))
        return next((row.keys for row in rows if row.kind == Kind.ANNOUNCED and row.line == line), None)


class Replays:
    """Boxes told again, one after another: what they share is read once."""

    def __init__(self, node: Judging) -> None:
        self._node = node
        self.codes = lru_cache(_REMEMBERED)(self._codes)
        self.consignment = lru_cache(_CARRIED)(_announced)
        self._read: dict[tuple[str, int], list[Entry]] = {}
        self._doubted: dict[int, tuple[str, ...]] = {}

    def ahead(self, asked: Iterable[tuple[str, int, Sequence[Kept]]]) -> None:
        """Read what the log holds about many containers at once, so that `of` need not ask for each.

        Args:
            asked: Container, the last entry that counts, all its visits.
        """
        wanted = [(name, upto, subjects_of(name, (one.visit for one in kept))) for name, upto, kept in asked]
        last: dict[str, int] = {}
        for _, upto, subjects in wanted:
            for subject in subjects:
                last[subject] = max(upto, last.get(subject, 0))
        found = self._node.store.log.about_each(last)
        self._read = {
            (name, upto): sorted((entry for subject in dict.fromkeys(subjects) for entry in found.get(subject, ())
                                  if entry.hlc <= upto), key=_when)
            for name, upto, subjects in wanted
        }  # fmt: skip
        units = {entry.unit for entries in found.values() for entry in entries if entry.kind not in _OF_OFFICERS}
        self._doubted = dict.fromkeys(units, ()) | self._node.store.parts.codes(sorted(units))

    def of(self, container: str, upto: int = EVER, kept: Sequence[Kept] | None = None) -> States:
        """Replay what the log holds about a container.

        Args:
            upto: The last entry (`hlc`) that counts. kept: All its visits, where they were read already.
        """
        store = self._node.store
        if kept is None:
            kept = store.visits.of_containers([container], newest=1_000).get(container, [])
        before = min((one.visit.segment for one in kept), default=1) - 1
        entries = self._read.pop((container, upto), None)
        if entries is None:
            entries = store.log.about(subjects_of(container, (one.visit for one in kept)), upto)
        return self.replayed(container, entries, before)

    def replayed(self, container: str, entries: Sequence[Entry], erased: int = 0) -> States:
        """Replay entries, in order, for one container.

        Args:
            erased: Segments before the first one that the node still knows: their numbers are not given again.
        """
        replay = Replay(container, erased)
        states = States({}, {}, tuple(entry.hlc for entry in entries if entry.body is None), len(entries))
        for entry in entries:
            if entry.body is None:
                continue
            told = self.heard(entry, container)
            for before, after in replay.take(told.hlc, told.said, told.codes):
                states.of.setdefault(after.id, []).append((told.hlc, after))
                states.changes.setdefault(told.hlc, []).append((before, after))
        return states

    def heard(self, entry: Entry, container: str) -> Heard:
        """Read what an entry says of a container."""
        if entry.kind is EntryKind.CONSIGNMENT:
            said = self.consignment(entry.body or b"").of(container)
        else:
            said = _said(entry, container)
        doubted = said and entry.kind not in _OF_OFFICERS
        return Heard(entry.hlc, said, self.codes(entry.unit) if doubted else ())

    def _codes(self, unit: int) -> tuple[str, ...]:
        known = self._doubted.get(unit)
        if known is not None:
            return known
        part = self._node.store.parts.get(unit)
        return tuple(dict.fromkeys(doubt.code for doubt in part.doubts)) if part is not None else ()


def subjects_of(container: str, visits: Iterable[Visit]) -> tuple[str, ...]:
    """What the log's entries about a container are filed under: its number, its visits, the consignments it was in."""
    known = list(visits)
    most = max((visit.segment for visit in known), default=1)
    named = {line.consignment for visit in known for line in visit.lines}
    return (container, *(visit_id(container, segment) for segment in range(1, most + 1)), *sorted(named))


def states_of(container: str, node: Judging, upto: int = EVER) -> States:
    """Replay everything the log holds about a container.

    Args:
        upto: The last entry (`hlc`) that counts.
    """
    return Replays(node).of(container, upto)


def _said(entry: Entry, container: str) -> tuple[Said, ...]:
    body = entry.body or b""
    if entry.kind in _rows:
        said: Said = _rows[entry.kind].decode(body)
        number = said.equipment.number if isinstance(said, Stowed) else said.container  # type: ignore[union-attr]
        return (said,) if number == container else ()
    if entry.kind is EntryKind.OUTCOME:
        act = act_of(body)
        if isinstance(act, Report) and act.outcome.visit.rpartition("-")[0] == container:
            return (act.outcome,)
    if entry.kind is EntryKind.MARK:
        act = act_of(body)
        if isinstance(act, Marked) and act.note.visit.rpartition("-")[0] == container:
            return (act.note,)
    return ()


class _Carried(NamedTuple):
    """A version of a consignment, read once for all its boxes."""

    row: Consignment
    boxes: dict[str, tuple[Said, ...]]

    def of(self, container: str) -> tuple[Said, ...]:
        """What it says of a box: that it carries it, or that it does not any more."""
        mine = self.boxes.get(container, ())
        if mine and self.row.function is not Function.CANCELLATION:
            return mine
        return (Withdrawn(container, self.row.id, self.row.form),)


def _announced(body: bytes) -> _Carried:
    row, boxes = _consignment.decode(body), dict[str, tuple[Said, ...]]()
    for one in announcements(row):
        boxes[one.container] = (*boxes.get(one.container, ()), one)
    return _Carried(row, boxes)


def _when(entry: Entry) -> Moment:
    return entry.hlc
