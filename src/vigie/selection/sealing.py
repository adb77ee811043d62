"""Random draws that an insider can neither predict nor repeat, and an auditor can repeat exactly.

The day's key is sealed in the node, and its commitment stands in the audit trail before any draw. After the day the
key is revealed, and whoever has the recorded pools can draw again.
Source: docs/explanation/selection.md#sealed-draws
"""

import hmac
from hashlib import sha256

_LABEL = b"vigie selection v1"


def day_key(master: bytes, site: str, day: str) -> bytes:
    """Derive the sealed key of a site's day.

    Args:
        master: Secret of the node for draws, 32 bytes. site: UN/LOCODE. day: ISO date, UTC.
    """
    return hmac.digest(master, b"|".join((_LABEL, b"day", site.encode(), day.encode())), sha256)


def commitment(key: bytes, site: str, day: str) -> str:
    """Commit to a day's key: what is published before the first draw (64 hexadecimal characters)."""
    return sha256(b"|".join((_LABEL, b"commit", site.encode(), day.encode(), key))).hexdigest()


def fits(revealed: bytes, site: str, day: str, published: str) -> bool:
    """Tell whether a revealed key is the one that was committed to."""
    return hmac.compare_digest(commitment(revealed, site, day), published)


def lot(key: bytes, *words: str) -> int:
    """Draw a 64-bit number for words (stratum, shift, visit): the same for ever, unguessable without the key."""
    return int.from_bytes(hmac.digest(key, "|".join(words).encode(), sha256)[:8], "big")
