"""Decoy indicators: planted for readers, shown like any other, never scored; a box of that shape raises an alarm."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from vigie.desk.gate import may, permit
from vigie.desk.looking import CONFIDENTIAL
from vigie.desk.needs import Node
from vigie.desk.proving import fields_read
from vigie.desk.trail import leave
from vigie.desk.work import Working
from vigie.risk import (
    Canary,
    Grade,
    Indicator,
    Reader,
    RuleKind,
    RuleVersion,
    State,
    canary_test,
    columns,
    content_hash,
    fields_of,
    indicator_of,
    is_canary_rare,
    meant_for,
    readers,
    write_indicator,
)
from vigie.terms import (
    DAY,
    AuditEntry,
    BadRequest,
    Fact,
    Handling,
    Moment,
    NotForYou,
    Officer,
    OfficerId,
    Purpose,
    Role,
    VisitId,
)
from vigie.tracking import Notice

OVERSIGHT = Purpose.OVERSIGHT
SPAN_DAYS = 90
"""Looks that are compared: a quarter, as for controls."""

_KEPT, _CURSOR = "canaries", "canaries-looked-at"
_AT_ONCE = 2_000
_decode = msgspec.json.Decoder(tuple[Canary, ...])


def purpose_of(officer: Officer) -> Purpose:
    """What an officer oversees readers for: oversight, where cleared for it, else targeting."""
    return OVERSIGHT if OVERSIGHT in officer.purposes else Purpose.TARGETING


def kept(node: Node) -> tuple[Canary, ...]:
    """All decoys, in the order planted."""
    body = node.store.settings.get(_KEPT)
    return _decode.decode(body) if body else ()


def meant(officer: Officer, node: Node) -> list[RuleVersion]:
    """The decoys that an officer is shown, as versions that look live; who reads rules cannot tell them from others."""
    return [_version(one) for one in meant_for(kept(node), officer.id)]


def _version(one: Canary) -> RuleVersion:
    body = one.body.encode()
    made = indicator_of(body)
    return RuleVersion(
        RuleKind.INDICATOR, one.id, 1, content_hash(body), body, OfficerId(made.owner), one.at, State.LIVE, "", "",
        made.valid_from, made.valid_until,
    )  # fmt: skip


def plant(
    officer: Officer, told: Mapping[str, Any], group: Sequence[OfficerId], reason: str, node: Working,
    purpose: Purpose = OVERSIGHT,
) -> Canary:
    """Plant a decoy.

    Args:
        told: The fields of an indicator, as for a draft. group: Who is shown it; empty: all of its handling code.

    Raises:
        NotForYou: The officer may not. BadIndicator: The fields are no indicator. BadRequest: No reason, a name that
        is taken, or a shape that is not rare among the boxes of this node (`canary-common`).
    """
    permit(officer, "plant", purpose, "canaries", node)
    if not reason.strip():
        raise BadRequest(reason="canary-needs")
    made = fields_read({**told, "version": 1}, officer, node)
    if any(one.id == made.id for one in kept(node)) or node.store.rules.versions(RuleKind.INDICATOR, made.id):
        raise BadRequest(reason="canary-needs", field="id")
    met, boxes = _tried(made, node)
    if not is_canary_rare(met, boxes):
        raise BadRequest(reason="canary-common", met=met, boxes=boxes)
    canary = Canary(made.id, write_indicator(made), tuple(group), officer.id, node.now(), reason.strip())
    with node.store.transaction():
        node.store.settings.put(_KEPT, msgspec.json.encode((*kept(node), canary)))
        if node.store.settings.get(_CURSOR) is None:
            node.store.settings.put(_CURSOR, str(node.store.log.last()).encode())
    leave(officer, purpose, "plant", f"indicator {canary.id}", node, change="plant", readers=len(group))
    return canary


def patterns(officer: Officer, node: Working) -> tuple[Indicator, ...]:
    """The indicators in force that a decoy may be made to resemble: those that ask for no reason to be looked at."""
    most = min(officer.clearance, Handling(CONFIDENTIAL - 1))
    return tuple(one for one in node.rules.written if one.handling <= most and not one.id.startswith("WL-"))


def pattern(officer: Officer, like: str, node: Working, purpose: Purpose = OVERSIGHT) -> dict[str, Any]:
    """The fields of an indicator that a decoy is to resemble; empty without one. It is a look, and in the trail.

    Raises:
        NotForYou: The officer may not plant, or may not know the indicator.
    """
    permit(officer, "plant", purpose, "canaries", node)
    if not like:
        return {}
    found = next((one for one in patterns(officer, node) if one.id == like), None)
    number = 0 if found is None else found.version
    leave(officer, purpose, "see-rule", f"indicator {like[:24]} v{number}", node, refused=found is None)
    if found is None:
        raise NotForYou(purpose=purpose.value)
    return fields_of(found)


def dressed(like: str, node: Working) -> dict[str, Any]:
    """What a decoy has in common with the rules around it, so that nothing tells it from them: owner, law, weight."""
    known = {one.id: one for one in node.rules.written if not one.id.startswith("WL-")}
    told = fields_of(known.get(like) or next(iter(known.values())))
    shared = {name: told[name] for name in ("owner", "legal_basis", "basis", "valid_from") if name in told}
    return shared | {"weight": {"grade": Grade.WEAK.value, "source": told["weight"]["source"]}}


def readable(node: Working) -> tuple[Officer, ...]:
    """The officers who could be shown a decoy: active, and allowed to look at rules."""
    return tuple(one for one in node.store.officers.all()
                 if any(may(one, "see-rule", purpose) for purpose in one.purposes))  # fmt: skip


def lift(officer: Officer, wanted: str, node: Working, purpose: Purpose = OVERSIGHT) -> None:
    """Take a decoy up again; looks at it stay in the trail.

    Raises:
        NotForYou: The officer may not. BadRequest: There is none of that name.
    """
    permit(officer, "plant", purpose, "canaries", node)
    rest = tuple(one for one in kept(node) if one.id != wanted)
    if len(rest) == len(kept(node)):
        raise BadRequest(reason="unknown-choice", field="id")
    node.store.settings.put(_KEPT, msgspec.json.encode(rest))
    leave(officer, purpose, "plant", f"indicator {wanted}", node, change="lift")


def canaries(officer: Officer, node: Working, purpose: Purpose = OVERSIGHT) -> tuple[Canary, ...]:
    """List the decoys.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "plant", purpose, "canaries", node)
    leave(officer, purpose, "plant", "canaries", node, change="list")
    return kept(node)


