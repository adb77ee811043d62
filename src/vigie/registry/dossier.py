"""A dossier: everything of a judicial file in one sealed archive, which shows by itself where it was touched.

The seal covers a list of all parts, each under a salted hash. What a recipient may not know is left out of the
archive and stays on the list: the seal is the same for every recipient, and nobody can guess a part from its hash.
"""

import struct
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import msgspec

from vigie.terms import Purpose

DOSSIER_FORMAT = "vigie-dossier/1"
SEALED, MANIFEST, SIGNATURE = "sealed.json", "manifest.json", "signature.json"
"""Members that make the seal; all others are parts."""

KINDS = ("case", "seizure", "original", "box", "reading", "act", "custody", "trail", "model", "proofs")
"""What a part is, in the order of a dossier."""

_ALWAYS = frozenset(("case", "proofs"))
_HARD_FACTS = frozenset(("seizure", "original", "box", "custody"))

FOR_PURPOSE: Mapping[Purpose, frozenset[str]] = {
    Purpose.INVESTIGATION: frozenset(KINDS),
    Purpose.OVERSIGHT: frozenset(KINDS) - {"original"},
    Purpose.TARGETING: frozenset(KINDS) - {"trail"},
    Purpose.INSPECTION: _ALWAYS | _HARD_FACTS | {"act"},
}
"""What a recipient may have, by what for: who investigates everything; who oversees no raw messages of traders; who
targets not who looked; who inspects what was found and how it was kept. Statistics and administration get none.
Source: own rule; purpose limitation after Directive (EU) 2016/680, article 4(1)(b)."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCAL = struct.Struct("<4s5H3L2H")
SALT_BYTES = 32


class DossierPart(msgspec.Struct, frozen=True):
    """A part. path: Its member of the archive. kind: One of `KINDS`. handling: Who may know, 0 to 4."""

    path: str
    kind: str
    handling: int
    body: bytes


class SealedPart(msgspec.Struct, frozen=True):
    """A part on the list. commitment: SHA-256 over salt and bytes, hexadecimal."""

    path: str
    kind: str
    handling: int
    size: int
    commitment: str


class Head(msgspec.Struct, frozen=True):
    """A chain of the node when the dossier was made. size: Entries. root: Of the tree over their links. last: Link."""

    chain: str
    size: int
    root: str
    last: str


class Sealed(msgspec.Struct, frozen=True):
    """What the seal covers; the same for every recipient. case: Judicial file. node: Who made it. made: ISO moment."""

    format: str
    case: str
    node: str
    made: str
    is_simulated: bool
    parts: tuple[SealedPart, ...]
    heads: tuple[Head, ...]


class Manifest(msgspec.Struct, frozen=True):
    """What one recipient got.

    Attributes:
        sealed: SHA-256 of the sealed list: the seal. recipient: Who. clearance, purpose: What was left out by.
        given: Path to salt, hexadecimal. withheld: Path to the reason (`handling`, `purpose`).
    """

    sealed: str
    recipient: str
    clearance: int
    purpose: str
    given: dict[str, str]
    withheld: dict[str, str]


class Signed(msgspec.Struct, frozen=True):
    """Signature of the manifest. public: Ed25519 key, signature: 64 bytes; both hexadecimal."""

    public: str
    signature: str


class DossierFault(msgspec.Struct, frozen=True):
    """Where a dossier is not what was sealed. place: Member or `archive`. reason: Code. offset: Of the first byte."""

    place: str
    reason: str
    offset: int | None = None


def commitment(salt: bytes, body: bytes) -> str:
    """The salted hash of a part."""
    return sha256(salt + body).hexdigest()


def withheld_for(part: DossierPart, clearance: int, purpose: Purpose) -> str:
    """Why a part is left out for a recipient; empty where it is given."""
    if part.kind in _ALWAYS:
        return ""
    if part.kind not in FOR_PURPOSE.get(purpose, frozenset()):
        return "purpose"
    return "handling" if part.handling > clearance else ""


def pack(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Put members into an archive: stored, in their order, without times, so that the same is the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as packed:
        for name, body in members:
            packed.writestr(ZipInfo(name, _EPOCH), body)
    return out.getvalue()


def unpack(raw: bytes) -> tuple[dict[str, bytes], list[DossierFault]]:
    """Read an archive that `pack` made; every byte that differs from what `pack` would write is a fault."""
    members: list[tuple[str, bytes]] = []
    starts: list[int] = []
    at = 0
    while raw[at : at + 4] == b"PK\x03\x04" and len(raw) >= at + _LOCAL.size:
        *_, size, _, length, extra = _LOCAL.unpack_from(raw, at)
        start = at + _LOCAL.size + length + extra
        name = raw[at + _LOCAL.size : at + _LOCAL.size + length].decode("utf-8", "replace")
        members.append((name, raw[start : start + size]))
        starts.append(at)
        at = start + size
    faults = []
    names = [name for name, _ in members]
    if len(set(names)) != len(names):
        return dict(members), [DossierFault("archive", "member-twice")]
    offset = _first_difference(raw, pack(members))
    if offset is not None:
        begun = [name for name, start in zip(names, starts, strict=True) if start <= offset]
        place = begun[-1] if begun else ""
        faults.append(DossierFault(place if place and offset < at else "archive", "bytes-differ", offset))
    return dict(members), faults


def _first_difference(one: bytes, other: bytes) -> int | None:
    if one == other:
        return None
    low, high = 0, min(len(one), len(other))
    while low < high:  # the first place where the beginnings are not the same any more
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def list_faults(members: Mapping[str, bytes], sealed: Sealed, manifest: Manifest) -> list[DossierFault]:
    """Compare the members with the sealed list: each part is there unaltered, or is named as left out."""
    faults = []
    listed = {part.path: part for part in sealed.parts}
    for path, part in listed.items():
        salt, body = manifest.given.get(path), members.get(path)
        if (salt is None) is not (path in manifest.withheld):
            faults.append(DossierFault(path, "neither-given-nor-withheld"))
        elif salt is None:
            if body is not None:
                faults.append(DossierFault(path, "withheld-but-there"))
        elif body is None:
            faults.append(DossierFault(path, "part-missing"))
        elif len(salt) != 2 * SALT_BYTES or _salted(salt, body) != part.commitment:
            faults.append(DossierFault(path, "part-altered"))
    known = {*listed, SEALED, MANIFEST, SIGNATURE}
    faults += [DossierFault(name, "not-on-the-list") for name in members if name not in known]
    return faults


def _salted(salt: str, body: bytes) -> str:
    try:
        return commitment(bytes.fromhex(salt), body)
    except ValueError:
        return ""
