"""TAXII 2.1: entries of the log as the objects a client polls, each with a moment of its own, and what it pushes.

Nothing is decoded that a client does not ask for: an object goes out as the bytes that stand in the log, with its
markings spliced in. Source: OASIS TAXII 2.1, sections 3 to 5; reference exchange, section 3.1 for the moments.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec

from vigie.exchange.envelope import Body, Kind
from vigie.exchange.markings import Marking, read_marking
from vigie.exchange.refusals import ExchangeRefused, Why, refuse
from vigie.exchange.stix import EXTENSIONS, beside, container_id, write_time
from vigie.exchange.stix_marking import MARKING_EXTENSION, TLP, marking_definition, marking_of
from vigie.terms import BadContainerNumber, Handling, Moment

TAXII_MEDIA = "application/taxii+json;version=2.1"
STIX_MEDIA = "application/stix+json;version=2.1"
GONE = "The originator has taken this object back. Delete it, and all that was made of it."
"""What a client is told of a thing that was taken back. A client of TAXII sends no receipt."""


class TaxiiRow(msgspec.Struct, frozen=True):
    """An entry for a client. added: Its first moment. kind, id, version: Of its header. body: None for a retraction.
    moment: When it was received."""

    added: int
    seq: int
    kind: str
    id: str
    version: int
    body: bytes | None
    moment: Moment


class Dated(msgspec.Struct, frozen=True):
    """An object. added: Its moment, which no other object has. raw: Its bytes."""

    added: int
    raw: bytes


class Named(msgspec.Struct, frozen=True):
    """What filters ask of an object."""

    id: str
    type: str
    modified: str = ""
    created: str = ""
    spec_version: str = ""

    @property
    def version(self) -> str:
        """The version as TAXII names it: when it was modified; empty for what has no versions."""
        return self.modified or self.created


_bodies = msgspec.msgpack.Decoder(Body)
_several = msgspec.json.Decoder(list[msgspec.Raw])
_named = msgspec.json.Decoder(Named)


def opened(row: TaxiiRow) -> Body:
    """The body of an entry that has one."""
    return _bodies.decode(row.body or b"")


class TaxiiPages:
    """Makes objects of entries for one client; what is the same for many entries is made once.

    Args:
        may: Whether a thing of this marking may still go to the client.
    """

    def __init__(self, may: Callable[[Marking], bool]) -> None:
        self._may = may
        self._known: dict[bytes, tuple[bytes, str] | None] = {}

    def objects(self, row: TaxiiRow) -> list[Dated]:
        """The objects of an entry; none where it may not go to the client any more."""
        if row.body is None:
            return [Dated(row.added, _gone(row))] if row.kind in (Kind.RETRACT, Kind.EXPIRE) else []
        body = _bodies.decode(row.body)
        known = self._marking(body.marking)
        if known is None:
            return []
        rest, light = known
        name = beside(row.id, "marking-definition", row.version)
        created = write_time(row.moment)
        marks = b',"object_marking_refs":["%s","%s"]}' % (light.encode(), name.encode())
        first = b'{"id":"%s","created":"%s",%s' % (name.encode(), created.encode(), rest)
        found, added = [Dated(row.added, first)], row.added
        for one in _several.decode(body.content):
            added += 1
            found.append(Dated(added, bytes(one)[:-1] + marks))
        return found

    def _marking(self, raw: bytes) -> tuple[bytes, str] | None:
        """A marking's definition without what differs from entry to entry, and its traffic light."""
        if raw not in self._known:
            marking = read_marking(raw)
            told = marking_definition(marking, "", Moment(0))
            rest = msgspec.json.encode({name: one for name, one in told.items() if name not in ("id", "created")})
            self._known[raw] = (rest[1:], TLP[marking.tlp]) if self._may(marking) else None
        return self._known[raw]


def _gone(row: TaxiiRow) -> bytes:
    """A note that a thing was taken back; `revoked` would need the properties that were erased."""
    when = write_time(row.moment)
    told = {
        "type": "note", "spec_version": "2.1", "id": beside(row.id, "note", row.version), "created": when,
        "modified": when, "abstract": "retracted", "content": GONE, "object_refs": [row.id],
        "object_marking_refs": [TLP[Handling.GREEN]],
    }  # fmt: skip
    return msgspec.json.encode(told)


def taxii_spans(body: bytes | None) -> int:
    """How many moments an entry needs: one for each of its objects, and one for its marking."""
    return 1 + (body or b"").count(b'"spec_version"')


def read_named(raw: bytes) -> Named:
    """What filters ask of an object."""
    return _named.decode(raw)


