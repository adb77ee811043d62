"""A simulated year, decided box by box before landing: on canonical rows in memory, or by a node that reads messages.

Both roads hear the same sheets in the same order. The first applies rows as the sequencer does and asks the live
features; the second is a node with its store. `decide` plans each week on either, looks where the plan says, and hands
the outcomes back. Nothing of the truth reaches a road but outcomes of boxes that were looked into.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from msgspec.structs import replace

from vigie.arrivals import Movement, Row
from vigie.desk.ledger import Ledger
from vigie.desk.pseudonyms import Pseudonyms
from vigie.desk.told import words_of
from vigie.risk import (
    FEATURE_SET,
    FRESH,
    Keys,
    Kind,
    LiveFeatures,
    MemoryState,
    Policy,
    Vector,
    assessor,
    columns,
    late_keys,
    line_keys,
    line_number,
    overlaid,
)
from vigie.selection import Candidate, Scanner, SelectionPolicy, Shift, ShiftPlan, plan_shift
from vigie.terms import DAY, Concealment, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Visit, due_of, main_line
from vigie.world import Case, Sheet, Smugglers, Telling, TruthBook, World, nobody
from vigie.world.carried import carried
from vigie.world.chance import stream
from vigie.world.parameters import BOXES_PER_DAY, IRREGULARITY, OTHER_LANES, SENSITIVITY

WEEK = 7 * DAY
SECRET = b"simulated years, no secret at all"[:32]
SHARES = SelectionPolicy()
OFFICER = OfficerId("simulated-control")
_FRESH = tuple(name in FRESH for name in FEATURE_SET.names)


IN_TIME = 0.855
"""Share of boxes that are announced before the week of their arrival begins (measured on an exact year): ships that
need less than a week are announced too late for a plan made on Monday."""


def scale_of(boxes: int) -> float:
    """The scale at which about so many boxes are decided on at BEANR and its small ports in 52 weeks."""
    daily = sum(BOXES_PER_DAY.value[site] for site in ("BEANR", "BEGNE", "BEZEE")) * (1 + OTHER_LANES.value)
    return boxes / (364 * daily * IN_TIME)


@dataclass(frozen=True, slots=True)
class Considered:
    """A box before a plan. visit, milli, mandatory, band: As judged. at: Log entry of that. row: Its columns."""

    visit: VisitId
    milli: int
    mandatory: bool
    band: str
    at: Moment
    due: Moment
    row: tuple[object, ...] = ()


class Road(Protocol):
    """What hears messages and judges boxes."""

    def hear(self, sheet: Sheet) -> None:
        """Take one file in."""

    def record(self, outcomes: Sequence[Outcome], at: Moment) -> None:
        """Take outcomes of controls in."""

    def coming(self, since: Moment, until: Moment) -> list[Considered]:
        """The boxes due in a span, judged as they stand."""


class Canonical:
    """Rows without bytes and store: what the sequencer does, in memory."""

    def __init__(self, policy: Policy) -> None:
        self.features, self.assessor = LiveFeatures(FEATURE_SET), assessor(policy)
        self.ledger = Ledger(Moment(0), True, Moment(0), Pseudonyms(SECRET).number)
        self.state = MemoryState()
        self._asked: dict[VisitId, tuple[tuple[int, int] | None, Keys, int, int]] = {}
        self._vectors: dict[tuple[int, int], Vector] = {}
        self._now: dict[VisitId, Moment] = {}
        self._due: dict[VisitId, Moment] = {}
        self._told_of: dict[str, dict[str, None]] = {}
        self._visits: dict[VisitId, Visit] = {}

    def hear(self, sheet: Sheet) -> None:
        """Take one file in."""
        ledger = self.ledger
        ledger.now = sheet.at
        begun = len(ledger.history)
        for rows, codes in carried(sheet):
            for word in words_of(chain.from_iterable(map(self._of_boxes, rows))):
                hlc = Moment(max(ledger.now, ledger.last + 1))
                changed = False
                said = ledger._with_withdrawals(word)
                for one in said:
                    changed = ledger._apply(hlc, one, codes, not changed) or changed
                if changed or not said:
                    ledger.last = hlc
        self._settle(begun)

    def _of_boxes(self, row: Row) -> Sequence[Row]:
        """An event that is taken back by its name alone is taken back of the boxes that it was told of."""
        if isinstance(row, Movement) and row.container:
            self._told_of.setdefault(row.event_id, {})[row.container] = None
        if isinstance(row, Movement) and row.retracts and not row.container:
            return [replace(row, container=each) for each in self._told_of.get(row.retracts, ())] or (row,)
        return (row,)

    def record(self, outcomes: Sequence[Outcome], at: Moment) -> None:
        """Take outcomes of controls in, each as an entry of its own."""
        for outcome in outcomes:
            begun = len(self.ledger.history)
            self.ledger.now = at
            hlc = Moment(max(at, self.ledger.last + 1))
            self.ledger.last = hlc
            self.ledger._apply(hlc, outcome, (), True)
            self._settle(begun)

    def _settle(self, begun: int) -> None:
        """Note for each touched box which history its vector is asked of: as `desk.judging.vectors_of` does."""
        ledger = self.ledger
        fresh = ledger.history[begun:]
        announced = {(row.line, row.hlc): row.keys for row in fresh if row.kind == Kind.ANNOUNCED}
        changed = {row.line for row in fresh if row.kind in (Kind.AMENDED, Kind.RETRACTED)}
        for name, visit in ledger.touched.items():
            line = main_line(visit)
            first = None if line is None else (line_number(visit, line), line.first)
            if first is not None and first in announced:
                self._asked[name] = (first, announced[first], first[1], first[1])
            elif name not in self._visits or (changed and any(line_number(visit, one) in changed for one in visit.lines)):
                keys = line_keys(visit, line, ledger.key_of)
                self._asked[name] = (None, keys, line.first if line else visit.opened, ledger.last + 1)
            self._visits[name], self._now[name] = visit, ledger.last
            due = due_of(visit)
            if due is not None:
                self._due[name] = due
        ledger.touched.clear()

    def coming(self, since: Moment, until: Moment) -> list[Considered]:
        """The boxes due in a span, judged as they stand."""
        rows, self.ledger.history = self.ledger.history, []
        folded = self.features.fold(rows, self.state)
        self.state.keep(folded.rows, folded.prefix, folded.taken)
        self._vectors |= {(row.line, row.hlc): vector for row, vector in zip(rows, folded.vectors, strict=True)
                          if row.kind == Kind.ANNOUNCED}
        found = []
        for name, due in list(self._due.items()):
            if due < since:
                del self._due[name]
            elif due < until:
                del self._due[name]
                found.append(self._judged(name, due))
        return found

    def _judged(self, name: VisitId, due: Moment) -> Considered:
        first, keys, then, now = self._asked[name]
        if first is not None:
            vector = self._vectors[first]
        else:
            early, late = self.features.ask_many([(keys, then), (keys, now)], self.state)
            vector = tuple(b if fresh else a for a, b, fresh in zip(early, late, _FRESH, strict=True))
        at, visit = self._now[name], self._visits[name]
        came = late_keys(visit, self.ledger.key_of)
        if came is not None:
            vector = overlaid(vector, self.features.ask_many([(came, at + 1)], self.state)[0])
        row = columns(visit, vector, at, ())
        told = self.assessor.assess(name, at, row)
        return Considered(name, told.logodds_milli, told.mandatory, told.band, at, due, row)


@dataclass(slots=True)
class Week:
    """A decided week. considered: Boxes. plan: What was chosen. outcomes: Of those looked into, known afterwards."""

    plan: ShiftPlan
    considered: list[Considered]
    outcomes: dict[VisitId, Outcome] = field(default_factory=dict)


def decide(
    world: World, road: Road, weeks: int, warm: int = 6, share: float = 0.08,
    policy: SelectionPolicy = SHARES, book: TruthBook | None = None, real: float = 1.0,
) -> Iterator[Week]:
    """Decide a simulated year week by week, before the ships of the week arrive.

    Args:
        world: With `practice=nobody` and `telling=AHEAD`; it starts `warm` weeks before the first plan.
        share: Of the boxes of a week that can be scanned. policy: Shares of score, tilted and uniform draws.
        book: Gets the truth; only controls of chosen boxes are read from it here.
        real: Share of the lots that a control can find; the others are planted for a library alone, and a world in
            which all of them were found would know too many past finds.
    """
    book = TruthBook() if book is None else book
    sheets = world.sheets(book)
    held: list[Sheet] = []
    pending: list[Outcome] = []
    decided: set[VisitId] = set()
    for number in range(weeks):
        since = Moment(world.start + (warm + number) * WEEK)
        for sheet in chain(held, sheets):
            if sheet.at >= since:
                held = [sheet]
                break
            road.hear(sheet)
        road.record(pending, since)
        boxes = [one for one in road.coming(since, Moment(since + WEEK)) if one.visit not in decided]
        decided.update(one.visit for one in boxes)
        shift = Shift(world.site, "week", since, Moment(since + WEEK), (Scanner("SIM-1", round(share * len(boxes))),))
        plan = plan_shift([Candidate(one.visit, one.milli, one.due, None, one.mandatory) for one in boxes], shift, policy,
                          SECRET)  # fmt: skip
        truth = cases_of(book)
        week = Week(plan, boxes)
        for one in plan.selections:
            week.outcomes[one.visit] = outcome_of(world.seed, one.visit, truth, since, real)
        pending = list(week.outcomes.values())
        told(world.smugglers, boxes, week, truth, since)
        yield week


def cases_of(book: TruthBook) -> dict[str, list[Case]]:
    """The truth by container."""
    found: dict[str, list[Case]] = {}
    for case in book.cases:
        found.setdefault(case.container, []).append(case)
    return found


def case_in(visit: VisitId, truth: dict[str, list[Case]], since: Moment) -> Case | None:
    """The lot in a box that is due in a week."""
    near = (case for case in truth.get(visit.rpartition("-")[0], ()) if since - 3 * DAY <= case.landed < since + 10 * DAY)
    return next((case for case in near if case.document), None)


def would_show(seed: int, visit: VisitId, case: Case | None) -> Found:
    """What a control of a box would show, whoever asks and whenever: drawn once per box."""
    chance = stream(seed, "look", visit).random()
    if case is None:
        return Found.IRREGULARITY if chance < IRREGULARITY.value else Found.NOTHING
    if chance >= SENSITIVITY.value[case.concealment]:
        return Found.NOTHING
    return Found.PEOPLE if case.concealment == "hotel-container" else Found.COCAINE


def outcome_of(seed: int, visit: VisitId, truth: dict[str, list[Case]], since: Moment, real: float = 1.0) -> Outcome:
    """Look into a box that was chosen."""
    case = case_in(visit, truth, since)
    if case is not None and real < 1.0 and stream(seed, "real", visit).random() >= real:
        case = None
    found = would_show(seed, visit, case)
    lot = case if found is Found.COCAINE else None
    return Outcome(
        visit, Moment(since + WEEK), found, Detector.TEAM, Depth.FULL if lot else Depth.SCAN, OFFICER,
        lot.grams if lot else None, Concealment(lot.concealment) if lot else None, "SIM-ANR-TEAM-1", ("customs",),
    )  # fmt: skip


def told(smugglers: Smugglers | None, boxes: Iterable[Considered], week: Week, truth: dict[str, list[Case]],
         since: Moment) -> None:
    """Those who sent a lot learn whether it came through."""
    if smugglers is None:
        return
    for one in boxes:
        case = case_in(one.visit, truth, since)
        if case is not None:
            seen = week.outcomes.get(one.visit)
            lost = seen is not None and seen.found in (Found.COCAINE, Found.PEOPLE)
            smugglers.hear(Moment(since + WEEK) if lost else Moment(max(case.out, since + WEEK)), case, lost)


def a_year(seed: int, boxes: int, weeks: int = 52, warm: int = 6, uplift: float = 1.0, adapt: bool = False,
           start: Moment | None = None) -> World:
    """The world of a simulated year of about so many boxes in 52 weeks."""
    from vigie.world import START

    begun = (START if start is None else start) // WEEK * WEEK + 4 * DAY  # a Monday: 1970-01-01 was a Thursday
    return World(
        seed, (weeks + warm) * 7, scale_of(boxes), "BEANR", Moment(begun), uplift, None,
        Smugglers() if adapt else None, nobody, Telling.AHEAD,
    )
