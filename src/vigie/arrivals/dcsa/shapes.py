"""The fields that vigie reads of DCSA messages, spelled as DCSA spells them; all may be missing.

Source: TNT_v2.2.0, tnt_v2.3.0, TNT_v3.0.0, VGM_v1.0.0 (dcsaorg/DCSA-OpenAPI, Apache-2.0); Port Call 1.0 and 2.0.
"""
# ruff: noqa: N815 - the names are DCSA's own: msgspec reads them as they are

import msgspec


class Facility(msgspec.Struct, frozen=True):
    """A facility by code (T&T 3.0, VGM 1.0)."""

    facilityCode: str = ""
    facilityCodeListProvider: str = ""


class Geo(msgspec.Struct, frozen=True):
    """A coordinate as text."""

    latitude: str = ""
    longitude: str = ""


class Location(msgspec.Struct, frozen=True):
    """A place in any version."""

    locationName: str = ""
    UNLocationCode: str = ""
    facilityCode: str = ""
    facility: Facility | None = None
    facilityTypeCode: str = ""
    geoCoordinate: Geo | None = None
    latitude: str = ""
    longitude: str = ""


class Vessel(msgspec.Struct, frozen=True):
    """A ship in any version."""

    vesselIMONumber: str = ""
    vesselName: str = ""
    vesselCallSign: str = ""
    vesselCallSignNumber: str = ""
    vesselMMSINumber: str = ""
    vesselOperatorCarrierCode: str = ""
    operatorCarrierCode: str = ""


class Voyage(msgspec.Struct, frozen=True):
    """A voyage number (T&T 3.0 and later)."""

    carrierVoyageNumber: str = ""
    universalVoyageReference: str = ""


class TransportCall(msgspec.Struct, frozen=True):
    """A call of a means of transport in any version."""

    exportVoyageNumber: str = ""
    importVoyageNumber: str = ""
    carrierVoyageNumber: str = ""
    exportVoyageNumberOrReference: Voyage | None = None
    importVoyageNumberOrReference: Voyage | None = None
    UNLocationCode: str = ""
    facilityCode: str = ""
    modeOfTransport: str = ""
    location: Location | None = None
    vessel: Vessel | None = None
    vesselTransport: Vessel | None = None


class Seal(msgspec.Struct, frozen=True):
    """A seal in any version."""

    number: str = ""
    source: str = ""
    sealNumber: str = ""
    sealSource: str = ""


class Reference(msgspec.Struct, frozen=True):
    """A reference or document reference in any version."""

    referenceType: str = ""
    referenceValue: str = ""
    documentReferenceType: str = ""
    documentReferenceValue: str = ""
    typeCode: str = ""
    reference: str = ""


class Classification(msgspec.Struct, frozen=True):
    """Type and classifier of a T&T 3.0 event."""

    eventTypeCode: str = ""
    eventClassifierCode: str = ""
    shipmentEventTypeCode: str = ""
    transportEventTypeCode: str = ""
    equipmentEventTypeCode: str = ""
    iotEventTypeCode: str = ""
    reeferEventTypeCode: str = ""


class EquipmentDetails(msgspec.Struct, frozen=True):
    """A container (T&T 3.0, VGM 1.0)."""

    equipmentReference: str = ""
    ISOEquipmentCode: str = ""
    emptyIndicatorCode: str = ""
    seals: tuple[Seal, ...] = ()


class ShipmentDetails(msgspec.Struct, frozen=True):
    """Documents of a T&T 3.0 event."""

    documentReference: Reference | None = None
    additionalDocumentReferences: tuple[Reference, ...] = ()
    shipmentReferences: tuple[Reference, ...] = ()
    reason: str = ""


class TransportDetails(msgspec.Struct, frozen=True):
    """Transport of a T&T 3.0 event."""

    delayReasonCodes: tuple[str, ...] = ()
    changeRemark: str = ""
    transportCall: TransportCall | None = None


class IotDetails(msgspec.Struct, frozen=True):
    """What a device on the container saw."""

    iotEventCode: str = ""


class Probe(msgspec.Struct, frozen=True):
    """One temperature probe."""

    measuredTemperatureValue: float | None = None
    USDAProbeNumber: int | None = None
    probeLabel: str = ""


class ReeferParameters(msgspec.Struct, frozen=True):
    """Set or measured air of a reefer."""

    humidityPercentage: float | None = None


class ReeferDetails(msgspec.Struct, frozen=True):
    """Temperatures of a reefer."""

    temperatureUnit: str = "CEL"
    internalSetpointTemperature: float | None = None
    ambientMeasuredTemperature: float | None = None
    temperatureProbeMeasurements: tuple[Probe, ...] = ()
    measuredParameters: ReeferParameters | None = None


