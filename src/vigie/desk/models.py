"""What an officer can do with models: teach, judge, read the card, walk the life-cycle.

A version is all channels taught together. Nothing votes before a second officer has approved it, and then only what
earned a vote on later decisions.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from vigie.desk import lifecycle
from vigie.desk.archive import Archiving
from vigie.desk.gate import permit
from vigie.desk.lifecycle import known, steps_of, subject_of
from vigie.desk.trail import leave
from vigie.desk.views import ModelDetail, ModelRow, StepRow, WorthView
from vigie.desk.voting import CHANNELS, load_models
from vigie.desk.work import Working
from vigie.risk import (
    ChannelSet,
    Judged,
    Policy,
    Predictor,
    RuleKind,
    RuleVersion,
    in_force,
    possible,
    read_channels,
    write_channels,
)
from vigie.terms import BadRequest, Moment, NotForYou, Officer, Purpose

TARGETING = Purpose.TARGETING
MODEL = RuleKind.MODEL
Told = Callable[[str], None]


class Taught(Protocol):
    """What teaching gives: `vigie.engine.Taught`."""

    @property
    def channels(self) -> ChannelSet:
        """Votes and worth."""
        ...

    @property
    def bodies(self) -> Mapping[str, bytes]:
        """Bytes of the models, by hash."""
        ...


class Teaching(Archiving, Protocol):
    """A node that can teach."""

    def teach(self, rules: Policy, seed: int, told: Told, *, apart: bool = False) -> Taught:
        """Teach the channels of the house on the decision table; `apart`: in another process."""
        ...

    def judge(
        self, rules: Policy, channels: ChannelSet, models: Mapping[str, Predictor], since: Moment
    ) -> tuple[Judged, ...]:
        """Judge taught channels on decisions later than a moment."""
        ...


def train(
    officer: Officer,
    node: Teaching,
    reason: str,
    *,
    seed: int = 1,
    told: Told = lambda _: None,
    purpose: Purpose = TARGETING,
    apart: bool = False,
) -> ModelRow:
    """Teach the channels on the decision table, and keep them as a draft.

    Args:
        reason: Why; shown to who approves. seed: Of all draws. told: Hears what is being done.
        apart: Compute in another process, so that this one goes on answering.

    Raises:
        NotForYou: The officer may not. TooFewPositives: Too little was found yet; the facts say what is needed.
        ModelsMissing, AnalyticsMissing: An extra is not installed.
    """
    permit(officer, "train-models", purpose, "models", node)
    node.rules.refresh(node)
    made = node.teach(_rules_only(node.rules.policy), seed, told, apart=apart)
    for body in made.bodies.values():
        node.store.models.put(body)
    version = lifecycle.draft(
        officer, MODEL, CHANNELS, write_channels(made.channels), node, reason=reason, valid_from=node.now(),
        purpose=purpose,
    )  # fmt: skip
    leave(officer, purpose, "train-models", subject_of(MODEL, CHANNELS, version.version), node,
          positives=made.channels.measured.positives)  # fmt: skip
    return _row(version, officer, node)


def _rules_only(policy: Policy) -> Policy:
    return Policy(policy.indicators, policy.priors, policy.most_evidence_milli, policy.bands, policy.version)


def models(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[ModelRow, ...]:
    """List the versions of the models, newest first.

    Raises:
        NotForYou: The officer may not see models.
    """
    permit(officer, "see-models", purpose, "models", node)
    node.rules.refresh(node)
    leave(officer, purpose, "see-models", "models", node)
    return tuple(_row(each, officer, node) for each in reversed(known(MODEL, CHANNELS, node)))


def show(officer: Officer, version: int, node: Working, purpose: Purpose = TARGETING) -> ModelDetail:
    """Show the card of one version.

    Raises:
        NotForYou: The officer may not see models, or there is no such version.
    """
    found = _version(officer, version, node, "see-models", purpose)
    taken = tuple(
        StepRow(one.version, one.verb, one.state.value, one.officer, one.at, one.reason)
        for one in steps_of(MODEL, CHANNELS, node)
        if one.version == version
    )
    return ModelDetail(_row(found, officer, node), read_channels(found.body), taken)


def _version(officer: Officer, version: int, node: Working, act: str, purpose: Purpose) -> RuleVersion:
    subject = subject_of(MODEL, CHANNELS, version)
    permit(officer, act, purpose, subject, node)
    node.rules.refresh(node)
    found = next((one for one in known(MODEL, CHANNELS, node) if one.version == version), None)
    leave(officer, purpose, act, subject, node, refused=found is None)
    if found is None:
        raise NotForYou(purpose=purpose.value)
    return found


def step(
    officer: Officer, version: int, verb: str, reason: str, node: Working, purpose: Purpose = TARGETING
) -> ModelRow:
    """Take a step of the life-cycle. Before models run or vote, each is loaded and proves itself.

    Raises:
        NotForYou, OwnWork, BadRequest: As `vigie.desk.lifecycle.step`.
        BadModel: A model was altered, is gone, or scores otherwise here. ModelsMissing: LightGBM is not installed.
    """
    if verb in ("approve", "shadow", "live"):
        found = _version(officer, version, node, "see-models", purpose)
        load_models(read_channels(found.body).models(), node.store.models, {})
    return _row(lifecycle.step(officer, MODEL, CHANNELS, version, verb, reason, node, purpose), officer, node)


def evaluate(officer: Officer, node: Teaching, version: int | None = None, purpose: Purpose = TARGETING) -> WorthView:
    """Judge a version on decisions that came after all it was learnt from; where none came yet, tell its own figures.

    Args:
        version: Which; None takes the newest.

    Raises:
        NotForYou: The officer may not, or there is no such version. BadRequest: Nothing was taught yet.
        BadModel, ModelsMissing: A model cannot be loaded.
    """
    permit(officer, "see-models", purpose, "models", node)
    if version is None:
        newest = known(MODEL, CHANNELS, node)
        if not newest:
            raise BadRequest(reason="no model was taught yet")
        version = newest[-1].version
    told = read_channels(_version(officer, version, node, "see-models", purpose).body)
    loaded = load_models(told.models(), node.store.models, node.rules.models)
    since = Moment(told.measured.until + 1)
    fresh = node.judge(_rules_only(node.rules.policy), told, loaded, since)
    if fresh and fresh[0].worth.positives:
        return WorthView(version, since, fresh[0].worth.rows, fresh[0].worth.positives, True, fresh)
    then = told.measured.worth
    rows, found = (then[0].worth.rows, then[0].worth.positives) if then else (0, 0)
    return WorthView(version, Moment(told.measured.judged_from), rows, found, False, then)


def _row(version: RuleVersion, officer: Officer, node: Working) -> ModelRow:
    told = read_channels(version.body)
    stands = in_force(known(MODEL, CHANNELS, node), node.now()).get(CHANNELS)
    live = stands is not None and stands.version == version.version
    fault = node.rules.fault if live else None
    return ModelRow(
        version.version, version.state.value, version.hash, version.author, version.made_at, version.approved_by,
        version.reason, version.valid_from, version.valid_until, live and fault is None,
        "" if fault is None else str(fault.facts.get("reason", fault.code)),
        tuple(member.name for member in told.members), tuple(vote.name for vote in told.fusion.votes),
        told.measured.rows, told.measured.positives,
        told.fusion.calibration is not None and told.fusion.calibration.calibrated, possible(version, officer.id),
    )  # fmt: skip
