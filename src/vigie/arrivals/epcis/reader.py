"""Read EPCIS 2.0 events as movements of the containers they name."""

import re
from collections.abc import Iterator
from hashlib import sha256

from vigie.arrivals import jsondoc
from vigie.arrivals.dcsa.words import KNOWN_CODES
from vigie.arrivals.epcis import shapes, words
from vigie.arrivals.events import Measurement, Movement, Quantity
from vigie.arrivals.jsondoc import Noticed
from vigie.arrivals.reading import Part, Reading, Row
from vigie.terms import Doubt, Moment, number_fault

_KINDS = frozenset(("ObjectEvent", "AggregationEvent", "AssociationEvent", "TransactionEvent", "TransformationEvent"))
_ACTIONS = frozenset(("ADD", "OBSERVE", "DELETE"))
_MEASURED = {"temperature": Quantity.TEMPERATURE, "relativehumidity": Quantity.HUMIDITY, "grossweight": Quantity.GROSS,
             "mass": Quantity.GROSS}
_TENTHS = 10


def read(part: Part) -> Reading:
    """Read the events of one part."""
    rows: list[Row] = []
    doubts: list[Doubt] = list(part.doubts)
    if part.segment == 1 and part.head.strip() and b'"@context"' not in part.head + part.body:
        doubts.append(Doubt("json-missing", Noticed("", part.message).place("@context"), {"field": "@context"}))
    for pointer, data in jsondoc.items(part):
        event, noticed = jsondoc.convert(data, shapes.Event, pointer, part.message)
        notes = Noticed(pointer, event.eventID if event else "", noticed)
        if event is not None and event.type in _KINDS:
            rows += _rows(event, data, notes)
        elif event is not None and event.type in ("EPCISDocument", "EPCISQueryDocument"):
            notes.doubt("json-no-event", "epcisBody")  # a document without a list of events
        elif event is not None:
            notes.doubt("json-unknown-code", "type", value=event.type[:40])
        doubts += notes.doubts
    return Reading(tuple(rows), tuple(doubts))


def _rows(event: shapes.Event, data: bytes, notes: Noticed) -> Iterator[Row]:
    at = notes.moment(event.eventTime, "eventTime", wanted=True)
    recorded = notes.moment(event.recordTime, "recordTime")
    if event.type != "TransformationEvent" and event.action not in _ACTIONS:
        notes.doubt("json-missing" if not event.action else "json-unknown-code", "action", field="action",
                    value=event.action[:20])
    if not event.eventTimeZoneOffset:
        notes.doubt("json-missing", "eventTimeZoneOffset", field="eventTimeZoneOffset")
    things = _things(event)
    if not things and not event.quantityList and not event.sensorElementList:
        notes.doubt("json-missing", "epcList", field="epcList")
    where = event.bizLocation or event.readPoint or shapes.Named()
    wrong = event.errorDeclaration
    code, facility = words.place(where.id)
    name = event.eventID.removeprefix(words.OWN_EVENT) or "unnamed:" + sha256(data).hexdigest()[:16]
    documents = tuple(dict.fromkeys(filter(None, map(_document, event.bizTransactionList))))
    remarks = tuple(f"DISPOSITION:{words.step_of(event.disposition)}" for _ in [0] if event.disposition)
    boxes = [thing for thing in things if words.is_returnable(thing)] or [""]
    for thing in boxes:
        number = words.equipment(thing)
        if re.fullmatch(r"[A-Z]{4}[0-9]{7}", number) and (fault := number_fault(number)):
            notes.doubt("json-container-number", "epcList", number=number, fault=fault)
        yield Movement(
            event_id=name if wrong is None else name + "~declared-wrong",
            code=_code(event),
            container=number,
            at=at,
            recorded_at=recorded,
            place=code,
            facility=facility,
            documents=documents,
            retracts="" if wrong is None else name,
            reason=event.action if wrong is None else words.step_of(wrong.reason),
            remarks=remarks,
            empty=_emptiness(event, thing),
        )
        if wrong is None:
            yield from _measured(event, number, at, documents, code, notes)


def _things(event: shapes.Event) -> list[str]:
    """What the event is about: the parent of an aggregation, else the things listed."""
    if event.parentID and words.is_returnable(event.parentID):
        return [event.parentID]
    listed = (*event.epcList, *([event.parentID] if event.parentID else ()), *event.childEPCs, *event.inputEPCList,
              *event.outputEPCList)
    return list(dict.fromkeys(listed))


def _code(event: shapes.Event) -> str:
    """DCSA's code for the business step; packing into and out of a container is stuffing and stripping."""
    step = words.step_of(event.bizStep)
    if step.upper() in KNOWN_CODES:
        return step.upper()  # our own vocabulary: https://…/step/CUSS
    if event.type in ("AggregationEvent", "AssociationEvent") and not step:
        return {"ADD": "STUF", "DELETE": "STRP"}.get(event.action, "")
    return words.STEPS.get(step, step)


def _emptiness(event: shapes.Event, thing: str) -> bool | None:
    """An aggregation that adds to a container says that it is not empty."""
    return False if thing and thing == event.parentID and event.action == "ADD" else None


def _document(found: shapes.Transaction) -> str:
    kind = words.step_of(found.type)
    number = found.bizTransaction.removeprefix(words.OWN_DOCUMENT)
    return f"{words.DOCUMENTS.get(kind, kind.upper() or 'REF')}:{number}" if number else ""


def _measured(
    event: shapes.Event, number: str, at: Moment | None, documents: tuple[str, ...], place: str, notes: Noticed
) -> Iterator[Measurement]:
    for sensor in event.sensorElementList:
        taken = sensor.sensorMetadata or shapes.SensorMetadata()
        for report in sensor.sensorReport:
            quantity = _MEASURED.get(words.step_of(report.type).replace("_", ""))
            value = _value(quantity, report)
            if quantity is None or value is None:
                continue
            when = notes.moment(report.time or taken.time, "sensorElementList") or at
            yield Measurement(number, quantity, value, report.uom, when, report.deviceID or taken.deviceID, documents,
                              place)


def _value(quantity: Quantity | None, report: shapes.Report) -> int | None:
    """The value in the unit of `Measurement`; None where the unit is another."""
    value, unit = report.value, report.uom.upper()
    if value is None or abs(value) > 1e9:
        return None
    if quantity is Quantity.TEMPERATURE and unit in ("CEL", "FAH"):
        return round((value if unit == "CEL" else (value - 32) / 1.8) * _TENTHS)
    if quantity is Quantity.HUMIDITY and unit in ("P1", "A93", ""):
        return round(value * _TENTHS) if unit == "P1" else None
    if quantity is Quantity.GROSS and unit in ("KGM", "TNE"):
        return round(value * (1_000 if unit == "KGM" else 1_000_000))
    return None
