"""Write movements as an EPCIS 2.0 document of object events; GS1's own JSON schema judges it in the tests."""

from collections.abc import Iterable
from typing import Any

import msgspec

from vigie.arrivals.epcis import words
from vigie.arrivals.events import Movement
from vigie.terms import BadRequest, Moment, write_moment

_CONTEXT = ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"]


def write_epcis(movements: Iterable[Movement], created: Moment) -> bytes:
    """Write an EPCIS document, one object event per movement.

    Args:
        movements: Actual movements of containers; EPCIS knows no estimates.
        created: When the document is made.

    Raises:
        BadRequest: A movement has no moment, no container, or is not actual.
    """
    return msgspec.json.encode({
        "@context": _CONTEXT, "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": write_moment(created),
        "epcisBody": {"eventList": [_event(movement) for movement in movements]},
    })


def _event(movement: Movement) -> dict[str, Any]:
    if movement.at is None or not movement.container or movement.classifier.value != "ACT":
        raise BadRequest(reason="epcis-tells-what-happened-to-a-container-and-when")
    wrong = {"declarationTime": write_moment(movement.recorded_at or movement.at)} if movement.retracts else None
    where = words.place_uri(movement.place, movement.facility)
    told: dict[str, Any] = {
        "type": "ObjectEvent",
        "eventID": _uri(movement.retracts or movement.event_id),
        "eventTime": write_moment(movement.at),
        "eventTimeZoneOffset": "+00:00",
        "recordTime": write_moment(movement.recorded_at) if movement.recorded_at is not None else None,
        "errorDeclaration": wrong,
        "epcList": [f"urn:epc:id:bic:{movement.container}"],
        "action": "OBSERVE",
        "bizStep": words.CODES.get(movement.code, f"{words.BASE}step/{movement.code}"),
        "bizLocation": {"id": where} if where else None,
        "bizTransactionList": [_transaction(text) for text in movement.documents],
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _transaction(text: str) -> dict[str, str]:
    prefix, _, number = text.partition(":")
    kind = words.DOCUMENT_TYPES.get(prefix, f"{words.BASE}document/{prefix}")
    return {"type": kind, "bizTransaction": number if ":" in number else words.OWN_DOCUMENT + number}


def _uri(name: str) -> str:
    """An event id as the URI that the schema asks for."""
    return name if name.startswith(("urn:", "ni:", "http:", "https:")) else words.OWN_EVENT + name
