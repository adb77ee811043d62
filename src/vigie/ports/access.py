"""Who looked at, moved or passed what: one line of an access log, under pseudonyms that only the node can make."""

import hmac
import re
from enum import StrEnum
from hashlib import sha256

import msgspec

from vigie.terms import HOUR, Moment

NO_ROLE = "none"
"""Role of a user who is told to have none in the chain of the box. Empty means nobody said: that is not suspicious."""

PSEUDONYM = re.compile(r"[upk]-[0-9a-f]{16}")
"""The form of a pseudonym: `u-` a person, `p-` a firm, `k-` a peer group."""


class Act(StrEnum):
    """What was done.

    A look-up asks where a box is or whether it is released; handling is any work on it (a lift, a gate, a restow);
    badge is a person passing a door; pick-up is the collection of a box at the gate.
    """

    LOOK = "look-up"
    HANDLE = "handle"
    BADGE = "badge"
    PICKUP = "pick-up"


class AccessEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an access log.

    Attributes:
        at: When. user: Pseudonym of the person. system: Which system or door controller said it.
        act: What was done. container: Number of the box, empty for a badge. zone: Part of the site, for a badge.
        role: The user's role in the chain of this box (`carrier`, `forwarder`, `terminal`, `haulier`, `customs` ...);
            `none` where the source says there is none; empty where it does not say.
        group: Peer group: people with the same job; empty counts as one group of its own. party: Pseudonym of the firm.
    """

    at: Moment
    user: str
    system: str
    act: Act
    container: str = ""
    zone: str = ""
    role: str = ""
    group: str = ""
    party: str = ""


def pseudonym(name: str, secret: bytes, kind: str = "u") -> str:
    """Give a person (`u`) or a firm (`p`) its stable pseudonym in this node; empty stays empty.

    Case and blanks do not count, so that two systems that write one badge number differently mean one person.
    Without the secret nobody can try names against pseudonyms.

    Source: HMAC-SHA-256 (RFC 2104), cut to 64 bits as for parties (`vigie.terms.party_key`).
    """
    told = " ".join(name.split()).casefold()
    if not told:
        return ""
    return f"{kind}-{hmac.digest(secret, f'{kind}|{told}'.encode(), sha256).hex()[:16]}"


def hour_of_week(at: Moment) -> int:
    """The hour of the week, 0 (Monday 00:00 UTC) to 167; shifts follow the week, and so do holes in a roster."""
    return (at // HOUR + 72) % 168  # 1970-01-01 was a Thursday
