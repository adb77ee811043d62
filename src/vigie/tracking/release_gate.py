"""The gate: one key presented for one box, and the answer, with the reason, what it changes and whom it alarms.

Every rule that lets nobody through stands here, in the order in which it is asked.
Source: docs/explanation/release-rights.md
"""

from collections.abc import Sequence

import msgspec

from vigie.terms import MINUTE, Fact, Moment, VisitId
from vigie.tracking.release import LIVE, ReleaseKey, ReleaseRight, ReleaseState, ReleaseStep, ReleaseVerb, voided
from vigie.tracking.release_key import opened_by
from vigie.tracking.worklist import Status

WRONG_PER_RIGHT = 5
"""Wrong keys after which a right is refused until two officers say otherwise. Source: own choice; the chance that five
guesses hit a key of 80 bits is 4e-24."""

WRONG_PER_GATE = 20
"""Wrong keys after which a gate is answered nothing but `gate-locked`. Source: own choice."""

WRONG_SPAN = 10 * MINUTE
"""How long a wrong key counts. Source: own choice; OWASP Authentication Cheat Sheet asks for a lock-out with a span."""

WANTED = frozenset((Status.SELECTED.value, Status.HELD.value, Status.INSPECTED.value))
"""States of a box in which customs has not let go of it: it leaves by no gate."""


