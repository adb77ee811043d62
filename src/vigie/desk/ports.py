"""Access logs in, names of each day out: pseudonyms that two people may open, never a verdict, never a sanction."""

import json
import re
from collections.abc import Iterable, Iterator

from vigie.desk.acts import Marked, item_of
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.needs_people import KeptAudit
from vigie.desk.trail import leave
from vigie.desk.views.ports import AccessImport, AccessPlace, InsiderRow, InsidersView
from vigie.desk.work import Working, hand_in
from vigie.ports import (
    LEVEL,
    PER_DAY,
    AccessEvent,
    Act,
    Alert,
    Checked,
    ReadEvent,
    alerts,
    case_control,
    looked_at,
    pseudonym,
    read_access,
    third_party,
)
from vigie.terms import DAY, AccessMark, BadRequest, Doubt, Moment, Officer, OfficerId, Purpose, VisitId, datetime_of
from vigie.tracking import Noted

OVERSIGHT = Purpose.OVERSIGHT
LARGEST = 64 << 20
"""Characters of one file: a year of a terminal with 120 people has about 30 million."""

KEPT_DAYS = 180
"""How far back people are compared. Source: own figure; finds are rare, half a year gives a terminal some dozens."""

SHOWN_DAYS = 28
CAUGHT_UP_DAYS = 14
"""Days that are told at once where nothing was told before; older ones are past mending."""

FOUND = frozenset(("cocaine", "other-drugs"))
"""Outcomes that make a box a case."""

_SECRET, _UPTO, _TRAIL = "access", "access-upto", "access-trail"
_LOOKS = frozenset(("see", "see-raw", "see-releases"))
_BOX = re.compile(r"([A-Z]{4}[0-9]{7})(-[0-9]+)?")
_AT_ONCE = 5_000


def take_in(officer: Officer, text: str, node: Working, purpose: Purpose = OVERSIGHT) -> AccessImport:
    """Take an access log in (columns: `vigie.ports.COLUMNS`); names become pseudonyms before anything is written.

    The same line again changes nothing; a bad line becomes a doubt, and the next is read.

    Raises:
        NotForYou: The officer may not. BadRequest: Larger than `LARGEST`.
    """
    permit(officer, "import-access", purpose, "access logs", node)
    if len(text) > LARGEST:
        raise BadRequest(reason="larger-than-sixty-four-mebibytes")
    read = list(read_access(text, node.store.secret(_SECRET)))
    events = [one for one in read if isinstance(one, ReadEvent)]
    doubts = tuple(one for one in read if isinstance(one, Doubt))
    fresh = node.store.access.add(events)
    leave(officer, purpose, "import-access", "access logs", node, lines=len(events), new=fresh, doubts=len(doubts))
    return AccessImport(fresh, len(events) - fresh, doubts)


