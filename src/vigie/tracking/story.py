"""The journey of a box as all sources tell it: planned, estimated and actual apart, contradictions and gaps marked."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from vigie.arrivals import Call, Classifier, Equipment, Movement, Route
from vigie.terms import DAY, HOUR, Depth, Moment
from vigie.tracking.shipcall import Called, ship_of
from vigie.tracking.visit import Visit

ONE_EVENT = 24 * HOUR
"""Two sources that tell the same event of a box at the same place within this time tell one event.

Source: own; a box passes the same crane or gate twice in a day only when it is turned back, which is told as its own
pair of events.
"""

ONE_CALL = 7 * DAY
"""A plan or an estimate belongs to the event of its kind and place that is no further away. Source: weekly services."""

DIFFERS = HOUR
"""Moments of one event that lie further apart contradict each other. Source: own; files are sent every half hour."""

OVERDUE = 24 * HOUR
"""An estimate that passed so long ago without the event leaves a gap. Source: own; ships come hours late."""

QUIET = 21 * DAY
"""So long without a word while a box is under way is a gap. Source: own; the longest leg without a port, Chile to
Northern Europe by the Strait of Magellan, takes about 20 days at 16 knots."""

_LEAVES = {"GTOT": "GTIN", "LOAD": "DISC", "PICK": "DROP"}
_COMES = {"GTIN": "GTOT", "DISC": "LOAD", "DROP": "PICK"}
_LASTS = frozenset(("STRP", "STUF"))


CONTROL = "control"
"""Form of the word of an officer's own control."""


class Lane(StrEnum):
    """Whether something was planned, is estimated, or happened; the three are never mixed."""

    PLANNED = "planned"
    ESTIMATED = "estimated"
    ACTUAL = "actual"


LANES = {Classifier.ACTUAL: Lane.ACTUAL, Classifier.ESTIMATED: Lane.ESTIMATED}


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one source says of a step.

    Attributes:
        hlc: Its log entry. form: `event`, `control`, else the form of the document or plan (`CUSCAR`, `port-call`).
        lane: Planned, estimated or actual. at: When; None where it does not say. zoned: False where the sender wrote a
            local time without a zone. place, facility, mode, ship, voyage, seals, empty, gross_g: As in `Movement`.
        retracted: Log entry that took it back; 0 where it stands. found, detector: Of a control (`terms.Found`,
            `terms.Detector`); empty elsewhere.
    """

    hlc: Moment
    form: str
    lane: Lane
    code: str
    at: Moment | None = None
    place: str = ""
    facility: str = ""
    mode: str = ""
    ship: str = ""
    voyage: str = ""
    seals: tuple[str, ...] = ()
    empty: bool | None = None
    gross_g: int | None = None
    zoned: bool = True
    retracted: Moment = Moment(0)
    found: str = ""
    detector: str = ""


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event of the journey with all that sources say of it.

    Attributes:
        code: DCSA event code; `SCAN` or `CTRL` where controls looked. place: UN/LOCODE. words: By lane and moment.
        differs: In what actual words contradict each other: `at`, `facility`, `empty`, `seals`, `ship`.
    """

    code: str
    place: str
    words: tuple[Word, ...]
    differs: tuple[str, ...] = ()

    def at(self, lane: Lane) -> Moment | None:
        """When, by the lane's earliest standing word; None where the lane says nothing."""
        told = [word.at for word in self.words if word.lane is lane and word.at is not None and not word.retracted]
        return min(told, default=None)

    @property
    def happened(self) -> bool:
        """Whether a standing word says that it happened."""
        return any(word.lane is Lane.ACTUAL and not word.retracted for word in self.words)

    @property
    def modes(self) -> tuple[str, ...]:
        """How it moved, by the words that stand: `VESSEL`, `TRUCK`, `RAIL`, `BARGE`, or as a sender wrote it."""
        return tuple(dict.fromkeys(word.mode.upper() for word in self.words if word.mode and not word.retracted))

    @property
    def found(self) -> tuple[str, ...]:
        """What controls found, by the words that stand; empty where none looked."""
        return tuple(word.found for word in self.words if word.found and not word.retracted)

    @property
    def best(self) -> Moment | None:
        """The moment by which it is shown: actual, else estimated, else planned."""
        for lane in (Lane.ACTUAL, Lane.ESTIMATED, Lane.PLANNED):
            if (at := self.at(lane)) is not None:
                return at
        return None


