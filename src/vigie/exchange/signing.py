"""Signatures: Ed25519 over the bytes as they are kept, each kind of statement under a name of its own.

Source: RFC 8032. The name before the bytes keeps a signature given for one kind from being shown as another.
"""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vigie.exchange.refusals import Why, refuse

SEED_BYTES = 32
HEAD, WITNESS, ROOT, FEDERATION, RECEIPT = "head", "witness", "root", "federation", "receipt"
"""Kinds of statements that are signed."""


def signable(kind: str, told: bytes) -> bytes:
    """The bytes that are signed for a statement of a kind."""
    return b"vigie vx1 " + kind.encode() + b"\n" + told


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature (64 bytes) of a key (32 bytes) fits a message; whatever is malformed does not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public: bytes) -> str:
    """The name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(public).hexdigest()[:16]


class Signer:
    """A private key in use.

    Args:
        seed: 32 random bytes; whoever has them can sign.
    """

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()
        self.key = key_id(self.public)

    def sign(self, kind: str, told: bytes) -> bytes:
        """Sign a statement of a kind (64 bytes)."""
        return self._key.sign(signable(kind, told))


def must_fit(public: bytes, kind: str, told: bytes, signature: bytes) -> None:
    """Check a statement's signature.

    Raises:
        ExchangeRefused: It does not fit.
    """
    if not verify(public, signable(kind, told), signature):
        refuse(Why.FORGED, kind=kind)
