"""The worklist: what a list of arrivals shows of a visit, what may be asked of it, how far an officer reaches."""

from enum import StrEnum

import msgspec

from vigie.arrivals import Part
from vigie.terms import Doubt, Fact, Moment, VisitId
from vigie.tracking.visit import Visit


class Status(StrEnum):
    """Where a visit stands."""

    NEW = "new"
    SELECTED = "selected"
    HELD = "held"
    RELEASED = "released"
    INSPECTED = "inspected"
    GONE = "gone"


class Listed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the worklist; the empty string and None mean "not known".

    Attributes:
        visit, container, segment, opened, changed: As in `Visit`.
        site: Port whose customs answers for the box, UN/LOCODE. terminal: Facility as written.
        due: When the box lands, or is expected to: from then on a decision has effect. due_source, leaves_source: Who
            says so (`Deadline.source`). leaves: Until when it can still be held.
        score_milli: Log-odds in thousandths. band: Band of the score.
        mandatory: A mandatory indicator fired. status: Where it stands. stratum: Why it was selected.
        loading, unloading: Ports, UN/LOCODE. carrier, vessel, voyage: As written. hs2: Chapter of the main goods.
        size_type: ISO 6346. reefer, empty: True, False, or not said.
        fired: How many indicators fired. doubts: How many doubts. handling: Handling code (0 to 4).
        claimed_by: Officer who works on it. watched, selected: On a watch list; on a plan.
        reasons: The indicators that fired, strongest first.
    """

    visit: VisitId
    container: str
    segment: int = 1
    opened: Moment = Moment(0)
    changed: Moment = Moment(0)
    site: str = ""
    terminal: str = ""
    due: Moment | None = None
    score_milli: int = 0
    band: str = ""
    mandatory: bool = False
    status: str = Status.NEW.value
    stratum: str = ""
    loading: str = ""
    unloading: str = ""
    carrier: str = ""
    vessel: str = ""
    voyage: str = ""
    hs2: str = ""
    size_type: str = ""
    reefer: bool | None = None
    empty: bool | None = None
    fired: int = 0
    doubts: int = 0
    handling: int = 0
    claimed_by: str = ""
    watched: bool = False
    selected: bool = False
    reasons: tuple[str, ...] = ()
    due_source: str = ""
    leaves: Moment | None = None
    leaves_source: str = ""


SORTS = (
    "due", "score_milli", "changed", "opened", "container", "vessel", "voyage", "carrier", "loading", "unloading",
    "site", "terminal", "hs2", "size_type", "fired", "status", "stratum", "claimed_by", "doubts", "handling",
    "mandatory", "watched", "selected", "reefer", "empty", "band",
)
"""What a list can be sorted by, over everything. `band` sorts by the score that decides it; a flag sorts as said or
not said."""


class Reach(msgspec.Struct, frozen=True):
    """How far an officer sees, made by the gate alone.

    Attributes:
        clearance: Highest handling code. sites: Sites; empty means all. none: The officer sees nothing (no purpose).
    """

    clearance: int = 0
    sites: tuple[str, ...] = ()
    none: bool = False

    def covers(self, listed: Listed) -> bool:
        """Tell whether one row lies in reach: the rule that the store compiles to SQL."""
        return not self.none and listed.handling <= self.clearance and (not self.sites or listed.site in self.sites)


class Query(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked of the worklist; an empty tuple or None asks nothing.

    Attributes:
        sites ... size_types: One of these values. container: The number starts with this. vessel: The name starts so.
        reefer, empty, mandatory, watched, selected: As said. score_from: At least, thousandths of log-odds.
        indicator: It fired.
        due_from, due_to, leaves_from, leaves_to, changed_from, changed_to: From inclusive, to exclusive.
        claimed_by: Officer; `-` means nobody. sort, descending: One of `SORTS`. limit: Rows, 1 to 1000.
        after: Where the page before ended (`ListPage.after`). offset: Rows to skip, where there is no `after`.
    """

    sites: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    strata: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    terminals: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    voyages: tuple[str, ...] = ()
    loading: tuple[str, ...] = ()
    unloading: tuple[str, ...] = ()
    hs2: tuple[str, ...] = ()
    size_types: tuple[str, ...] = ()
    container: str = ""
    vessel: str = ""
    claimed_by: str = ""
    reefer: bool | None = None
    empty: bool | None = None
    mandatory: bool | None = None
    watched: bool | None = None
    selected: bool | None = None
    score_from: int | None = None
    due_from: Moment | None = None
    due_to: Moment | None = None
    leaves_from: Moment | None = None
    leaves_to: Moment | None = None
    indicator: str = ""
    changed_from: Moment | None = None
    changed_to: Moment | None = None
    sort: str = "due"
    descending: bool = False
    limit: int = 50
    after: str = ""
    offset: int = 0


