"""The settings of the policy that officers may change by the same life-cycle as an indicator: priors, bands, bounds."""

from collections.abc import Sequence

import msgspec

from vigie.risk.indicator import Indicator
from vigie.risk.policy import BANDS, MOST_EVIDENCE_MILLI, PRIORS, Band, Policy, Prior
from vigie.terms import BadRequest


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a node decides by instead of what came with vigie; what is None stays as shipped.

    Attributes:
        priors: Where boxes start. bands: Stretches of the score. most_evidence_milli: Bound of all reasons together.
    """

    priors: tuple[Prior, ...] | None = None
    bands: tuple[Band, ...] | None = None
    most_evidence_milli: int | None = None


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
    if most is not None and not 0 < most <= 20_000:  # e^20 times the odds: nothing real weighs more
        raise BadRequest(reason="the bound of all reasons lies between 1 and 20,000 thousandths", given=most)
    _policy((), told)
    return told


def policy_of(indicators: Sequence[Indicator], body: bytes = b"") -> Policy:
    """Build the policy of linked indicators and the settings in force.

    Raises:
        BadRequest, BadExpression: As `read_thresholds`.
    """
    return _policy(indicators, read_thresholds(body))


def _policy(indicators: Sequence[Indicator], told: Thresholds) -> Policy:
    most = told.most_evidence_milli
    return Policy(
        tuple(indicators), PRIORS if told.priors is None else told.priors,
        MOST_EVIDENCE_MILLI if most is None else most, BANDS if told.bands is None else told.bands,
    )  # fmt: skip
