"""What release acts of a batch mean for their boxes, handed in as entries that follow: boxes are judged again by them.

The gate's answer is known only when a batch is written, after its boxes were judged. So what it says of a box is an
entry that follows; it is durable with the batch, and a replay of the log finds it where it stood.
"""

from collections.abc import Sequence
from hashlib import sha256
from hmac import digest

import msgspec

from vigie.desk.acts import (
    Again,
    Marked,
    Presenting,
    ReleaseSaid,
    Releasing,
    ScanAssigned,
    ScanTaken,
    item_of,
    visits_of,
)
from vigie.desk.exchange_effects import announced
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.desk.sailing import aboard
from vigie.desk.scanning_marking import picture_items
from vigie.terms import InboxItem, Moment, OfficerId, VisitId
from vigie.tracking import Noted, release_mark, same_mark

NODE = OfficerId("node")
_AT_ONCE = 500  # boxes judged again together: what comes in waits half a second at most
_MOST = 1_000
"""Presentations of one number that are counted. Source: own; a box is presented once, rarely twice."""


def follow_up(ledger: Ledger, node: Node) -> int:
    """Hand in what the acts of a batch mean for boxes; gives how many items wait for it."""
    asked = [act for _, _, act in ledger.acts if isinstance(act, (Releasing, Presenting, ReleaseSaid))]
    boxes = list(dict.fromkeys(visit for act in asked for visit in visits_of(act)))
    items = release_items(boxes, ledger.last, node) if boxes else []
    items += picture_items(_pictured(ledger), ledger.last, node, announced)
    items += _again([name for name in aboard(ledger.sails, node) if name not in ledger.touched], ledger.last)
    if items and not ledger.is_live:  # while history is loaded the log keeps to its time
        items = [msgspec.structs.replace(item, recorded=ledger.last, backload=True) for item in items]
    if items:
        node.store.inbox.add(items)
    return len(items)


def _pictured(ledger: Ledger) -> list[VisitId]:
    """Boxes of which a scan came, or was assigned."""
    told = (act for _, _, act in ledger.acts if isinstance(act, (ScanTaken, ScanAssigned)))
    named = [(act.record.visit,) if isinstance(act, ScanTaken) else (act.visit, act.was) for act in told]
    return [visit for visit in dict.fromkeys(name for names in named for name in names) if visit]


def _again(visits: Sequence[VisitId], at: Moment) -> list[InboxItem]:
    """Boxes aboard a ship that lost hours, to be judged again by what is known now."""
    return [
        item_of(Again(tuple(visits[start : start + _AT_ONCE]), NODE, at), NODE, at)
        for start in range(0, len(visits), _AT_ONCE)
    ]


def release_items(visits: Sequence[VisitId], at: Moment, node: Node) -> list[InboxItem]:
    """The marks of boxes whose right fared otherwise than they hold."""
    store, secret = node.store, node.store.secret("release-mark")

    def key_of(kind: str, code: str) -> int:
        return int.from_bytes(digest(secret, f"{kind}|{code}".encode(), sha256)[:8], "big") >> 1

    rights = store.releases.of_containers([visit.rpartition("-")[0] for visit in visits])
    made = []
    for visit, kept in store.visits.get(list(visits)).items():
        number = visit.rpartition("-")[0]
        mark = release_mark(visit, rights.get(number, ()), store.releases.attempts(number, _MOST), key_of)
        held = kept.visit.release
        if mark is not None and (held is None or not same_mark(held.mark, mark)):
            made.append(item_of(Marked(Noted(visit, release=mark), NODE, at), NODE, at))
    return made
