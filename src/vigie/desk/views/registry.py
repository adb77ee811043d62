"""What the faces show of the register: seizures with their reports, tables handed in, claims and figures."""

import msgspec

from vigie.terms import Doubt, Moment


class SeizureLine(msgspec.Struct, frozen=True):
    """A seizure in a list. grams: None where nothing was weighed. state: `standing`, `merged`, `withdrawn`."""

    id: str
    at: Moment
    place: str
    substance: str
    grams: int | None
    packages: int | None
    provenance: str
    cover_hs: str
    concealment: str
    services: tuple[str, ...]
    countries: tuple[str, ...]
    container: str
    handling: int
    is_joint: bool
    is_closed: bool
    state: str = "standing"


class SeizuresPage(msgspec.Struct, frozen=True):
    """A page of the list. after: Where the next page begins; empty at the end. count: How many stand in all."""

    rows: tuple[SeizureLine, ...]
    after: str
    count: int


class SubstanceView(msgspec.Struct, frozen=True):
    """One substance of an account."""

    name: str
    net_g: int | None
    gross_g: int | None
    basis: str
    packages: int | None


class ReportView(msgspec.Struct, frozen=True):
    """One service's account, as it was told.

    Attributes:
        id: Log entry. leads: It is the one that counts. first: Seizure under which it was first recorded.
        The rest as in `vigie.registry.Report` and `vigie.registry.Seized`; codes as they are.
    """

    id: int
    leads: bool
    first: str
    service: str
    country: str
    source: str
    reference: str
    at: Moment
    place: str
    substances: tuple[SubstanceView, ...]
    logos: tuple[str, ...]
    container: str
    visit: str
    cover_hs: str
    cover: str
    concealment: str
    modus: str
    scope: str
    services: tuple[str, ...]
    countries: tuple[str, ...]
    provenance: str
    loaded: str
    route: tuple[str, ...]
    detector: str
    case: str
    handling: int
    note: str
    is_closed: bool


class SeizureChange(msgspec.Struct, frozen=True):
    """One step of a seizure. at: Log entry. other: The other seizure. undo: The step that takes it back, if any."""

    at: Moment
    verb: str
    officer: str
    reason: str = ""
    other: str = ""


class ProposalView(msgspec.Struct, frozen=True):
    """Another seizure that may be the same; a human decides. marks: Why. score: 0 to 1."""

    other: SeizureLine
    marks: tuple[str, ...]
    score: float


class SeizureView(msgspec.Struct, frozen=True):
    """One seizure. into: What it was merged into. changed: Log entry of the last step. steps: Oldest first. maybe_more:
    How many may also be the same, beside those in `maybe`.
    """

    line: SeizureLine
    into: str
    recorded: Moment
    changed: Moment
    reports: tuple[ReportView, ...]
    steps: tuple[SeizureChange, ...]
    maybe: tuple[ProposalView, ...]
    maybe_more: int = 0


class SeizureImportView(msgspec.Struct, frozen=True):
    """How a table was taken. hlc: Its log entry. The counts and doubts as in `vigie.store`; answers: Row to answer."""

    hlc: int
    officer: str
    at: Moment
    name: str
    size: int
    taken: int
    known: int
    asked: int
    refused: int
    flagged: int
    doubts: tuple[Doubt, ...] = ()
    answers: dict[int, str] = {}


class ClaimView(msgspec.Struct, frozen=True):
    """A claim. place: As the source writes it. scope: Its area, service and way in the reader's language. row: In its
    table, 0 for one that was drawn from a source's title. as_of: Log entry up to which our own register was counted.
    """

    place: str
    scope: str
    area: str
    service: str
    way: str
    start: str
    end: str
    substance: str
    measure: str
    value: str
    unit: str
    qualifier: str
    status: str
    source: str
    publisher: str
    told: str
    url: str
    document: str
    row: int
    id: int = 0
    as_of: int | None = None


class EvidenceView(msgspec.Struct, frozen=True):
    """One value laid beside a figure. relation: `equal`, `rounding`, `revision`, `scope`, `contradicting-source`,
    `typo`. method: `same`, `sum`, `growth`, `share`, `neighbour`, `typo`.
    """

    relation: str
    method: str
    value: str
    claims: tuple[ClaimView, ...]


class CheckView(msgspec.Struct, frozen=True):
    """What became of one figure. status: `reproduced` or `flagged`. reasons: For machines. text: Told in words."""

    claim: ClaimView
    status: str
    reproduced: bool
    reasons: tuple[str, ...]
    value: str
    method: str
    text: str
    evidence: tuple[EvidenceView, ...]


class ConflictView(msgspec.Struct, frozen=True):
    """Claims that say different things of one measure and the same days."""

    kind: str
    one: ClaimView
    other: ClaimView


class FiguresView(msgspec.Struct, frozen=True):
    """Figures side by side. checks: One for each figure of a document. conflicts: Between sources. doubts: Bad rows."""

    checks: tuple[CheckView, ...]
    conflicts: tuple[ConflictView, ...]
    claims: int
    doubts: tuple[Doubt, ...] = ()


class FigureView(msgspec.Struct, frozen=True):
    """A figure of our own register.

    Attributes:
        scope: `area/service/way`. start, end: First and last day. value: Decimal in `unit`. findings, unweighed, open:
            Seizures; those without a weight; those still provisional. is_over: The period had ended by then.
        status: `final`, or `provisional` while weights are open or the period is. as_of: Log entry up to which was
            counted. ids: The seizures it was made of, as far as the officer may know them.
    """

    scope: str
    substance: str
    measure: str
    start: str
    end: str
    value: str
    unit: str
    findings: int
    unweighed: int
    open: int
    is_over: bool
    status: str
    as_of: int
    ids: tuple[str, ...] = ()
