"""Release rights: who may collect a box, through whose hands that right went, and what may happen to it next.

The machine is the table `RULES`; nothing else moves a right but `advance` and the gate (`vigie.tracking.release_gate`).
Source: reference page trade, technical barriers (Certified Pick up, Secure Chain); docs/explanation/release-rights.md
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from vigie.terms import HOUR, BadRequest, Conflict, Moment, SecondNeeded, VisitId

LONGEST_KEY_H = 24
"""Hours a key may live at most. Source: own choice, docs/explanation/release-rights.md#keys"""


class ReleaseState(StrEnum):
    """Where a right stands."""

    ISSUED = "issued"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    KEYED = "key-issued"
    PRESENTED = "presented"
    PICKED_UP = "picked-up"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"


class ReleaseVerb(StrEnum):
    """What can be done with a right; `present` happens at the gate alone."""

    ISSUE = "issue"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    KEY = "key"
    PRESENT = "present"
    PICK_UP = "pick-up"
    REFUSE = "refuse"
    REVOKE = "revoke"
    ASK = "ask-override"
    CONFIRM = "confirm-override"


class ReleaseRole(StrEnum):
    """What a party of the chain is; only a carrier gets a key."""

    LINE = "shipping-line"
    AGENT = "shipping-agent"
    FORWARDER = "forwarder"
    CARRIER = "carrier"
    TERMINAL = "terminal"


_S, _V = ReleaseState, ReleaseVerb
LIVE = frozenset((_S.ISSUED, _S.TRANSFERRED, _S.ACCEPTED, _S.KEYED))
"""States in which the right can still lead to a pick-up by itself."""


class ReleaseRule(msgspec.Struct, frozen=True):
    """One line of the machine. starts: Where it may begin; empty: nowhere yet. needs: Fields to fill."""

    verb: ReleaseVerb
    starts: frozenset[ReleaseState]
    end: ReleaseState | None
    needs: tuple[str, ...] = ()


RULES: tuple[ReleaseRule, ...] = (
    ReleaseRule(_V.ISSUE, frozenset(), _S.ISSUED, ("container", "terminal", "to", "role", "end")),
    ReleaseRule(_V.TRANSFER, frozenset((_S.ISSUED, _S.ACCEPTED)), _S.TRANSFERRED, ("party", "to", "role")),
    ReleaseRule(_V.ACCEPT, frozenset((_S.TRANSFERRED,)), _S.ACCEPTED, ("party",)),
    ReleaseRule(_V.KEY, frozenset((_S.ACCEPTED, _S.KEYED)), _S.KEYED, ("party", "seal", "vehicle", "start", "end")),
    ReleaseRule(_V.PRESENT, frozenset((_S.KEYED,)), _S.PRESENTED),
    ReleaseRule(_V.PICK_UP, frozenset((_S.PRESENTED,)), _S.PICKED_UP),
    ReleaseRule(_V.REFUSE, LIVE | {_S.PRESENTED}, _S.REFUSED, ("reason",)),
    ReleaseRule(_V.REVOKE, LIVE | {_S.PRESENTED, _S.REFUSED}, _S.REVOKED, ("reason",)),
    ReleaseRule(_V.ASK, frozenset((_S.ISSUED, _S.TRANSFERRED, _S.REFUSED, _S.PRESENTED)), None, ("to", "reason")),
    ReleaseRule(_V.CONFIRM, frozenset((_S.ISSUED, _S.TRANSFERRED, _S.REFUSED, _S.PRESENTED)), _S.ACCEPTED, ("reason",)),
)
"""The machine. `ask-override` leaves a right where it is and waits for a second officer's `confirm-override`."""

_BY_VERB = {rule.verb: rule for rule in RULES}


