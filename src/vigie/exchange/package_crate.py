"""The description inside a package: an RO-Crate (version 1.1), JSON-LD that any reader of research objects understands.

What RO-Crate has a word for uses that word; what only this trade has (role of a file, container, simulation) stands
under terms of our own.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from vigie.exchange.markings import Marking
from vigie.exchange.package_cover import Cover, PackageKind, Piece
from vigie.exchange.refusals import Why, refuse
from vigie.terms import VigieError, read_moment, write_moment

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_OWN = {name: f"urn:vigie:package:{name}" for name in ("kind", "role", "simulated", "container")}


def written(cover: Cover, pieces: Sequence[Piece]) -> bytes:
    """The description of a package as bytes, alike every time."""
    graph = [_descriptor(), _root(cover, pieces), _node(cover), *map(_file, pieces)]
    told = {"@context": [_CONTEXT, _OWN], "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=1) + b"\n"


def read(
    raw: bytes, inside: Mapping[str, bytes], marking: Marking, own: Sequence[str]
) -> tuple[Cover, tuple[Piece, ...]]:
    """Read a description and lay the files beside it.

    Args:
        raw: The description. inside: Files of the payload by name. marking: Already read. own: Files that are the
            package's own and described by nothing.

    Raises:
        ExchangeRefused: It is no description of these files.
    """
    try:
        told = msgspec.json.decode(raw)
        by_id = {one["@id"]: one for one in told["@graph"]}
        root = by_id["./"]
        cover = _cover(root, marking)
        pieces = tuple(_pieces(root, by_id, inside))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, AttributeError, VigieError):
        refuse(Why.BAD_PACKAGE, place=NAME)
    if {piece.name for piece in pieces} | set(own) != set(inside) or len(pieces) + len(own) != len(inside):
        refuse(Why.BAD_PACKAGE, place=NAME)
    return cover, pieces


def _descriptor() -> dict[str, Any]:
    return {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _PROFILE}}


def _root(cover: Cover, pieces: Sequence[Piece]) -> dict[str, Any]:
    told = {
        "@id": "./", "@type": "Dataset", "name": cover.title, "datePublished": write_moment(cover.created),
        "author": {"@id": f"urn:vigie:node:{cover.origin}"}, "kind": cover.kind.value, "simulated": cover.simulated,
        "hasPart": [{"@id": piece.name} for piece in pieces],
        "license": f"Only as marking.json says: {cover.marking.tlp.name}, {cover.marking.handling.name}",
        "description": f"Package of kind {cover.kind.value} from node {cover.origin}",
    }  # fmt: skip
    return told | ({"container": cover.container} if cover.container else {})


def _node(cover: Cover) -> dict[str, Any]:
    return {"@id": f"urn:vigie:node:{cover.origin}", "@type": "Organization", "name": cover.origin}


def _file(piece: Piece) -> dict[str, Any]:
    return {
        "@id": piece.name, "@type": "File", "name": piece.label or piece.name, "encodingFormat": piece.media,
        "contentSize": str(len(piece.body)), "sha256": sha256(piece.body).hexdigest(), "role": piece.role,
    }  # fmt: skip


def _cover(root: Mapping[str, Any], marking: Marking) -> Cover:
    return Cover(
        kind=PackageKind(root["kind"]), title=_text(root["name"]), created=read_moment(_text(root["datePublished"])),
        origin=_text(root["author"]["@id"]).removeprefix("urn:vigie:node:"), marking=marking,
        container=_text(root.get("container", "")), simulated=root["simulated"] is True,
    )  # fmt: skip


def _pieces(root: Mapping[str, Any], by_id: Mapping[str, Any], inside: Mapping[str, bytes]) -> Iterator[Piece]:
    for part in root["hasPart"]:
        one = by_id[part["@id"]]
        name, label = _text(one["@id"]), _text(one["name"])
        role, media = _text(one["role"]), _text(one["encodingFormat"])
        yield Piece(name, media, inside[name], role, "" if label == name else label)


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError("not a text")
    return told
