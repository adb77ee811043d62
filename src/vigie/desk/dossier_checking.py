"""A dossier verified by itself: the archive byte by byte, the seal, every part, every proof; no node is needed."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

import msgspec

from vigie.desk.dossier_proving import LogPart, Proof, original_faults, proof_faults
from vigie.desk.views.dossier import DossierCheck
from vigie.exchange import key_id, verify
from vigie.registry import MANIFEST, SEALED, SIGNATURE, DossierFault, Manifest, Sealed, Signed, list_faults, unpack

PROOFS = "proofs.json"
SIGNED_AS = "dossier"
"""Kind of statement under which a dossier is signed."""

MOST = 100
"""Faults that are named; one wrong byte makes one or two, another file makes thousands."""

T = TypeVar("T")
_sealed: Callable[[bytes], Sealed] = msgspec.json.Decoder(Sealed).decode
_manifest: Callable[[bytes], Manifest] = msgspec.json.Decoder(Manifest).decode
_signed: Callable[[bytes], Signed] = msgspec.json.Decoder(Signed).decode
_proofs: Callable[[bytes], tuple[Proof, ...]] = msgspec.json.Decoder(tuple[Proof, ...]).decode
_entry: Callable[[bytes], LogPart] = msgspec.json.Decoder(LogPart).decode


def check_dossier(raw: bytes, key: str = "") -> DossierCheck:
    """Verify a dossier; tells every place that is not as it was sealed.

    Args:
        raw: The file. key: Name of the key it must be signed with, as the sender told it another way; empty takes the
            key that the file itself names, which shows damage and not who made it.
    """
    members, faults = unpack(raw)
    sealed = _read(members, SEALED, _sealed, faults)
    manifest = _read(members, MANIFEST, _manifest, faults)
    signed = _read(members, SIGNATURE, _signed, faults)
    if sealed is None or manifest is None or signed is None:
        return DossierCheck(False, "", "", "", "", "", 0, 0, 0, tuple(faults[:MOST]))
    seal = sha256(members[SEALED]).hexdigest()
    if seal != manifest.sealed:
        faults.append(DossierFault(SEALED, "seal-broken"))
    signer = _signature_faults(signed, members[MANIFEST], key, faults)
    faults += list_faults(members, sealed, manifest)
    proofs = _read(members, PROOFS, _proofs, faults) or ()
    faults += proof_faults(proofs, {head.chain: head for head in sealed.heads}, members)
    entries = [(one.path, _read(members, one.path, _entry, faults)) for one in proofs
               if one.chain == "log" and one.path in members]  # fmt: skip
    faults += original_faults(members, [(path, one) for path, one in entries if one is not None])
    return DossierCheck(
        not faults, sealed.case, sealed.node, manifest.recipient, seal, signer, len(manifest.given),
        len(manifest.withheld), len(proofs), tuple(faults[:MOST]),
    )  # fmt: skip


def signed_bytes(manifest: bytes) -> bytes:
    """What the signature of a dossier covers: the name of its kind and the manifest, as `Signer.sign` puts them."""
    return b"vigie vx1 " + SIGNED_AS.encode() + b"\n" + manifest


def _signature_faults(signed: Signed, told: bytes, key: str, faults: list[DossierFault]) -> str:
    try:
        public, signature = bytes.fromhex(signed.public), bytes.fromhex(signed.signature)
    except ValueError:
        public = signature = b""
    if not verify(public, signed_bytes(told), signature):
        faults.append(DossierFault(SIGNATURE, "signature-wrong"))
    if key and key_id(public) != key.strip().lower():
        faults.append(DossierFault(SIGNATURE, "another-key"))
    return key_id(public)


def _read(members: dict[str, bytes], name: str, read: Callable[[bytes], T], faults: list[DossierFault]) -> T | None:
    if name not in members:
        faults.append(DossierFault(name, "part-missing"))
        return None
    try:
        return read(members[name])
    except msgspec.MsgspecError:
        faults.append(DossierFault(name, "not-readable"))
        return None