def _tried(made: Indicator, node: Working) -> tuple[int, int]:
    """How many of the latest boxes have the shape, of how many."""
    since, boxes = 0, 0
    met = 0
    while found := node.store.assessments.vectors(since, _AT_ONCE):
        since = found[-1][1]
        latest = {visit: (hlc, vector) for visit, hlc, vector in found}
        boxes += len(latest)
        met += len(_met({made.id: made}, latest, node))
    return met, boxes


def _met(
    wanted: Mapping[str, Indicator], boxes: Mapping[VisitId, tuple[Moment, Any]], node: Working
) -> list[tuple[str, VisitId]]:
    """Which boxes have the shape of which decoy."""
    names = list(wanted)
    run = canary_test([wanted[name] for name in names])
    found = []
    for visit, known in node.store.visits.get(list(boxes)).items():
        at, vector = boxes[visit]
        bits = run(columns(known.visit, vector, at))
        found += [(name, visit) for place, name in enumerate(names) if bits >> place & 1]
    return found


def look(node: Working) -> int:
    """Look at the boxes judged since the last time; gives how many have the shape of a decoy.

    Auditors are told, each by an own warning, and the trail has it; nobody else is. Costs nothing without a decoy.
    """
    planted = kept(node)
    if not planted:
        return 0
    since = int(node.store.settings.get(_CURSOR) or b"0")
    found = node.store.assessments.vectors(since, _AT_ONCE)
    if not found:
        return 0
    boxes = {visit: (hlc, vector) for visit, hlc, vector in found}
    hits = _met({one.id: indicator_of(one.body.encode()) for one in planted}, boxes, node)
    fresh = [(name, visit) for name, visit in hits if not node.store.notices.told(visit, "canary-met")]
    auditors = [one for one in node.store.officers.all() if one.active and Role.AUDITOR in one.roles]
    now = node.now()
    node.store.notices.add([
        Notice(visit, "canary-met", now, auditor.id, "", {"canary": name, "container": visit.rpartition("-")[0]})
        for name, visit in fresh for auditor in auditors
    ])  # fmt: skip
    for name, visit in fresh:
        facts: dict[str, Fact] = {"canary": name}
        node.store.trail.keep(AuditEntry(OfficerId("node"), OVERSIGHT, "canary-met", visit, "done", now, facts))
    node.store.settings.put(_CURSOR, str(found[-1][1]).encode())
    return len(fresh)


def who_read(officer: Officer, node: Working, purpose: Purpose = OVERSIGHT) -> tuple[Reader, ...]:
    """Tell who looked at which profiles in the last `SPAN_DAYS` days, the most unusual readers first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-readers", purpose, "readers", node)
    leave(officer, purpose, "see-readers", "readers", node)
    looks: dict[str, dict[str, tuple[int, int]]] = {}
    for who, subject, outcome, n in node.store.trail.tally("see-rule", node.now() - SPAN_DAYS * DAY):
        name = subject.removeprefix("indicator ").partition(" v")[0]
        done, refused = looks.setdefault(who, {}).get(name, (0, 0))
        looks[who][name] = (done + n, refused) if outcome == "done" else (done, refused + n)
    return readers(looks, frozenset(one.id for one in kept(node)))
