"""The life-cycle of rules as officers walk it: draft, submit, approve by a second officer, shadow, live, retire.

The same for an indicator, a model and the settings of the policy. Every step is an act in the log; a refused one is in
the trail. Whoever made a version never approves it.
"""

from vigie.desk.acts import Drafted, Stepped, item_of
from vigie.desk.gate import permit
from vigie.desk.standing import SETTINGS, SHIPPED_BY, versions_of
from vigie.desk.trail import leave
from vigie.desk.work import Working, hand_in
from vigie.risk import By, RuleKind, RuleStep, RuleVersion, State, after, content_hash, read_thresholds, rung
from vigie.terms import BadRequest, Moment, NotForYou, Officer, OwnWork, Purpose

TARGETING = Purpose.TARGETING
_LONGEST_REASON = 2000  # characters


def subject_of(kind: RuleKind, name: str, version: int) -> str:
    """What the trail calls a version."""
    return f"{kind.value} {name} v{version}"


def draft(
    officer: Officer, kind: RuleKind, name: str, body: bytes, node: Working, *, reason: str, valid_from: Moment,
    valid_until: Moment | None = None, purpose: Purpose = TARGETING,
) -> RuleVersion:
    """Keep a new version as a draft; its number is one above the newest.

    Args:
        body: What it says; who calls has checked it.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, the validity ends before it starts, or settings of the
        policy that cannot decide.
    """
    newest = max((one.version for one in known(kind, name, node)), default=0)
    subject = subject_of(kind, name, newest + 1)
    permit(officer, "draft-rules", purpose, subject, node)
    if valid_until is not None and valid_until <= valid_from:
        raise BadRequest(reason="the validity ends before it starts")
    if kind is RuleKind.POLICY and name == SETTINGS:
        read_thresholds(body)
    now = node.now()
    made = RuleVersion(
        kind, name, newest + 1, content_hash(body), body, officer.id, now, State.DRAFT, "", _reason(reason, True),
        valid_from, valid_until,
    )  # fmt: skip
    hand_in([item_of(Drafted(made, officer.id, now), officer.id, now)], node)
    leave(officer, purpose, "draft-rules", subject, node, hash=made.hash)
    return made


def step(
    officer: Officer, kind: RuleKind, name: str, version: int, verb: str, reason: str, node: Working,
    purpose: Purpose = TARGETING,
) -> RuleVersion:
    """Take a step with a version, and tell the version as it stands then.

    Raises:
        NotForYou: The officer may not, or there is no such version. OwnWork: A step for a second officer, and the
        officer is the author; audited. BadRequest: Not legal from where it stands, or no reason where one is asked.
    """
    subject = subject_of(kind, name, version)
    permit(officer, "step-rules", purpose, subject, node)
    found = next((one for one in known(kind, name, node) if one.version == version), None)
    if found is None:
        leave(officer, purpose, "step-rules", subject, node, refused=True, verb=verb)
        raise NotForYou(purpose=purpose.value)
    taken = rung(verb)
    mine = found.author == officer.id
    if (taken.by is By.OTHER and mine) or (taken.by is By.AUTHOR and not mine):
        leave(officer, purpose, "step-rules", subject, node, refused=True, verb=verb, why="author" if mine else "other")
        raise OwnWork(verb=verb) if mine else NotForYou(purpose=purpose.value)
    end, now = after(verb, found.state), node.now()
    told = RuleStep(kind, name, version, verb, end, officer.id, now, _reason(reason, taken.needs_reason))
    hand_in([item_of(Stepped(told, found.state, officer.id, now), officer.id, now)], node)
    leave(officer, purpose, "step-rules", subject, node, verb=verb, state=end.value)
    node.rules.refresh(node)
    return next(one for one in known(kind, name, node) if one.version == version)


def _reason(told: str, needed: bool) -> str:
    text = told.strip()
    if needed and len(text) < 3:
        raise BadRequest(reason="say why: a word of at least three letters")
    return text[:_LONGEST_REASON]


def known(kind: RuleKind, name: str, node: Working) -> tuple[RuleVersion, ...]:
    """All versions of one rule (or, without a name, of all of a kind), as they stand; asks no gate."""
    if kind is RuleKind.INDICATOR:
        return tuple(versions_of(node.rules.shipped, node.store.rules, name).values())
    return tuple(node.store.rules.versions(kind, name))


def steps_of(kind: RuleKind, name: str, node: Working) -> tuple[RuleStep, ...]:
    """The steps of one rule, oldest first; asks no gate."""
    return tuple(node.store.rules.steps(kind, name))


def is_shipped(version: RuleVersion) -> bool:
    """Whether it came with vigie."""
    return version.author == SHIPPED_BY
