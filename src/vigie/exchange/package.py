"""Packages of files that travel beside the log: scan pictures, reports, cut-outs, models, training material.

A package is a BagIt bag (RFC 8493) in one ZIP file. Its payload describes itself by an RO-Crate (version 1.1); its
marking travels inside; the signature of the node it comes from stands over the manifest of the manifests, hence over
every byte. The same pieces give the same bytes, so that a package is named by its SHA-256.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

import msgspec

from vigie.exchange import package_crate as crate
from vigie.exchange import package_zip as zipped
from vigie.exchange.envelope import is_node
from vigie.exchange.markings import read_marking, write_marking
from vigie.exchange.names import safe_name
from vigie.exchange.package_cover import Cover, Piece
from vigie.exchange.refusals import Why, refuse
from vigie.exchange.signing import Signer, must_fit

PACKAGE = "package"
"""The kind of statement that a package's signature is."""
MOST_PIECES = 2_000
MOST_TITLE = 200
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MARKING = "marking.json"
_OWN = (crate.NAME, _MARKING)


class Package(msgspec.Struct, frozen=True):
    """A package that was read and found whole. sha256: Of the ZIP file (hexadecimal), its name everywhere."""

    cover: Cover
    pieces: tuple[Piece, ...]
    sha256: str


class _Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    origin: str
    key: str
    signature: str


_seals = msgspec.json.Decoder(_Seal)


def pack(cover: Cover, pieces: Sequence[Piece], signer: Signer) -> bytes:
    """Make a package; preview first, so that a slow line shows something early.

    Raises:
        ExchangeRefused: No piece, too many, a name that is not safe or stands twice, a cover that says too little, or
        more bytes than a package may have.
    """
    _check(cover, pieces)
    ordered = sorted(pieces, key=lambda piece: (piece.role != "preview", piece.name))
    payload = {crate.NAME: crate.written(cover, ordered), _MARKING: write_marking(cover.marking)}
    payload |= {piece.name: piece.body for piece in ordered}
    tags = {"bagit.txt": _BAGIT, "bag-info.txt": _bag_info(cover, payload),
            "manifest-sha256.txt": _manifest({f"data/{name}": body for name, body in payload.items()})}  # fmt: skip
    whole = _manifest(tags)
    seal = _Seal(cover.origin, signer.key, signer.sign(PACKAGE, whole).hex())
    tags |= {"tagmanifest-sha256.txt": whole, "signature.json": msgspec.json.encode(seal)}
    return zipped.written(tags | {f"data/{name}": body for name, body in payload.items()})


def unpack(raw: bytes, public_of: Callable[[str, str], bytes]) -> Package:
    """Read a package and check all of it: names, sizes, hashes, signature, marking.

    Args:
        raw: The ZIP file.
        public_of: The public key (32 bytes) of a node and key name; raises `ExchangeRefused` where it knows none.

    Raises:
        ExchangeRefused: It is no package, something in it was changed, or its signature does not fit; `place` says
        where.
    """
    files = zipped.read(raw)
    whole = _fetched(files, "tagmanifest-sha256.txt")
    origin = _sealed(files, whole, public_of)
    _covers(whole, {name: body for name, body in files.items() if _is_listed(name)}, "tagmanifest-sha256.txt")
    payload = {name: body for name, body in files.items() if name.startswith("data/")}
    _covers(_fetched(files, "manifest-sha256.txt"), payload, "manifest-sha256.txt")
    if _fetched(files, "bagit.txt") != _BAGIT:
        refuse(Why.BAD_PACKAGE, place="bagit.txt")
    inside = {safe_name(name.removeprefix("data/")): body for name, body in payload.items()}
    marking = read_marking(_fetched(inside, _MARKING))
    cover, pieces = crate.read(_fetched(inside, crate.NAME), inside, marking, _OWN)
    if cover.origin != origin:
        refuse(Why.BAD_PACKAGE, place="signature.json")
    _check(cover, pieces)
    return Package(cover, pieces, sha256(raw).hexdigest())


def _is_listed(name: str) -> bool:
    return not name.startswith("data/") and name not in ("tagmanifest-sha256.txt", "signature.json")


def _check(cover: Cover, pieces: Sequence[Piece]) -> None:
    names = [safe_name(piece.name).lower() for piece in pieces]
    faults = {
        "pieces": not 0 < len(pieces) <= MOST_PIECES,
        "names": len(set(names)) < len(names) or not set(names).isdisjoint(_OWN),
        "title": not 0 < len(cover.title.strip()) <= MOST_TITLE or not cover.title.isprintable(),
        "origin": not is_node(cover.origin),
    }
    wrong = next((name for name, is_fault in faults.items() if is_fault), None)
    if wrong is not None:
        refuse(Why.BAD_PACKAGE, place=wrong)


def _manifest(files: dict[str, bytes]) -> bytes:
    return b"".join(f"{sha256(files[name]).hexdigest()}  {name}\n".encode() for name in sorted(files))


def _covers(manifest: bytes, files: dict[str, bytes], place: str) -> None:
    """A manifest in our own writing is equal to the byte or wrong."""
    if manifest != _manifest(files):
        refuse(Why.BAD_PACKAGE, place=place)


def _bag_info(cover: Cover, payload: dict[str, bytes]) -> bytes:
    told = {
        "Source-Organization": cover.origin,
        "External-Description": cover.title,
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in told.items()).encode()


def _fetched(files: dict[str, bytes], name: str) -> bytes:
    if name not in files:
        refuse(Why.BAD_PACKAGE, place=name)
    return files[name]


def _sealed(files: dict[str, bytes], whole: bytes, public_of: Callable[[str, str], bytes]) -> str:
    """The node whose signature fits."""
    try:
        seal = _seals.decode(_fetched(files, "signature.json"))
        signature = bytes.fromhex(seal.signature)
    except (msgspec.MsgspecError, ValueError):
        refuse(Why.BAD_PACKAGE, place="signature.json")
    must_fit(public_of(seal.origin, seal.key), PACKAGE, whole, signature)
    return seal.origin
