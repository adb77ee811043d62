"""What an officer can do with the settings of the policy: read, draft, compare, and walk their life-cycle.

One version holds bands, priors, bounds, shares of chance, votes and weights: two officers see the whole of what will
decide. A weight of an indicator that an officer may not know is neither shown to nor changed by that officer.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from vigie.desk import lifecycle
from vigie.desk.gate import permit
from vigie.desk.lifecycle import known, steps_of, subject_of
from vigie.desk.shares import share_otherwise
from vigie.desk.standing import SETTINGS, SHIPPED_BY
from vigie.desk.trail import leave
from vigie.desk.views import (
    DiffRow,
    FaultRow,
    PolicyCheck,
    PolicyDetail,
    PolicyRow,
    PolicyValues,
    StepRow,
    VoteRow,
    WeightRow,
)
from vigie.desk.work import Working
from vigie.risk import (
    BANDS,
    MOST_EVIDENCE_MILLI,
    PRIORS,
    DraftFault,
    Indicator,
    Policy,
    RuleKind,
    RuleVersion,
    Shares,
    State,
    Thresholds,
    faults_of,
    fusion_by,
    in_force,
    is_weighable,
    lean,
    link,
    policy_by,
    possible,
    read_thresholds,
    tell_draft_fault,
    title,
    write_thresholds,
)
from vigie.terms import BadRequest, NotForYou, Officer, Purpose

TARGETING = Purpose.TARGETING
POLICY = RuleKind.POLICY
AS_IT_CAME = 0
"""The number by which what came with vigie is named."""


class Trial(NamedTuple):
    """What would decide. policy: With its votes. shares: Of chance; None: those in force."""

    policy: Policy
    shares: Shares | None


def policies(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[PolicyRow, ...]:
    """List the versions of the settings, newest first; what came with vigie is the last.

    Raises:
        NotForYou: The officer may not see the policy.
    """
    permit(officer, "see-policy", purpose, "policy", node)
    node.rules.refresh(node)
    leave(officer, purpose, "see-policy", "policy", node)
    made = [_row(one, officer, node) for one in reversed(known(POLICY, SETTINGS, node))]
    return (*made, _shipped(node))


def _shipped(node: Working) -> PolicyRow:
    stands = _in_force(node) is None
    return PolicyRow(AS_IT_CAME, State.LIVE.value, "", SHIPPED_BY, None, "", "", None, None, stands, 0)


def _in_force(node: Working) -> RuleVersion | None:
    return in_force(known(POLICY, SETTINGS, node), node.now()).get(SETTINGS)


def _row(version: RuleVersion, officer: Officer, node: Working) -> PolicyRow:
    stands = _in_force(node)
    told = _seen(read_thresholds(version.body), officer, node)
    return PolicyRow(
        version.version, version.state.value, version.hash, version.author, version.made_at, version.approved_by,
        version.reason, version.valid_from, version.valid_until, stands is not None and stands.hash == version.hash
        and stands.version == version.version, len(_differences(Thresholds(), told, officer, node)),
        tuple(verb for verb in possible(version, officer.id) if verb != State.SHADOW),
    )  # fmt: skip


def show(officer: Officer, node: Working, version: int | None = None, purpose: Purpose = TARGETING) -> PolicyDetail:
    """Show one version with all its values.

    Args:
        version: Which; None: the one in force. 0: what came with vigie.

    Raises:
        NotForYou: The officer may not see the policy, or there is no such version.
    """
    found, told = _found(officer, version, node, purpose)
    stands = _seen(node.rules.settings, officer, node)
    taken = tuple(
        StepRow(one.version, one.verb, one.state.value, one.officer, one.at, one.reason)
        for one in steps_of(POLICY, SETTINGS, node)
        if found is not None and one.version == found.version
    )
    row = _shipped(node) if found is None else _row(found, officer, node)
    return PolicyDetail(row, values(told, officer, node), _differences(stands, told, officer, node), taken)


def _found(
    officer: Officer, version: int | None, node: Working, purpose: Purpose, act: str = "see-policy"
) -> tuple[RuleVersion | None, Thresholds]:
    """One version and what it says, as far as the officer may know; None: what came with vigie. Audited."""
    permit(officer, act, purpose, subject_of(POLICY, SETTINGS, version or 0), node)
    node.rules.refresh(node)
    stands = _in_force(node)
    wanted = (stands.version if stands else AS_IT_CAME) if version is None else version
    found = next((one for one in known(POLICY, SETTINGS, node) if one.version == wanted), None)
    refused = found is None and wanted != AS_IT_CAME
    leave(officer, purpose, act, subject_of(POLICY, SETTINGS, wanted), node, refused=refused)
    if refused:
        raise NotForYou(purpose=purpose.value)
    return found, _seen(read_thresholds(found.body), officer, node) if found else Thresholds()


def _declared(officer: Officer, node: Working) -> tuple[Indicator, ...]:
    """The indicators in force as declared, as far as the officer may know them."""
    return tuple(one for one in node.rules.written if one.handling <= officer.clearance)


def _seen(told: Thresholds, officer: Officer, node: Working) -> Thresholds:
    """Settings without the weights that the officer may not know of."""
    known_ids = {one.id for one in _declared(officer, node)}
    shown = {name: milli for name, milli in (told.weights or {}).items() if name in known_ids}
    return msgspec.structs.replace(told, weights=shown or None)


def values(told: Thresholds, officer: Officer, node: Working) -> PolicyValues:
    """All values of settings, with those that they leave as they came."""
    weights, votes = told.weights or {}, told.votes or {}
    earned = node.rules.earned
    return PolicyValues(
        PRIORS if told.priors is None else told.priors, BANDS if told.bands is None else told.bands,
        MOST_EVIDENCE_MILLI if told.most_evidence_milli is None else told.most_evidence_milli,
        told.shares or _otherwise(node),
        tuple(VoteRow(one.name, min(votes.get(one.name, one.weight_milli), one.weight_milli), one.weight_milli)
              for one in (earned.votes if earned else ())),
        tuple(
            WeightRow(one.id, title(one, officer.language), one.weight.grade.value,
                      min(max(weights.get(one.id, one.weight.milli), one.weight.low), one.weight.high),
                      one.weight.milli, one.weight.low, one.weight.high)
            for one in _declared(officer, node) if is_weighable(one)
        ),
    )  # fmt: skip


def _otherwise(node: Working) -> Shares:
    """The shares that hold where settings say nothing."""
    plain = share_otherwise(node)
    return Shares(plain.tilted_permille, plain.uniform_permille)


def _differences(before: Thresholds, after: Thresholds, officer: Officer, node: Working) -> tuple[DiffRow, ...]:
    old, new = (_flat(values(one, officer, node)) for one in (before, after))
    return tuple(
        DiffRow(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, "") != new.get(name, "")
    )


def _flat(told: PolicyValues) -> dict[str, str]:
    flat = {f"bands.{one.name}": str(one.from_milli) for one in told.bands}
    for one in told.priors:
        flat[f"priors.{one.when or '*'}"] = str(one.milli)
        flat[f"priors.{one.when or '*'}.source"] = one.source
    flat["most_evidence_milli"] = str(told.most_evidence_milli)
    flat |= {f"shares.{name}": str(milli) for name, milli in msgspec.structs.asdict(told.shares).items()}
    flat |= {f"votes.{one.name}": str(one.milli) for one in told.votes}
    return flat | {f"weights.{one.id}": str(one.milli) for one in told.weights}


def check(officer: Officer, told: Mapping[str, Any], node: Working, purpose: Purpose = TARGETING) -> PolicyCheck:
    """Judge settings without keeping them: every fault with its place, and what they would change.

    Raises:
        NotForYou: The officer may not draft. BadRequest: No settings at all by their shape.
    """
    permit(officer, "draft-rules", purpose, "policy", node)
    node.rules.refresh(node)
    made = _joined(told, officer, node)
    faults = _faults(made, officer, node)
    stands = _seen(node.rules.settings, officer, node)
    return PolicyCheck(not faults, faults, () if faults else _differences(stands, made, officer, node))


def _joined(told: Mapping[str, Any], officer: Officer, node: Working) -> Thresholds:
    """Settings as asked for: what is not named stays as it is in force."""
    try:
        asked = msgspec.convert(dict(told), Thresholds)
    except msgspec.ValidationError as fault:
        raise BadRequest(reason="not settings of a policy", told=str(fault)[:200]) from None
    base = _seen(node.rules.settings, officer, node)
    named = {name: getattr(asked, name) for name in told if name not in ("weights", "votes")}
    weights = (base.weights or {}) | (asked.weights or {})
    votes = (base.votes or {}) | (asked.votes or {})
    return msgspec.structs.replace(base, **named, weights=weights or None, votes=votes or None)


def _faults(made: Thresholds, officer: Officer, node: Working) -> tuple[FaultRow, ...]:
    found = faults_of(made, _declared(officer, node), node.rules.earned)
    texts = node.rules.shipped
    return tuple(
        FaultRow(place, reason, tell_draft_fault(DraftFault(place, reason, facts), officer.language, texts))
        for place, reason, facts in found
    )


def draft(
    officer: Officer, told: Mapping[str, Any], reason: str, node: Working, purpose: Purpose = TARGETING
) -> PolicyRow:
    """Keep settings as a draft.

    Args:
        told: What is to change, as `Thresholds` names it; what is not named stays as it is in force, a weight or vote
            that is declared or earned so is left out.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, or settings with a fault (`place`, `faults`).
    """
    permit(officer, "draft-rules", purpose, "policy", node)
    node.rules.refresh(node)
    made = _joined(told, officer, node)
    if faults := _faults(made, officer, node):
        raise BadRequest(reason=faults[0].text, place=faults[0].place, faults=len(faults))
    leaner = lean(made, node.rules.written, node.rules.earned)
    if leaner.shares == _otherwise(node):
        leaner = msgspec.structs.replace(leaner, shares=None)
    body = write_thresholds(_whole(leaner, officer, node))
    version = lifecycle.draft(
        officer, POLICY, SETTINGS, body, node, reason=reason, valid_from=node.now(), purpose=purpose
    )
    return _row(version, officer, node)


def _whole(made: Thresholds, officer: Officer, node: Working) -> Thresholds:
    """Settings with the weights in force that the officer may not know of: a draft does not change them by silence."""
    hidden = _hidden(node.rules.settings, officer, node)
    return msgspec.structs.replace(made, weights=dict(sorted(((made.weights or {}) | hidden).items())) or None)


def _hidden(told: Thresholds, officer: Officer, node: Working) -> dict[str, int]:
    seen = _seen(told, officer, node).weights or {}
    return {name: milli for name, milli in (told.weights or {}).items() if name not in seen}


def step(
    officer: Officer, version: int, verb: str, reason: str, node: Working, purpose: Purpose = TARGETING
) -> PolicyRow:
    """Take a step of the life-cycle. Who may not know all that a version changes does not let it decide.

    Raises:
        NotForYou, OwnWork, BadRequest: As `vigie.desk.lifecycle.step`.
    """
    permit(officer, "step-rules", purpose, subject_of(POLICY, SETTINGS, version), node)
    node.rules.refresh(node)
    found = next((one for one in known(POLICY, SETTINGS, node) if one.version == version), None)
    if found is not None and verb in ("approve", "shadow", "live"):
        if verb == "shadow":
            raise BadRequest(reason="settings have no shadow: simulate them, then approve")
        told = read_thresholds(found.body)
        if _hidden(told, officer, node) != _hidden(node.rules.settings, officer, node):
            leave(officer, purpose, "step-rules", subject_of(POLICY, SETTINGS, version), node, refused=True, verb=verb)
            raise NotForYou(purpose=purpose.value)
    return _row(lifecycle.step(officer, POLICY, SETTINGS, version, verb, reason, node, purpose), officer, node)


def diff(
    officer: Officer, before: int, after: int, node: Working, purpose: Purpose = TARGETING
) -> tuple[DiffRow, ...]:
    """Tell in which values two versions differ; 0 is what came with vigie.

    Raises:
        NotForYou: The officer may not, or one of them does not exist.
    """
    _, old = _found(officer, before, node, purpose)
    _, new = _found(officer, after, node, purpose)
    return _differences(old, new, officer, node)


def trial(officer: Officer, version: int, node: Working, purpose: Purpose = TARGETING) -> Trial:
    """What would decide if a version of the settings were in force; a draft, too.

    Raises:
        NotForYou: The officer may not, or there is no such version.
    """
    found, _ = _found(officer, version, node, purpose)
    return by_settings(read_thresholds(found.body) if found else Thresholds(), node.rules.written, node)


def by_settings(told: Thresholds, written: Sequence[Indicator], node: Working) -> Trial:
    """What would decide by some settings."""
    rules = policy_by(link(written), told)
    return Trial(msgspec.structs.replace(rules, fusion=fusion_by(node.rules.earned, told)), told.shares)


def tried(versions: Iterable[RuleVersion]) -> list[str]:
    """Versions that could be simulated, as `policy@2`."""
    states = {State.DRAFT, State.SUBMITTED, State.APPROVED}
    return [f"{SETTINGS}@{one.version}" for one in versions if one.id == SETTINGS and one.state in states]
