"""Read DCSA messages; what a value should have been is told with its JSON pointer."""

import re
from collections.abc import Iterator
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from vigie.arrivals import jsondoc
from vigie.arrivals.cargo import Call, Seal
from vigie.arrivals.dcsa import shapes, words
from vigie.arrivals.dcsa.port import port_rows
from vigie.arrivals.dcsa.vgm import vgm_rows
from vigie.arrivals.events import Classifier, Measurement, Movement, Port, Quantity
from vigie.arrivals.jsondoc import Noticed
from vigie.arrivals.reading import Part, Reading, Row
from vigie.terms import DAY, Doubt, Moment, written_seal

_FAR = 3653 * DAY
"""An event recorded ten years before or after it happened: one of both moments is wrong."""

_NO_CALL, _NO_VESSEL, _NO_SHIP = shapes.TransportCall(), shapes.Vessel(), Call()
_CLASSIFIERS = {each.value: each for each in Classifier}
_FULL = {"EMPTY": True, "LADEN": False}

RETRACTED = "~retracted"
"""Ends the `event_id` of a retraction of T&T 3.0, which carries the id of the event itself."""

_events = msgspec.json.Decoder(list[shapes.Event])
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def read(part: Part) -> Reading:
    """Read the events of one part."""
    rows: list[Row] = []
    doubts: list[Doubt] = list(part.doubts)
    seen: set[str] = set()
    plain = None if part.form in ("VGM", "PORTCALL") else jsondoc.decoded(part, _events)
    if plain and all(map(_named_well, plain)):
        for pointer, event in zip(jsondoc.pointers(part), plain, strict=False):
            rows += _rows_of(event, Noticed(pointer, event.eventID), b"", doubts, seen)
        return Reading(tuple(rows), tuple(doubts))
    for pointer, data in jsondoc.items(part):
        if part.form == "VGM":
            rows += vgm_rows(pointer, data, doubts)
        elif part.form == "PORTCALL":
            rows += port_rows(pointer, data, doubts)
        else:
            rows += _event_rows(pointer, data, doubts, seen)
    if part.body.strip(b" \t\r\n,]}") and not rows and not doubts:
        doubts.append(Doubt("json-no-event", Noticed(jsondoc.list_name(part)).place("")))
    return Reading(tuple(rows), tuple(doubts))


def _event_rows(pointer: str, data: bytes, doubts: list[Doubt], seen: set[str]) -> list[Row]:
    event, noticed = jsondoc.convert(data, shapes.Event, pointer, "")
    if event is None:
        doubts += noticed
        return []
    return _rows_of(event, Noticed(pointer, event.eventID, noticed), data, doubts, seen)


def _named_well(event: shapes.Event) -> bool:
    """Whether an event is known by its own name: one without is named after its bytes."""
    return bool(event.eventID) or (event.payload is not None and bool(_unwrapped(event).eventID))


def _rows_of(
    event: shapes.Event, notes: Noticed, data: bytes, doubts: list[Doubt], seen: set[str]
) -> list[Row]:
    event = _unwrapped(event)
    if not _says_something(event):
        doubts += [*notes.doubts, Doubt("json-no-event", notes.place(""))]
        return []
    if not event.eventID:
        notes.doubt("json-missing", "eventID", field="eventID")
        event = replace(event, eventID="unnamed:" + sha256(data).hexdigest()[:16])
    elif event.eventID in seen:
        notes.doubt("json-same-id", "eventID", id=event.eventID[:80])
    elif event.eventType and not _UUID.fullmatch(event.eventID):  # 3.0 lets the sender choose
        notes.doubt("json-id-shape", "eventID", id=event.eventID[:80])
    seen.add(event.eventID)
    rows = [*(_retraction(event, notes) if event.isRetracted else _rows(event, notes))]
    doubts += notes.doubts
    return rows


def _says_something(event: shapes.Event) -> bool:
    """Whether the object is an event at all: it has a type, or it takes one back."""
    if event.eventClassification is not None or event.isRetracted or event.retractedEventID:
        return True
    flat = (event.eventType, event.shipmentEventTypeCode, event.transportEventTypeCode, event.equipmentEventTypeCode)
    return any(flat)


def _unwrapped(event: shapes.Event) -> shapes.Event:
    """Lift `payload` beside its `metadata`."""
    inner = event.payload
    if inner is None:
        return event
    outer = event.metadata or inner.metadata or shapes.Metadata()
    return replace(
        inner,
        eventID=inner.eventID or outer.eventID,
        eventCreatedDateTime=inner.eventCreatedDateTime or outer.eventCreatedDateTime,
        retractedEventID=inner.retractedEventID or outer.retractedEventID,
    )


