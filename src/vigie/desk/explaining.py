"""A score as a sum an officer can follow, in the officer's language."""

import msgspec

from vigie.desk.gate import may_know
from vigie.desk.views import Explanation, ReasonView
from vigie.desk.work import Working
from vigie.risk import Action, Assessment, Reason
from vigie.terms import Officer
from vigie.tracking import Assessed, Kept, terms_of

_decode = msgspec.json.Decoder(Assessment)


def explanation_of(assessed: Assessed, kept: Kept, officer: Officer, node: Working) -> Explanation | None:
    """Explain an assessment as it was made; None once its body is erased.

    A reason that the officer may not know of (its handling code lies above the clearance) still counts in the sum, and
    is shown as a weight without a name: else the sum would not add up, and would tell by its gap what it hides.
    """
    if assessed.body is None:
        return None
    made = _decode.decode(assessed.body)
    hits = node.watch.hits(terms_of(kept.visit), assessed.hlc)
    unknown: tuple[str, ...] = ()
    if len(assessed.features) == len(node.rules.features.declared.features):
        names = node.rules.unknown(kept.visit, assessed.features, assessed.hlc, hits)
        unknown = tuple(name for name in names if may_know(officer, node.rules.handling(name)))
    return Explanation(
        prior_milli=made.prior_milli, reasons=tuple(_reason(one, officer, node) for one in made.fired),
        caps_milli=-made.cut_milli, total_milli=made.logodds_milli, band=made.band, mandatory=made.mandatory,
        policy=made.policy, at=assessed.hlc, unknown=unknown,
    )


def _reason(reason: Reason, officer: Officer, node: Working) -> ReasonView:
    mandatory = reason.action is Action.MANDATORY
    if not may_know(officer, reason.handling):
        return ReasonView("", 0, "", reason.weight_milli, "", {}, mandatory)
    return ReasonView(
        reason.indicator, reason.version, reason.typology, reason.weight_milli,
        node.rules.tell(reason, officer.language), reason.evidence, mandatory,
    )

