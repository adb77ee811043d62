"""What a reason rests on: each fact with its name and unit, and the entries of the timeline it was read from."""

from collections.abc import Collection
from dataclasses import dataclass

from vigie.desk.views import ReasonView
from vigie.risk import Catalogue, evidence_entries, label, tell_value
from vigie.terms import Moment
from vigie.tracking import Visit


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact. name, value: In the officer's language. entries: Where it stands on the timeline; none for history."""

    name: str
    value: str
    entries: tuple[Moment, ...] = ()


def evidence_of(
    reason: ReasonView, visit: Visit, shown: Collection[Moment], catalogue: Catalogue, language: str
) -> tuple[Evidence, ...]:
    """Tell the evidence of a reason.

    Args:
        reason: As the desk tells it. visit: The box. shown: Entries that stand on the timeline.
        catalogue: Indicators and names of columns. language: Of the officer.
    """
    indicator = catalogue.get(reason.indicator, reason.version)
    entries = {} if indicator is None else evidence_entries(visit, indicator)
    return tuple(
        Evidence(
            label(name, language, catalogue) if name in catalogue.texts.table else name,
            tell_value(name, fact, language, catalogue) if indicator is not None else str(fact),
            tuple(entry for entry in entries.get(name, ()) if entry in shown),
        )
        for name, fact in reason.evidence.items()
    )
