"""One micro-batch on its way to the log: what was known before, and what each entry made of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeGuard

import msgspec

from vigie.arrivals import Consignment, Function, Movement, Port, Position, Row, Stowed
from vigie.desk.acts import KINDS, Act, Again, Marked, Merging, Override, subject_of, visits_of
from vigie.desk.effects import effects
from vigie.desk.needs import Node
from vigie.desk.sailing import Sails, open_sails
from vigie.desk.told import Told, Word, words_of
from vigie.risk import HistoryRow, KeyOf, history_rows
from vigie.terms import Entry, EntryKind, InboxItem, Moment, Outcome, Party, VisitId, key_number
from vigie.tracking import (
    NEWEST,
    Announced,
    Called,
    Calls,
    Kept,
    Merge,
    Merges,
    Noted,
    Said,
    Visit,
    Withdrawn,
    apply,
    called,
    doubted,
    line_key,
    no_calls,
    segment_of,
)

_json = msgspec.json.Encoder()
_NUMBER = re.compile(r"[A-Z]{4}[0-9]{7}")
"""A container number in the name of an event."""


class Ledger:
    """What a batch knows and what it is about to write. Nothing here reads or writes the store but `open_ledger`.

    Attributes:
        before: Visits as they were kept. visits: Per container its visits by rising segment, as they are now.
        boxes: Per consignment the containers it named. entries: Log entries. history: History rows.
        touched: Visits to judge and to write. first: Item to its first entry. decisions: Visit to list columns to set.
        acts: Acts with their entry. moved, amended: Visits for which officers may want to be warned.
        again: Visits to judge by all that is known now. merges: Which parties are one, by what was said until now.
        called: What the batch tells of ships' calls. calls: What is known of them, once all was taken.
        erased: Per container the highest segment that was erased; its number is never given again.
        refused: Item to its box, of decisions that came too late.
        sails: Where ships were last heard. lost: Ships of touched boxes that lost hours at sea, once all was taken.
    """

    def __init__(
        self, last: Moment, is_live: bool, now: Moment, own_key: KeyOf, merges: Merges | None = None
    ) -> None:
        self.last, self.is_live, self.now, self.own_key = last, is_live, now, own_key
        self.merges = merges or Merges()
        self.erased: dict[str, int] = {}
        self.called: list[Called] = []
        self.calls: Calls = no_calls
        self.before: dict[VisitId, Kept] = {}
        self.visits: dict[str, list[Visit]] = {}
        self.boxes: dict[str, set[str]] = defaultdict(set)
        self.entries: list[Entry] = []
        self.history: list[HistoryRow] = []
        self.touched: dict[VisitId, Visit] = {}
        self.first: dict[int, Moment] = {}
        self.decisions: dict[VisitId, dict[str, object]] = {}
        self.acts: list[tuple[Moment, int, Act]] = []
        self.moved: dict[VisitId, Movement] = {}
        self.amended: dict[VisitId, Moment] = {}
        self.again: set[VisitId] = set()
        self.refused: dict[int, VisitId] = {}
        self.sails = Sails({}, {})
        self.lost: frozenset[str] = frozenset()

    def key_of(self, party: Party) -> int | None:
        """The number a party counts under from now on: its own, or of the party it was said to be."""
        number = self.own_key(party)
        return number if number is None or not self.merges else self.merges.resolve(number)

    def key_at(self, hlc: int) -> KeyOf:
        """How parties counted when an entry was written: what was said later of them is not known yet."""
        if not self.merges:
            return self.own_key

        def key_of(party: Party) -> int | None:
            number = self.own_key(party)
            return None if number is None else self.merges.resolve(number, hlc)

        return key_of

    def next_hlc(self, item: InboxItem) -> Moment:
        """The place of the next entry: the clock, never backwards; in a back-load the moment the sender recorded."""
        at = self.now if self.is_live or not item.backload else (item.recorded or 0)
        return Moment(max(at, self.last + 1))

    def write(self, hlc: Moment, kind: EntryKind, subject: str, body: bytes, item: InboxItem) -> None:
        """Add one entry to the log."""
        self.last = hlc
        self.first.setdefault(item.id, hlc)
        origin = item.source if item.kind == "act" else item.digest
        source = f"backload:{origin}" if item.backload else origin
        self.entries.append(Entry(hlc, kind, subject, item.id, body, source))

    def take(self, told: Told) -> None:
        """Take one item in: every row and act that says something new becomes an entry."""
        if told.act is not None:
            self.take_act(told.act, told.item)
        codes = tuple(dict.fromkeys(doubt.code for doubt in told.doubts))
        for word in told.words:
            for one in self._of_boxes(word):
                self.take_word(one, told.item, codes)

    def _of_boxes(self, word: Word) -> Sequence[Word]:
        """An event that is taken back by its name alone is taken back of every box that it was told of."""
        row = word.row
        if not _names_no_box(row):
            return (word,)
        numbers = [number for number, known in self.visits.items() if any(_knows(visit, row) for visit in known)]
        return list(words_of([msgspec.structs.replace(row, container=number) for number in numbers])) or (word,)

    def take_word(self, word: Word, item: InboxItem, codes: tuple[str, ...]) -> None:
        """Apply one row to every box it speaks of; where it says nothing new, nothing is written."""
        hlc = self.next_hlc(item)
        if isinstance(word.row, (Port, Position, Movement)) and not word.said:
            told = called(word.row, hlc)
            if told is not None:
                self.called.append(told)
            if isinstance(word.row, Position):
                self.history += self.sails.take(word.row, hlc)
        said = self._with_withdrawals(word)
        changed = False
        for one in said:
            if self._apply(hlc, one, codes, leading=not changed):
                changed = True
        if changed or not said:
            self.write(hlc, word.kind, word.subject, word.body(), item)

    def _with_withdrawals(self, word: Word) -> Sequence[Said]:
        """A later version speaks also of the boxes that it no longer names."""
        row = word.row
        if not isinstance(row, Consignment):
            return word.said
        key = line_key(row.id, row.form)
        known = self.boxes[key]
        named = {one.container for one in word.said if isinstance(one, Announced)}
        if row.function is Function.CANCELLATION:
            gone = sorted(known | named)
            known.clear()
            return [Withdrawn(container, row.id, row.form) for container in gone]
        self.boxes[key] = named
        if not known or not (gone := sorted(known - named)):
            return word.said
        return [*word.said, *(Withdrawn(container, row.id, row.form) for container in gone)]

    def _apply(self, hlc: Moment, said: Said, codes: tuple[str, ...], leading: bool) -> bool:
        container = container_of(said)
        known = self.visits.setdefault(container, [])
        recent = known[-NEWEST:]  # what a replay sees, however many segments this batch opened
        segment = segment_of(recent, said, hlc) if known else self.erased.get(container, 0) + 1
        place = next((place for place, visit in enumerate(known) if visit.segment == segment), None)
        before = None if place is None else known[place]
        after = apply(before, hlc, said, container, segment)
        if after is None or after is before:
            return False
        self.history += history_rows(before, after, hlc, self.key_of, leading)
        after = doubted(after, codes)
        if place is None:
            known.append(after)
        else:
            known[place] = after
        self._note(before, after, said, hlc)
        return True

    def _note(self, before: Visit | None, after: Visit, said: Said, hlc: Moment) -> None:
        self.touched[after.id] = after
        if before is not None and isinstance(said, Movement):
            self.moved[after.id] = said
        elif before is not None and isinstance(said, (Announced, Withdrawn)):
            self.amended[after.id] = hlc

    def visit(self, wanted: VisitId) -> Visit | None:
        """A visit as it is now."""
        container, _, segment = wanted.rpartition("-")
        return next((visit for visit in self.visits.get(container, ()) if str(visit.segment) == segment), None)

    def revision(self, wanted: VisitId) -> Moment | None:
        """When a box last changed as lists show it, this batch included; None where there is no such box."""
        visit, kept = self.visit(wanted), self.before.get(wanted)
        if visit is None:
            return None
        decided = self.decisions.get(wanted, {}).get("changed", 0)
        told = (visit.changed, kept.listed.changed if kept else 0, decided if isinstance(decided, int) else 0)
        return Moment(max(told))

    def take_act(self, act: Act, item: InboxItem) -> None:
        """Write what an officer did, and note what it changes in lists; a decision on stale knowledge is refused.

        Only here is it certain that nobody decides in between: two officers who look at the same moment both pass any
        check made before.
        """
        if isinstance(act, Override) and act.revision is not None and act.revision != self.revision(act.visit):
            self.refused[item.id] = act.visit
            return
        hlc = self.next_hlc(item)
        about = visits_of(act)
        subject = about[0] if len(about) == 1 else subject_of(act) or item.digest[:16]
        self.write(hlc, KINDS[type(act)], subject, item.body, item)
        self.acts.append((hlc, item.id, act))
        if isinstance(act, Merging):
            self.merges = self.merges.copy()
            self.merges.add(Merge(hlc, key_number(act.key), key_number(act.into), act.officer))
        outcome = getattr(act, "outcome", None)
        if isinstance(outcome, Outcome):
            self._apply(hlc, outcome, (), leading=True)
        elif isinstance(act, Marked):
            self._apply(hlc, act.note, (), leading=True)
        for wanted in about:
            visit = self.visit(wanted)
            if visit is not None:
                self.touched[wanted] = visit
                decided = effects(act, wanted)
                if decided:  # whoever looked before does not decide on stale knowledge
                    self.decisions.setdefault(wanted, {}).update(decided, changed=hlc)
                if isinstance(act, Again):
                    self.again.add(wanted)


def _names_no_box(row: Row) -> TypeGuard[Movement]:
    """Whether a row takes an event back and says of no box: DCSA gives the name of the event and nothing else."""
    return isinstance(row, Movement) and bool(row.retracts) and not row.container


def _knows(visit: Visit, row: Movement) -> bool:
    return any(move.movement.event_id == row.retracts for move in visit.moves)


def container_of(said: Said) -> str:
    """The number of the box that something is said about."""
    if isinstance(said, Stowed):
        return said.equipment.number
    return said.visit.rpartition("-")[0] if isinstance(said, (Outcome, Noted)) else said.container


def open_ledger(
    told: Iterable[Told], node: Node, is_live: bool, key_of: KeyOf, merges: Merges | None = None
) -> Ledger:
    """Fetch in bulk what a batch will speak of: its containers, and the other boxes of its consignments."""
    store = node.store
    ledger = Ledger(store.log.floor(), is_live, node.now(), key_of, merges)
    numbers: dict[str, None] = {}
    consignments: dict[str, None] = {}
    events: dict[str, None] = {}
    for one in told:
        for word in one.words:
            numbers.update((container_of(said), None) for said in word.said)
            if word.kind is EntryKind.CONSIGNMENT:
                consignments[word.subject] = None
            if _names_no_box(word.row):
                events[word.row.retracts] = None
                numbers.update((number, None) for number in _NUMBER.findall(word.row.retracts))
        if one.act is not None:
            numbers.update((visit.rpartition("-")[0], None) for visit in visits_of(one.act))
    for kind, terms in (("consignment", consignments), ("event", events)):
        for _, visit in store.lookup.exact(kind, list(terms)) if terms else ():
            numbers[visit.rpartition("-")[0]] = None
    ledger.sails = open_sails(told, node)
    ledger.erased = store.erasures.segments(list(numbers))
    for number, known in store.visits.of_containers(list(numbers)).items():
        ledger.visits[number] = sorted((kept.visit for kept in known), key=_segment)
        for kept in known:
            ledger.before[kept.visit.id] = kept
            for line in kept.visit.standing:
                ledger.boxes[line.key].add(number)
    return ledger


def _segment(visit: Visit) -> int:
    return visit.segment
