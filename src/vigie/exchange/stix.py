"""STIX 2.1: every thing that is told, as objects any STIX client reads, and back.

One declaration per thing (`FORMS`): which STIX type, which fields are standard properties; the others go into one
extension. The extension's definition and JSON Schema are made from the same declaration (`stix_schema`).
Identifiers are random, but for a container's, which both sides make alike from its number.
Source: OASIS STIX 2.1; reference exchange, section 2.1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import msgspec

from vigie.exchange.names import safe_name
from vigie.exchange.refusals import ExchangeRefused, Why, refuse
from vigie.exchange.things import (
    Box,
    Concealment,
    Decision,
    Finding,
    JointOperation,
    Movement,
    Reply,
    Scan,
    Seizure,
    Target,
    Thing,
    Training,
)
from vigie.exchange.uuids import named_uuid
from vigie.terms import BadContainerNumber, BadMoment, ContainerNumber, Moment, datetime_of, read_moment

SCO = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of deterministic identifiers. Source: STIX 2.1, section 2.9."""

EXTENSIONS = UUID("6c7ae1f3-5f58-4d3a-9a6e-2f3f2b0f8e11")
"""Namespace of our extension definitions; drawn at random once, never to be changed."""

CANONICAL = '{"number":"%s"}'
"""A container's number as canonical JSON: capital letters and digits are written as they are."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """How one thing is written.

    Attributes:
        thing: The thing. type: STIX type. extension: `property-extension`, `new-sdo` or `new-sco`.
        standard: Fields that are standard properties, each with the property's name. moments: Fields that are moments.
        constant: Standard properties that are always the same.
    """

    thing: type[Thing]
    type: str
    extension: str = "property-extension"
    standard: Mapping[str, str] = field(default_factory=dict)
    moments: frozenset[str] = frozenset()
    constant: Mapping[str, Any] = field(default_factory=dict)


_NAMED = {"name": "name", "description": "description"}
FORMS: tuple[Form, ...] = (
    Form(Concealment, "attack-pattern", standard=_NAMED),
    Form(Movement, "movement-event", "new-sdo", moments=frozenset(("when",))),
    Form(Seizure, "incident", standard={"name": "name"}, moments=frozenset(("when",))),
    Form(Scan, "scan", "new-sdo", moments=frozenset(("when",))),
    Form(Box, "container", "new-sco"),
    Form(Target, "threat-actor", standard=_NAMED),
    Form(JointOperation, "grouping", standard=_NAMED, moments=frozenset(("starts", "ends")),
         constant={"context": "joint-operation"}),
    Form(Decision, "course-of-action", standard=_NAMED, moments=frozenset(("when",))),
    Form(Training, "report", standard=_NAMED | {"when": "published"}, moments=frozenset(("when",)),
         constant={"report_types": ["training"]}),
    Form(Finding, "opinion", standard={"opinion": "opinion", "explanation": "explanation"}),
    Form(Reply, "note", standard={"text": "content"}, moments=frozenset(("when",))),
)  # fmt: skip
_BY_THING = {form.thing: form for form in FORMS}
_FILED = (Scan, Training)


def extension_id(form: Form) -> str:
    """The identifier of the extension of a thing; the same for ever."""
    return _EXTENSION[form.thing]


_EXTENSION = {form.thing: f"extension-definition--{uuid5(EXTENSIONS, form.thing.__name__)}" for form in FORMS}
_BY_EXTENSION = {extension_id(form): form for form in FORMS}


def container_id(number: str) -> str:
    """The identifier of a container, which every node makes alike.

    Raises:
        BadContainerNumber: It is none.
    """
    return _container_id(number) if len(number) <= _NUMBER_CHARS else _container_id.__wrapped__(number)


_NUMBER_CHARS = 20  # a number with its gaps; longer ones are foreign text that is not kept


@lru_cache(maxsize=1 << 14)  # a box is told of several times
def _container_id(number: str) -> str:
    known = ContainerNumber.read(number).text
    return f"container--{named_uuid(SCO.bytes, CANONICAL % known)}"


def beside(main: str, kind: str, place: int = 0) -> str:
    """The identifier of an object that comes with another one: made from its random one, so nobody can guess it."""
    return f"{kind}--{named_uuid(bytes.fromhex(main.partition('--')[2].replace('-', '')), f'{kind} {place}')}"


@lru_cache(maxsize=1 << 8)  # what is told together was made together
def write_time(moment: Moment) -> str:
    """A moment as STIX writes it: RFC 3339, UTC, six digits after the second."""
    return datetime_of(moment).isoformat(timespec="microseconds")[:26] + "Z"  # strftime takes ten times as long


def write_objects(thing: Thing, id: str, created: Moment, modified: Moment) -> list[Json]:
    """Write a thing: the main object first, then what it speaks of.

    Args:
        id: `type--uuid` with a random UUID (version 4); a container has its own, whatever is given.
        created, modified: Of the first version and of this one.

    Raises:
        BadContainerNumber: A container's number is none. ExchangeRefused: A file's name is a road, not a name.
    """
    form = _BY_THING[type(thing)]
    told = msgspec.to_builtins(thing)
    told = {name: value for name, value in told.items() if value or value == 0}  # not what is left open
    for name in form.moments & told.keys():
        told[name] = write_time(Moment(told[name]))
    if "file" in told:
        safe_name(told["file"])
    head: Json = {"type": form.type, "spec_version": "2.1", "id": id}
    if form.extension != "new-sco":
        head |= {"created": write_time(created), "modified": write_time(modified)}
    else:
        head["id"] = container_id(told["number"])
    standard = {form.standard[name]: told.pop(name) for name in form.standard if name in told}
    own = {"extension_type": form.extension}
    extended = {**told, "extensions": {extension_id(form): own}} if form.extension != "property-extension" else {
        "extensions": {extension_id(form): own | told}
    }  # fmt: skip
    others = _OTHERS.get(type(thing), _alone)(thing, head["id"], created)
    return [{**head, **form.constant, **standard, **others[0], **extended}, *others[1]]


Others = tuple[Json, list[Json]]


def _alone(thing: Any, main: str, created: Moment) -> Others:
    return {}, []


def _box(number: str) -> list[Json]:
    return [dict(_box_of(number))] if number else []


@lru_cache(maxsize=1 << 10)
def _box_of(number: str) -> Json:
    return write_objects(Box(number), "", Moment(0), Moment(0))[0]


def _of_movement(thing: Movement, main: str, created: Moment) -> Others:
    """A sighting lets clients that know no movement show that something was seen, and when."""
    sighting = {
        "type": "sighting", "spec_version": "2.1", "id": beside(main, "sighting"), "created": write_time(created),
        "modified": write_time(created), "first_seen": write_time(thing.when), "last_seen": write_time(thing.when),
        "sighting_of_ref": main, "count": 1,
    }  # fmt: skip
    return {"container_ref": container_id(thing.container)}, [sighting, *_box(thing.container)]


def _artifact(thing: Scan | Training, main: str) -> Json:
    return {
        "type": "artifact", "spec_version": "2.1", "id": beside(main, "artifact"), "mime_type": thing.media,
        "url": f"urn:vigie:package:{thing.sha256}", "hashes": {"SHA-256": thing.sha256},
    }  # fmt: skip


def _of_scan(thing: Scan, main: str, created: Moment) -> Others:
    artifact = _artifact(thing, main)
    refs = {"artifact_ref": artifact["id"], "container_ref": container_id(thing.container)}
    return refs, [artifact, *_box(thing.container)]


def _of_seizure(thing: Seizure, main: str, created: Moment) -> Others:
    return {}, _box(thing.container)


def _of_operation(thing: JointOperation, main: str, created: Moment) -> Others:
    boxes = [one for number in dict.fromkeys(thing.containers) for one in _box(number)]
    if not boxes:
        refuse(Why.BAD_CONTENT, part="containers")
    return {"object_refs": [one["id"] for one in boxes]}, boxes


def _of_training(thing: Training, main: str, created: Moment) -> Others:
    artifact = _artifact(thing, main)
    return {"object_refs": [artifact["id"]]}, [artifact]


def _of_finding(thing: Finding | Reply, main: str, created: Moment) -> Others:
    return {"object_refs": [thing.about]}, []


_OTHERS: Mapping[type, Callable[[Any, str, Moment], Others]] = {
    Movement: _of_movement, Scan: _of_scan, Seizure: _of_seizure, JointOperation: _of_operation,
    Training: _of_training, Finding: _of_finding, Reply: _of_finding,
}  # fmt: skip


def read_thing(objects: Sequence[Json]) -> tuple[str, Thing]:
    """Read a thing back: the first object that bears one of our extensions; its id with it.

    Raises:
        ExchangeRefused: None does, or a field is not what its place allows.
    """
    for told in objects:
        for name in told.get("extensions", ()):
            form = _BY_EXTENSION.get(name)
            if form is None:
                continue
            if told.get("type") == form.type:
                return str(told["id"]), _read(told, form)
            break
    raise ExchangeRefused(reason=Why.BAD_CONTENT.value, part="extension")


def _read(told: Json, form: Form) -> Thing:
    own = told["extensions"][extension_id(form)] if form.extension == "property-extension" else told
    found = dict(own) | {name: told[prop] for name, prop in form.standard.items() if prop in told}
    try:
        for name in form.moments & found.keys():
            found[name] = read_moment(found[name])
        thing: Thing = msgspec.convert(found, form.thing)
        if isinstance(thing, _FILED):
            safe_name(thing.file)
        for number in _containers(thing):
            container_id(number)  # whose check digit fits
    except (msgspec.MsgspecError, AttributeError, BadMoment):
        refuse(Why.BAD_CONTENT, part=form.type)
    except BadContainerNumber:
        refuse(Why.BAD_CONTENT, part="container")
    return thing


def _containers(thing: Thing) -> tuple[str, ...]:
    if isinstance(thing, Box):
        return (thing.number,)
    if isinstance(thing, JointOperation):
        return thing.containers
    number = getattr(thing, "container", "")
    return (number,) if number else ()