class Match(msgspec.Struct, frozen=True):
    """What a client asks for; empty means anything. ids, types, versions, specs: Of objects."""

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    specs: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether no object has to be looked into. Of a thing only the last version can be read: others are erased."""
        return not (self.ids or self.types or self.specs or set(self.versions) - {"all", "last", "first"})

    def fits(self, one: Named) -> bool:
        """Whether an object is asked for."""
        dates = set(self.versions) - {"all", "last", "first"}
        return (
            (not self.ids or one.id in self.ids)
            and (not self.types or one.type in self.types)
            and (not dates or one.version in dates or len(dates) < len(set(self.versions)))
            and (not self.specs or one.spec_version in self.specs)
        )


def write_envelope(objects: Sequence[bytes], more: bool, after: str) -> bytes:
    """An envelope of objects."""
    if not objects:
        return b"{}" if not more else b'{"more":true,"next":"%s"}' % after.encode()
    head = b'{"more":true,"next":"%s","objects":[' % after.encode() if more else b'{"more":false,"objects":['
    return head + b",".join(objects) + b"]}"


def write_manifest(objects: Iterable[Dated], more: bool, after: str) -> bytes:
    """A manifest of objects."""
    rows = []
    for one in objects:
        told = read_named(one.raw)
        added = write_time(Moment(one.added))
        rows.append({"id": told.id, "date_added": added, "version": told.version or added, "media_type": STIX_MEDIA})
    body: dict[str, Any] = {"more": more, "objects": rows} if rows else {"more": more} if more else {}
    if more:
        body["next"] = after
    return msgspec.json.encode(body)


def collection_id(agreement: str, purpose: str) -> str:
    """The identifier of the collection of a purpose under an agreement; the same for ever."""
    return str(uuid5(EXTENSIONS, f"collection {agreement} {purpose}"))


def root_name(agreement: str) -> str:
    """The name of the API root of an agreement in an address."""
    return str(uuid5(EXTENSIONS, f"root {agreement}"))


class Pushed(msgspec.Struct, frozen=True):
    """One thing that a client pushed. id: Of its main object. marking: None where it bears none of ours.
    objects: The main one first, then what belongs to it."""

    id: str
    objects: tuple[dict[str, Any], ...]
    marking: Marking | None


def pushed_things(objects: Sequence[dict[str, Any]], mains: frozenset[str]) -> list[Pushed]:
    """Take what a client pushed apart into things.

    Args:
        objects: Read by `read_objects`. mains: Extensions that make an object the main one of a thing.
    """
    markings = {one["id"]: one for one in objects if one["type"] == "marking-definition"}
    others = {one["id"]: one for one in objects if one["type"] != "marking-definition"}
    named = [id for id, one in others.items() if mains & set(one.get("extensions", {}))]
    near: dict[str, set[str]] = {id: set() for id in others}
    for id, one in others.items():
        for ref in (_refs(one) | _boxes(one)) & near.keys():
            near[id].add(ref)
            near[ref].add(id)
    groups = {id: _around(id, near, {*named}) for id in named if others[id]["type"] != _BOX}
    if not groups:
        groups = {id: [id] for id in named}  # boxes of which nothing else speaks
    return [
        Pushed(id, tuple(others[one] for one in group), _marking(others[id], markings)) for id, group in groups.items()
    ]


_BOX = "container"
"""A container stands beside what speaks of it; where something else is pushed with it, it is no thing of its own."""


def _boxes(told: Mapping[str, Any]) -> set[str]:
    """The identifiers of the boxes that an object names by their numbers, in itself or in an extension of ours."""
    found = set()
    for one in (told, *told.get("extensions", {}).values()):
        number = one.get("container") if told["type"] != _BOX else None
        if isinstance(number, str):
            try:
                found.add(container_id(number))
            except BadContainerNumber:
                continue
    return found


def _around(main: str, near: Mapping[str, set[str]], named: set[str]) -> list[str]:
    """What belongs to a main object, itself first: all that leads to it, but not beyond another one."""
    found, ahead = [main], [main]
    while ahead:
        for one in sorted(near[ahead.pop()] - set(found)):
            if one in named and not one.startswith(_BOX):
                continue
            found.append(one)
            if one not in named:
                ahead.append(one)
    return found


def _refs(told: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for name, value in told.items():
        if name.endswith("_ref") and isinstance(value, str):
            found.add(value)
        elif name.endswith("_refs") and name != "object_marking_refs" and isinstance(value, list):
            found |= {one for one in value if isinstance(one, str)}
    return found


def _marking(told: Mapping[str, Any], markings: Mapping[str, dict[str, Any]]) -> Marking | None:
    refs = told.get("object_marking_refs")
    for ref in refs if isinstance(refs, list) else ():
        definition = markings.get(ref) if isinstance(ref, str) else None
        if definition is not None and MARKING_EXTENSION in definition.get("extensions", {}):
            try:
                return marking_of(definition)
            except ExchangeRefused:
                return None
    return None


def unmarked(objects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Objects without their references to markings: the marking stands beside them in the entry."""
    return [{name: value for name, value in one.items() if name != "object_marking_refs"} for one in objects]


def write_stix_time(moment: Moment) -> str:
    """A moment as STIX and TAXII write it, to the microsecond."""
    return write_time(moment)


def status_id(text: str) -> str:
    """The identifier of a status, checked.

    Raises:
        ExchangeRefused: It is none.
    """
    try:
        return str(UUID(text))
    except ValueError:
        refuse(Why.BAD_NAME)
