"""What happens in the world, before anybody writes a message of it: ships, bills, boxes.

These drafts are inside the world only. Typologies and errors change them; messages are written from them.
"""

from dataclasses import dataclass, field

from vigie.terms import Moment, Party
from vigie.world.cases import Lot
from vigie.world.goods import Goods
from vigie.world.parties import Shipper
from vigie.world.services import Service


@dataclass(slots=True)
class Box:
    """A box on one voyage.

    Attributes:
        number, size_type: As painted. tare_kg, cargo_kg: What the plate and the bill say. vgm_kg: Verified gross mass.
        vgm_method: `SM1` or `SM2`. setpoint_dc: Tenths of a degree. stow: Cell on the ship.
        seal: As the bill says; `seal_loaded`, `seal_landed`, `seal_out` as seen at three moments.
        gated, loaded, landed, released, out, returned: What happened when. haulier, depot: Who took it, where to.
        scan_flag: The port of origin flagged it as scanned. typed: Number as one clerk typed it, where wrong.
        size_typed: Size-type as the terminal of discharge wrote it. open_at, power_off_at: What a sensor told.
        elsewhere: Where and when the same number was seen besides. opened: When a control opened the doors.
        resealed: The reported new seal after that, empty where it was forgotten.
        empty: Nothing declared inside. out_kg: What the gate scale said. traces: Names of traces that show.
        value_minor: Value on the bill, cents. restow: Cell by the plan at arrival, where it differs.
        slots: Where it stood in the yard from when. chosen: When customs chose it.
        hands: How often the right to collect it was passed on.
        reissued, refused: That right was revoked and issued again; was refused once. lorry: Plate of who came.
    """

    number: str
    size_type: str
    tare_kg: int
    cargo_kg: int
    vgm_kg: int
    vgm_method: str
    setpoint_dc: int | None
    stow: str
    seal: str
    seal_loaded: str
    seal_landed: str
    seal_out: str
    gated: Moment
    loaded: Moment
    landed: Moment
    released: Moment
    out: Moment
    returned: Moment
    haulier: str
    depot: str
    scan_flag: bool
    typed: str = ""
    size_typed: str = ""
    open_at: Moment | None = None
    power_off_at: Moment | None = None
    elsewhere: tuple[str, Moment] | None = None
    opened: Moment | None = None
    resealed: str = ""
    empty: bool = False
    out_kg: int | None = None
    traces: tuple[str, ...] = ()
    lot: Lot | None = None
    value_minor: int | None = None
    restow: str = ""
    slots: tuple[tuple[Moment, str], ...] = ()
    chosen: Moment | None = None
    hands: int = 0
    reissued: bool = False
    refused: bool = False
    lorry: str = ""


@dataclass(slots=True)
class Bill:
    """A bill of lading with its boxes.

    Attributes:
        number, parent, mrn: Its names; `parent` is the master bill of a house bill.
        shipper: Who sends it. goods: What is inside. text, hs: As written. parties: As written.
        origin, loading, unloading: Country of the goods; ports. transhipment: Ports on the way.
        filed: When the entry summary declaration was filed.
        amended: When it was corrected or its consignee changed, with the new consignee, or None for masses only.
        boxes: The boxes. importer: Who really gets the goods, where the bill is made out to order.
    """

    number: str
    parent: str
    mrn: str
    shipper: Shipper
    goods: Goods
    text: str
    hs: str
    parties: tuple[Party, ...]
    origin: str
    acceptance: str
    loading: str
    unloading: str
    transhipment: tuple[str, ...]
    filed: Moment
    importer: Party
    boxes: list[Box] = field(default_factory=list)
    amended: Moment | None = None
    new_consignee: Party | None = None


@dataclass(slots=True)
class Voyage:
    """A ship on its way to one site.

    Attributes:
        service: The service. site: UN/LOCODE of discharge. terminal: Terminal code, fictitious.
        ship, imo, mmsi, call_sign: The ship. number: Voyage number. arrival: At the berth.
        departures: Port of loading to the moment it was left. bills: What it brings.
        land_empties: Empty boxes delivered by lorry to be loaded on the ship.
        lingered: When the ship stopped at sea, and for how many hours.
    """

    service: Service
    site: str
    terminal: str
    ship: str
    imo: str
    mmsi: str
    call_sign: str
    number: str
    arrival: Moment
    departures: dict[str, Moment]
    bills: list[Bill] = field(default_factory=list)
    land_empties: list[Box] = field(default_factory=list)
    lingered: tuple[Moment, float] | None = None

    @property
    def boxes(self) -> list[Box]:
        """All boxes of all bills, in the order of the bills."""
        return [box for bill in self.bills for box in bill.boxes]