def _retraction(event: shapes.Event, notes: Noticed) -> Iterator[Row]:
    """The event is taken back; 3.0 need not repeat which boxes it was about, but may."""
    for raw, where in _named(event) or [("", "")]:
        yield Movement(
            event_id=event.eventID + RETRACTED, code="", container=notes.number(raw, where), retracts=event.eventID
        )


def _rows(event: shapes.Event, notes: Noticed) -> Iterator[Row]:
    kind = event.eventClassification
    grouped = kind is not None
    kind = kind or shapes.Classification(
        event.eventType, event.eventClassifierCode, event.shipmentEventTypeCode, event.transportEventTypeCode,
        event.equipmentEventTypeCode,
    )
    at = notes.moment(event.eventDateTime, "eventDateTime", wanted=True)
    recorded = "eventUpdatedDateTime" if grouped else "eventCreatedDateTime"
    recorded_at = notes.moment(getattr(event, recorded), recorded, wanted=True)
    _plausible(kind, at, recorded_at, notes, recorded)
    around = (event.transportDetails.transportCall if event.transportDetails else None) or event.transportCall
    details = event.equipmentDetails
    place, facility = _place(event.eventLocation, around or _NO_CALL)
    base = Movement(
        event_id=event.eventID,
        code=_code(event, kind, notes),
        classifier=_classifier(kind, notes, grouped),
        at=at,
        recorded_at=recorded_at,
        place=place,
        facility=facility,
        mode=around.modeOfTransport if around else "",
        call=_call(around) if around else _NO_SHIP,
        seals=_seals(details.seals if details else event.seals),
        empty=_FULL.get(details.emptyIndicatorCode if details else event.emptyIndicatorCode),
        documents=_documents(event),
        retracts=event.retractedEventID,
        reason=_reason(event, kind),
        remarks=_remarks(event),
        size_type=details.ISOEquipmentCode if details else event.ISOEquipmentCode,
    )
    if event.reeferDetails is not None:
        yield from _temperatures(event.reeferDetails, base, event, notes)
    yield from _boxes(event, kind, base, notes)


def _boxes(event: shapes.Event, kind: shapes.Classification, base: Movement, notes: Noticed) -> Iterator[Row]:
    """One movement for each container that the event names; a port call where a ship's event names none."""
    numbers = _named(event)
    if kind.eventTypeCode == "EQUIPMENT" and not numbers:
        notes.doubt("json-missing", _path(event), field="equipmentReference")
    if base.code in words.TRANSPORT_CODES and not numbers:
        yield Port(base.call, base.place, base.code, base.classifier, base.at, base.event_id, base.facility)
        return
    for raw, where in numbers or [("", "")]:
        yield replace(base, container=notes.number(raw, where))


def _path(event: shapes.Event) -> str:
    return "equipmentDetails/equipmentReference" if event.equipmentDetails else "equipmentReference"


def _named(event: shapes.Event) -> list[tuple[str, str]]:
    """The containers that an event names, each with its place in the message."""
    details = event.equipmentDetails
    named = details.equipmentReference if details else event.equipmentReference
    if named:
        return [(named, _path(event))]
    shipment = event.shipmentDetails.shipmentReferences if event.shipmentDetails else ()
    return [
        (reference.referenceValue or reference.reference, f"references/{count}/referenceValue")
        for count, reference in enumerate((*event.references, *shipment))
        if "EQ" in (reference.referenceType, reference.typeCode)
    ]


def _plausible(
    kind: shapes.Classification, at: Moment | None, recorded_at: Moment | None, notes: Noticed, recorded: str
) -> None:
    if at is None or recorded_at is None:
        return
    if abs(at - recorded_at) > _FAR:
        notes.doubt("json-moments-apart", "eventDateTime")
    elif kind.eventClassifierCode == "ACT" and at > recorded_at + DAY:
        notes.doubt("json-recorded-before", recorded)


def _code(event: shapes.Event, kind: shapes.Classification, notes: Noticed) -> str:
    """The event's code; for a document it is the document's type, and what became of it stands in `reason`."""
    device = event.iotDetails.iotEventCode if event.iotDetails else ""
    code = (kind.equipmentEventTypeCode or kind.transportEventTypeCode or device or kind.iotEventTypeCode
            or kind.reeferEventTypeCode)
    if code or kind.shipmentEventTypeCode:
        if (code or kind.shipmentEventTypeCode) not in words.KNOWN_CODES:
            notes.doubt("json-unknown-code", "eventTypeCode", value=(code or kind.shipmentEventTypeCode)[:20])
    elif not event.retractedEventID:
        notes.doubt("json-missing", "eventTypeCode", field="eventTypeCode")
    primary = event.shipmentDetails.documentReference if event.shipmentDetails else None
    return code or (primary.typeCode if primary else "") or event.documentTypeCode or kind.shipmentEventTypeCode


