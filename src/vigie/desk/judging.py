"""How risky each touched box is now: its feature vector, its columns, the indicators that fire, its score."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from vigie.desk.helping import Ask, Crew, Here, Hits, Judges, Made
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.desk.pseudonyms import Pseudonyms
from vigie.risk import (
    FEATURE_SET,
    FRESH,
    Assessment,
    Keys,
    Kind,
    LiveFeatures,
    Vector,
    late_keys,
    line_keys,
    line_number,
    overlaid,
)
from vigie.terms import Moment, VisitId
from vigie.tracking import Assessed, Listed, Visit, WatchEntry, WatchList, listed, main_line, terms_of

_FRESH = tuple(name in FRESH for name in FEATURE_SET.names)


class Rules(Protocol):
    """Features and indicators of a node, compiled once."""

    @property
    def features(self) -> LiveFeatures:
        """The feature set."""
        ...

    def assess(self, visit: Visit, vector: Vector, now: Moment, hits: Hits) -> Assessment:
        """Judge one box."""
        ...

    def refresh(self, node: Node) -> bool:
        """Compile anew if what is in force has changed; whether it has."""
        ...

    def keep(self, node: Node) -> None:
        """Keep the policy in force whole."""
        ...

    def packed(self) -> bytes:
        """What a child process judges by."""
        ...


class Judging(Node, Protocol):
    """A node that can judge."""

    @property
    def rules(self) -> Rules:
        """Features and indicators."""
        ...

    @property
    def pseudonyms(self) -> Pseudonyms:
        """The pseudonyms of parties."""
        ...

    @property
    def crew(self) -> Crew | None:
        """A second core that helps; None where nobody does."""
        ...

    @property
    def watch(self) -> "Watch":
        """What officers look out for."""
        ...


class Judged(msgspec.Struct, frozen=True):
    """A box judged: what is kept of it, and its row on the list."""

    kept: Assessed
    listed: Listed


class Watch:
    """All that stands on watch lists, in memory; read anew when a list has changed."""

    def __init__(self) -> None:
        self._stamp = -1
        self._entries: dict[tuple[str, str], list[tuple[WatchList, WatchEntry]]] = {}

    def refresh(self, node: Node) -> None:
        """Read the lists anew if one has changed."""
        lists = node.store.watchlists
        stamp = lists.stamp()
        if stamp != self._stamp:
            self._entries = {}
            for each in lists.all():
                for entry in lists.entries(each.id):
                    self._entries.setdefault((entry.kind, entry.value), []).append((each, entry))
            self._stamp = stamp

    def __bool__(self) -> bool:
        return bool(self._entries)

    def hits(self, terms: Iterable[tuple[str, str]], now: Moment) -> Hits:
        """What a box meets on lists that have not expired; a list counts once per entry."""
        return tuple(
            pair for term in sorted(terms) for pair in self._entries.get(term, ()) if pair[0].expires > now
        )


Read = tuple[Vector, Moment]
"""A feature vector, and the assessment (its `hlc`) that read it."""


class Assessing:
    """Judges every touched box of a batch once, as it is after the batch.

    A second core judges while the caller folds the rest of the batch and writes what does not hang on it.

    Args:
        ledger: With all items taken in; nothing of it changes any more.
    """

    def __init__(self, ledger: Ledger, node: Judging) -> None:
        self._ledger, self._node = ledger, node
        self._asked: list[Ask] = []
        self._vectors: dict[VisitId, Read] = {}
        self._held: dict[VisitId, Read] = {}
        self._passed = 0
        self._units: Sequence[int] = ()
        if ledger.touched:
            node.watch.refresh(node)
            node.rules.refresh(node)
            node.rules.keep(node)
            self._units = node.store.units(sum(visit not in ledger.before for visit in ledger.touched))
        boxes, crew = len(ledger.touched), node.crew
        self._judges: Judges = crew.judging(boxes, node.rules) if crew is not None else Here(node.rules)
        lines = ((visit, main_line(visit)) for visit in ledger.touched.values())
        self._opening = {
            (line_number(visit, line), int(line.first)): visit for visit, line in lines if line is not None
        }

    def passed(self, vectors: Sequence[Vector]) -> None:
        """Judge the boxes whose line was announced in the batch, as far as it is folded.

        A box that got something on its way already waits for the rest: history is asked for it.

        Args:
            vectors: Of the first history rows of the batch.
        """
        rows, begun = self._ledger.history, len(self._asked)
        for place in range(self._passed, len(vectors)):
            row = rows[place]
            if row.kind == Kind.ANNOUNCED:
                visit = self._opening.get((row.line, row.hlc))
                if visit is not None:
                    read = vectors[place], self._ledger.last
                    if late_keys(visit, self._ledger.key_of, self._ledger.lost) is None:
                        self._ask(visit, read)
                    else:
                        self._held[visit.id] = read
        self._passed = len(vectors)
        self._judges.add(self._asked[begun:])

    def rest(self, keep: Callable[[], None]) -> None:
        """Judge all other boxes.

        Args:
            keep: Keeps what the batch adds to history, however often it is called. History is asked only after it:
                what is asked as of the batch's last entry must know the batch itself, or nobody could ask the same
                again.
        """
        ledger, begun = self._ledger, len(self._asked)
        for name, read in vectors_of(ledger, self._vectors, self._node, keep, self._held).items():
            self._ask(ledger.touched[name], read)
        self._judges.add(self._asked[begun:])

    def _ask(self, visit: Visit, read: Read) -> None:
        now, watch = self._ledger.last, self._node.watch
        hits = watch.hits(watched_terms(visit, self._ledger), now) if watch else ()
        self._vectors[visit.id] = read
        self._asked.append((visit, read[0], now, hits))

    def units(self) -> list[tuple[Visit, int]]:
        """Each box with its erasure unit, once all boxes were asked for (`rest`); a known box keeps the one it has."""
        fresh, before = iter(self._units), self._ledger.before
        return [
            (visit, kept.unit if (kept := before.get(visit.id)) else next(fresh)) for visit, *_ in self._asked
        ]

    def done(self) -> dict[VisitId, Judged]:
        """Wait until all boxes are judged."""
        return _judged(self._ledger, self._asked, self._judges.done(), self.units(), self._vectors)


def _judged(
    ledger: Ledger, asked: Sequence[Ask], results: Sequence[Made], units: Sequence[tuple[Visit, int]],
    vectors: Mapping[VisitId, Read],
) -> dict[VisitId, Judged]:
    judged: dict[VisitId, Judged] = {}
    for (visit, vector, now, hits), made, (_, unit) in zip(asked, results, units, strict=True):
        name = visit.id
        kept = ledger.before.get(name)
        scored = Listed(
            name, visit.container, score_milli=made.score_milli, band=made.band, mandatory=made.mandatory,
            fired=made.fired, reasons=made.reasons, watched=bool(hits),
        )
        row = _decided(listed(visit, kept, scored, ledger.calls), ledger.decisions.get(name))
        judged[name] = Judged(
            Assessed(name, now, unit, made.policy, made.score_milli, made.band, made.mandatory, vector, made.body,
                     vectors[name][1]), row
        )
    return judged


def watched_terms(visit: Visit, ledger: Ledger) -> set[tuple[str, str]]:
    """What a box can be watched by: its numbers, and its parties under their pseudonyms."""
    terms = set(terms_of(visit))
    for line in visit.standing:
        for party in line.parties:
            number = ledger.own_key(party)
            if number is not None:
                terms.update(("party", f"{each:016x}") for each in ledger.merges.one_with(number))
    return terms


def _decided(row: Listed, decision: Mapping[str, object] | None) -> Listed:
    """Set what officers decided in this batch; a box that is gone stays gone."""
    if not decision:
        return row
    columns = {name: value for name, value in decision.items() if name != "status" or row.status != "gone"}
    changed = columns.get("changed")
    if isinstance(changed, int):
        columns["changed"] = max(row.changed, changed)
    return msgspec.structs.replace(row, **columns)


def vectors_of(
    ledger: Ledger, announced: Container[VisitId], node: Judging, keep: Callable[[], None],
    held: Mapping[VisitId, Read] | None = None,
) -> dict[VisitId, Read]:
    """Find the vector of each touched box that is not judged yet: of its main line, as of that line's first entry.

    A line announced in this batch has it from the fold; a box whose line stayed what it was keeps the one it had; only
    what is left is asked of the history. What earlier controls found is always asked as of now when it is asked at all.
    """
    changed = {row.line for row in ledger.history if row.kind in (Kind.AMENDED, Kind.RETRACTED)}
    found: dict[VisitId, Read] = dict(held or {})
    same, asked = [], []
    for name, visit in ledger.touched.items():
        if name in announced or name in found:
            continue
        if name in ledger.before and not _changed(visit, changed) and name not in ledger.again:
            same.append(name)
        else:
            asked.append(name)
    for name, kept in node.store.assessments.latest(same).items():
        if len(kept.features) == len(_FRESH):
            found[name] = kept.features, kept.vector_at
    asked += [name for name in same if name not in found]
    if asked:
        keep()
    found |= {name: (vector, ledger.last) for name, vector in _asked(asked, ledger, node).items()}
    return _overlaid(found, ledger, node, keep)


def _overlaid(
    found: dict[VisitId, Read], ledger: Ledger, node: Judging, keep: Callable[[], None]
) -> dict[VisitId, Read]:
    """What a box got on its way (weighed, fetched, stowed, its ship) is asked at every assessment, as of now."""
    named = {name: late_keys(ledger.touched[name], ledger.key_of, ledger.lost) for name in found}
    asked = [(name, keys) for name, keys in named.items() if keys is not None]
    if asked:
        keep()
        late = node.rules.features.ask_many([(keys, ledger.last + 1) for _, keys in asked], node.store.history)
        for (name, _), values in zip(asked, late, strict=True):
            vector, at = found[name]
            found[name] = overlaid(vector, values), at
    return found


def _changed(visit: Visit, changed: set[int]) -> bool:
    return bool(changed) and any(line_number(visit, line) in changed for line in visit.lines)


def _asked(names: Sequence[VisitId], ledger: Ledger, node: Judging) -> dict[VisitId, Vector]:
    questions: list[tuple[Keys, int]] = []
    for name in names:
        visit = ledger.touched[name]
        line = main_line(visit)
        first = line.first if line else visit.opened
        then = line_keys(visit, line, ledger.key_at(first))
        now = line_keys(visit, line, ledger.key_of) if ledger.merges else then
        questions += [(then, first), (now, ledger.last + 1)]
    answers = node.rules.features.ask_many(questions, node.store.history) if questions else []
    return {name: merged(*answers[2 * n : 2 * n + 2]) for n, name in enumerate(names)}


def merged(first: Vector, now: Vector) -> Vector:
    """What was known when the line was first announced; of controls, what is known now."""
    return tuple(late if fresh else early for early, late, fresh in zip(first, now, _FRESH, strict=True))
