"""What officers do, as values on their way to the log: each becomes one entry, like a message."""

from hashlib import sha256

import msgspec

from vigie.ports import PriorityStep
from vigie.registry import Claim, SeizureStep
from vigie.risk import RuleStep, RuleVersion, State
from vigie.scanning import Drift, Reading, Scanner, ScanRecord, ThreatReport
from vigie.selection import Order, ShiftPlan
from vigie.terms import Doubt, EntryKind, InboxItem, Moment, OfficerId, Outcome, PartyKey, VisitId
from vigie.tracking import Noted, Presentation, ReleaseTold, ReleaseWish

DECISIONS = ("select", "hold", "release", "leave")
"""What an officer can decide over the machine's own proposal; `leave` takes an own decision back."""


class Override(msgspec.Struct, frozen=True, tag_field="act", tag="override"):
    """An officer's own decision about a box.

    Attributes:
        reason: Why; mandatory. revision: What the officer looked at (`Listed.changed`); the decision is refused if the
            box has changed by its turn. None decides whatever has changed.
    """

    visit: VisitId
    decision: str
    reason: str
    officer: OfficerId
    at: Moment
    revision: Moment | None = None


class Report(msgspec.Struct, frozen=True, tag_field="act", tag="outcome"):
    """An officer reports what a control showed."""

    outcome: Outcome
    at: Moment


class Planned(msgspec.Struct, frozen=True, tag_field="act", tag="plan"):
    """A plan of a shift was made. draw: Its number, from 0. dropped: Boxes of the plan before that are not on it."""

    site: str
    day: str
    draw: int
    plan: ShiftPlan
    dropped: tuple[VisitId, ...]
    officer: OfficerId
    at: Moment


class Ordered(msgspec.Struct, frozen=True, tag_field="act", tag="order"):
    """Orders to terminals."""

    orders: tuple[Order, ...]
    reason: str
    officer: OfficerId
    at: Moment


class Acknowledged(msgspec.Struct, frozen=True, tag_field="act", tag="acknowledgement"):
    """A terminal confirmed an order. by: Who at the terminal, as told."""

    order: str
    visit: VisitId
    by: str
    officer: OfficerId
    at: Moment


class Watching(msgspec.Struct, frozen=True, tag_field="act", tag="watchlist"):
    """A watch list changed; boxes that it may concern are judged again. change: `create`, `add`, `remove`, `expire`."""

    list: str
    change: str
    visits: tuple[VisitId, ...]
    officer: OfficerId
    at: Moment


class Again(msgspec.Struct, frozen=True, tag_field="act", tag="assess"):
    """Boxes are judged again by today's rules."""

    visits: tuple[VisitId, ...]
    officer: OfficerId
    at: Moment


class Merging(msgspec.Struct, frozen=True, tag_field="act", tag="merge"):
    """Two parties are one, or (into the party itself) are not after all. key, into: Pseudonyms. reason: Why."""

    key: PartyKey
    into: PartyKey
    reason: str
    officer: OfficerId
    at: Moment


class ErasureAsked(msgspec.Struct, frozen=True, tag_field="act", tag="erasure-asked"):
    """Something is to be erased. kind, wanted: As in `Erasing`. reason: Why. basis: The law that asks for it."""

    kind: str
    wanted: str
    reason: str
    basis: str
    officer: OfficerId
    at: Moment


class ErasureDecided(msgspec.Struct, frozen=True, tag_field="act", tag="erasure-decided"):
    """An erasure was confirmed, refused or withdrawn.

    Attributes:
        erasure: Log entry that asked. state: `confirmed`, `refused` or `withdrawn`. reason: What the officer wrote.
        units: Keys to destroy. visits: Boxes that are erased.
    """

    erasure: Moment
    state: str
    officer: OfficerId
    at: Moment
    reason: str = ""
    units: tuple[int, ...] = ()
    visits: tuple[VisitId, ...] = ()


class Drafted(msgspec.Struct, frozen=True, tag_field="act", tag="rule-draft"):
    """A version of a rule was made."""

    made: RuleVersion
    officer: OfficerId
    at: Moment


