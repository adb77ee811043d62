"""A score as a sum an officer can follow, in the officer's language."""

from collections.abc import Sequence

import msgspec

from vigie.desk.gate import may, may_know
from vigie.desk.views import ChannelReason, ChannelView, Explanation, ReasonView
from vigie.desk.work import Working
from vigie.risk import COLUMNS, Action, Assessment, Channel, Reason, columns, tell_input
from vigie.terms import Fact, Officer, VisitId
from vigie.tracking import Assessed, Kept, terms_of

_STRONGEST = 3  # reasons of each channel that are shown
Value = Fact
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
        channels=_channels(made, assessed, kept, officer, node), chance_ppm=made.chance_ppm,
        calibrated=made.calibrated,
    )


def _channels(
    made: Assessment, assessed: Assessed, kept: Kept, officer: Officer, node: Working
) -> tuple[ChannelView, ...]:
    """What models added, with their strongest reasons where officer, model and columns of then are at hand."""
    named: dict[str, Value] = {}
    fits = len(assessed.features) == len(node.rules.features.declared.features)
    if made.channels and fits and any(may(officer, "see-models", one) for one in officer.purposes):
        row = columns(kept.visit, assessed.features, assessed.hlc)
        named = {column.name: value for column, value in zip(COLUMNS, row, strict=True)}
    return tuple(
        ChannelView(one.name, one.weight_milli, one.raw_milli, one.milli, _reasons(one, named, officer, node))
        for one in made.channels
    )


def _reasons(
    channel: Channel, named: dict[str, Value], officer: Officer, node: Working
) -> tuple[ChannelReason, ...]:
    """Reasons of one channel; none where the box has moved on and the model would score it otherwise today."""
    model = node.rules.models.get(channel.model)
    if model is None or not named or model.one(named) != channel.raw_milli:
        return ()
    inputs = {one.name: one for one in model.spec.inputs}
    catalogue = node.rules.catalogue
    return tuple(
        ChannelReason(tell_input(inputs[name], named, officer.language, catalogue),
                      channel.weight_milli * milli // 1000)
        for name, milli in model.reasons(named, _STRONGEST)
    )  # fmt: skip


def _reason(reason: Reason, officer: Officer, node: Working) -> ReasonView:
    mandatory = reason.action is Action.MANDATORY
    if not may_know(officer, reason.handling):
        return ReasonView("", 0, "", reason.weight_milli, "", {}, mandatory)
    return ReasonView(
        reason.indicator, reason.version, reason.typology, reason.weight_milli,
        node.rules.tell(reason, officer.language), reason.evidence, mandatory,
    )


def percents_of(visits: Sequence[VisitId], node: Working) -> dict[VisitId, int]:
    """The highest percentage among the criteria that fired for each box; boxes that meet none are left out."""
    found: dict[VisitId, int] = {}
    for visit, assessed in node.store.assessments.latest(visits).items():
        if assessed.body is None:
            continue
        for one in _decode.decode(assessed.body).fired:
            if one.action is not Action.PROPOSE_PERCENT:
                continue
            declared = node.rules.catalogue.get(one.indicator, one.version)
            if declared is not None:
                found[visit] = max(found.get(visit, 0), declared.percent)
    return found
