"""One box, with everything known about it, as the faces show it."""

import msgspec

from vigie.desk.views.arrivals import ArrivalRow
from vigie.desk.views.exchange_work import BecauseRow
from vigie.desk.views.models import ChannelView
from vigie.desk.views.plan import OrderView
from vigie.terms import Fact, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Visit


class TimelineEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing known about a box.

    Attributes:
        hlc: Log entry. at: When it happened; else when it was received. received: When the node learned of it.
        kind: Entry kind. code: Text code in `desk/texts/timeline.toml`. facts: Values its text names.
        text: The text in the officer's language. source: File or officer it came from. retracted: Taken back.
        expected: The event is announced or planned and has not happened.
    """

    hlc: Moment
    at: Moment
    received: Moment
    kind: str
    code: str
    facts: dict[str, Fact]
    text: str
    source: str = ""
    retracted: bool = False
    expected: bool = False


class ReasonView(msgspec.Struct, frozen=True):
    """An indicator that fired. weight_milli: Log-odds it adds, thousandths. text: In the officer's language."""

    indicator: str
    version: int
    typology: str
    weight_milli: int
    text: str
    evidence: dict[str, Fact]
    mandatory: bool = False


class Explanation(msgspec.Struct, frozen=True):
    """A score as a sum an officer can follow.

    Attributes:
        prior_milli: Where every box starts. reasons: What fired, strongest first.
        caps_milli: What the bounds of each typology took away. unknown: Indicators that could not be judged.
        total_milli: The score. band: Its band. mandatory: A mandatory indicator fired. policy: Hash of the rules.
        at: Log entry at which it was assessed. channels: What models with a vote added.
        chance_ppm: Chance of a find that the score means, millionths; None where no outcome taught it.
        calibrated: That chance was learnt from boxes drawn by chance.
    """

    prior_milli: int
    reasons: tuple[ReasonView, ...]
    caps_milli: int
    total_milli: int
    band: str
    mandatory: bool
    policy: str
    at: Moment
    unknown: tuple[str, ...] = ()
    channels: tuple[ChannelView, ...] = ()
    chance_ppm: int | None = None
    calibrated: bool = False


class RoutePlace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place on the way. role: `acceptance`, `loading`, `transhipment`, `unloading`, `delivery`, `event`."""

    place: str
    role: str
    at: Moment | None = None
    happened: bool = False


class PartyView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party as a document names it. key: Pseudonym, where something identifies it. also: Names of parties
    that officers said are one with it."""

    role: str
    name: str
    country: str = ""
    city: str = ""
    eori: str = ""
    key: str = ""
    also: tuple[str, ...] = ()


class GoodsView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of goods in the box."""

    hs: str
    description: str
    packages: int | None = None
    gross_g: int | None = None


class DocumentView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One consignment that names the box."""

    consignment: str
    form: str
    document: str = ""
    parent: str = ""
    mrn: str = ""
    level: str = ""
    filed_at: Moment | None = None
    first: Moment = Moment(0)
    amendments: int = 0
    cancelled: bool = False
    boxes: int = 1
    parties: tuple[PartyView, ...] = ()
    goods: tuple[GoodsView, ...] = ()
    seals: tuple[str, ...] = ()
    gross_g: int | None = None


class DoubtView(msgspec.Struct, frozen=True):
    """A doubt of a message about the box. code: Text code in `terms/texts/doubts.toml`."""

    code: str
    text: str


class OverrideView(msgspec.Struct, frozen=True):
    """An officer's own decision over the machine's. decision: `select`, `hold`, `release`, `leave`, `band`."""

    officer: OfficerId
    at: Moment
    decision: str
    reason: str


class OutcomeView(msgspec.Struct, frozen=True):
    """The outcome of a control. replaced: A later outcome corrects it."""

    hlc: Moment
    outcome: Outcome
    replaced: bool = False


class PartView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message part that spoke of the box. id: To ask for the raw bytes. received: When. doubts: Codes."""

    id: int
    form: str
    message: str
    received: Moment
    doubts: tuple[str, ...] = ()


class ContainerView(msgspec.Struct, frozen=True):
    """All that is known about one box in one life-cycle segment.

    Attributes:
        row: As on the list. timeline: Every entry, by the moment it happened. explanation: None before the first score.
        documents, doubts, overrides, outcomes: As named. route: Places in order.
        segments: Other visits of the same number. vgm_g, gross_g, tare_g: Masses known, grams. seals: Seals seen.
        orders: Orders about the box. watch: Watch lists it met. parts: Messages it came from. visit: The whole value.
        revision: Give it back when acting, so that nobody acts on stale knowledge. because: What partners told.
    """

    row: ArrivalRow
    visit: Visit
    timeline: tuple[TimelineEntry, ...]
    explanation: Explanation | None
    documents: tuple[DocumentView, ...] = ()
    doubts: tuple[DoubtView, ...] = ()
    overrides: tuple[OverrideView, ...] = ()
    outcomes: tuple[OutcomeView, ...] = ()
    route: tuple[RoutePlace, ...] = ()
    segments: tuple[VisitId, ...] = ()
    seals: tuple[str, ...] = ()
    vgm_g: int | None = None
    gross_g: int | None = None
    tare_g: int | None = None
    orders: tuple[OrderView, ...] = ()
    watch: tuple[str, ...] = ()
    parts: tuple[PartView, ...] = ()
    revision: Moment = Moment(0)
    because: tuple[BecauseRow, ...] = ()