class Stepped(msgspec.Struct, frozen=True, tag_field="act", tag="rule-step"):
    """A version of a rule took a step. start: Where it stood when the officer looked."""

    taken: RuleStep
    start: State
    officer: OfficerId
    at: Moment


class Releasing(msgspec.Struct, frozen=True, tag_field="act", tag="release"):
    """A step of a release right. wish: What is to be done; a key stands in it as its keyed hash alone."""

    wish: ReleaseWish
    visit: VisitId
    officer: OfficerId
    at: Moment


class Presenting(msgspec.Struct, frozen=True, tag_field="act", tag="presentation"):
    """A key was presented at a gate; the sequencer alone answers, so that no key opens twice."""

    told: Presentation
    officer: OfficerId
    at: Moment


class ReleaseSaid(msgspec.Struct, frozen=True, tag_field="act", tag="release-said"):
    """A terminal's own system told of a right that it keeps. officer: `system:` and its name."""

    told: ReleaseTold
    officer: OfficerId
    at: Moment


class Marked(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="act", tag="mark"):
    """Something was noted of a box that no message told: of its right, its readers, by partners. nonce: Two are two."""

    note: Noted
    officer: OfficerId
    at: Moment
    nonce: str = ""


class SeizureTaken(msgspec.Struct, frozen=True, tag_field="act", tag="seizure"):
    """A step with a seizure: recorded, reported again, merged, parted, withdrawn."""

    step: SeizureStep
    officer: OfficerId
    at: Moment


class SeizureTable(msgspec.Struct, frozen=True, tag_field="act", tag="seizure-table"):
    """A table of seizures was handed in. body: Its bytes. map: The column map. counts: taken, known, asked, refused,
    flagged.
    """

    name: str
    body: bytes
    map: str
    counts: tuple[int, int, int, int, int]
    doubts: tuple[Doubt, ...]
    officer: OfficerId
    at: Moment


class Claiming(msgspec.Struct, frozen=True, tag_field="act", tag="claims"):
    """Figures that somebody gave were kept."""

    claims: tuple[Claim, ...]
    officer: OfficerId
    at: Moment


class Prioritised(msgspec.Struct, frozen=True, tag_field="act", tag="priority"):
    """A step of a priority: raised, amended, followed up, done, dropped, reopened."""

    taken: PriorityStep
    officer: OfficerId
    at: Moment


class ReadingTaken(msgspec.Struct, frozen=True, tag_field="act", tag="reading"):
    """What an officer saw in a scan."""

    taken: Reading
    officer: OfficerId
    at: Moment


class NameAsked(msgspec.Struct, frozen=True, tag_field="act", tag="name-asked"):
    """Somebody asks who a pseudonym of an access log is. reason: Why; more than a word. nonce: Two wishes are two."""

    user: str
    reason: str
    officer: OfficerId
    at: Moment
    nonce: str = ""


class NameDecided(msgspec.Struct, frozen=True, tag_field="act", tag="name-decided"):
    """The wish to learn a name was agreed to, refused or withdrawn. which: Its number. decision: As on the page."""

    which: int
    decision: str
    reason: str
    officer: OfficerId
    at: Moment


class ScanTaken(msgspec.Struct, frozen=True, tag_field="act", tag="scan"):
    """A scan came in, or readings of one that is here. drift: What it says of its scanner; None for nothing."""

    record: ScanRecord
    reports: tuple[ThreatReport, ...]
    drift: Drift | None
    officer: OfficerId
    at: Moment


class ScanAssigned(msgspec.Struct, frozen=True, tag_field="act", tag="scan-assigned"):
    """A scan was given to its box. was: The box it belonged to before; empty where it waited. how: `officer`; or
    `number`, `order`, where the node found it once the box was announced.
    """

    scan: str
    visit: VisitId
    was: VisitId
    reason: str
    officer: OfficerId
    at: Moment
    how: str = "officer"


class ScannerChanged(msgspec.Struct, frozen=True, tag_field="act", tag="scanner"):
    """A scanner of the register stands anew. what: `kept`, `calibrated`, `tested`, `measured`."""

    scanner: Scanner
    what: str
    officer: OfficerId
    at: Moment


