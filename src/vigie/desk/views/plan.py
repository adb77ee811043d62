"""Plans, orders and watch lists as the faces show them."""

import msgspec

from vigie.desk.views.arrivals import ArrivalRow
from vigie.terms import Handling, Moment, OfficerId, VisitId


class SelectionView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One box on a plan. order: `hold`, `release` or empty. acknowledged: The terminal confirmed the order."""

    row: ArrivalRow
    stratum: str
    propensity: float
    rank: int
    scanner: str
    order: str = ""
    acknowledged: Moment | None = None


class ShiftView(msgspec.Struct, frozen=True):
    """The plan of one shift.

    Attributes:
        id, name, start, end, scanners: The shift; scanner name to slots. slots: In all. used: Slots taken.
        overload: Mandatory boxes beyond the slots. selections: In order of rank, only those the officer may see.
        missed: Best boxes that found no slot, at most 50. missed_count: How many found none.
        last_chance: Of those, boxes whose deadline ends in the shift. expected_missed: Sum of their probabilities,
            not calibrated. made: When the plan was made; None where there is none yet.
        by_stratum: Stratum to count. draw: Number of the plan. policy: Hash of the selection policy.
    """

    id: str
    name: str
    start: Moment
    end: Moment
    scanners: dict[str, int]
    slots: int
    used: int = 0
    overload: int = 0
    selections: tuple[SelectionView, ...] = ()
    missed: tuple[ArrivalRow, ...] = ()
    missed_count: int = 0
    last_chance: tuple[VisitId, ...] = ()
    expected_missed: float = 0.0
    by_stratum: dict[str, int] = {}
    made: Moment | None = None
    draw: int = 0
    policy: str = ""


class PlanView(msgspec.Struct, frozen=True):
    """The plans of one site and day. commitment: Published before the first draw. revealed: The key, after the day."""

    site: str
    day: str
    sites: tuple[str, ...]
    shifts: tuple[ShiftView, ...]
    commitment: str = ""
    committed_at: Moment | None = None
    revealed: str = ""


class OrderView(msgspec.Struct, frozen=True, omit_defaults=True):
    """An order that left the house."""

    id: str
    kind: str
    visit: VisitId
    container: str
    site: str
    terminal: str
    issued: Moment
    officer: OfficerId
    scanner: str = ""
    shift: str = ""
    acknowledged: Moment | None = None
    acknowledged_by: str = ""


class WatchEntryView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing watched. kind: One of `desk.risk.WATCHED`. term: Normalised; of a party its name."""

    kind: str
    term: str
    note: str = ""
    added: Moment = Moment(0)
    by: str = ""


class WatchListView(msgspec.Struct, frozen=True):
    """A watch list.

    Attributes:
        id: Short name. name: As officers call it. owner, reason, expires, handling: As named.
        effect: `mandatory` or `weighted`. weight_milli: Log-odds that a hit of a weighted list adds, thousandths.
        entries: What stands on it. expired: It no longer acts.
    """

    id: str
    name: str
    owner: OfficerId
    reason: str
    expires: Moment
    handling: Handling
    effect: str
    weight_milli: int
    entries: tuple[WatchEntryView, ...]
    expired: bool = False
