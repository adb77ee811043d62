"""The fields that vigie reads of EPCIS 2.0 events, spelled as GS1 spells them; all may be missing."""
# ruff: noqa: N815 - the names are GS1's own: msgspec reads them as they are

from typing import Any

import msgspec


class Named(msgspec.Struct, frozen=True):
    """A place by its identifier."""

    id: str = ""


class Transaction(msgspec.Struct, frozen=True):
    """A business transaction: an order, a bill of lading."""

    type: str = ""
    bizTransaction: str = ""


class ErrorDeclaration(msgspec.Struct, frozen=True):
    """The event is declared wrong."""

    declarationTime: str = ""
    reason: str = ""
    correctiveEventIDs: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """One sensor value."""

    type: str = ""
    value: float | None = None
    booleanValue: bool | None = None
    uom: str = ""
    time: str = ""
    deviceID: str = ""


class SensorMetadata(msgspec.Struct, frozen=True):
    """When and by what a sensor element was taken."""

    time: str = ""
    deviceID: str = ""


class Sensor(msgspec.Struct, frozen=True):
    """A sensor element."""

    sensorMetadata: SensorMetadata | None = None
    sensorReport: tuple[Report, ...] = ()


class Quantity(msgspec.Struct, frozen=True):
    """A quantity of a class of goods."""

    epcClass: str = ""
    quantity: float | None = None
    uom: str = ""


class Event(msgspec.Struct, frozen=True):
    """An EPCIS event of any kind."""

    type: str = ""
    eventID: str = ""
    eventTime: str = ""
    recordTime: str = ""
    eventTimeZoneOffset: str = ""
    action: str = ""
    bizStep: str = ""
    disposition: str = ""
    epcList: tuple[str, ...] = ()
    parentID: str = ""
    childEPCs: tuple[str, ...] = ()
    inputEPCList: tuple[str, ...] = ()
    outputEPCList: tuple[str, ...] = ()
    quantityList: tuple[Quantity, ...] = ()
    readPoint: Named | None = None
    bizLocation: Named | None = None
    bizTransactionList: tuple[Transaction, ...] = ()
    errorDeclaration: ErrorDeclaration | None = None
    sensorElementList: tuple[Sensor, ...] = ()
    ilmd: Any = None
