"""Seizures as views: lines of a list, accounts, steps."""

from vigie.desk.views.registry import ReportView, SeizureChange, SeizureLine, SubstanceView
from vigie.registry import Report, Seizure, SeizureRow, SeizureStep, State, rows_of
from vigie.terms import Moment


def row_line(row: SeizureRow, state: State) -> SeizureLine:
    """A row of the store as a line of the list."""
    return SeizureLine(
        row.id, Moment(row.at), row.place, row.substance, row.grams, row.packages, row.provenance, row.cover_hs,
        row.concealment, tuple(row.services.split()), tuple(row.countries.split()), row.container, row.handling,
        row.is_joint, row.is_closed, state.value,
    )  # fmt: skip


def line_of(seizure: Seizure) -> SeizureLine:
    """A seizure as a line of the list."""
    return row_line(next(rows_of(seizure)), seizure.state)


def report_view(one: Report, leads: bool) -> ReportView:
    """One account."""
    told = one.seized
    return ReportView(
        one.id, leads, one.first, one.service, one.country, one.source, one.reference, told.at, told.place,
        tuple(SubstanceView(it.name, it.net_g, it.gross_g, it.basis.value, it.packages) for it in told.substances),
        told.logos, told.container, str(told.visit), told.cover_hs, told.cover,
        "" if told.concealment is None else told.concealment.value, told.modus, told.scope, told.services,
        told.countries, told.provenance, told.loaded, told.route,
        "" if told.detector is None else told.detector.value, told.case, int(told.handling), told.note, told.is_closed,
    )  # fmt: skip


def change_of(state: Seizure, step: SeizureStep | None, name: str) -> SeizureChange:
    """The step that brought a seizure into a state; what was erased of it is not told."""
    if step is None:
        return SeizureChange(state.changed, "", "")
    other = step.into if step.seizure == name else step.seizure
    return SeizureChange(state.changed, step.verb.value, step.officer, step.reason, other)
