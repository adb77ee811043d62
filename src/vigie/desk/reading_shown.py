"""One scan as its reader sees it: what the reader may know at this moment, and nothing more."""

from collections.abc import Sequence

from vigie.desk import scanning
from vigie.desk.container import container
from vigie.desk.gate import may, reach
from vigie.desk.reading_beside import references
from vigie.desk.reading_listed import row_for, rows_for
from vigie.desk.reading_machine import base_rate_told, findings_told, machine_readings, quiet_told
from vigie.desk.reading_room import rules_of
from vigie.desk.trail import leave
from vigie.desk.views import ContainerView, GivenView, ReadingRow, ReasonView, ScanReadingView
from vigie.desk.work import Working
from vigie.scanning import (
    MachineReading,
    Reading,
    RoomRules,
    ScanRecord,
    density_curve,
    may_read,
    shows_machine,
    shows_readings,
    standing,
)
from vigie.terms import Officer, Purpose, VigieError, VisitId

TARGETING = Purpose.TARGETING
EARLIER = 12
"""Earlier scans of a box that stand beside its picture."""


def show(officer: Officer, scan: str, node: Working, purpose: Purpose = TARGETING) -> ScanReadingView:
    """Show one scan to a reader; what was shown and what was hidden goes into the trail.

    Raises:
        NotForYou: The officer may not see it, or there is none.
    """
    record = scanning.scan_for(officer, scan, node, "see-scans", purpose)
    rules = rules_of(node)
    readings: Sequence[Reading] = node.store.readings.of([record.id]).get(record.id, ())
    case, context = standing(readings), _context(officer, record, node, purpose)
    told, why = _machine(officer, record, readings, rules, node)
    reasons = _reasons(officer, context, readings, rules)
    claim = node.store.readings.claims([record.id], node.now()).get(record.id)
    facts = record.facts
    leave(officer, purpose, "see-scans", record.id, node, machine="hidden" if why == "hidden" else "shown",
          reasons="hidden" if reasons is None else "shown", readings="shown" if readings else "none")  # fmt: skip
    settled = shows_readings(officer.id, readings)
    return ScanReadingView(
        row=row_for(officer, record, node), rows=record.rows, columns=record.columns, row_mm=facts.row_mm,
        column_mm=facts.column_mm, air=facts.air, dark=facts.dark, energies_mev=facts.energies_mev, taken=facts.taken,
        hash=record.pixels, density=_curve(record, node), context=context, reasons=reasons,
        machine=None if told is None else findings_told(told, officer.language), machine_why=why,
        base_rate="" if told is None else base_rate_told(told, officer.language),
        quiet=() if told is None else quiet_told(told, officer.language), given=_given(officer, readings),
        agreed=case.agreed if settled else None, verdict=case.verdict.value if settled and case.verdict else "",
        claim=None if claim is None else claim.officer, earlier=_earlier(officer, record, node, purpose),
        references=references(officer, record, node, purpose), commodity=facts.commodity,
        doubts=tuple(scanning.finding_view(one, officer.language).text for one in record.findings),
    )  # fmt: skip


def _context(officer: Officer, record: ScanRecord, node: Working, purpose: Purpose) -> ContainerView | None:
    if not record.visit or not may(officer, "see", purpose):
        return None
    try:
        return container(officer, VisitId(record.visit), node, purpose)
    except VigieError:
        return None


def _reasons(
    officer: Officer, context: ContainerView | None, readings: Sequence[Reading], rules: RoomRules
) -> tuple[ReasonView, ...] | None:
    """The reasons of the risk; hidden where the site hides them and the officer still is to read."""
    hidden = not rules.reasons_shown and may_read(officer.id, readings) is not None
    if hidden:
        return None
    return () if context is None or context.explanation is None else context.explanation.reasons


def _machine(
    officer: Officer, record: ScanRecord, readings: Sequence[Reading], rules: RoomRules, node: Working
) -> tuple[MachineReading | None, str]:
    """What the machine says, or why nothing of it is shown."""
    if not shows_machine(officer.id, readings, rules):
        return None, "hidden"
    told = machine_readings([record.id], node).get(record.id)
    return told, "" if told is not None else "not-read"


def _given(officer: Officer, readings: Sequence[Reading]) -> tuple[GivenView, ...]:
    """Readings the officer may see: the own one always, all where nobody reads blind any more; names never."""
    every = shows_readings(officer.id, readings)
    return tuple(
        GivenView(one.order.value, one.verdict.value, one.at, one.seconds, one.regions, one.saw_machine,
                  one.saw_reasons, one.note, officer.id if one.reader == officer.id else "")
        for one in readings
        if every or one.reader == officer.id
    )  # fmt: skip


def _curve(record: ScanRecord, node: Working) -> tuple[tuple[float, float], ...]:
    """Transmission to areal density, where the scanner's calibration holds; else nothing is claimed."""
    known = node.store.scans.scanner(record.facts.scanner) if record.facts.scanner else None
    if known is None or known.calibration is None or known.calibration.stale(record.at):
        return ()
    return density_curve(record.facts, known.calibration)


def _earlier(officer: Officer, record: ScanRecord, node: Working, purpose: Purpose) -> tuple[ReadingRow, ...]:
    number = record.visit.rpartition("-")[0] or record.facts.container
    if not number:
        return ()
    within = reach(officer, purpose, "see-scans")
    found = node.store.scans.page(within, container=number, limit=EARLIER + 1)
    return rows_for(officer, [one for one in found if one.id != record.id], node)