class ListPage(msgspec.Struct, frozen=True):
    """A page of the worklist. after: Mark for the next page; empty at the end."""

    rows: tuple[Listed, ...]
    after: str = ""


class Kept(msgspec.Struct, frozen=True):
    """A visit as the store keeps it. unit: Erasure unit of its body."""

    visit: Visit
    listed: Listed
    unit: int


class Hit(msgspec.Struct, frozen=True):
    """Something that a search found. term: As known. distance: Typing errors between it and what was asked."""

    visit: VisitId
    kind: str
    term: str
    distance: int


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something an officer should know of a visit.

    Attributes:
        visit: Which. code: `moved`, `amended`, `deadline` ... at: When. officer: For whom; empty means all of the site.
        site: UN/LOCODE. facts: Values that the text names. seen: When it was seen. id: Given by the store.
    """

    visit: VisitId
    code: str
    at: Moment
    officer: str = ""
    site: str = ""
    facts: dict[str, Fact] = {}
    seen: Moment | None = None
    id: int = 0


class Assessed(msgspec.Struct, frozen=True):
    """One assessment as it was made, kept for audit: what was known (features), and what followed (body).

    Attributes:
        visit: Which. hlc: Log entry after which it was made. unit: Erasure unit of the body. policy: Policy hash.
        score_milli, band, mandatory: The result. features: The feature vector. body: The `Assessment` as JSON;
        None once erased. vector_at: The assessment (its `hlc`) of this visit that read the vector: a box of which
        nothing new was announced keeps the vector it had.
    """

    visit: VisitId
    hlc: Moment
    unit: int
    policy: str
    score_milli: int
    band: str
    mandatory: bool
    features: tuple[int | None, ...]
    body: bytes | None
    vector_at: Moment = Moment(0)


class Described(msgspec.Struct, frozen=True):
    """One part of a message, described; its raw bytes stay in the inbox under the same unit.

    Attributes:
        unit: Inbox item and erasure unit. hlc: First log entry made of it; 0 where it said nothing.
        message, number, format, form, offset, segment, sent_at: As in `Part`. rows: Canonical rows read.
        doubts: What is unsure.
    """

    unit: int
    hlc: Moment
    message: str
    number: int
    format: str
    form: str
    offset: int = 0
    segment: int = 1
    sent_at: Moment | None = None
    rows: int = 0
    doubts: tuple[Doubt, ...] = ()


def described(part: Part, unit: int, hlc: Moment, rows: int, doubts: tuple[Doubt, ...]) -> Described:
    """Describe a part that the sequencer has read."""
    return Described(
        unit, hlc, part.message, part.number, part.format, part.form, part.offset, part.segment, part.sent_at, rows,
        doubts,
    )


class MessageSeen(msgspec.Struct, frozen=True):
    """A message and what became of it. parts, doubts: How many. received: When its first part was handed in."""

    message: str
    format: str
    form: str
    received: Moment
    sent_at: Moment | None
    parts: int
    doubts: int


class Act(msgspec.Struct, frozen=True):
    """An override, an outcome or an acknowledgement as the store keeps it.

    Attributes:
        hlc: Log entry. visit: About which. officer: Who. at: When. tag: One word to count by (what was found ...).
        unit: Erasure unit. body: The fact as JSON; None once erased.
    """

    hlc: Moment
    visit: VisitId
    officer: str
    at: Moment
    tag: str
    unit: int
    body: bytes | None
