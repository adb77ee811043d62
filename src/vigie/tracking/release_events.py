"""What a terminal's own release system tells: events of rights that it keeps, in our own documented JSON.

vigie decides nothing about such a right: it keeps what it was told, tells officers what is out of the ordinary, and
remembers each event by its id. Source: docs/how-to/release-rights.md; no public event interface of such systems exists.
"""

from collections.abc import Iterator

import msgspec

from vigie.terms import BadMoment, Doubt, Fact, Moment, Place, VisitId, read_moment, written_number
from vigie.tracking.release import ReleaseRight, ReleaseState, ReleaseStep, ReleaseVerb, party_code
from vigie.tracking.release_gate import Alert

STATES = {state.value: state for state in ReleaseState}
_VERBS = {
    ReleaseState.ISSUED: ReleaseVerb.ISSUE, ReleaseState.TRANSFERRED: ReleaseVerb.TRANSFER,
    ReleaseState.ACCEPTED: ReleaseVerb.ACCEPT, ReleaseState.KEYED: ReleaseVerb.KEY,
    ReleaseState.PRESENTED: ReleaseVerb.PRESENT, ReleaseState.PICKED_UP: ReleaseVerb.PICK_UP,
    ReleaseState.REFUSED: ReleaseVerb.REFUSE, ReleaseState.REVOKED: ReleaseVerb.REVOKE,
    ReleaseState.EXPIRED: ReleaseVerb.REVOKE,
}  # fmt: skip
_BEFORE_KEY = frozenset((ReleaseState.ISSUED, ReleaseState.TRANSFERRED, ReleaseState.ACCEPTED))
_OVER = frozenset((ReleaseState.PICKED_UP, ReleaseState.REVOKED, ReleaseState.EXPIRED))


class RawRelease(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event as it is sent. All but `id`, `type`, `right`, `container` and `at` may be left out."""

    id: str
    type: str
    right: str
    container: str
    at: str
    terminal: str = ""
    party: str = ""
    to: str = ""
    role: str = ""
    reason: str = ""
    until: str = ""
    vehicle: str = ""


class ReleaseTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event as it is kept. event: Its id at the sender. right: `sender:name`. until: When the right expires.

    vehicle: Plate as sent; the desk keeps its pseudonym alone.
    """

    source: str
    event: str
    right: str
    state: ReleaseState
    container: str
    at: Moment
    terminal: str = ""
    party: str = ""
    to: str = ""
    role: str = ""
    reason: str = ""
    until: Moment | None = None
    visit: VisitId = VisitId("")
    site: str = ""
    vehicle: str = ""


_one = msgspec.json.Decoder(RawRelease)
_many = msgspec.json.Decoder(list[msgspec.Raw])
LONGEST_NAME = 80  # characters of an id


def read_events(body: bytes, source: str) -> Iterator[ReleaseTold | Doubt]:
    """Read a message: one event, or a list of them; what cannot be read becomes a doubt with its place.

    Args:
        body: JSON. source: Name of the sender.
    """
    try:
        parts = [bytes(one) for one in _many.decode(body)] if body.lstrip()[:1] == b"[" else [body]
    except msgspec.DecodeError:
        yield Doubt("release-json", Place(segment=1))
        return
    for number, part in enumerate(parts, 1):
        try:
            yield _told(_one.decode(part), source)
        except msgspec.DecodeError as fault:
            yield Doubt("release-field", Place(segment=number), {"told": str(fault)[:LONGEST_NAME]})
        except (BadMoment, ValueError) as fault:
            yield Doubt("release-field", Place(segment=number), {"told": str(fault)[:LONGEST_NAME]})


def _told(raw: RawRelease, source: str) -> ReleaseTold:
    container = written_number(raw.container)
    for name, value in (("id", raw.id), ("right", raw.right), ("container", container)):
        if not value or len(value) > LONGEST_NAME:
            raise ValueError(name)
    if raw.type not in STATES:
        raise ValueError("type")
    return ReleaseTold(
        source, raw.id, f"{source}:{raw.right}", STATES[raw.type], container, read_moment(raw.at),
        raw.terminal[:LONGEST_NAME], party_code(raw.party)[:LONGEST_NAME], party_code(raw.to)[:LONGEST_NAME],
        raw.role[:LONGEST_NAME], raw.reason[:400], read_moment(raw.until) if raw.until else None,
        vehicle=raw.vehicle[:LONGEST_NAME],
    )  # fmt: skip


def mirror(right: ReleaseRight | None, told: ReleaseTold) -> tuple[ReleaseRight, tuple[Alert, ...]]:
    """Keep what another system says of its right, and tell what is out of the ordinary in it.

    Events may come in any order: the steps are kept by their own time, and the latest of them says where it stands.
    """
    step = ReleaseStep(
        _VERBS[told.state], told.state, told.source, told.at, told.party, told.to, told.role, told.reason,
        told.vehicle,
    )
    far = Moment(1 << 52)  # a right without an end does not expire here
    before = right or ReleaseRight(
        told.right, told.visit, told.container, told.site, told.terminal, told.state, told.until or far,
        source=told.source,
    )  # fmt: skip
    steps = tuple(sorted((*before.steps, step), key=lambda one: one.at))
    after = msgspec.structs.replace(
        before, steps=steps, state=steps[-1].state, end=told.until or before.end,
        terminal=told.terminal or before.terminal, holder=told.to or before.holder, role=told.role or before.role,
    )  # fmt: skip
    earlier = {one.state for one in steps if one.at <= told.at and one is not step}
    return after, tuple(Alert(code, told.right, facts) for code, facts in _strange(told, earlier))


def _strange(told: ReleaseTold, earlier: set[ReleaseState]) -> Iterator[tuple[str, dict[str, Fact]]]:
    state = told.state
    if state is ReleaseState.PICKED_UP and ReleaseState.PRESENTED not in earlier:
        yield "release-no-presentation", {"state": told.state.value}
    if state is ReleaseState.PRESENTED and earlier & _OVER:
        yield "release-revoked-tried", {}
    elif state is ReleaseState.PRESENTED and ReleaseState.REFUSED in earlier:
        yield "release-second-attempt", {}
    elif state is ReleaseState.PRESENTED and ReleaseState.PRESENTED in earlier:
        yield "release-replay", {"gate": told.terminal}
    if state in {*_BEFORE_KEY, ReleaseState.KEYED} and ReleaseState.REVOKED in earlier:
        yield "release-reissued", {}