class Gap(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the journey is not told.

    Attributes:
        kind: `missing`: an event must lie between; `overdue`: expected and not told; `quiet`: long without a word.
        code: The event that is missing or overdue. since, until: Between these moments; until None: to this day.
        place, other: Between these places.
    """

    kind: str
    code: str
    since: Moment
    until: Moment | None = None
    place: str = ""
    other: str = ""


class Story(msgspec.Struct, frozen=True):
    """A journey. steps: By moment. gaps: By moment."""

    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]


def story_of(visit: Visit, now: Moment, calls: Sequence[Called] = ()) -> Story:
    """Tell the journey of a box.

    Args:
        now: As of when; what was expected before and not told is a gap. calls: What is known of its ships' calls.

    Returns:
        The same for every order and repetition of the same events: only log entries differ.
    """
    steps = _steps([
        *_events(visit), *_documents(visit), *_plans(visit), *_controls(visit), *_calls(visit, calls)
    ])  # fmt: skip
    return Story(steps, tuple(_gaps(steps, now)))


def word_of(hlc: Moment, said: Movement, retracted: Moment | None = None) -> Word:
    """Turn an event into a word."""
    return Word(
        hlc, "event", LANES.get(said.classifier, Lane.PLANNED), said.code, said.at, said.place, said.facility,
        said.mode, ship_of(said.call), said.call.voyage, tuple(seal.number for seal in said.seals), said.empty,
        said.gross_g, said.offset_known, retracted or Moment(0),
    )


def _events(visit: Visit) -> Iterator[Word]:
    for move in visit.moves:
        if not move.movement.retracts:  # a retraction shows as the word that it took back
            yield word_of(move.hlc, move.movement, move.retracted)


def _documents(visit: Visit) -> Iterator[Word]:
    for line in visit.lines:
        yield from _voyage(line.latest, line.form, line.call, line.route, line.equipment, line.cancelled)


def _plans(visit: Visit) -> Iterator[Word]:
    for plan in visit.plans:
        told = plan.stowed
        yield from _voyage(plan.hlc, told.form, told.call, told.route, told.equipment)


def _voyage(
    hlc: Moment, form: str, call: Call, route: Route, unit: Equipment | None, cancelled: Moment | None = None
) -> Iterator[Word]:
    """What a document plans: loaded there, under the seals that it names, and discharged here."""
    seals = () if unit is None else tuple(seal.number for seal in unit.seals)
    told = (
        ("LOAD", route.loading, call.departure, "", seals), ("DISC", route.unloading, call.arrival, route.terminal, ())
    )  # fmt: skip
    for code, place, at, terminal, sealed in told:
        if place:
            yield Word(hlc, form, Lane.PLANNED, code, at, place, terminal, "VESSEL", ship_of(call), call.voyage,
                       sealed, retracted=cancelled or Moment(0))  # fmt: skip


def _controls(visit: Visit) -> Iterator[Word]:
    """Scans and controls of officers; one that was corrected stands as taken back."""
    replaced = {one.outcome.replaces: one.hlc for one in visit.controlled if one.outcome.replaces is not None}
    for one in visit.controlled:
        told = one.outcome
        code = "SCAN" if told.depth is Depth.SCAN else "CTRL"
        yield Word(one.hlc, CONTROL, Lane.ACTUAL, code, told.at, retracted=replaced.get(one.hlc, Moment(0)),
                   found=told.found.value, detector=told.detector.value)  # fmt: skip


def _calls(visit: Visit, calls: Iterable[Called]) -> Iterator[Word]:
    """When its ship calls, as port calls, ship events and AIS say."""
    for one in calls:
        told = (("ARRI", one.arrival, one.arrival_source), ("DEPA", one.departure, one.departure_source))
        for code, at, source in told:
            if at is not None:
                lane = Lane.ACTUAL if source.startswith("ship-") else Lane.ESTIMATED
                yield Word(one.hlc, source, lane, code, at, one.place, mode="VESSEL", ship=one.ship, voyage=one.voyage)


def _order(word: Word) -> tuple[bool, bool, int, str, str, str, str, int]:
    return (
        word.at is None, word.lane is not Lane.ACTUAL, word.at or 0, word.place, word.facility, word.lane.value,
        word.form, word.hlc,
    )


def _steps(words: Iterable[Word]) -> tuple[Step, ...]:
    """Bring together what speaks of one event; events that happened first, so that plans can join them."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.lane is not Lane.ACTUAL, _order(each))):
        near = [(_away(group, word), place) for place, group in enumerate(groups) if _joins(group, word)]
        if near:
            groups[min(near)[1]].append(word)
        else:
            groups.append([word])
    steps = [_step(group) for group in groups]
    return tuple(sorted(steps, key=lambda step: (step.best is None, step.best or 0, step.code, step.place)))


def _away(group: Sequence[Word], word: Word) -> int:
    told = [abs(one.at - word.at) for one in group if one.at is not None and word.at is not None]
    return min(told, default=0)


def _joins(group: Sequence[Word], word: Word) -> bool:
    first = group[0]
    if word.form == CONTROL:
        return False  # two controls of a day are two, whatever they found
    if first.code != word.code or (first.place and word.place and first.place != word.place):
        return False
    if first.at is None or word.at is None:
        return word.lane is not Lane.ACTUAL and (not word.ship or not first.ship or word.ship == first.ship)
    both = first.lane is Lane.ACTUAL and word.lane is Lane.ACTUAL
    return abs(first.at - word.at) <= (ONE_EVENT if both else ONE_CALL)


def _step(group: list[Word]) -> Step:
    first = group[0]
    place = first.place or next((word.place for word in group if word.place), "")
    return Step(first.code, place, tuple(sorted(group, key=_order)), _differing(group))


def _differing(group: Sequence[Word]) -> tuple[str, ...]:
    said = [word for word in group if word.lane is Lane.ACTUAL and not word.retracted]
    times = [word.at for word in said if word.at is not None]
    found = ["at"] if times and max(times) - min(times) > DIFFERS else []
    for name in ("facility", "empty", "ship"):
        values = {value for word in said if (value := getattr(word, name)) not in ("", None)}
        if len(values) > 1:
            found.append(name)
    sealed = [set(word.seals) for word in said if word.seals]
    if any(one.isdisjoint(other) for place, one in enumerate(sealed) for other in sealed[place + 1 :]):
        found.append("seals")
    return tuple(found)


def _gaps(steps: Sequence[Step], now: Moment) -> Iterator[Gap]:
    seen = [(at, step) for step in steps if step.happened and (at := step.at(Lane.ACTUAL)) is not None]
    seen.sort(key=lambda one: one[0])
    boxed = [one for one in seen if one[1].code in _LEAVES or one[1].code in _COMES or one[1].code in _LASTS]
    for (since, before), (until, after) in pairwise(boxed):
        yield from _between(since, before, until, after)
        if until - since > QUIET:
            yield Gap("quiet", "", since, until, before.place, after.place)
    yield from _open_ends(steps, boxed, now)


def _between(since: Moment, before: Step, until: Moment, after: Step) -> Iterator[Gap]:
    """What must have happened between two events at two places, or twice the same at one."""
    if before.place == after.place or not before.place or not after.place:
        return
    if before.code not in _LEAVES:
        yield Gap("missing", _COMES.get(after.code, "GTOT"), since, until, before.place, after.place)
    elif _LEAVES[before.code] != after.code:
        yield Gap("missing", _LEAVES[before.code], since, until, before.place, after.place)


def _open_ends(steps: Sequence[Step], boxed: Sequence[tuple[Moment, Step]], now: Moment) -> Iterator[Gap]:
    last = boxed[-1][0] if boxed else None
    for step in steps:
        at = step.at(Lane.ESTIMATED) or step.at(Lane.PLANNED)
        passed = at is not None and not step.happened and (last is None or at > last)
        if at is not None and passed and now - at > OVERDUE and step.code in ("DISC", "LOAD", "ARRI", "GTOT", "GTIN"):
            yield Gap("overdue", step.code, at, None, step.place)
    if last is not None and now - last > QUIET and boxed[-1][1].code in _LEAVES:
        yield Gap("quiet", "", last, None, boxed[-1][1].place)
