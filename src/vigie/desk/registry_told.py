"""Claims, checks and conflicts in the reader's language."""

from decimal import Decimal
from functools import cache

from vigie.desk.views.registry import CheckView, ClaimView, ConflictView, EvidenceView
from vigie.registry import Check, Claim, Conflict, Evidence, load_scopes
from vigie.terms import Texts


@cache
def texts() -> Texts:
    """Reasons, methods and words of figures."""
    return Texts.load("vigie.registry.texts", "registry")


def claim_view(one: Claim, language: str) -> ClaimView:
    """A claim."""
    words = load_scopes()
    area = words.name("area", one.scope.area, language) if one.scope.area else one.place
    told = [area, words.name("service", one.scope.service, language), words.name("way", one.scope.way, language)]
    if one.scope.service == "unsaid":
        del told[1]
    return ClaimView(
        one.place, ", ".join(told), one.scope.area, one.scope.service, one.scope.way, one.start, one.end, one.substance,
        one.measure, one.value, one.unit, one.qualifier, one.status, one.source, one.publisher, one.told, one.url,
        one.document, one.row, one.id, one.as_of,
    )  # fmt: skip


def check_view(one: Check, language: str) -> CheckView:
    """What became of one figure."""
    return CheckView(
        claim_view(one.claim, language), one.status, one.reproduced, tuple(reason.value for reason in one.reasons),
        written(one.value), one.method, _text(one, language), tuple(_evidence(it, language) for it in one.evidence),
    )  # fmt: skip


def _text(one: Check, language: str) -> str:
    """The reasons in words; or that the figure is reproduced, and how."""
    if not one.reasons:
        return texts().tell("figure-reproduced", language, method=texts().tell(f"method-{one.method}", language))
    return " ".join(texts().tell(f"reason-{reason.value}", language) for reason in one.reasons)


def _evidence(one: Evidence, language: str) -> EvidenceView:
    rows = tuple(claim_view(it, language) for it in one.rows)
    return EvidenceView(one.relation.value, one.method, written(one.value), rows)


def conflict_view(one: Conflict, language: str) -> ConflictView:
    """Two claims that say different things."""
    return ConflictView(one.kind.value, claim_view(one.claims[0], language), claim_view(one.claims[1], language))


def written(value: Decimal | None) -> str:
    """A value as it is written: no exponent, no zeros at its end."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
