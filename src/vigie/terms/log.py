"""The node's one log: every fact is an entry, and every entry has its place in one total order."""

from enum import StrEnum

import msgspec

from vigie.terms.moments import Moment


class EntryKind(StrEnum):
    """What an entry says; a new kind is added, never renamed."""

    CONSIGNMENT = "consignment"
    EQUIPMENT = "equipment"
    MOVEMENT = "movement"
    MEASUREMENT = "measurement"
    VESSEL = "vessel"
    OUTCOME = "outcome"
    SELECTION = "selection"
    OVERRIDE = "override"
    ORDER = "order"
    ACKNOWLEDGEMENT = "acknowledgement"
    WATCHLIST = "watchlist"
    MERGE = "merge"
    ERASURE = "erasure"
    ASSESSMENT = "assessment"
    RULE = "rule"
    RELEASE = "release"
    PRIORITY = "priority"
    SEIZURE = "seizure"
    CLAIM = "claim"
    MARK = "mark"
    OPENING = "opening"
    READING = "reading"
    SCAN = "scan"


class Entry(msgspec.Struct, frozen=True):
    """One entry of the log.

    Attributes:
        hlc: Its place and its time: microseconds, strictly increasing; issued by the sequencer alone.
        kind: What it says.
        subject: What it is about: a visit, a consignment, a vessel; no personal data.
        unit: Erasure unit whose key opens the body.
        body: The fact as JSON; None once erased.
        source: Message or act it came from (content hash of the message, or `officer:` and the sign-in name).
    """

    hlc: Moment
    kind: EntryKind
    subject: str
    unit: int
    body: bytes | None
    source: str