def insiders(officer: Officer, node: Working, purpose: Purpose = OVERSIGHT) -> InsidersView:
    """Tell the names of the last days, at most `PER_DAY` a day; days that are over are told first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-insiders", purpose, "insiders", node)
    bring_up(node)
    first = node.now() // DAY - SHOWN_DAYS
    openings = {one.user: one for one in reversed(node.store.access.openings())}
    rows = []
    for one in node.store.access.told(first):
        opening = openings.get(one.user)
        rows.append(_row(one, None if opening is None else opening.id, "" if opening is None else opening.state))
    leave(officer, purpose, "see-insiders", "insiders", node, shown=len(rows))
    lines, people = node.store.access.count()
    return InsidersView(lines, people, _date(first), PER_DAY, LEVEL, tuple(rows))


def _row(one: Alert, opening: int | None, state: str) -> InsiderRow:
    return InsiderRow(
        _date(one.day), one.user, one.kind.value, one.flagged, one.chance, one.q, one.chance * one.peers, one.peers,
        one.counted, one.expected, one.risk, one.low, one.high, one.bits, one.lane, one.of_lane, one.boxes,
        tuple(AccessPlace(at, zone) for at, zone in one.places), opening, state,
    )


def _date(day: int) -> str:
    return datetime_of(Moment(day * DAY)).date().isoformat()


def bring_up(node: Working) -> int:
    """Tell the names of the days that are over and were not told yet, and mark boxes; gives how many names.

    A day is told once; a log that comes later counts in the days that follow.
    """
    gather(node)
    today = node.now() // DAY
    upto = int(node.store.settings.get(_UPTO) or b"0")
    first = max(upto, today - CAUGHT_UP_DAYS)
    if first >= today:
        return 0
    events = node.store.access.events((first - KEPT_DAYS) * DAY, today * DAY)
    checked, lanes = controls(events, node)
    names = 0
    if events:
        told = node.store.access.told(first - SHOWN_DAYS)
        for day, found in alerts(events, checked, range(first, today), lanes, told):
            node.store.access.tell(day, found)
            names += len(found)
    node.store.settings.put(_UPTO, str(today).encode())
    mark(events, checked, node)
    return names


def controls(events: Iterable[AccessEvent], node: Node) -> tuple[list[Checked], dict[str, str]]:
    """The controls of boxes that access logs name, alike by lane and band; and the lane of each box."""
    numbers = sorted({one.container for one in events if one.container})
    told = node.store.access.boxes(numbers)
    alike = {visit: f"{lane}|{band}" for visit, _, lane, band, _ in told}
    lanes = {box: lane for _, box, lane, _, _ in told}
    outcomes: dict[VisitId, tuple[Moment, bool]] = {}
    for visit, at, found in node.store.access.controls(node.now() - KEPT_DAYS * DAY):
        before = outcomes.get(visit)
        if before is None or (found in FOUND and not before[1]):
            outcomes[visit] = (at, found in FOUND)
    checked = [Checked(visit.rpartition("-")[0], at, positive, alike[visit])
               for visit, (at, positive) in outcomes.items() if visit in alike]  # fmt: skip
    return checked, lanes


def mark(events: list[AccessEvent], checked: list[Checked], node: Working) -> int:
    """Mark boxes still on their way with what access logs say of them, and have the changed ones judged again.

    The marks name nobody. They go down to `risk` as stored values: no room looks up to this one.
    """
    asked = looked_at(events)
    flagged = {one.user for one in case_control(events, checked) if one.q <= LEVEL}
    touched = {one.container for one in events if one.user in flagged and one.act is not Act.BADGE}
    pickups: dict[str, list[AccessEvent]] = {}
    for one in events:
        if one.act is Act.PICKUP:
            pickups.setdefault(one.container, []).append(one)
    taken = {one.container for one in events if one.act is Act.LOOK and one.role == "none"
             and third_party(one, pickups.get(one.container, ()))}  # fmt: skip
    seen = sorted({one.container for one in events if one.container and one.act is Act.LOOK and one.role} | touched)
    # who was fetched by a stranger is gone when the log tells of it
    here = {box: visit for visit, box, _, _, gone in node.store.access.boxes(seen) if not gone or box in taken}
    now = node.now()
    known = node.store.access.marks(list(here.values()))
    fresh: list[AccessMark] = []
    for box, visit in here.items():
        made = AccessMark(visit, now, asked.get(box, (0, 0))[0], box in taken, box in touched if checked else None)
        before = known.get(visit)
        if before is None or _said(before) != _said(made):
            fresh.append(made)
    node.store.access.mark(fresh)
    node_itself = OfficerId("node")
    telling = [made for made in fresh if any(_said(made)) or made.visit in known]
    if telling:  # one entry for each, so that a replay of the box finds it
        hand_in([item_of(Marked(Noted(made.visit, access=made), node_itself, now), node_itself, now)
                 for made in telling], node)  # fmt: skip
    return len(fresh)


def _said(one: AccessMark) -> tuple[int | None, bool | None, bool | None]:
    return one.lookups_without_role, one.third_party_pickup, one.touched_by_uplifted


def gather(node: Node) -> int:
    """Copy what vigie's own trail says of looks at boxes; its readers are people of the chain, too. Gives how many."""
    seq = int(node.store.settings.get(_TRAIL) or b"0")
    count = 0
    while found := node.store.trail.after(seq, _AT_ONCE):
        seq = found[-1].seq
        count += node.store.access.add(_own(found, node.store.secret(_SECRET)))
    node.store.settings.put(_TRAIL, str(seq).encode())
    return count


def _own(found: Iterable[KeptAudit], secret: bytes) -> Iterator[ReadEvent]:
    for one in found:
        entry = one.entry
        box = _BOX.fullmatch(entry.subject)
        if entry.act in _LOOKS and entry.outcome == "done" and box is not None and entry.officer != "node":
            line = json.dumps({"seq": one.seq, "user": entry.officer, "act": entry.act, "subject": entry.subject})
            event = AccessEvent(entry.at, pseudonym(entry.officer, secret), "vigie", Act.LOOK, box[1], role="customs",
                                group="customs")  # fmt: skip
            yield ReadEvent(event, entry.officer, line.encode())