class Metadata(msgspec.Struct, frozen=True):
    """Event metadata of the 3.0 beta (`metadata` and `payload`)."""

    eventID: str = ""
    eventCreatedDateTime: str = ""
    retractedEventID: str = ""


class Event(msgspec.Struct, frozen=True):
    """A Track & Trace event: the flat form of 2.x and the grouped form of 3.0 in one."""

    metadata: Metadata | None = None
    payload: "Event | None" = None
    eventID: str = ""
    retractedEventID: str = ""
    isRetracted: bool = False
    eventType: str = ""
    eventClassifierCode: str = ""
    eventDateTime: str = ""
    eventCreatedDateTime: str = ""
    eventUpdatedDateTime: str = ""
    shipmentEventTypeCode: str = ""
    transportEventTypeCode: str = ""
    equipmentEventTypeCode: str = ""
    documentID: str = ""
    documentTypeCode: str = ""
    reason: str = ""
    delayReasonCode: str = ""
    changeRemark: str = ""
    equipmentReference: str = ""
    ISOEquipmentCode: str = ""
    emptyIndicatorCode: str = ""
    seals: tuple[Seal, ...] = ()
    eventLocation: Location | None = None
    transportCall: TransportCall | None = None
    documentReferences: tuple[Reference, ...] = ()
    references: tuple[Reference, ...] = ()
    eventClassification: Classification | None = None
    equipmentDetails: EquipmentDetails | None = None
    shipmentDetails: ShipmentDetails | None = None
    transportDetails: TransportDetails | None = None
    iotDetails: IotDetails | None = None
    reeferDetails: ReeferDetails | None = None


class Weight(msgspec.Struct, frozen=True):
    """A mass with its unit (KGM or LBR)."""

    value: float | None = None
    unit: str = "KGM"


class Responsible(msgspec.Struct, frozen=True):
    """Who answers for a verified gross mass."""

    partyName: str = ""
    contactName: str = ""


class Vgm(msgspec.Struct, frozen=True):
    """A verified gross mass."""

    weight: Weight | None = None
    method: str = ""
    dateTime: str = ""
    location: Location | None = None


class VgmEquipment(msgspec.Struct, frozen=True):
    """The container of a VGM declaration."""

    equipmentReference: str = ""
    ISOEquipmentCode: str = ""
    seals: tuple[Seal, ...] = ()
    cargoGrossWeight: Weight | None = None
    tareWeight: Weight | None = None


class VgmShipment(msgspec.Struct, frozen=True):
    """The booking or bill of a VGM declaration."""

    carrierBookingReference: str = ""
    transportDocumentReference: str = ""


class VgmDeclaration(msgspec.Struct, frozen=True):
    """A VGM declaration (VGM 1.0)."""

    declarationReference: str = ""
    isRetracted: bool = False
    declarationDateTime: str = ""
    VGM: Vgm | None = None
    equipmentDetails: VgmEquipment | None = None
    shipmentDetails: VgmShipment | None = None
    responsibleParty: Responsible | None = None


class PortCall(msgspec.Struct, frozen=True):
    """A ship's stay at a port."""

    portVisitReference: str = ""
    UNLocationCode: str = ""
    isOmitted: bool = False


class PortService(msgspec.Struct, frozen=True):
    """What happens at the port: service, start or end, phase."""

    portCallServiceTypeCode: str = ""
    portCallServiceEventTypeCode: str = ""
    portCallPhaseTypeCode: str = ""
    serviceLocation: Location | None = None
    isCanceled: bool = False


class PortTimestamp(msgspec.Struct, frozen=True):
    """A planned, estimated, requested or actual time."""

    classifierCode: str = ""
    serviceDateTime: str = ""


class PortEvent(msgspec.Struct, frozen=True):
    """A port call event: grouped (2.0) or flat (1.0)."""

    eventID: str = ""
    eventUpdatedDateTime: str = ""
    portCall: PortCall | None = None
    terminalCall: TransportCall | None = None
    portCallService: PortService | None = None
    vessel: Vessel | None = None
    timestamp: PortTimestamp | None = None
    eventClassifierCode: str = ""
    operationsEventTypeCode: str = ""
    portCallPhaseTypeCode: str = ""
    eventDateTime: str = ""
    dateTime: str = ""
    UNLocationCode: str = ""
    vesselIMONumber: str = ""
    carrierVoyageNumber: str = ""
