"""The score of a box: a prior and bounded reasons, added as log-odds, each with its evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from vigie.risk.columns_declared import Origin
from vigie.risk.columns_row import BY_NAME, KINDS
from vigie.risk.indicator import Action, Indicator
from vigie.risk.language import Call, columns_in
from vigie.risk.language_python import RowTest, Value, row_test
from vigie.risk.language_text import parse
from vigie.risk.models.declared import BadModel
from vigie.risk.models.predict import Predictor, bind_together
from vigie.risk.models.voting import Channel, Voting
from vigie.risk.policy import Policy
from vigie.terms import Fact, Moment, VisitId
from vigie.tracking import Visit, Watched

RawScores = Callable[[Sequence[Value]], tuple[int, ...]]
"""Models at work: from a row of `columns` to thousandths of log-odds of each."""

_PLACES = {name: place for place, name in enumerate(KINDS)}


class Reason(msgspec.Struct, frozen=True):
    """An indicator that fired.

    Attributes:
        indicator, version, typology, action: As declared. handling: Who may see it.
        weight_milli: Log-odds it adds before bounds, thousandths; 0 where it is no score.
        bound_milli: Upper end of its grade; the strongest bounds its typology.
        evidence: Column to value, as the row held it.
    """

    indicator: str
    version: int
    typology: str
    action: Action
    handling: int
    weight_milli: int
    bound_milli: int
    evidence: dict[str, Fact]


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the rules say of one box at one moment.

    Attributes:
        visit: Which box. at: When: the log entry up to which everything was known.
        logodds_milli: The score, natural log-odds in thousandths; a rank, not a measured probability.
        band: Its band. mandatory: A mandatory indicator fired. proposed: A document control is proposed.
        prior_milli: Where it started. cut_milli: What bounds took away, 0 or more.
        fired: Reasons, the heaviest first. features: The feature vector used. policy: Hash of the policy.
        watched: Watch lists met, as they were then.
        channels: What each model with a vote said and added; none where the rules alone decide.
        chance_ppm: Chance of a find that the score means, millionths; None where no outcome has taught it.
        calibrated: That chance was learnt from boxes drawn by chance.
    """

    visit: VisitId
    at: Moment
    logodds_milli: int
    band: str
    mandatory: bool
    proposed: bool
    prior_milli: int
    cut_milli: int
    fired: tuple[Reason, ...]
    features: tuple[int | None, ...]
    policy: str
    watched: tuple[Watched, ...] = ()
    channels: tuple[Channel, ...] = ()
    chance_ppm: int | None = None
    calibrated: bool = False


class Step(msgspec.Struct, frozen=True):
    """One step of the way from prior to score.

    Attributes:
        kind: `prior`, `reason`, `cut` (bound of a typology; `code` names it), `cut-all` (bound of all), `channel`,
            `total`.
        code: Indicator, typology or channel. milli: What the step adds. total_milli: The score after it.
    """

    kind: str
    code: str
    milli: int
    total_milli: int


@dataclass(frozen=True, slots=True)
class Assessor:
    """A policy compiled for one row at a time; build it once per policy.

    Attributes:
        policy: What it applies. run: Row to fired bits; the lowest are the priors' conditions.
        unjudged: Row to the bits of indicators whose condition is unknown.
        votes, raws: Channels of the policy, and their models at work.
    """

    policy: Policy
    hash: str
    run: RowTest
    unjudged: RowTest
    votes: tuple[Voting, ...] = ()
    raws: RawScores | None = None

    def assess(
        self, visit: VisitId, at: Moment, row: Sequence[Value], features: Sequence[int | None] = ()
    ) -> Assessment:
        """Assess one row of `columns`."""
        policy = self.policy
        bits = self.run(row)
        start = len(policy.priors) - 1
        prior = next(one.milli for place, one in enumerate(policy.priors) if place == start or bits >> place & 1)
        fired = bits >> start
        reasons: list[Reason] = []
        while fired:
            low = fired & -fired
            reasons.append(_reason(policy.indicators[low.bit_length() - 1], row))
            fired ^= low
        if len(reasons) > 1:
            reasons.sort(key=_heaviest)
        told = sum([one.weight_milli for one in reasons])
        kept = min(sum(_bounded(reasons).values()), policy.most_evidence_milli)
        milli, channels = prior + kept, tuple[Channel, ...]()
        if self.raws is not None:
            channels = tuple(map(_said, self.votes, self.raws(row)))
            milli += sum([one.milli for one in channels])
        steps = None if policy.fusion is None else policy.fusion.calibration
        return Assessment(
            visit=visit, at=at, logodds_milli=milli, band=policy.band(milli),
            mandatory=any(one.action is Action.MANDATORY for one in reasons),
            proposed=any(one.action is Action.PROPOSE for one in reasons),
            prior_milli=prior, cut_milli=told - kept, fired=tuple(reasons), features=tuple(features), policy=self.hash,
            channels=channels, chance_ppm=None if steps is None else steps.chance(milli),
            calibrated=steps is not None and steps.calibrated,
        )  # fmt: skip

    def unknown(self, row: Sequence[Value]) -> tuple[str, ...]:
        """The indicators that could not be judged: what they ask, the messages do not say."""
        bits = self.unjudged(row)
        return tuple(each.id for place, each in enumerate(self.policy.indicators) if bits >> place & 1)