class ReleaseWish(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody wants done with a right.

    Attributes:
        right: Which. by: Officer (sign-in name) or system that tells it. at: When it was asked.
        party: Code of the party that acts; it must hold the right, or be the one it was passed to.
        to, role: Code and role of the party that gets it. reason: Why.
        visit, container, site, terminal: Of a right to be issued. replaces: The right it comes after.
        start, end: When the box may be collected; of a key its own, shorter window.
        seal, vehicle: Of a key: its keyed hash, and the pseudonym of the plate it is bound to.
    """

    right: str
    verb: ReleaseVerb
    by: str
    at: Moment
    party: str = ""
    to: str = ""
    role: str = ""
    reason: str = ""
    visit: VisitId = VisitId("")
    container: str = ""
    site: str = ""
    terminal: str = ""
    replaces: str = ""
    start: Moment | None = None
    end: Moment | None = None
    seal: str = ""
    vehicle: str = ""


class ReleaseStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a chain, as kept. state: Where the right stood after it. party, to: Who passed it to whom.

    vehicle: Pseudonym of the plate that came, as another system told it.
    """

    verb: ReleaseVerb
    state: ReleaseState
    by: str
    at: Moment
    party: str = ""
    to: str = ""
    role: str = ""
    reason: str = ""
    vehicle: str = ""


class ReleaseKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key as kept: never the key itself.

    Attributes:
        seal: Keyed hash, 64 hexadecimal characters. carrier, vehicle: Whom and what it is bound to.
        start, end: When it opens. by: Who had it made. used: When it opened the gate. void: When another replaced it.
    """

    seal: str
    carrier: str
    vehicle: str
    start: Moment
    end: Moment
    by: str
    used: Moment | None = None
    void: Moment | None = None


class ReleaseRight(msgspec.Struct, frozen=True, omit_defaults=True):
    """The right to collect one box at one terminal, with all that happened to it.

    Attributes:
        holder, role: The party that holds it. offered, offered_role: To whom it was passed and who has not accepted.
        start, end: When the box may be collected. wrong: Moments at which wrong keys were tried.
        pending: The override that waits for a second officer. source: System that keeps it; empty: this node.
    """

    id: str
    visit: VisitId
    container: str
    site: str
    terminal: str
    state: ReleaseState
    end: Moment
    start: Moment = Moment(0)
    holder: str = ""
    role: str = ""
    offered: str = ""
    offered_role: str = ""
    steps: tuple[ReleaseStep, ...] = ()
    keys: tuple[ReleaseKey, ...] = ()
    wrong: tuple[Moment, ...] = ()
    pending: ReleaseStep | None = None
    replaces: str = ""
    source: str = ""

    @property
    def changed(self) -> Moment:
        """When the last step was taken."""
        return self.steps[-1].at if self.steps else Moment(0)

    def at(self, now: Moment) -> ReleaseState:
        """Where it stands at a moment: a live right whose time is over has expired, without anybody's doing."""
        return ReleaseState.EXPIRED if self.state in LIVE and now >= self.end else self.state


def party_code(text: str) -> str:
    """A party's code as it is compared: capital letters, no blanks."""
    return "".join(text.split()).upper()


def possible_steps(right: ReleaseRight, now: Moment) -> tuple[ReleaseVerb, ...]:
    """What may be done with a right now, by its state."""
    state = right.at(now)
    return tuple(
        rule.verb for rule in RULES
        if state in rule.starts and (rule.verb is not _V.CONFIRM or right.pending is not None)
    )  # fmt: skip


def advance(right: ReleaseRight | None, wish: ReleaseWish) -> ReleaseRight:
    """Take one step.

    Raises:
        Conflict: Not legal from where the right stands. BadRequest: A field is missing or has no meaning.
        SecondNeeded: A second officer is needed, and there is only one.
    """
    rule = _BY_VERB[wish.verb]
    for field in rule.needs:
        if getattr(wish, field) in ("", None):
            raise BadRequest(reason="release-needs", field=field)
    if right is None:
        if rule.starts:
            raise Conflict(reason="release-unknown")
        return _issued(wish)
    state = right.at(wish.at)
    if state not in rule.starts:
        raise Conflict(reason="release-state", verb=wish.verb.value, state=state.value)
    return _walked(_STEPS[wish.verb](right, wish), wish, rule.end or state)


def _walked(right: ReleaseRight, wish: ReleaseWish, end: ReleaseState) -> ReleaseRight:
    step = ReleaseStep(wish.verb, end, wish.by, wish.at, wish.party, wish.to, wish.role, wish.reason)
    return msgspec.structs.replace(right, state=end, steps=(*right.steps, step))


def _issued(wish: ReleaseWish) -> ReleaseRight:
    start = wish.start or wish.at
    if wish.end is None or wish.end <= max(start, wish.at):
        raise BadRequest(reason="release-window")
    bare = ReleaseRight(
        wish.right, wish.visit, wish.container, wish.site, wish.terminal, _S.ISSUED, wish.end, start,
        party_code(wish.to), _role(wish.role), replaces=wish.replaces,
    )  # fmt: skip
    return _walked(bare, wish, _S.ISSUED)


def _role(told: str) -> str:
    if told not in {one.value for one in ReleaseRole}:
        raise BadRequest(reason="release-role")
    return told


def _transfer(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    _holds(right.holder, wish)
    return msgspec.structs.replace(right, offered=party_code(wish.to), offered_role=_role(wish.role), pending=None)


def _accept(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    _holds(right.offered, wish)
    return msgspec.structs.replace(
        right, holder=right.offered, role=right.offered_role, offered="", offered_role="", pending=None
    )


def _holds(holder: str, wish: ReleaseWish) -> None:
    if party_code(wish.party) != holder:
        raise Conflict(reason="release-holder")


def _key(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    _holds(right.holder, wish)
    if right.role != ReleaseRole.CARRIER:
        raise Conflict(reason="release-carrier")
    start, end = max(wish.start or wish.at, right.start), wish.end or wish.at
    if not start < end <= right.end or wish.at >= end or end - start > LONGEST_KEY_H * HOUR:
        raise BadRequest(reason="release-key-window", hours=LONGEST_KEY_H)
    if len({step.by for step in right.steps if step.verb in _CHAIN} | {wish.by}) < 2:
        raise SecondNeeded(verb=wish.verb.value)
    made = ReleaseKey(wish.seal, right.holder, wish.vehicle, start, end, wish.by)
    return msgspec.structs.replace(right, keys=(*voided(right.keys, wish.at), made))


_CHAIN = frozenset((_V.ISSUE, _V.TRANSFER, _V.ACCEPT, _V.CONFIRM))
"""Steps that make a chain: where one person took all of them, that person alone gets no key made."""


def voided(keys: Iterable[ReleaseKey], at: Moment) -> tuple[ReleaseKey, ...]:
    """Keys of which none opens any more."""
    return tuple(
        key if key.used is not None or key.void is not None else msgspec.structs.replace(key, void=at) for key in keys
    )


def _stop(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    return msgspec.structs.replace(right, keys=voided(right.keys, wish.at), pending=None)


def _same(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    return right


def _ask(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    told = ReleaseStep(
        wish.verb, right.state, wish.by, wish.at, to=party_code(wish.to), role=ReleaseRole.CARRIER.value,
        reason=wish.reason,
    )  # fmt: skip
    return msgspec.structs.replace(right, pending=told)


def _confirm(right: ReleaseRight, wish: ReleaseWish) -> ReleaseRight:
    if right.pending is None:
        raise Conflict(reason="release-nothing-pending")
    if right.pending.by == wish.by:
        raise SecondNeeded(verb=wish.verb.value)
    return msgspec.structs.replace(
        right, holder=right.pending.to, role=ReleaseRole.CARRIER.value, offered="", offered_role="", pending=None,
        wrong=(), keys=voided(right.keys, wish.at),
    )  # fmt: skip


_STEPS = {
    _V.TRANSFER: _transfer, _V.ACCEPT: _accept, _V.KEY: _key, _V.PRESENT: _same, _V.PICK_UP: _same,
    _V.REFUSE: _stop, _V.REVOKE: _stop, _V.ASK: _ask, _V.CONFIRM: _confirm,
}  # fmt: skip
