"""Markings for STIX clients: the traffic light under its fixed identifier, and ours as one marking definition.

Source: TLP 2.0 extension of OASIS (extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d).
"""

from typing import Any
from uuid import uuid5

import msgspec

from vigie.exchange.markings import Marking, check_marking
from vigie.exchange.refusals import Why, refuse
from vigie.exchange.stix import EXTENSIONS, write_time
from vigie.terms import Handling, Moment

TLP = {
    Handling.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Handling.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Handling.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Handling.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Handling.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""The identifiers that every client of TLP 2.0 knows."""

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
MARKING_EXTENSION = f"extension-definition--{uuid5(EXTENSIONS, 'Marking')}"
_TLP_CREATED = "2022-10-01T00:00:00.000Z"


def tlp_definition(handling: Handling) -> dict[str, Any]:
    """The marking definition of a traffic light, as OASIS published it."""
    told = handling.name.replace("_", "+")
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": TLP[handling], "created": _TLP_CREATED,
        "name": f"TLP:{told}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": told.lower()}},
    }  # fmt: skip


def marking_definition(marking: Marking, id: str, created: Moment) -> dict[str, Any]:
    """Write a marking as a STIX object. id: `marking-definition--` and a random UUID."""
    told = msgspec.to_builtins(marking)
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": id, "created": write_time(created),
        "name": f"{marking.handling.value} {marking.source.value}{marking.information}",
        "extensions": {MARKING_EXTENSION: {"extension_type": "property-extension"} | told},
    }  # fmt: skip


def marking_of(definition: dict[str, Any]) -> Marking:
    """Read a marking back from a STIX object.

    Raises:
        ExchangeRefused: It bears none of ours, or a field is not what its place allows.
    """
    try:
        marking = msgspec.convert(definition["extensions"][MARKING_EXTENSION], Marking)
    except (msgspec.MsgspecError, LookupError, TypeError):
        refuse(Why.BAD_MARKING, field="extension")
    check_marking(marking)
    return marking


def marked(objects: list[dict[str, Any]], marking: Marking, id: str, created: Moment) -> list[dict[str, Any]]:
    """The objects with both markings on each of them, and the markings themselves before them."""
    refs = [TLP[marking.tlp], id]
    definitions = [tlp_definition(marking.tlp), marking_definition(marking, id, created)]
    return [*definitions, *({**one, "object_marking_refs": refs} for one in objects)]
