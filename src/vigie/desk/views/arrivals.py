"""Lists of boxes as the faces show them."""

import msgspec

from vigie.terms import Fact, Handling, Moment, VisitId


class ArrivalsQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an officer wants to see of the arrivals; also what a saved view keeps.

    Attributes:
        text: Start of a container number. sites: UN/LOCODE of discharge. statuses: `new`, `selected`, `held`,
            `released`, `inspected`, `gone`; empty means all but `gone`. bands: Score bands. strata: Selection strata.
        carrier, vessel, voyage, loading, unloading, hs2, size_type: Exact values; empty means any.
        reefer, empty, mandatory, watched, selected: None means any.
        indicator: Code of one that fired; only one that the officer may know of.
        claimed: `me`, `none`, an officer's name, or empty for any.
        due_from, due_to: Bounds of the deadline.
        sort: One of `SORTS`. descending: Largest first.
        limit: Rows of a page, 1 to 500. after: Cursor of the page before (`ArrivalsPage.next`).
    """

    text: str = ""
    sites: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    strata: tuple[str, ...] = ()
    carrier: str = ""
    vessel: str = ""
    voyage: str = ""
    loading: str = ""
    unloading: str = ""
    hs2: str = ""
    size_type: str = ""
    reefer: bool | None = None
    empty: bool | None = None
    mandatory: bool | None = None
    watched: bool | None = None
    selected: bool | None = None
    claimed: str = ""
    indicator: str = ""
    due_from: Moment | None = None
    due_to: Moment | None = None
    sort: str = "score"
    descending: bool = True
    limit: int = 50
    after: str = ""


class ArrivalRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One box on a list.

    Attributes:
        visit, container, site, terminal, loading, unloading, carrier, vessel, voyage, hs2, size_type: As announced.
        due: When it lands; None where nothing announces it. leaves: Until when it can still be held; None where nothing
            says. due_source, leaves_source: Who says so: `landed`, `ship-arrived`, `port-call`, `ais`, `terminal`,
            `document`; `pick-up`, `gate-out`, `on-ship`, `free-time`.
        late: The deadline has passed and nothing was decided.
        status: See `ArrivalsQuery`. score_milli: Log-odds in thousandths. band: Score band. mandatory: Must be scanned.
        fired: Number of indicators that fired. doubts: Number of doubts. stratum: Why it was selected, or empty.
        reasons: Titles of the strongest reasons in the officer's language, at most three; codes: their indicators.
        claimed_by: Officer who works on it. watched: On a watch list. handling: Handling code.
        changed: Latest log entry.
    """

    visit: VisitId
    container: str
    status: str = "new"
    site: str = ""
    terminal: str = ""
    due: Moment | None = None
    late: bool = False
    score_milli: int = 0
    band: str = ""
    mandatory: bool = False
    fired: int = 0
    doubts: int = 0
    stratum: str = ""
    reasons: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    loading: str = ""
    unloading: str = ""
    carrier: str = ""
    vessel: str = ""
    voyage: str = ""
    hs2: str = ""
    size_type: str = ""
    reefer: bool = False
    empty: bool = False
    claimed_by: str = ""
    watched: bool = False
    selected: bool = False
    handling: Handling = Handling.GREEN
    changed: Moment = Moment(0)
    due_source: str = ""
    leaves: Moment | None = None
    leaves_source: str = ""


class SavedView(msgspec.Struct, frozen=True):
    """A query an officer keeps under a name."""

    name: str
    query: ArrivalsQuery


class ArrivalsPage(msgspec.Struct, frozen=True):
    """One page of arrivals.

    Attributes:
        rows: In the order asked for. total: Rows of the whole list; `more`: there are more than `total`, which is as
            far as was counted. query: As understood.
        next: Cursor, empty at the end. saved: The officer's saved views.
    """

    rows: tuple[ArrivalRow, ...]
    total: int
    query: ArrivalsQuery
    next: str = ""
    saved: tuple[SavedView, ...] = ()
    more: bool = False


class BulkResult(msgspec.Struct, frozen=True):
    """What a bulk act did. done: Visits. refused: Visits the officer may not act on, or that do not exist."""

    done: tuple[VisitId, ...]
    refused: tuple[VisitId, ...] = ()


class Noticed(msgspec.Struct, frozen=True):
    """A doubt of a message, with its place.

    Attributes:
        file: As handed in. code: Text code. part: Message reference, as written. facts: Values that the text names.
        segment: Segment, line or row, counted from 1. path: XPath, JSON pointer or segment name. offset: First byte.
    """

    file: str
    code: str
    part: str = ""
    segment: int | None = None
    path: str = ""
    offset: int | None = None
    facts: dict[str, Fact] = {}


class ImportReport(msgspec.Struct, frozen=True):
    """What an import brought.

    Attributes:
        files: Files read. messages: Messages. parts: Parts. known: Parts that were there already and changed nothing.
        consignments, containers, movements, measurements, plans, positions: Rows read, containers counted once each.
        entries: Log entries written. assessed: Boxes assessed. faults: Parts set aside.
        doubts: Code to count. seconds: Wall time. noticed: The first thousand doubts, with their places.
    """

    files: int = 0
    messages: int = 0
    parts: int = 0
    known: int = 0
    consignments: int = 0
    containers: int = 0
    movements: int = 0
    measurements: int = 0
    plans: int = 0
    positions: int = 0
    entries: int = 0
    assessed: int = 0
    faults: int = 0
    doubts: dict[str, int] = {}
    seconds: float = 0.0
    noticed: tuple[Noticed, ...] = ()


class SearchHit(msgspec.Struct, frozen=True):
    """A box that a search met. kind: What matched. term: As stored. exact: Without a typing error."""

    row: ArrivalRow
    kind: str
    term: str
    exact: bool


class SearchView(msgspec.Struct, frozen=True):
    """The answer to a search."""

    query: str
    hits: tuple[SearchHit, ...]