def _reason(event: shapes.Event, kind: shapes.Classification) -> str:
    delays = event.transportDetails.delayReasonCodes if event.transportDetails else ()
    return kind.shipmentEventTypeCode or event.delayReasonCode or ",".join(delays)


def _classifier(kind: shapes.Classification, notes: Noticed, grouped: bool) -> Classifier:
    known = _CLASSIFIERS.get(kind.eventClassifierCode)
    if known is None:
        path = "eventClassification/eventClassifierCode" if grouped else "eventClassifierCode"
        notes.doubt("json-unknown-code", path, value=kind.eventClassifierCode[:20])
        return Classifier.PLANNED  # the weakest claim: nothing is taken as having happened
    return known


def _documents(event: shapes.Event) -> tuple[str, ...]:
    details, references = event.shipmentDetails, event.documentReferences
    if details is not None:
        primary = (details.documentReference,) if details.documentReference else ()
        references = (*primary, *details.additionalDocumentReferences, *references)
    told = [(found.documentReferenceType or found.typeCode, found.documentReferenceValue or found.reference)
            for found in references]
    if event.documentID:
        told.insert(0, (event.documentTypeCode, event.documentID))
    return tuple(dict.fromkeys([f"{words.DOCUMENTS.get(kind, kind)}:{text}" for kind, text in told if text]))


def _remarks(event: shapes.Event) -> tuple[str, ...]:
    details = event.shipmentDetails
    remark = event.transportDetails.changeRemark if event.transportDetails else event.changeRemark
    told = (event.reason or (details.reason if details else ""), remark)
    place = event.eventLocation
    geo = place.geoCoordinate or shapes.Geo(place.latitude, place.longitude) if place else None
    spot = (f"GEO:{geo.latitude},{geo.longitude}",) if geo and geo.latitude and geo.longitude else ()
    others = [f"{found.referenceType}:{found.referenceValue}" for found in event.references
              if found.referenceType not in ("EQ", "") and found.referenceValue]
    return (*[text for text in told if text], *spot, *others)


def _place(place: shapes.Location | None, around: shapes.TransportCall) -> tuple[str, str]:
    """Where it was: UN/LOCODE, and the terminal, by code where one is told, else by name."""
    spots = [spot for spot in (place, around.location) if spot is not None]
    code = facility = ""
    for spot in spots:
        code = code or spot.UNLocationCode
        facility = facility or spot.facilityCode or (spot.facility.facilityCode if spot.facility else "")
    facility = facility or around.facilityCode or next((spot.locationName for spot in spots if spot.locationName), "")
    return (code or around.UNLocationCode).upper(), facility


def _call(around: shapes.TransportCall) -> Call:
    ship = around.vessel or around.vesselTransport or _NO_VESSEL
    inward, outward = around.importVoyageNumberOrReference, around.exportVoyageNumberOrReference
    return Call(
        imo=ship.vesselIMONumber,
        call_sign=ship.vesselCallSign or ship.vesselCallSignNumber,
        name=ship.vesselName,
        voyage=(
            around.importVoyageNumber or (inward.carrierVoyageNumber if inward else "")
            or (outward.carrierVoyageNumber if outward else "") or around.exportVoyageNumber
            or around.carrierVoyageNumber
        ),
        carrier=ship.vesselOperatorCarrierCode or ship.operatorCarrierCode,
        mmsi=ship.vesselMMSINumber,
    )  # fmt: skip


def _seals(seals: tuple[shapes.Seal, ...]) -> tuple[Seal, ...]:
    told = []
    for found in seals:
        number = written_seal(found.number or found.sealNumber)
        source = found.source or found.sealSource
        if number:
            told.append(Seal(number, words.SEAL_ISSUERS.get(source, source)))
    return tuple(told)


def _temperatures(
    details: shapes.ReeferDetails, base: Movement, event: shapes.Event, notes: Noticed
) -> Iterator[Measurement]:
    number = event.equipmentDetails.equipmentReference if event.equipmentDetails else event.equipmentReference
    container = notes.number(number, "equipmentDetails/equipmentReference")
    told = [("setpoint", details.internalSetpointTemperature), ("ambient", details.ambientMeasuredTemperature)]
    told += [(f"probe-{probe.USDAProbeNumber or probe.probeLabel or count}", probe.measuredTemperatureValue)
             for count, probe in enumerate(details.temperatureProbeMeasurements, 1)]
    for method, value in told:
        if value is not None:
            celsius = (value - 32) / 1.8 if details.temperatureUnit == "FAH" else value
            yield Measurement(container, Quantity.TEMPERATURE, round(celsius * 10), method, base.at, "",
                              base.documents, base.place)
    air = details.measuredParameters
    if air is not None and air.humidityPercentage is not None:
        yield Measurement(container, Quantity.HUMIDITY, round(air.humidityPercentage * 10), "", base.at, "",
                          base.documents, base.place)