def assessor(policy: Policy, models: Mapping[str, Predictor] = MappingProxyType({})) -> Assessor:
    """Compile a policy: conditions to Python, models that vote joined into one ensemble that is proved again.

    Rules alone take some 20 ms of CPU, the three channels of the house (410 trees) some 60 ms; what is larger, or on a
    machine that has other work, takes several times as long: who judges keeps an assessor, and makes none per box.

    Args:
        models: Loaded models by hash; those that vote are among them.

    Raises:
        BadModel: A model that votes is not there (`absent`), or scores otherwise joined than alone (`parity`).
    """
    conditions = [parse(prior.when) for prior in policy.priors[:-1]]
    trees = [each.tree for each in policy.indicators]
    run = row_test([*conditions, *trees], KINDS)
    unjudged = row_test([Call("is-null", (tree,)) for tree in trees], KINDS)
    votes = () if policy.fusion is None else policy.fusion.votes
    return Assessor(policy, policy.hash, run, unjudged, votes, _raws(votes, models) if votes else None)


def _raws(votes: Sequence[Voting], models: Mapping[str, Predictor]) -> RawScores:
    for vote in votes:
        if vote.model not in models:
            raise BadModel(reason="absent", column=vote.model[:16])
    return bind_together([models[vote.model] for vote in votes], tuple(KINDS))


def assess(
    visit: VisitId, at: Moment, row: Sequence[Value], features: Sequence[int | None], policy: Policy
) -> Assessment:
    """Assess one row under a policy; who assesses many builds an `assessor` once."""
    return assessor(policy).assess(visit, at, row, features)


def _said(vote: Voting, raw_milli: int) -> Channel:
    return Channel(vote.name, vote.model, raw_milli, vote.weight_milli, vote.adds(raw_milli))


def _reason(indicator: Indicator, row: Sequence[Value]) -> Reason:
    weight = indicator.weight
    milli = weight.milli
    if weight.column:
        held = row[_PLACES[weight.column]]
        milli = min(max(held if isinstance(held, int) else milli, weight.low), weight.high)
    evidence: dict[str, Fact] = {name: row[_PLACES[name]] for name in indicator.evidence}
    return Reason(
        indicator.id, indicator.version, indicator.typology, indicator.action, indicator.handling.value, milli,
        weight.high, evidence,
    )  # fmt: skip


def _heaviest(one: Reason) -> tuple[int, bool, str]:
    return -one.weight_milli, one.action is not Action.MANDATORY, one.indicator


def _bounded(reasons: Sequence[Reason]) -> dict[str, int]:
    """What each typology adds: the sum of its reasons, at most the upper end of the strongest grade among them."""
    sums: dict[str, int] = {}
    bounds: dict[str, int] = {}
    for one in reasons:
        sums[one.typology] = sums.get(one.typology, 0) + one.weight_milli
        bounds[one.typology] = max(bounds.get(one.typology, 0), one.bound_milli)
    return {typology: min(total, bounds[typology]) for typology, total in sums.items()}


def waterfall(assessment: Assessment) -> tuple[Step, ...]:
    """Tell the score as steps: prior, each typology with its reasons and what its bound took, all's bound, channels."""
    steps = [Step("prior", "", assessment.prior_milli, assessment.prior_milli)]

    def add(kind: str, code: str, milli: int) -> None:
        steps.append(Step(kind, code, milli, steps[-1].total_milli + milli))

    kept = _bounded(assessment.fired)
    for typology in sorted(kept, key=lambda name: (-kept[name], name)):
        mine = [one for one in assessment.fired if one.typology == typology]
        for one in mine:
            add("reason", one.indicator, one.weight_milli)
        if cut := sum(one.weight_milli for one in mine) - kept[typology]:
            add("cut", typology, -cut)
    if rest := steps[-1].total_milli - assessment.logodds_milli + sum(one.milli for one in assessment.channels):
        add("cut-all", "", -rest)
    for channel in assessment.channels:
        add("channel", channel.name, channel.milli)
    return (*steps, Step("total", "", 0, assessment.logodds_milli))


def evidence_entries(visit: Visit, indicator: Indicator) -> dict[str, tuple[Moment, ...]]:
    """The log entries (hlc) that each evidence column of an indicator was read from, ascending.

    Returns:
        Column to entries; no entries for features (their evidence is the history of other boxes) and watch lists.
    """
    return {name: tuple(sorted(_entries(visit, name))) for name in indicator.evidence}


def _entries(visit: Visit, name: str) -> set[Moment]:
    column = BY_NAME[name]
    if column.text:
        return {entry for part in columns_in(parse(column.text)) for entry in _entries(visit, part)}
    return {entry for origin in column.origins for entry in _SOURCES.get(origin, _none)(visit, column.events)}


def _none(_visit: Visit, _events: tuple[str, ...]) -> set[Moment]:
    return set()


def _moves(visit: Visit, events: tuple[str, ...]) -> set[Moment]:
    return {move.hlc for move in visit.moves if not events or move.movement.code in events}


_SOURCES: Mapping[Origin, Callable[[Visit, tuple[str, ...]], set[Moment]]] = {
    Origin.LINE: lambda visit, _: {line.latest for line in visit.standing},
    Origin.PLAN: lambda visit, _: {plan.hlc for plan in visit.plans},
    Origin.MOVE: _moves,
    Origin.MEASURED: lambda visit, _: {each.hlc for each in visit.measured},
    Origin.CONTROL: lambda visit, _: {each.hlc for each in visit.controlled},
    Origin.RELEASE: lambda visit, _: {visit.release.hlc} if visit.release else set(),
    Origin.ACCESS: lambda visit, _: {visit.access.hlc} if visit.access else set(),
    Origin.PARTNER: lambda visit, _: {visit.partner.hlc} if visit.partner else set(),
    Origin.PICTURE: lambda visit, _: {visit.picture.hlc} if visit.picture else set(),
}
