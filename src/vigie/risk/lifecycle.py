"""The life of a rule: what it passes through from draft to retirement, who may take which step, and what is in force.

Generic over what is ruled: an indicator, a trained model, the settings of the policy. Versions are immutable and named
by the hash of their body; a step is a row that is added, so the state of a version is its last step.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec

from vigie.terms import BadRequest, Moment, OfficerId


class RuleKind(StrEnum):
    """What is ruled."""

    INDICATOR = "indicator"
    MODEL = "model"
    POLICY = "policy"  # shares, thresholds, priors, bands, weights of the fusion


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # waits for a second officer
    APPROVED = "approved"
    SHADOW = "shadow"  # runs beside the rules in force, without effect
    LIVE = "live"
    RETIRED = "retired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class By(StrEnum):
    """Who may take a step, besides having the right to it at the gate."""

    AUTHOR = "author"
    OTHER = "other"  # never the author: four eyes
    ANY = "any"


class Rung(msgspec.Struct, frozen=True):
    """One step that may be taken. verb: Its name. start, end: From where to where. by: Who. needs_reason: Say why."""

    verb: str
    start: frozenset[State]
    end: State
    by: By
    needs_reason: bool = False


STEPS: tuple[Rung, ...] = (
    Rung("submit", frozenset((State.DRAFT,)), State.SUBMITTED, By.AUTHOR),
    Rung("approve", frozenset((State.SUBMITTED,)), State.APPROVED, By.OTHER, True),
    Rung("refuse", frozenset((State.SUBMITTED,)), State.REFUSED, By.OTHER, True),
    Rung("withdraw", frozenset((State.DRAFT, State.SUBMITTED, State.APPROVED)), State.WITHDRAWN, By.ANY, True),
    Rung("shadow", frozenset((State.APPROVED,)), State.SHADOW, By.ANY),
    Rung("live", frozenset((State.APPROVED, State.SHADOW)), State.LIVE, By.ANY),
    Rung("retire", frozenset((State.SHADOW, State.LIVE)), State.RETIRED, By.ANY, True),
)
"""Every legal step; what is not here cannot happen.

Source: reference page risk (two officers for each profile: Dutch Algorithm Register, Douane).
"""

_BY_VERB: Mapping[str, Rung] = {rung.verb: rung for rung in STEPS}
VERBS = tuple(_BY_VERB)


class RuleVersion(msgspec.Struct, frozen=True):
    """One version of a rule; it never changes.

    Attributes:
        kind, id, version: Which; versions count from 1. hash: SHA-256 of the body, hexadecimal. body: What it says.
        author, made_at, reason: Who made it, when, why. state: Where it stands. approved_by: The second officer.
        valid_from, valid_until: When it may be in force; until None: without end.
        shipped: It came with vigie.
    """

    kind: RuleKind
    id: str
    version: int
    hash: str
    body: bytes
    author: OfficerId
    made_at: Moment
    state: State
    approved_by: str
    reason: str
    valid_from: Moment
    valid_until: Moment | None = None
    shipped: bool = False

    def runs(self, at: Moment) -> bool:
        """Whether a moment lies in its validity."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


class RuleStep(msgspec.Struct, frozen=True):
    """One step that was taken. officer: Who. at: When. reason: Why, as written."""

    kind: RuleKind
    id: str
    version: int
    verb: str
    state: State
    officer: OfficerId
    at: Moment
    reason: str = ""


def content_hash(body: bytes) -> str:
    """Name a body: SHA-256, hexadecimal."""
    return sha256(body).hexdigest()


def rung(verb: str) -> Rung:
    """Find a step by its name.

    Raises:
        BadRequest: There is none.
    """
    found = _BY_VERB.get(verb)
    if found is None:
        raise BadRequest(reason="no such step", verb=verb[:20])
    return found


def after(verb: str, state: State) -> State:
    """The state that a step leads to.

    >>> after("submit", State.DRAFT)
    <State.SUBMITTED: 'submitted'>

    Raises:
        BadRequest: No such step, or it does not start here.
    """
    found = rung(verb)
    if state not in found.start:
        raise BadRequest(reason="the version does not stand where this step starts", verb=verb, state=state.value)
    return found.end


def possible(version: RuleVersion, officer: OfficerId) -> tuple[str, ...]:
    """The steps an officer could take with a version, as far as authorship goes."""
    mine = version.author == officer and not version.shipped
    fits = {By.ANY: True, By.AUTHOR: mine, By.OTHER: not mine}
    return tuple(one.verb for one in STEPS if version.state in one.start and fits[one.by])


def in_force(versions: Iterable[RuleVersion], at: Moment, state: State = State.LIVE) -> dict[str, RuleVersion]:
    """The newest version of each id that stands in a state and whose validity holds the moment.

    A version that is retired or past its end gives way to the older live one: that is a roll-back.
    """
    newest: dict[str, RuleVersion] = {}
    for each in versions:
        fits = each.state is state and each.runs(at)
        if fits and (each.id not in newest or each.version > newest[each.id].version):
            newest[each.id] = each
    return newest


def next_change(versions: Iterable[RuleVersion], at: Moment) -> Moment | None:
    """The next moment at which a validity begins or ends, of versions that are live or in shadow."""
    edges = (
        edge
        for each in versions
        if each.state in (State.LIVE, State.SHADOW)
        for edge in (each.valid_from, each.valid_until)
        if edge is not None and edge > at
    )
    return min(edges, default=None)


def stand(version: RuleVersion, steps: Sequence[RuleStep]) -> RuleVersion:
    """Tell a version with the state its steps brought it to.

    Args:
        steps: Of this version, oldest first.
    """
    if not steps:
        return version
    approved = next((one.officer for one in reversed(steps) if one.verb == "approve"), version.approved_by)
    return msgspec.structs.replace(version, state=steps[-1].state, approved_by=approved)
