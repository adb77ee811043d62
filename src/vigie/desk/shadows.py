"""What runs in shadow, judged on what came since it entered it: indicators and models; nothing of it has an effect."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from vigie.desk.backtest import Trying, for_officer
from vigie.desk.errands import catch_up
from vigie.desk.gate import permit
from vigie.desk.indicators import trial_of
from vigie.desk.lifecycle import known, steps_of, subject_of
from vigie.desk.simulation import refresh, sites_of, slots_of
from vigie.desk.trail import leave
from vigie.desk.trying import by_models
from vigie.desk.views.backtest import ShadowModelView, ShadowRow, rate_row
from vigie.desk.voting import CHANNELS, load_models
from vigie.risk import (
    ChannelSet,
    Indicator,
    Judged,
    Policy,
    Predictor,
    RuleKind,
    RuleVersion,
    Simulated,
    State,
    in_force,
    read_channels,
    title,
)
from vigie.terms import Moment, NotForYou, Officer, Purpose, datetime_of

TARGETING = Purpose.TARGETING


class Shadowing(Trying, Protocol):
    """A node that can judge models."""

    def judge(
        self, rules: Policy, channels: ChannelSet, models: Mapping[str, Predictor], since: Moment
    ) -> tuple[Judged, ...]:
        """Judge taught channels on decisions later than a moment."""
        ...


def entered(kind: RuleKind, name: str, version: int, node: Trying) -> Moment:
    """When a version entered the shadow; the beginning of time where it never did."""
    taken = [one for one in steps_of(kind, name, node) if one.version == version and one.state is State.SHADOW]
    return taken[-1].at if taken else Moment(0)


def in_shadow(officer: Officer, node: Trying) -> list[Indicator]:
    """The indicators in shadow that an officer may know of."""
    return [one for one in node.rules.shadow if one.handling <= officer.clearance]


def shadowed(officer: Officer, node: Trying, purpose: Purpose = TARGETING) -> tuple[ShadowRow, ...]:
    """Tell what each indicator in shadow would do today, and what it would have found since it entered the shadow.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "simulate", purpose, "shadow", node)
    missing = catch_up(officer, node, purpose, "simulate").missing
    node.rules.refresh(node)
    refresh(node)
    before = for_officer(node.rules.policy, officer)
    shifts = slots_of(sites_of(officer, "", node), datetime_of(node.now()).date().isoformat(), node)
    rows = []
    for one in in_shadow(officer, node):
        after = for_officer(trial_of(one, node), officer)
        told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance))
        fires = next((each.after for each in told.fires if each.indicator == one.id), 0)
        since = entered(RuleKind.INDICATOR, one.id, one.version, node)
        past = node.batch.backtested(Policy((one,)), since, None).indicators[0].measured
        rows.append(ShadowRow(one.id, one.version, title(one, officer.language), fires, told.came_count,
                              told.dropped_count, rate_row(past, one.id), since, missing))  # fmt: skip
    leave(officer, purpose, "simulate", "shadow", node, indicators=len(rows))
    return tuple(rows)


def models_in_shadow(node: Trying) -> list[RuleVersion]:
    """The versions of the models that stand in shadow and inside their validity; asks no gate."""
    now = node.now()
    return [one for one in known(RuleKind.MODEL, CHANNELS, node) if one.state is State.SHADOW and one.runs(now)]


def shadow_models(officer: Officer, node: Shadowing, purpose: Purpose = TARGETING) -> tuple[ShadowModelView, ...]:
    """Evaluate every version of the models that runs in shadow, as `shadow_model` does one.

    Raises: As `shadow_model`.
    """
    permit(officer, "simulate", purpose, "shadow", node)
    return tuple(shadow_model(officer, one.version, node, purpose) for one in models_in_shadow(node))


def shadow_model(
    officer: Officer, version: int, node: Shadowing, purpose: Purpose = TARGETING
) -> ShadowModelView:
    """Tell what a version of the models in shadow would select, and how its score fared beside the champion's.

    Both choose from the decisions since it entered the shadow as many boxes per port and day as were chosen; scores are
    judged on those of them that somebody looked at.

    Raises:
        NotForYou: The officer may not, or no such version runs in shadow. BadModel, ModelsMissing: A model cannot be
        loaded. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "simulate", purpose, subject_of(RuleKind.MODEL, CHANNELS, version), node)
    permit(officer, "see-models", purpose, subject_of(RuleKind.MODEL, CHANNELS, version), node)
    found = next((one for one in models_in_shadow(node) if one.version == version), None)
    leave(officer, purpose, "simulate", subject_of(RuleKind.MODEL, CHANNELS, version), node, refused=found is None)
    if found is None:
        raise NotForYou(purpose=purpose.value)
    missing = catch_up(officer, node, purpose, "simulate").missing
    node.rules.refresh(node)
    refresh(node)
    since = entered(RuleKind.MODEL, CHANNELS, version, node)
    before = for_officer(node.rules.policy, officer)
    trial = by_models(found, node)
    after = for_officer(trial.policy, officer)
    day = datetime_of(node.now()).date().isoformat()
    shifts = slots_of(sites_of(officer, "", node), day, node)
    told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance), None, trial.models)
    past = node.batch.compared(before, after, since, None, {**node.rules.models, **trial.models})
    return ShadowModelView(
        version, since, tuple(vote.name for vote in read_channels(found.body).fusion.votes), day, told,
        past.boxes, past.chosen, past.both, past.looked, past.random, *_worths(found, before, since, node), missing,
    )  # fmt: skip


def _worths(
    version: RuleVersion, before: Policy, since: Moment, node: Shadowing
) -> tuple[Judged | None, Judged | None]:
    """What the champion's score and the challenger's are worth on decisions since; None where nobody looked."""
    plain = Policy(before.indicators, before.priors, before.most_evidence_milli, before.bands, before.version)
    stands = in_force(known(RuleKind.MODEL, CHANNELS, node), node.now()).get(CHANNELS)
    mine = _judged(version, plain, since, node)
    if stands is None or before.fusion is None:
        return mine.get("rules"), mine.get("all")
    return _judged(stands, plain, since, node).get("all"), mine.get("all")


def _judged(version: RuleVersion, plain: Policy, since: Moment, node: Shadowing) -> dict[str, Judged]:
    told = read_channels(version.body)
    loaded = load_models(told.models(), node.store.models, node.rules.models)
    made: Sequence[Judged] = node.judge(plain, told, loaded, since)
    return {one.name: one for one in made}
