"""Today, the trail and the officers as the faces show them."""

import msgspec

from vigie.desk.views.arrivals import ArrivalRow
from vigie.desk.views.rules import WaitingRow
from vigie.terms import Fact, Handling, Language, Moment, Officer, OfficerId, Purpose, Role, VisitId


class NoticeView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A warning to officers. code: Text code in `desk/texts/notices.toml`. text: In the officer's language."""

    id: int
    at: Moment
    code: str
    visit: VisitId
    container: str
    text: str
    facts: dict[str, Fact] = {}
    seen: bool = False


class Frame(msgspec.Struct, frozen=True):
    """What stands around every page.

    Attributes:
        node: The node's name. zone: IANA time zone to show moments in. now: The clock. clock_rate: Seconds per second.
        simulated: Everything is invented. handling: Highest handling code the officer may meet. unread: Notices unseen.
        sites: Ports of the node. live: Counter that rises with every change.
    """

    node: str
    zone: str
    now: Moment
    clock_rate: float
    simulated: bool
    handling: Handling
    unread: int
    sites: tuple[str, ...]
    live: int


class HealthFact(msgspec.Struct, frozen=True):
    """One thing the doctor looked at. state: `ok`, `warn`, `bad`. text: In the officer's language."""

    name: str
    state: str
    value: str
    text: str


class TodayView(msgspec.Struct, frozen=True):
    """What an officer meets first.

    Attributes:
        queue: Boxes the officer claimed and has not finished. due_soon: Undecided boxes, nearest deadline first.
        notices: Unseen warnings. resume: What the officer looked at last. counts: `new`, `mandatory`, `selected`,
            `held`, `due`, `late`. hours: Boxes changed per hour, the last 24, oldest first. health: Node health.
        waiting: Messages received and not settled yet. rules: Versions of rules that wait for this second officer.
    """

    now: Moment
    queue: tuple[ArrivalRow, ...]
    due_soon: tuple[ArrivalRow, ...]
    notices: tuple[NoticeView, ...]
    resume: ArrivalRow | None
    counts: dict[str, int]
    health: tuple[HealthFact, ...]
    waiting: int = 0
    hours: tuple[int, ...] = ()
    rules: tuple[WaitingRow, ...] = ()


class AuditRow(msgspec.Struct, frozen=True):
    """One look or act. text: In the officer's language."""

    number: int
    at: Moment
    officer: OfficerId
    purpose: Purpose
    act: str
    subject: str
    outcome: str
    facts: dict[str, Fact]
    text: str


class AuditQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which entries of the trail; before: Number of the last entry of the page before."""

    officer: str = ""
    act: str = ""
    subject: str = ""
    outcome: str = ""
    before: int | None = None
    limit: int = 100


class AuditPage(msgspec.Struct, frozen=True):
    """A page of the trail, newest first. next: Cursor; None at the end."""

    rows: tuple[AuditRow, ...]
    query: AuditQuery
    next: int | None = None


class ChainCheck(msgspec.Struct, frozen=True):
    """Whether a chain verifies. chain: `trail` or `log`. broken_at: First entry that does not fit."""

    chain: str
    entries: int
    whole: bool
    broken_at: int | None = None
    head: str = ""


class OfficerView(msgspec.Struct, frozen=True):
    """An officer as an administrator sees one."""

    id: OfficerId
    name: str
    roles: tuple[Role, ...]
    clearance: Handling
    purposes: tuple[Purpose, ...]
    sites: tuple[str, ...]
    language: str
    active: bool


class SignInLink(msgspec.Struct, frozen=True):
    """A one-time link. token: Shown once, kept nowhere. expires: After that it is worth nothing."""

    officer: OfficerId
    token: str
    expires: Moment


class Session(msgspec.Struct, frozen=True):
    """A signed-in officer. token: Cookie value, only when just opened. csrf: Value forms carry."""

    officer: Officer
    expires: Moment
    token: str = ""


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an officer likes. keys: Action to key. theme: `auto`, `light`, `dark`."""

    language: Language = Language.EN
    theme: str = "auto"
    keys: dict[str, str] = {}
    tour_done: bool = False
    sort: str = "score"