Act = (
    Override | Report | Planned | Ordered | Acknowledged | Watching | Again | Merging | ErasureAsked | ErasureDecided
    | Drafted | Stepped | Releasing | Presenting | ReleaseSaid | Marked
    | SeizureTaken | SeizureTable | Claiming | Prioritised | NameAsked | NameDecided
    | ReadingTaken | ScanTaken | ScanAssigned | ScannerChanged
)

KINDS: dict[type, EntryKind] = {
    Override: EntryKind.OVERRIDE,
    Report: EntryKind.OUTCOME,
    Planned: EntryKind.SELECTION,
    Ordered: EntryKind.ORDER,
    Acknowledged: EntryKind.ACKNOWLEDGEMENT,
    Watching: EntryKind.WATCHLIST,
    Again: EntryKind.ASSESSMENT,
    Merging: EntryKind.MERGE,
    ErasureAsked: EntryKind.ERASURE,
    ErasureDecided: EntryKind.ERASURE,
    Drafted: EntryKind.RULE,
    Stepped: EntryKind.RULE,
    Prioritised: EntryKind.PRIORITY,
    Releasing: EntryKind.RELEASE,
    Presenting: EntryKind.RELEASE,
    ReleaseSaid: EntryKind.RELEASE,
    SeizureTaken: EntryKind.SEIZURE,
    SeizureTable: EntryKind.SEIZURE,
    Claiming: EntryKind.CLAIM,
    Marked: EntryKind.MARK,
    NameAsked: EntryKind.OPENING,
    NameDecided: EntryKind.OPENING,
    ReadingTaken: EntryKind.READING,
    ScanTaken: EntryKind.SCAN,
    ScanAssigned: EntryKind.SCAN,
    ScannerChanged: EntryKind.SCAN,
}
"""Act to the kind of its log entry: what an officer did has its place in the one order, like everything else."""

_decode = msgspec.json.Decoder(Act)
_encode = msgspec.json.Encoder()


def item_of(act: Act, officer: OfficerId, received: Moment) -> InboxItem:
    """Put an act into the form in which the sequencer takes it."""
    body = _encode.encode(act)
    return InboxItem("act", sha256(body).hexdigest(), body, received, source=f"officer:{officer}")


def act_of(body: bytes) -> Act:
    """Read an act.

    Raises:
        msgspec.ValidationError: The bytes are no act of this version.
    """
    act: Act = _decode.decode(body)
    return act


def subject_of(act: Act) -> str:
    """What an act is about that is no box; empty where nothing names it."""
    match act:
        case SeizureTaken():
            return act.step.seizure
        case ScanTaken():
            return f"scan {act.record.id}"
        case ScanAssigned():
            return f"scan {act.scan}"
        case ScannerChanged():
            return f"scanner {act.scanner.name}"
        case _:
            return ""


def visits_of(act: Act) -> tuple[VisitId, ...]:
    """The boxes an act is about."""
    match act:
        case Drafted() | Stepped() | Prioritised() | SeizureTaken() | SeizureTable() | Claiming():
            return ()
        case ScannerChanged():
            return ()
        case ScanTaken():
            return (act.record.visit,) if act.record.visit else ()
        case ScanAssigned():
            return (act.visit, act.was) if act.was else (act.visit,)
        case Override() | Acknowledged() | Releasing():
            return (act.visit,)
        case Presenting() | ReleaseSaid():
            return (act.told.visit,) if act.told.visit else ()
        case Report():
            return (act.outcome.visit,)
        case Marked():
            return (act.note.visit,)
        case Planned():
            return (*(selection.visit for selection in act.plan.selections), *act.dropped)
        case Ordered():
            return tuple(order.visit for order in act.orders)
        case Watching() | Again():
            return act.visits
        case NameAsked() | NameDecided() | ReadingTaken():
            return ()
        case Merging() | ErasureAsked() | ErasureDecided():
            return ()  # a merge counts for what comes after it; an erasure touches no box but to end it
