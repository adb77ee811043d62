"""The settings of the policy that officers may change by the same life-cycle as an indicator.

Bands, priors, the bound of all reasons, weights of indicators within their grade, votes of channels below what they
earned, shares of chance. One version holds them all, so that two officers see the whole of what will decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from vigie.risk.indicator import Action, Indicator
from vigie.risk.language import BadExpression
from vigie.risk.models.voting import Fusion
from vigie.risk.policy import BANDS, MOST_EVIDENCE_MILLI, PRIORS, Band, Policy, Prior
from vigie.terms import BadRequest, Fact

MOST_MILLI = 20_000
"""No start, band or bound lies further out, thousandths of log-odds: e^20 times the odds, nothing real weighs more."""

WHOLE = 1000
"""Thousandths of the slots."""


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Slots that chance fills, thousandths of those that mandatory boxes leave free.

    Attributes:
        tilted_permille: Drawn below the cut, the more likely the higher the score. uniform_permille: Drawn evenly.
    """

    tilted_permille: int
    uniform_permille: int


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a node decides by instead of what came with vigie; what is None stays as shipped.

    Attributes:
        priors: Where boxes start. bands: Stretches of the score. most_evidence_milli: Bound of all reasons together.
        weights: Indicator to its weight, thousandths of log-odds, within its grade. votes: Channel to its vote,
            thousandths, at most what it earned; 0: it does not vote. shares: Slots that chance fills.
    """

    priors: tuple[Prior, ...] | None = None
    bands: tuple[Band, ...] | None = None
    most_evidence_milli: int | None = None
    weights: dict[str, int] | None = None
    votes: dict[str, int] | None = None
    shares: Shares | None = None


class SettingFault(NamedTuple):
    """One thing that is wrong with settings. place: Which value. reason: Code of its text. facts: Of that text."""

    place: str
    reason: str
    facts: dict[str, Fact]


def read_thresholds(body: bytes) -> Thresholds:
    """Read settings of the policy (JSON); empty bytes are those that came with vigie.

    Raises:
        BadRequest: Not of this shape, or they cannot decide a score.
        BadExpression: The condition of a prior has no meaning.
    """
    try:
        told = msgspec.json.decode(body, type=Thresholds) if body else Thresholds()
    except msgspec.MsgspecError as fault:
        raise BadRequest(reason="not settings of a policy", told=str(fault)[:200]) from None
    most = told.most_evidence_milli
    if most is not None and not 0 < most <= MOST_MILLI:
        raise BadRequest(reason="the bound of all reasons lies between 1 and 20,000 thousandths", given=most)
    if told.shares is not None and not _are_shares(told.shares):
        raise BadRequest(reason="shares lie between 0 and 1,000 thousandths in all")
    _policy((), told)
    return told


def write_thresholds(told: Thresholds) -> bytes:
    """Write settings as JSON: the body of their version; equal settings give equal bytes."""
    return msgspec.json.encode(told, order="sorted")


def _are_shares(one: Shares) -> bool:
    return min(one.tilted_permille, one.uniform_permille) >= 0 and one.tilted_permille + one.uniform_permille <= WHOLE


def policy_of(indicators: Sequence[Indicator], body: bytes = b"") -> Policy:
    """Build the policy of linked indicators and the settings in force.

    Raises:
        BadRequest, BadExpression: As `read_thresholds`.
    """
    return policy_by(indicators, read_thresholds(body))


def policy_by(indicators: Sequence[Indicator], told: Thresholds) -> Policy:
    """Build the policy of linked indicators and settings that were read.

    A weight of an indicator that is not among them says nothing; one that its newest version does not allow any more
    is moved to the nearest that it allows.
    """
    weights = told.weights or {}
    return _policy([_weighed(one, weights[one.id]) if one.id in weights else one for one in indicators], told)


def _weighed(one: Indicator, milli: int) -> Indicator:
    if not is_weighable(one):
        return one
    held = msgspec.structs.replace(one.weight, milli=min(max(milli, one.weight.low), one.weight.high))
    return msgspec.structs.replace(one, weight=held)


def is_weighable(one: Indicator) -> bool:
    """Whether settings may move the weight of an indicator: it has one of its own, and room in its grade."""
    return one.action is Action.SCORE and not one.weight.column and one.weight.low < one.weight.high


def fusion_by(fusion: Fusion | None, told: Thresholds) -> Fusion | None:
    """Lower the votes of channels as the settings say; nothing is raised above what was earned.

    Scores that other votes make up are not the scores that the chances were learnt from, so those are not calibrated
    any more.
    """
    if fusion is None or not told.votes:
        return fusion
    lowered = [(vote, min(vote.weight_milli, told.votes.get(vote.name, vote.weight_milli))) for vote in fusion.votes]
    votes = tuple(msgspec.structs.replace(vote, weight_milli=milli) for vote, milli in lowered if milli > 0)
    if votes == fusion.votes:
        return fusion
    steps = fusion.calibration
    return Fusion(votes, None if steps is None else msgspec.structs.replace(steps, calibrated=False))


def lean(told: Thresholds, indicators: Iterable[Indicator], fusion: Fusion | None) -> Thresholds:
    """Leave out what says the same as what came with vigie, was declared, or was earned.

    Args:
        indicators: As declared, in force. fusion: As earned; None: no models are live.
    """
    declared = {one.id: one.weight.milli for one in indicators}
    earned = {vote.name: vote.weight_milli for vote in (fusion.votes if fusion else ())}
    return Thresholds(
        None if told.priors == PRIORS else told.priors, None if told.bands == BANDS else told.bands,
        None if told.most_evidence_milli == MOST_EVIDENCE_MILLI else told.most_evidence_milli,
        _other(told.weights, declared), _other(told.votes, earned), told.shares,
    )  # fmt: skip


def _other(told: Mapping[str, int] | None, plain: Mapping[str, int]) -> dict[str, int] | None:
    found = {name: milli for name, milli in sorted((told or {}).items()) if plain.get(name) != milli}
    return found or None


def faults_of(told: Thresholds, indicators: Iterable[Indicator], fusion: Fusion | None) -> tuple[SettingFault, ...]:
    """Tell all that is wrong with settings that are to be drafted, each with its place.

    Args:
        indicators: As declared, in force. fusion: As earned; None: no models are live.
    """
    return (*_priors(told), *_bands(told), *_most(told), *_weights(told, indicators), *_votes(told, fusion),
            *_shares(told))  # fmt: skip


def _priors(told: Thresholds) -> Iterable[SettingFault]:
    for place, one in enumerate(told.priors or ()):
        if abs(one.milli) > MOST_MILLI:
            yield SettingFault(f"priors[{place}]", "setting-outside", {"low": -MOST_MILLI, "high": MOST_MILLI})
        if not one.source.strip():
            yield SettingFault(f"priors[{place}].source", "missing", {})
    try:
        Policy((), PRIORS if told.priors is None else told.priors)
    except BadRequest:
        yield SettingFault("priors", "setting-last-prior", {})
    except BadExpression as fault:
        yield SettingFault("priors", "bad-value", {"told": str(fault.facts.get("reason", fault.code))})


def _bands(told: Thresholds) -> Iterable[SettingFault]:
    bands = BANDS if told.bands is None else told.bands
    if [one.name for one in bands] != [one.name for one in BANDS] or bands[0] != BANDS[0]:
        yield SettingFault("bands", "setting-bands", {"names": ", ".join(one.name for one in BANDS)})
        return
    for place in range(1, len(bands)):
        if abs(bands[place].from_milli) > MOST_MILLI:
            yield SettingFault(f"bands[{place}]", "setting-outside", {"low": -MOST_MILLI, "high": MOST_MILLI})
        elif bands[place].from_milli <= bands[place - 1].from_milli:
            yield SettingFault(f"bands[{place}]", "setting-ascend", {})


def _most(told: Thresholds) -> Iterable[SettingFault]:
    most = told.most_evidence_milli
    if most is not None and not 0 < most <= MOST_MILLI:
        yield SettingFault("most_evidence_milli", "setting-outside", {"low": 1, "high": MOST_MILLI})


def _weights(told: Thresholds, indicators: Iterable[Indicator]) -> Iterable[SettingFault]:
    known = {one.id: one for one in indicators if is_weighable(one)}
    for name, milli in (told.weights or {}).items():
        if name not in known:
            yield SettingFault(f"weights.{name}", "setting-no-weight", {})
        elif not known[name].weight.low <= milli <= known[name].weight.high:
            held = known[name].weight
            yield SettingFault(f"weights.{name}", "setting-grade", {"low": held.low, "high": held.high})


def _votes(told: Thresholds, fusion: Fusion | None) -> Iterable[SettingFault]:
    earned = {vote.name: vote.weight_milli for vote in (fusion.votes if fusion else ())}
    for name, milli in (told.votes or {}).items():
        if name not in earned:
            yield SettingFault(f"votes.{name}", "setting-no-vote", {})
        elif not 0 <= milli <= earned[name]:
            yield SettingFault(f"votes.{name}", "setting-outside", {"low": 0, "high": earned[name]})


def _shares(told: Thresholds) -> Iterable[SettingFault]:
    if told.shares is not None and not _are_shares(told.shares):
        yield SettingFault("shares", "setting-outside", {"low": 0, "high": WHOLE})


def _policy(indicators: Sequence[Indicator], told: Thresholds) -> Policy:
    most = told.most_evidence_milli
    return Policy(
        tuple(indicators), PRIORS if told.priors is None else told.priors,
        MOST_EVIDENCE_MILLI if most is None else most, BANDS if told.bands is None else told.bands,
    )  # fmt: skip
