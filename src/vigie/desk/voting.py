"""Models that vote in a node: found by their hash, proved at load, or left out and said to be."""

from collections.abc import Iterable, Mapping

import msgspec

from vigie.desk.needs_kept import Models
from vigie.risk import (
    BadModel,
    Fusion,
    ModelsMissing,
    Policy,
    Predictor,
    RuleKind,
    RuleVersion,
    Thresholds,
    fusion_by,
    load_model,
    read_channels,
)
from vigie.terms import VigieError

CHANNELS = "channels"
"""The one id of the rules of kind `model`: all channels are taught, judged and approved together."""


class Voters(msgspec.Struct, frozen=True):
    """Models at work.

    Attributes:
        policy: With their votes. models: Loaded, by hash. fault: Why they do not vote; None: they do.
        earned: Their votes before the settings of the policy lowered some; None where no models are live.
    """

    policy: Policy
    models: dict[str, Predictor]
    fault: VigieError | None = None
    earned: Fusion | None = None


def load_models(hashes: Iterable[str], kept: Models, known: Mapping[str, Predictor]) -> dict[str, Predictor]:
    """Load models by their hashes; what is loaded already is taken as it is.

    Raises:
        BadModel: One is not there (`absent`), altered, or scores otherwise here than where it was taught.
        ModelsMissing: LightGBM is not installed.
    """
    return {name: known[name] if name in known else _loaded(name, kept) for name in hashes}


def _loaded(name: str, kept: Models) -> Predictor:
    body = kept.get(name)
    if body is None:
        raise BadModel(reason="absent", column=name[:16])
    return load_model(body, name)


def with_models(
    rules: Policy, live: Iterable[RuleVersion], kept: Models, known: Mapping[str, Predictor],
    settings: Thresholds | None = None,
) -> Voters:  # fmt: skip
    """Let the models that are live vote beside the rules.

    A model that cannot be proved does not vote, and neither do those judged with it: the rules alone decide, and
    `fault` says why. A node that stopped judging over a damaged model would let everything through.
    """
    version = next((one for one in live if one.kind is RuleKind.MODEL and one.id == CHANNELS), None)
    if version is None:
        return Voters(rules, {})
    try:
        earned = read_channels(version.body).fusion
        fusion = earned if settings is None else fusion_by(earned, settings) or earned
        loaded = load_models((vote.model for vote in fusion.votes), kept, known)
    except (BadModel, ModelsMissing) as fault:
        return Voters(rules, {}, fault)
    return Voters(msgspec.structs.replace(rules, fusion=fusion), loaded, earned=earned)


def voters_of(policy: Policy) -> tuple[str, ...]:
    """Hashes of the models that vote in a policy."""
    return tuple(vote.model for vote in policy.fusion.votes) if policy.fusion is not None else ()


_packed = msgspec.msgpack.Decoder(tuple[bytes, dict[str, bytes]])


def pack(policy: bytes, models: Mapping[str, Predictor]) -> bytes:
    """Pack a policy (JSON) with its models for another process; without models it is the JSON itself."""
    return msgspec.msgpack.encode((policy, {name: one.body for name, one in models.items()})) if models else policy


def unpack(body: bytes) -> tuple[Policy, dict[str, Predictor]]:
    """Unpack what `pack` packed; every model is proved again."""
    policy, models = (body, {}) if body.startswith(b"{") else _packed.decode(body)
    return msgspec.json.decode(policy, type=Policy), {name: load_model(one, name) for name, one in models.items()}
