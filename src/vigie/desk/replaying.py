"""A box told again from the log: what each entry said of it, and what it was after any entry."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vigie.arrivals import Consignment, Function, Measurement, Movement, Stowed
from vigie.desk.acts import Report, act_of
from vigie.desk.judging import Judging
from vigie.risk import Keys, Kind, history_rows
from vigie.terms import Entry, EntryKind, Moment, VisitId, visit_id
from vigie.tracking import Replay, Said, Visit, Withdrawn, announcements

_consignment = msgspec.json.Decoder(Consignment)
_rows: dict[EntryKind, Any] = {
    EntryKind.EQUIPMENT: msgspec.json.Decoder(Stowed),
    EntryKind.MOVEMENT: msgspec.json.Decoder(Movement),
    EntryKind.MEASUREMENT: msgspec.json.Decoder(Measurement),
}
_EVER = 2**63 - 1  # after every entry


class Heard(msgspec.Struct, frozen=True):
    """What one entry says of a box. said: Empty where it concerns the box no more. codes: Doubts of its message."""

    hlc: Moment
    said: tuple[Said, ...]
    codes: tuple[str, ...] = ()


class States(msgspec.Struct, frozen=True):
    """A container through time.

    Attributes:
        of: Visit to its states in order: (entry, visit after it).
        announced: (line number, entry) to the keys with which the line was announced there.
        erased: Entries that speak of the container and whose bodies were erased.
        entries: How many entries were read.
    """

    of: dict[VisitId, list[tuple[Moment, Visit]]]
    announced: dict[tuple[int, Moment], Keys]
    erased: tuple[Moment, ...]
    entries: int

    def at(self, visit: VisitId, hlc: int) -> Visit | None:
        """A visit as it was after an entry; None where it was not opened yet."""
        known = self.of.get(visit, [])
        place = bisect_right(known, hlc, key=lambda one: one[0])
        return known[place - 1][1] if place else None


def subjects_of(container: str, visits: Iterable[Visit]) -> tuple[str, ...]:
    """What the log's entries about a container are filed under: its number, its visits, the consignments it was in."""
    known = list(visits)
    most = max((visit.segment for visit in known), default=1)
    named = {line.consignment for visit in known for line in visit.lines}
    return (container, *(visit_id(container, segment) for segment in range(1, most + 1)), *sorted(named))


def states_of(container: str, node: Judging, upto: int = _EVER) -> States:
    """Replay everything the log holds about a container.

    Args:
        upto: The last entry (`hlc`) that counts.
    """
    kept = node.store.visits.of_containers([container], newest=1_000).get(container, [])
    subjects = subjects_of(container, (one.visit for one in kept))
    before = min((one.visit.segment for one in kept), default=1) - 1
    return replayed(container, node.store.log.about(subjects, upto), node, before)


def replayed(container: str, entries: Sequence[Entry], node: Judging, erased: int = 0) -> States:
    """Replay entries, in order, for one container.

    Args:
        erased: Segments before the first one that the node still knows: their numbers are not given again.
    """
    replay = Replay(container, erased)
    states = States({}, {}, tuple(entry.hlc for entry in entries if entry.body is None), len(entries))
    for entry in entries:
        if entry.body is None:
            continue
        told = heard(entry, container, node)
        for before, after in replay.take(told.hlc, told.said, told.codes):
            states.of.setdefault(after.id, []).append((told.hlc, after))
            for row in history_rows(before, after, told.hlc, node.pseudonyms.key_at(told.hlc, node.store.parties)):
                if row.kind == Kind.ANNOUNCED:
                    states.announced[row.line, told.hlc] = row.keys
    return states


def heard(entry: Entry, container: str, node: Judging) -> Heard:
    """Read what an entry says of a container."""
    said = _said(entry, container)
    part = node.store.parts.get(entry.unit) if said and entry.kind is not EntryKind.OUTCOME else None
    codes = tuple(dict.fromkeys(doubt.code for doubt in part.doubts)) if part is not None else ()
    return Heard(entry.hlc, said, codes)


def _said(entry: Entry, container: str) -> tuple[Said, ...]:
    body = entry.body or b""
    if entry.kind is EntryKind.CONSIGNMENT:
        return _of_consignment(_consignment.decode(body), container)
    if entry.kind in _rows:
        said: Said = _rows[entry.kind].decode(body)
        number = said.equipment.number if isinstance(said, Stowed) else said.container  # type: ignore[union-attr]
        return (said,) if number == container else ()
    if entry.kind is EntryKind.OUTCOME:
        act = act_of(body)
        if isinstance(act, Report) and act.outcome.visit.rpartition("-")[0] == container:
            return (act.outcome,)
    return ()


def _of_consignment(row: Consignment, container: str) -> tuple[Said, ...]:
    """What a version of a consignment says of a box: that it carries it, or that it does not any more."""
    mine = tuple(one for one in announcements(row) if one.container == container)
    if mine and row.function is not Function.CANCELLATION:
        return mine
    return (Withdrawn(container, row.id, row.form),)
