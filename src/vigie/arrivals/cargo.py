"""What is announced: consignments, goods, equipment, seals; named as WCO, ICS2 and DCSA name them.

Every value is as written, only normalised; None and the empty string mean "the message does not say".
"""

from enum import StrEnum

import msgspec

from vigie.terms import ConsignmentId, Moment, Party


class Function(StrEnum):
    """What a message does to what was said before (UN/EDIFACT 1225)."""

    ORIGINAL = "original"
    AMENDMENT = "amendment"
    CANCELLATION = "cancellation"


class Level(StrEnum):
    """Which contract the document stands for (ICS2 F10 to F17)."""

    STRAIGHT = "straight"
    MASTER = "master"
    HOUSE = "house"


class GoodsItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of goods.

    Attributes:
        number: Item number in the document, from 1.
        hs: Harmonized System or Combined Nomenclature code, 2 to 10 digits.
        description: As written.
        packages: Number of packages.
        package_kind: UN/ECE Recommendation 21 code.
        gross_g: Gross mass in grams.
        value_minor, currency: Declared value in minor units (cents), ISO 4217.
        containers: Numbers of the containers this item is in; empty means all of the consignment.
    """

    number: int = 1
    hs: str = ""
    description: str = ""
    packages: int | None = None
    package_kind: str = ""
    gross_g: int | None = None
    value_minor: int | None = None
    currency: str = ""
    containers: tuple[str, ...] = ()


class Seal(msgspec.Struct, frozen=True, omit_defaults=True):
    """A seal as one message saw it.

    Attributes:
        number: Normalised; placeholders of real messages never become a seal.
        issuer: `CA` carrier, `SH` shipper, `CU` customs, `TO` terminal, `AC` consolidator, as written.
    """

    number: str
    issuer: str = ""


class Equipment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Transport equipment (a container) as one message describes it.

    Attributes:
        number: Normalised container number as written, right or wrong; empty where a slot names none.
        size_type: ISO 6346 size and type code (either generation), as written.
        empty: True empty, False full, None not said.
        seals: Seals named.
        gross_g: Gross mass with tare, grams. tare_g: Tare, grams. vgm_g: Verified gross mass, grams.
        vgm_method: `SM1` weighed packed, `SM2` calculated. vgm_at: When verified.
        setpoint_dc: Set temperature of a reefer in tenths of a degree Celsius.
        stow: Stowage cell as bay, row, tier (ISO 9711), seven digits.
        operator: Container operator code.
        dangerous: UN numbers of dangerous goods.
        remarks: Free-text lines with their qualifier (`AAA:GENERAL CARGO`, `SCAN OK:...`).
    """

    number: str
    size_type: str = ""
    empty: bool | None = None
    seals: tuple[Seal, ...] = ()
    gross_g: int | None = None
    tare_g: int | None = None
    vgm_g: int | None = None
    vgm_method: str = ""
    vgm_at: Moment | None = None
    setpoint_dc: int | None = None
    stow: str = ""
    operator: str = ""
    dangerous: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Call(msgspec.Struct, frozen=True, omit_defaults=True):
    """A ship's voyage as a document names it.

    Attributes:
        imo: IMO number, seven digits. call_sign: Radio call sign. name: Ship's name.
        voyage: Carrier's voyage number. carrier: Carrier code (SCAC or SMDG).
        arrival, departure: Estimated or actual, at the port the document speaks of.
        mmsi: Maritime mobile service identity.
    """

    imo: str = ""
    call_sign: str = ""
    name: str = ""
    voyage: str = ""
    carrier: str = ""
    arrival: Moment | None = None
    departure: Moment | None = None
    mmsi: str = ""


class Route(msgspec.Struct, frozen=True, omit_defaults=True):
    """The places of a transport, UN/LOCODE each.

    Attributes:
        acceptance: Place of acceptance. loading: Port of loading. transhipment: Ports of transhipment in order.
        unloading: Port of discharge. delivery: Place of delivery. terminal: Terminal of discharge, as written.
    """

    acceptance: str = ""
    loading: str = ""
    transhipment: tuple[str, ...] = ()
    unloading: str = ""
    delivery: str = ""
    terminal: str = ""


class Consignment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A consignment under one transport document or one entry summary declaration.

    Attributes:
        id: `bl:carrier:number` or `mrn::number`; the same in every version.
        function: What this version does to earlier ones.
        level: Straight, master or house bill. form: `CUSCAR`, `F10` ... `CC315A`, `AWMDS`, `IFTMIN`.
        document: Number of the transport document. parent: Number of its master document.
        mrn: Movement reference number. references: Further references with their qualifier (`BN:123`).
        parties: All parties named. goods: Items. equipment: Containers.
        call: Ship and voyage. route: Places. filed_at: When the declarant filed, by the message itself.
        freight_payment: `PP` prepaid, `CC` collect, as written.
    """

    id: ConsignmentId
    function: Function = Function.ORIGINAL
    level: Level = Level.STRAIGHT
    form: str = ""
    document: str = ""
    parent: str = ""
    mrn: str = ""
    references: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    goods: tuple[GoodsItem, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    call: Call = Call()
    route: Route = Route()
    filed_at: Moment | None = None
    freight_payment: str = ""


class Stowed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A container on a ship, as a bay plan or a loading or discharge list shows it (BAPLIE, COPRAR, MOVINS).

    Attributes:
        form: `BAPLIE` ... equipment: The container. call: Ship and voyage. route: Places.
        at: When the plan was made. documents: Transport document numbers named.
        description: Goods as the plan words them.
        pickup: When the box is to be fetched, at the latest (2005: 235, else 200, 234). until: How long it may stay, or
            the list holds (2005: 36).
    """

    form: str
    equipment: Equipment
    call: Call = Call()
    route: Route = Route()
    at: Moment | None = None
    documents: tuple[str, ...] = ()
    description: str = ""
    pickup: Moment | None = None
    until: Moment | None = None
