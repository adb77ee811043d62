"""What happened: movements, measurements, positions; the vocabulary is that of DCSA Track & Trace 3.0."""

from enum import StrEnum

import msgspec

from vigie.arrivals.cargo import Call, Seal
from vigie.terms import Moment


class Classifier(StrEnum):
    """Whether an event happened, is expected, or is planned (DCSA)."""

    ACTUAL = "ACT"
    ESTIMATED = "EST"
    PLANNED = "PLN"
    REQUESTED = "REQ"


class Movement(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event of a container (DCSA equipment, transport or shipment event; EPCIS; CODECO, COARRI, IFTSTA).

    Attributes:
        event_id: The sender's own name of the event; repeated deliveries carry the same one.
        code: DCSA event code: LOAD, DISC, GTIN, GTOT, STUF, STRP, PICK, DROP, INSP, RSEA, RMVD, CUSS, CUSI, CUSR,
            AVPU, AVDO, CROS, ARRI, DEPA, DRO, DRC, DETC, LOC, MEAS, CRO, DEO, AMF; the sender's own code elsewhere.
        classifier: Actual, estimated, planned.
        container: Normalised container number, as written; empty for an event of a ship or a document.
        at: When it happened. recorded_at: When the sender recorded it.
        place: UN/LOCODE. facility: Terminal or depot code as written. mode: VESSEL, RAIL, TRUCK, BARGE.
        call: Ship and voyage. seals: Seals seen at the event. empty: True empty, False full.
        gross_g: Weight seen at the event. documents: Transport documents (`BL:`, `BN:`) named.
        retracts: `event_id` of the event this one takes back. reason: Free code of the sender. remarks: Free text.
        offset_known: False where the message gave a local time without a zone and UTC was assumed.
        haulier: Code or name of the road haulier that fetched or brought it, as written.
        slot: Yard position that it was moved to, as the terminal writes it (`A12-03-05-2`: block, bay, row, tier).
    """

    event_id: str
    code: str
    classifier: Classifier = Classifier.ACTUAL
    container: str = ""
    at: Moment | None = None
    recorded_at: Moment | None = None
    place: str = ""
    facility: str = ""
    mode: str = ""
    call: Call = Call()
    seals: tuple[Seal, ...] = ()
    empty: bool | None = None
    gross_g: int | None = None
    documents: tuple[str, ...] = ()
    retracts: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()
    size_type: str = ""
    offset_known: bool = True
    haulier: str = ""
    slot: str = ""


class Quantity(StrEnum):
    """What was measured."""

    VGM = "vgm"
    GROSS = "gross"
    TARE = "tare"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    DOOR = "door"


class Measurement(msgspec.Struct, frozen=True, omit_defaults=True):
    """A measurement of a container (VERMAS, DCSA VGM, IoT).

    Attributes:
        container: Normalised container number. quantity: What.
        value: Grams for masses, tenths of a degree Celsius, tenths of a percent; 1 open and 0 closed for a door.
        method: `SM1`, `SM2`, `WEIGHBRIDGE`, as written. at: When. by: Who answers for it, as written.
        documents: Transport documents named. place: UN/LOCODE.
    """

    container: str
    quantity: Quantity
    value: int
    method: str = ""
    at: Moment | None = None
    by: str = ""
    documents: tuple[str, ...] = ()
    place: str = ""


class Position(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a ship was, by AIS.

    Attributes:
        mmsi: Nine digits. at: When received; None where the log carries no time. imo, name, call_sign, destination:
            From static messages. lat_e6, lon_e6: Millionths of a degree, north and east positive.
        speed_dkn: Tenths of a knot. course_ddeg: Tenths of a degree.
        eta: Month, day, hour, minute as sent (`MM-DD HH:MM`).
    """

    mmsi: str
    at: Moment | None = None
    imo: str = ""
    name: str = ""
    call_sign: str = ""
    destination: str = ""
    lat_e6: int | None = None
    lon_e6: int | None = None
    speed_dkn: int | None = None
    course_ddeg: int | None = None
    eta: str = ""


class Port(msgspec.Struct, frozen=True, omit_defaults=True):
    """A ship at or off a port (DCSA port call, CALINF, transport events that name no container).

    Attributes:
        call: Ship and voyage. place: UN/LOCODE. code: ARRI, DEPA, ... classifier, at: As for a movement.
        event_id: The sender's own name of the event. facility: Terminal as written.
    """

    call: Call
    place: str = ""
    code: str = "ARRI"
    classifier: Classifier = Classifier.ACTUAL
    at: Moment | None = None
    event_id: str = ""
    facility: str = ""
