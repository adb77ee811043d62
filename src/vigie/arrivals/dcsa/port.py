"""Read port call events (DCSA Port Call 2.0, and the flat timestamps of 1.0)."""

from collections.abc import Iterator

from vigie.arrivals import jsondoc
from vigie.arrivals.cargo import Call
from vigie.arrivals.dcsa import shapes
from vigie.arrivals.events import Classifier, Port
from vigie.arrivals.jsondoc import Noticed
from vigie.terms import Doubt

_CODES = {"STRT": "ARRI", "ARRI": "ARRI", "CMPL": "DEPA", "DEPA": "DEPA"}


def port_rows(pointer: str, data: bytes, doubts: list[Doubt]) -> Iterator[Port]:
    """One row per timestamp; the berth's start is the arrival, its end the departure, other services keep their name.

    A call that was omitted or a service that was cancelled gives a doubt and no row.
    """
    found, noticed = jsondoc.convert(data, shapes.PortEvent, pointer, "")
    notes = Noticed(pointer, found.eventID if found else "", noticed)
    if found is not None:
        yield from _port(found, notes)
    doubts += notes.doubts


def _port(found: shapes.PortEvent, notes: Noticed) -> Iterator[Port]:
    stay = found.portCall or shapes.PortCall()
    service = found.portCallService or shapes.PortService()
    if stay.isOmitted or service.isCanceled:
        notes.doubt("json-retracted", "portCall/isOmitted" if stay.isOmitted else "portCallService/isCanceled")
        return
    ship = found.vessel or shapes.Vessel()
    told = found.timestamp or shapes.PortTimestamp()
    terminal = found.terminalCall or shapes.TransportCall()
    voyages = (terminal.importVoyageNumberOrReference, terminal.exportVoyageNumberOrReference)
    numbers = (*(voyage.carrierVoyageNumber for voyage in voyages if voyage), found.carrierVoyageNumber)
    place = service.serviceLocation or shapes.Location()
    kind = service.portCallServiceEventTypeCode or found.operationsEventTypeCode
    of = service.portCallServiceTypeCode
    code = _CODES.get(kind, kind) if of in ("", "BERTH") else f"{of}-{kind}"
    if not kind:
        notes.doubt("json-no-event", "portCallService")
    classifier = told.classifierCode or found.eventClassifierCode
    if classifier not in [*Classifier]:
        notes.doubt("json-unknown-code", "timestamp/classifierCode", value=classifier[:20])
    yield Port(
        call=Call(
            imo=ship.vesselIMONumber or found.vesselIMONumber,
            call_sign=ship.vesselCallSign,
            name=ship.vesselName,
            voyage=next((number for number in numbers if number), ""),
            mmsi=ship.vesselMMSINumber,
        ),
        place=stay.UNLocationCode or place.UNLocationCode or found.UNLocationCode,
        code=code,
        classifier=Classifier(classifier) if classifier in [*Classifier] else Classifier.PLANNED,
        at=notes.moment(told.serviceDateTime or found.dateTime or found.eventDateTime, "timestamp/serviceDateTime",
                        wanted=True),
        event_id=found.eventID,
        facility=place.facility.facilityCode if place.facility else "",
    )
