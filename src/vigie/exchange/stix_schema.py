"""What other clients need to read our extensions: their definitions and JSON Schemas, from the declaration itself."""

import json
from typing import Any

import msgspec

from vigie.exchange.markings import Marking
from vigie.exchange.stix import FORMS, Form, extension_id
from vigie.exchange.stix_marking import MARKING_EXTENSION

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_CREATED = "2026-11-22T00:00:00.000000Z"
_AUTHOR = "identity--6c7ae1f3-5f58-4d3a-9a6e-2f3f2b0f8e11"
_VERSION = "1.0.0"


def published() -> dict[str, str]:
    """The files of docs/reference/stix, by name: one schema per extension, and all definitions with their author."""
    files = {f"{form.thing.__name__.lower()}.json": _text(schema(form)) for form in FORMS}
    files["marking.json"] = _text(marking_schema())
    files["extension-definitions.json"] = _text(definitions())
    return files


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _fields(kind: type) -> dict[str, Any]:
    """The schema of a value's fields, what it refers to beside it."""
    (told,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    own = dict(parts.pop(kind.__name__))
    return own | ({"$defs": parts} if parts else {}) if told else own


def _moments(fields: dict[str, Any], form: Form) -> dict[str, Any]:
    return {
        name: {"type": "string", "format": "date-time"} if name in form.moments else told
        for name, told in fields.items()
    }


def schema(form: Form) -> dict[str, Any]:
    """The JSON Schema of a thing's extension."""
    own = _fields(form.thing)
    fields = {name: told for name, told in _moments(own["properties"], form).items() if name not in form.standard}
    needed = [name for name in own.get("required", ()) if name not in form.standard]
    head = {
        "$schema": DRAFT, "title": f"{form.thing.__name__} ({form.type})", "description": _first(own),
        "type": "object",
    }  # fmt: skip
    kind = {"extension_type": {"const": form.extension}}
    parts = {"$defs": own["$defs"]} if "$defs" in own else {}
    if form.extension == "property-extension":
        extended = {"type": "object", "properties": kind | fields, "required": ["extension_type"]}
        return head | {"properties": {"type": {"const": form.type}, **_inside(form, extended)}} | parts
    extended = {"type": "object", "properties": kind, "required": ["extension_type"]}
    properties = {"type": {"const": form.type}, **fields, **_inside(form, extended)}
    return head | {"properties": properties, "required": [*needed, "extensions"]} | parts


def _inside(form: Form, extended: dict[str, Any]) -> dict[str, Any]:
    return {"extensions": {"type": "object", "properties": {extension_id(form): extended}}}


def _first(own: dict[str, Any]) -> str:
    return " ".join(str(own.get("description", "")).split("\n\n")[0].split())


def marking_schema() -> dict[str, Any]:
    """The JSON Schema of a marking's extension."""
    own = _fields(Marking)
    extended = {
        "type": "object", "required": ["extension_type", *own["required"]],
        "properties": {"extension_type": {"const": "property-extension"}} | own["properties"],
    }  # fmt: skip
    inside = {"extensions": {"type": "object", "properties": {MARKING_EXTENSION: extended}}}
    return {
        "$schema": DRAFT, "title": "Marking (marking-definition)", "description": _first(own), "type": "object",
        "properties": {"type": {"const": "marking-definition"}, **inside}, "$defs": own["$defs"],
    }  # fmt: skip


def definitions() -> dict[str, Any]:
    """All extension definitions, as a STIX bundle with their author."""
    author = {
        "type": "identity", "spec_version": "2.1", "id": _AUTHOR, "created": _CREATED, "modified": _CREATED,
        "name": "vigie", "identity_class": "system",
    }  # fmt: skip
    made = [_definition(extension_id(form), form.thing.__name__, form.extension) for form in FORMS]
    made.append(_definition(MARKING_EXTENSION, "Marking", "property-extension"))
    return {"type": "bundle", "id": f"bundle--{_AUTHOR.partition('--')[2]}", "objects": [author, *made]}


def _definition(id: str, name: str, kind: str) -> dict[str, Any]:
    return {
        "type": "extension-definition", "spec_version": "2.1", "id": id, "created": _CREATED, "modified": _CREATED,
        "created_by_ref": _AUTHOR, "name": f"vigie {name}", "version": _VERSION, "extension_types": [kind],
        "schema": f"docs/reference/stix/{name.lower()}.json",
    }  # fmt: skip