class Presentation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key presented at a gate.

    Attributes:
        container, terminal, gate: Which box, where. carrier: Code of who says to collect.
        vehicle: Pseudonym of the plate. seal: Keyed hash of what was presented. by: Who stood at the gate's desk.
        at: When. off_hours: Outside the hours in which the terminal hands out. nonce: Makes it one of its own.
        visit: The box, where a right names it.
    """

    container: str
    terminal: str
    gate: str
    carrier: str
    vehicle: str
    seal: str
    by: str
    at: Moment
    off_hours: bool = False
    nonce: str = ""
    visit: VisitId = VisitId("")


class ReleaseAttempt(msgspec.Struct, frozen=True):
    """A presentation as kept. right: Empty for none. code: The answer. vehicle: Pseudonym of the plate."""

    nonce: str
    container: str
    terminal: str
    gate: str
    right: str
    code: str
    vehicle: str
    officer: str
    at: Moment


class Seen(msgspec.Struct, frozen=True):
    """What is known besides the rights.

    Attributes:
        statuses: Where each visit under the number stands in the worklist. gate_wrong: Wrong keys at this gate lately.
        vehicle_known: The vehicle collected here before.
    """

    statuses: tuple[str, ...] = ()
    gate_wrong: int = 0
    vehicle_known: bool = True


class Alert(msgspec.Struct, frozen=True):
    """Something an officer needs to know at once. code: As in `vigie.tracking.ALERTS`."""

    code: str
    right: str = ""
    facts: dict[str, Fact] = {}


class Answered(msgspec.Struct, frozen=True):
    """The answer of the gate. code: `allowed`, or why not. changed: The right as it stands now, where it moved."""

    allowed: bool
    code: str
    right: ReleaseRight | None = None
    changed: ReleaseRight | None = None
    alerts: tuple[Alert, ...] = ()


def present(rights: Sequence[ReleaseRight], told: Presentation, seen: Seen) -> Answered:
    """Judge a presentation.

    Args:
        rights: All rights for the container, of whatever state; those of another terminal open nothing here.
    """
    if seen.gate_wrong >= WRONG_PER_GATE:
        return Answered(False, "gate-locked", alerts=(Alert("release-wrong-keys", facts={"gate": told.gate}),))
    here = [right for right in rights if right.terminal == told.terminal and not right.source]
    if not here:
        return Answered(False, "no-right")
    hits = [(right, opened_by(right.keys, told.seal)) for right in here]
    right, key = next(((right, key) for right, key in hits if key is not None), (None, None))
    if right is None or key is None:
        return _wrong(here, told)
    return _dead(right, key, told) or _foreign(right, key, told) or _not_now(right, key, told, seen) or _opened(
        right, key, told, seen
    )


def _wrong(here: Sequence[ReleaseRight], told: Presentation) -> Answered:
    """No key of this box: it counts against the right that is alive, and locks it in the end."""
    refused = next((right for right in reversed(here) if right.state is ReleaseState.REFUSED), None)
    live = next((right for right in reversed(here) if right.at(told.at) in LIVE), None)
    if live is None:
        again = () if refused is None else (Alert("release-second-attempt", refused.id),)
        return Answered(False, "wrong-key", refused or here[-1], alerts=again)
    wrong = (*(at for at in live.wrong if told.at - at < WRONG_SPAN), told.at)
    counted = msgspec.structs.replace(live, wrong=wrong)
    if len(wrong) < WRONG_PER_RIGHT:
        return Answered(False, "wrong-key", live, counted)
    alert = Alert("release-wrong-keys", live.id, {"n": len(wrong), "gate": told.gate})
    return Answered(False, "wrong-key", live, refused_at(counted, told, "wrong-keys"), (alert,))


def _dead(right: ReleaseRight, key: ReleaseKey, told: Presentation) -> Answered | None:
    """The key was good once."""
    state = right.at(told.at)
    if key.used is not None:
        return Answered(False, "used-key", right, alerts=(Alert("release-replay", right.id, {"gate": told.gate}),))
    if state is ReleaseState.REFUSED:
        return Answered(False, "refused-before", right, alerts=(Alert("release-second-attempt", right.id),))
    if state is ReleaseState.REVOKED:
        return Answered(False, "revoked", right, alerts=(Alert("release-revoked-tried", right.id),))
    if key.void is not None:
        return Answered(False, "replaced-key", right, alerts=(Alert("release-revoked-tried", right.id),))
    if state is ReleaseState.EXPIRED or told.at >= key.end:
        return Answered(False, "expired", right)
    return None if state is ReleaseState.KEYED else Answered(False, "no-key", right)


def _foreign(right: ReleaseRight, key: ReleaseKey, told: Presentation) -> Answered | None:
    """The key is right and who brings it is not: it was stolen or sold, and opens nothing any more."""
    if told.by == key.by:
        return Answered(False, "own-key", right, alerts=(Alert("release-own-key", right.id),))
    code = "other-carrier" if told.carrier != key.carrier else "other-vehicle" if told.vehicle != key.vehicle else ""
    if not code:
        return None
    alert = Alert("release-stolen", right.id, {"gate": told.gate, "why": code})
    return Answered(False, code, right, refused_at(right, told, code), (alert,))


def _not_now(right: ReleaseRight, key: ReleaseKey, told: Presentation, seen: Seen) -> Answered | None:
    """All is right but the hour, or customs wants the box."""
    if told.at < key.start:
        return Answered(False, "early", right, alerts=(Alert("release-early", right.id),))
    if WANTED.intersection(seen.statuses):
        return Answered(False, "customs-hold", right, alerts=(Alert("release-held", right.id, {"gate": told.gate}),))
    return None


def _opened(right: ReleaseRight, key: ReleaseKey, told: Presentation, seen: Seen) -> Answered:
    alerts = [Alert("release-off-hours", right.id)] if told.off_hours else []
    alerts += [] if seen.vehicle_known else [Alert("release-new-vehicle", right.id)]
    alerts += [Alert("release-reissued", right.id)] if right.replaces else []
    keys = tuple(msgspec.structs.replace(one, used=told.at) if one is key else one for one in right.keys)
    step = ReleaseStep(
        ReleaseVerb.PRESENT, ReleaseState.PRESENTED, told.by, told.at, told.carrier, told.terminal, reason=told.gate
    )
    after = msgspec.structs.replace(
        right, state=ReleaseState.PRESENTED, keys=keys, steps=(*right.steps, step), wrong=()
    )
    return Answered(True, "allowed", right, after, tuple(alerts))


def refused_at(right: ReleaseRight, told: Presentation, why: str) -> ReleaseRight:
    """The right refused by the gate, its keys void."""
    step = ReleaseStep(ReleaseVerb.REFUSE, ReleaseState.REFUSED, told.by, told.at, told.carrier, "", reason=why)
    return msgspec.structs.replace(
        right, state=ReleaseState.REFUSED, keys=voided(right.keys, told.at), steps=(*right.steps, step), pending=None
    )
