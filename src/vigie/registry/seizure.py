"""A seizure: one act of taking goods away, counted once, whoever and however many report it."""

from enum import StrEnum

import msgspec

from vigie.terms import Concealment, Detector, Handling, Moment, VisitId


class Basis(StrEnum):
    """How a weight came to be known."""

    WEIGHED = "weighed"
    LABORATORY = "laboratory"
    ESTIMATED = "estimated"
    REPORTED = "reported"


class Substance(msgspec.Struct, frozen=True, omit_defaults=True):
    """One substance of a seizure.

    Attributes:
        name: Of the vocabulary (`cocaine`, `heroin`, ...).
        net_g, gross_g: Grams, whole numbers, without and with packing; None where not weighed so.
        basis: How the weight came to be known. packages: Bricks, bags, bales; None where not counted.
    """

    name: str
    net_g: int | None = None
    gross_g: int | None = None
    basis: Basis = Basis.WEIGHED
    packages: int | None = None

    @property
    def grams(self) -> int | None:
        """What counts: net grams, gross where there is no net; None where nothing was weighed."""
        return self.gross_g if self.net_g is None else self.net_g


class Seized(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was seized, as one service tells it. Fields follow the record of a seizure in the WCO Customs Enforcement
    Network (reference/sense.md, A2: the data model of EUDA and WCO RILO-WE is the one to be compatible with).

    Attributes:
        at: When it was seized. place: UN/LOCODE where. substances: What; the first leads.
        logos: Marks on the packages. container, visit: Which box, where it was one; which of its stays.
        cover_hs, cover: Goods that it hid among: HS code (2 to 10 digits), and in words.
        concealment: Where in the box. modus: Modus operandi, free text.
        scope: Way it came, of the vocabulary of scopes (`seaport`, `airport`, `post`, `road`, `rail`, `inland`).
        services: Who seized (`customs`, `police`, ...), of the vocabulary. countries: ISO 3166 codes of these.
        provenance: Country where it was loaded, ISO 3166. loaded: UN/LOCODE where. route: UN/LOCODEs passed, in order.
        detector: What noticed it first. case: Reference of the judicial file. handling: Who may know.
        note: Free text. is_closed: False while weights are provisional.
    """

    at: Moment
    place: str
    substances: tuple[Substance, ...]
    logos: tuple[str, ...] = ()
    container: str = ""
    visit: VisitId = VisitId("")
    cover_hs: str = ""
    cover: str = ""
    concealment: Concealment | None = None
    modus: str = ""
    scope: str = "seaport"
    services: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    provenance: str = ""
    loaded: str = ""
    route: tuple[str, ...] = ()
    detector: Detector | None = None
    case: str = ""
    handling: Handling = Handling.AMBER
    note: str = ""
    is_closed: bool = True

    @property
    def grams(self) -> int | None:
        """What all substances weigh together; None where nothing was weighed."""
        told = [one.grams for one in self.substances if one.grams is not None]
        return sum(told) if told else None


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """One service's account of a seizure, kept as it was told.

    Attributes:
        service, country: Who reports: word of the vocabulary; ISO 3166. source: How it came: `officer:…`, `outcome:…`,
            `import:…` (name of the table) or `stix:…`. reference: The reporter's own number.
        seized: Its account. id: Log entry, 0 before it is written. first: Seizure under which it was first recorded.
    """

    service: str
    country: str
    source: str
    seized: Seized
    reference: str = ""
    id: Moment = Moment(0)
    first: str = ""


class State(StrEnum):
    """Where a seizure stands. Merged and withdrawn ones stay, and are counted no more."""

    STANDING = "standing"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Seizure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A seizure as it stands: counted once, with all who reported it.

    Attributes:
        id: `S` and the year of the seizure, a dash, twelve letters and digits.
        reports: Accounts of it, oldest first. lead: Id of the report whose account counts.
        state: Standing, merged into another or withdrawn. into: The other one.
        recorded, changed: Log entries: first, and of the last change.
    """

    id: str
    reports: tuple[Report, ...]
    lead: Moment
    state: State = State.STANDING
    into: str = ""
    recorded: Moment = Moment(0)
    changed: Moment = Moment(0)

    @property
    def seized(self) -> Seized:
        """The account that counts."""
        return next((one.seized for one in self.reports if one.id == self.lead), self.reports[-1].seized)

    @property
    def is_joint(self) -> bool:
        """Whether several services or countries tell of it, or took part."""
        told = {(one.service, one.country) for one in self.reports}
        return len(told) > 1 or len(self.seized.services) > 1 or len(self.seized.countries) > 1
