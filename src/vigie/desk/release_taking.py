"""Release rights that come from outside: a table of steps, and signed messages of a terminal's own system."""

import hmac
from collections.abc import Iterable
from hashlib import sha256

import msgspec

from vigie.desk import release
from vigie.desk.acts import ReleaseSaid, item_of
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.views.release import ReleaseTaken
from vigie.desk.work import Working, hand_in
from vigie.terms import (
    SECOND,
    AuditEntry,
    BadRequest,
    Doubt,
    Fact,
    InboxItem,
    NotForYou,
    Officer,
    OfficerId,
    Place,
    Purpose,
    VigieError,
)
from vigie.tracking import (
    Kept,
    ReleaseLine,
    ReleaseRight,
    ReleaseTold,
    party_code,
    plate_of,
    read_events,
    read_release_rows,
)

WINDOW_S = 300
"""Seconds by which the sender's clock may differ; an older message is a replay. Source: own choice, as signed webhooks
of payment services use (Stripe: 5 minutes)."""

LARGEST = 1 << 20
"""Bytes of one message: some 3,000 events."""

_SENDER = "release-sender:"


def import_csv(
    officer: Officer, text: str, node: Working, purpose: Purpose = Purpose.TARGETING
) -> tuple[ReleaseTaken, tuple[Doubt, ...]]:
    """Take the steps of a table (columns: `vigie.tracking.RELEASE_COLUMNS`), in its order; a bad row becomes a doubt.

    A table handed in twice changes nothing the second time.

    Raises:
        NotForYou: The officer may not issue rights.
    """
    permit(officer, "issue-releases", purpose, "table", node)
    told = list(read_release_rows(text.splitlines()))
    doubts = [one for one in told if isinstance(one, Doubt)]
    taken = known = 0
    for line in (one for one in told if isinstance(one, ReleaseLine)):
        try:
            if _step(officer, line, node, purpose):
                taken += 1
            else:
                known += 1
        except VigieError as fault:
            facts: dict[str, Fact] = {"error": fault.code, "reason": str(fault.facts.get("reason", ""))}
            doubts.append(Doubt("release-row", Place(segment=line.row), facts))
    leave(officer, purpose, "issue-releases", "table", node, taken=taken, known=known, doubts=len(doubts))
    return ReleaseTaken(taken, known, len(doubts)), tuple(doubts)


def _step(officer: Officer, line: ReleaseLine, node: Working, purpose: Purpose) -> bool:
    """Take the step of one row; False where it was taken before."""
    rights = [one for one in node.store.releases.of_containers([line.container]).get(line.container, [])
              if not one.source]  # fmt: skip
    last = rights[-1] if rights else None
    if last is not None and any(_is(line, one) for one in _steps(last)):
        return False
    if line.verb != "issue":
        release.step(
            officer, last.id if last else line.container, line.verb, node, party=line.party, to=line.to,
            role=line.role, reason=line.reason, purpose=purpose,
        )  # fmt: skip
        return True
    if line.end is None:
        raise BadRequest(reason="release-needs", field="end")
    kept = _newest(node.store.visits.of_containers([line.container]).get(line.container, []))
    if kept is None:
        raise NotForYou(purpose=purpose.value)
    release.issue(
        officer, kept.visit.id, node, terminal=line.terminal, to=line.to, role=line.role, end=line.end,
        start=line.start, reason=line.reason, purpose=purpose,
    )  # fmt: skip
    return True


def _steps(right: ReleaseRight) -> list[tuple[str, str, str]]:
    return [(one.verb.value, one.party, one.to) for one in right.steps]


def _is(line: ReleaseLine, step: tuple[str, str, str]) -> bool:
    return step[0] == line.verb and party_code(step[2]) == party_code(line.to) and step[1] == party_code(line.party)


def _newest(known: Iterable[Kept]) -> Kept | None:
    return max(known, key=lambda one: one.visit.segment, default=None)


