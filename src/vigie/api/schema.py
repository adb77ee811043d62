"""Schemas of the views for OpenAPI, generated from the values themselves."""

from collections.abc import Sequence
from typing import Any

import msgspec

from vigie.desk.views.plain import fields_of

MOMENT = {"type": "string", "format": "date-time"}
_FILE = {"schema": {"type": "string", "format": "binary"}}
TABLE = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}
"""A body that is a CSV table."""

MESSAGES = {"requestBody": {"required": True, "content": {"application/octet-stream": _FILE}}}
"""A body that is a file of messages."""


def name_of(view: type[msgspec.Struct]) -> str:
    """The name of a view's schema."""
    return view.__name__


def shown(view: type[msgspec.Struct], many: bool = False, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Describe an answer for FastAPI's `responses`."""
    ref = {"$ref": f"#/components/schemas/{name_of(view)}"}
    schema = {"type": "array", "items": ref} if many else ref
    return {status: {"description": "OK", "content": {"application/json": {"schema": schema}}}}


def components(views: Sequence[type[msgspec.Struct]]) -> dict[str, Any]:
    """Generate the schemas of views and of all they hold; moments are ISO 8601 texts, as `plain` writes them."""
    _, made = msgspec.json.schema_components(views, ref_template="#/components/schemas/{name}")
    for kind in _every(views):
        properties = made.get(name_of(kind), {}).get("properties", {})
        for field, moment in fields_of(kind):
            if moment and field in properties:
                nullable = "anyOf" in properties[field]
                properties[field] = {"anyOf": [MOMENT, {"type": "null"}]} if nullable else dict(MOMENT)
    return made


def _every(views: Sequence[type[msgspec.Struct]]) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    waiting: list[Any] = list(views)
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            if one not in found:
                found.add(one)
                waiting += [field.type for field in msgspec.structs.fields(one)]
        else:
            waiting += list(getattr(one, "__args__", ()))
    return found
