"""Keys of release rights: made once, told once, kept only as a keyed hash that nobody can turn back.

A holder that wants nobody at the node ever to read its key makes it itself and hands in the commitment (SHA-256 of the
key): the node keeps the keyed hash of the commitment, and both ways open the gate alike.
Source: NIST SP 800-107 (HMAC); docs/explanation/release-rights.md#keys
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from vigie.terms import BadRequest
from vigie.tracking.release import ReleaseKey

KEY_BYTES = 10
"""Random bytes of a key: 80 bits, out of reach of guessing at 5 tries. Source: own choice, as NIST SP 800-63B look-up
secrets (at least 64 bits where nothing else slows a guess)."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1"})
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_GROUP = 4


def write_key(drawn: bytes) -> str:
    """Write a key so that people can read it out: four groups of four letters and digits.

    Args:
        drawn: `KEY_BYTES` bytes from the system's random source.
    """
    number = int.from_bytes(drawn, "big")
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(len(drawn) * 8 - 5, -1, -5))
    return "-".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))


def read_key(text: str) -> str:
    """A key as it is compared: without blanks and dashes, in capitals, `O` read as 0, `I` and `L` as 1."""
    return "".join(letter for letter in text.upper().translate(_SAME) if letter.isascii() and letter.isalnum())


def commitment_of(key: str) -> str:
    """What a holder hands in instead of a key of its own making: SHA-256, 64 hexadecimal characters."""
    return sha256(read_key(key).encode()).hexdigest()


def seal_of(commitment: str, secret: bytes) -> str:
    """The keyed hash under which a key is kept.

    Raises:
        BadRequest: The commitment is no SHA-256 in small hexadecimal letters.
    """
    if not _COMMITMENT.fullmatch(commitment):
        raise BadRequest(reason="release-commitment")
    return hmac.digest(secret, b"release key|" + commitment.encode(), sha256).hex()


def plate_of(plate: str, secret: bytes) -> str:
    """The pseudonym of a vehicle's plate (16 hexadecimal characters), always the same in this node; empty for none."""
    letters = "".join(letter for letter in plate.upper() if letter.isalnum())
    return hmac.digest(secret, b"plate|" + letters.encode(), sha256).hex()[:16] if letters else ""


def opened_by(keys: Iterable[ReleaseKey], seal: str) -> ReleaseKey | None:
    """The key of a seal; every key is compared, each in constant time, whichever of them it is."""
    found = None
    for key in keys:
        if hmac.compare_digest(key.seal, seal):
            found = key
    return found