def sender_secret(
    officer: Officer, sender: str, node: Working, *, withdraw: bool = False,
    purpose: Purpose = Purpose.ADMINISTRATION,
) -> str:
    """Make the secret with which a terminal's system signs (64 hexadecimal letters); an earlier one ends with it.

    Raises:
        NotForYou: The officer is no administrator. BadRequest: No name.
    """
    permit(officer, "change-release-senders", purpose, f"sender {sender[:40]}", node)
    if not sender.isalnum() or len(sender) > 40:
        raise BadRequest(reason="release-needs", field="sender")
    before = node.store.settings.get(_SENDER + sender) or b"0"
    turn = int(before.lstrip(b"-")) + 1
    node.store.settings.put(_SENDER + sender, b"%d" % (-turn if withdraw else turn))
    leave(officer, purpose, "change-release-senders", f"sender {sender}", node, withdrawn=withdraw)
    return "" if withdraw else _secret(sender, turn, node).hex()


def _secret(sender: str, turn: int, node: Working) -> bytes:
    return node.store.secret(f"release-sender:{sender}:{turn}")


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """What a sender writes into `X-Vigie-Signature`: HMAC-SHA256 over `timestamp.body`, hexadecimal."""
    return hmac.new(secret, timestamp.encode() + b"." + body, sha256).hexdigest()


def receive(
    sender: str, timestamp: str, signed: str, body: bytes, node: Working
) -> tuple[ReleaseTaken, tuple[Doubt, ...]]:
    """Take a signed message of a terminal's own system in; every event counts once, by its id.

    Args:
        sender, timestamp, signed: The three headers; timestamp in seconds since 1970. body: One event, or a list.

    Raises:
        NotForYou: Unknown sender, wrong signature, or too old; which of them is not told, and it is audited.
        BadRequest: Larger than `LARGEST`.
    """
    if len(body) > LARGEST:
        raise BadRequest(reason="larger-than-one-mebibyte")
    name = sender if sender.isalnum() and len(sender) <= 40 else ""
    turn = int(node.store.settings.get(_SENDER + name) or b"0") if name else 0
    right = signature(_secret(name or "nobody", max(turn, 0), node), timestamp, body)
    fresh = timestamp.isdecimal() and abs(int(timestamp) * SECOND - node.wall()) <= WINDOW_S * SECOND
    if not hmac.compare_digest(right.encode(), signed.encode()) or not fresh or turn <= 0:
        _trail(name, node, outcome="refused")
        raise NotForYou(purpose=Purpose.TARGETING.value)
    taken, known, doubts = _taken(body, name, node)
    _trail(name, node, taken=taken, known=known, doubts=len(doubts))
    return ReleaseTaken(taken, known, len(doubts)), doubts


def _trail(sender: str, node: Working, outcome: str = "done", **facts: int) -> None:
    who = OfficerId(f"system {sender or 'unknown'}")
    node.store.trail.keep(
        AuditEntry(who, Purpose.TARGETING, "tell-releases", "releases", outcome, node.now(), dict(facts))
    )


def _taken(body: bytes, sender: str, node: Working) -> tuple[int, int, tuple[Doubt, ...]]:
    told = list(read_events(body, sender))
    doubts = [one for one in told if isinstance(one, Doubt)]
    items: list[InboxItem] = []
    known = 0
    for place, one in enumerate(told, 1):
        if isinstance(one, Doubt):
            continue
        kept = _newest(node.store.visits.of_containers([one.container]).get(one.container, []))
        if kept is None:
            doubts.append(Doubt("release-unknown-box", Place(segment=place, path="container"), {"event": one.event}))
        elif node.store.releases.taken(sender, one.event):
            known += 1
        else:
            plate = plate_of(one.vehicle, release.secret_of(node))
            told_of = msgspec.structs.replace(one, visit=kept.visit.id, site=kept.listed.site, vehicle=plate)
            items.append(_item(told_of, node))
    hand_in(items, node)
    return len(items), known, tuple(doubts)


def _item(told: ReleaseTold, node: Working) -> InboxItem:
    """Dated by itself, so that the same event is the same item however often it is sent at once."""
    return item_of(ReleaseSaid(told, OfficerId(f"system:{told.source}"), told.at), OfficerId(told.source), node.now())
