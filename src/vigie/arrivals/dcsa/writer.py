"""Write movements as DCSA Track & Trace 3.0 events: what partners and terminals receive from a node."""

from collections.abc import Iterable
from typing import Any

import msgspec

from vigie.arrivals.dcsa import words
from vigie.arrivals.events import Movement
from vigie.terms import Moment, write_moment


def write_dcsa_events(movements: Iterable[Movement], party: str = "") -> bytes:
    """Write a `PostEventsRequest` of T&T 3.0.0.

    CUSS, CUSI and CUSR (selected for scan, for inspection, released) are equipment events; ARRI and DEPA transport
    events; DRO, DRC and LOC events of a device; a document's code (CRO, DEO, AMF ...) is a shipment event.

    Args:
        movements: In the order in which they are told. A movement that retracts becomes the retraction of that event.
        party: Code of the sender (DCSA `originatingParty`, mutually agreed); left out where empty.
    """
    return msgspec.json.encode({"events": [_event(movement, party) for movement in movements]})


def _event(movement: Movement, party: str) -> dict[str, Any]:
    routing = {"originatingParty": {"partyCode": party, "codeListProvider": "ZZZ"}} if party else None
    if movement.retracts:
        return _told({"eventRouting": routing, "eventID": movement.retracts, "isRetracted": True,
                      "eventUpdatedDateTime": _moment(movement.recorded_at)})
    return _told({
        "eventRouting": routing,
        "eventID": movement.event_id,
        "eventDateTime": _moment(movement.at),
        "eventUpdatedDateTime": _moment(movement.recorded_at),
        "eventLocation": _told({
            "UNLocationCode": movement.place,
            "facility": {"facilityCode": movement.facility} if 0 < len(movement.facility) <= 6 else None,
            "locationName": movement.facility[:100] if len(movement.facility) > 6 else "",
        }),
        "eventClassification": _classified(movement),
        "shipmentDetails": _documents(movement),
        "transportDetails": _transport(movement),
        "equipmentDetails": _equipment(movement),
        "iotDetails": {"iotEventCode": movement.code} if movement.code in words.IOT_CODES else None,
    })


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not said."""
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}


def _moment(moment: Moment | None) -> str | None:
    return None if moment is None else write_moment(moment)


def _classified(movement: Movement) -> dict[str, Any]:
    code = movement.code
    if code in words.TRANSPORT_CODES:
        kind = {"eventTypeCode": "TRANSPORT", "transportEventTypeCode": code}
    elif code in words.IOT_CODES:
        kind = {"eventTypeCode": "IOT", "iotEventTypeCode": "DETC"}
    elif code in words.DOCUMENT_CODES:
        kind = {"eventTypeCode": "SHIPMENT", "shipmentEventTypeCode": movement.reason or "ISSU"}
    else:
        kind = {"eventTypeCode": "EQUIPMENT", "equipmentEventTypeCode": code}
    return {**kind, "eventClassifierCode": movement.classifier.value}


def _documents(movement: Movement) -> dict[str, Any]:
    named = [text.partition(":") for text in movement.documents]
    references = [{"typeCode": words.DOCUMENT_TYPES.get(prefix, prefix), "reference": text[:100]}
                  for prefix, _, text in named if text]
    first = references[:1] if movement.code not in words.DOCUMENT_CODES else [
        found for found in references if found["typeCode"] == movement.code][:1]
    rest = [found for found in references if found not in first]
    boxes = movement.code in words.DOCUMENT_CODES and movement.container
    return _told({
        "documentReference": first[0] if first else None,
        "additionalDocumentReferences": rest,
        "shipmentReferences": [{"typeCode": "EQ", "reference": movement.container}] if boxes else [],
        "reason": next(iter(movement.remarks), ""),
    })


def _transport(movement: Movement) -> dict[str, Any]:
    call = movement.call
    ship = _told({"vesselIMONumber": call.imo, "vesselName": call.name[:50], "vesselCallSign": call.call_sign,
                  "operatorCarrierCode": call.carrier})
    within = _told({
        "modeOfTransport": movement.mode,
        "importVoyageNumberOrReference": _told({"carrierVoyageNumber": call.voyage}),
        "vesselTransport": ship,
    })
    coded = movement.code not in words.DOCUMENT_CODES and movement.reason
    return _told({"delayReasonCodes": movement.reason.split(",") if coded else [], "transportCall": within})


def _equipment(movement: Movement) -> dict[str, Any]:
    if movement.code in words.DOCUMENT_CODES:
        return {}
    return _told({
        "equipmentReference": movement.container[:11],
        "ISOEquipmentCode": movement.size_type[:4],
        "emptyIndicatorCode": {True: "EMPTY", False: "LADEN", None: ""}[movement.empty],
        "seals": [_told({"number": seal.number[:15], "source": words.SEAL_SOURCES.get(seal.issuer, seal.issuer)})
                  for seal in movement.seals],
    })
