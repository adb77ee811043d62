"""What people and inspections say of a scan, as reports that go with it: OPERATOR, AGGREGATE, GROUND_TRUTH."""

from vigie.desk.needs import Node
from vigie.scanning import Reading, ReadingOrder, ReportDecision, ReportType, ScanRecord, Threat, ThreatReport, Verdict
from vigie.terms import Depth, Found, Moment, Outcome

_SAYS = {
    Verdict.HOLD: ReportDecision.ALARM, Verdict.NOTHING: ReportDecision.CLEAR, Verdict.SECOND: ReportDecision.UNKNOWN,
}  # fmt: skip
"""A person may say CLEAR, in the word that the standard has for it; a machine never does."""

_LOOKED = frozenset((Depth.DOORS, Depth.PARTIAL, Depth.FULL))
"""Controls at which people saw the goods themselves."""


def operator_report(record: ScanRecord, reading: Reading, author: str, at: Moment) -> ThreatReport:
    """The report of one reader; of an arbiter, who knows all readings, an aggregate.

    Args:
        author: The reader's pseudonym.
    """
    kind = ReportType.AGGREGATE if reading.order is ReadingOrder.ARBITER else ReportType.OPERATOR
    threats = tuple(
        Threat(
            box=(one.x, one.y, one.width, one.height), category="ANOMALY",
            description=_words(one.reason.value, one.note),
            assessment="THREAT" if reading.verdict is Verdict.HOLD else "UNKNOWN",
        )
        for one in reading.regions
    )  # fmt: skip
    shown = ("machine shown" if reading.saw_machine else "machine hidden",
             "reasons shown" if reading.saw_reasons else "reasons hidden")  # fmt: skip
    return ThreatReport(
        type=kind, decision=_SAYS[reading.verdict], threats=threats, at=at, container=record.facts.container,
        algorithm=(f"{reading.order.value} reading", *shown), author=author,
        took_ms=reading.seconds * 1000.0, study=record.study, series=record.series, about=record.about,
    )  # fmt: skip


def _words(reason: str, note: str) -> str:
    return f"{reason}: {note}" if note else reason


def keep_ground_truth(outcome: Outcome, at: Moment, node: Node) -> int:
    """Keep with each scan of a box what a physical control of it showed; how many scans that were.

    A scan alone, or a look at documents, is no ground truth. The place stands for the whole picture: what was found is
    known, where in the picture it lay is not.
    """
    if outcome.depth not in _LOOKED:
        return 0
    records = node.store.scans.of_visit(outcome.visit)
    for record in records:
        node.store.scans.add_report(record.id, _truth(record, outcome), at)
    return len(records)


def _truth(record: ScanRecord, outcome: Outcome) -> ThreatReport:
    found = outcome.found is not Found.NOTHING
    where = (0, 0, record.columns, record.rows)
    words = _words(outcome.found.value, outcome.concealment.value if outcome.concealment else "")
    kg = None if outcome.quantity_g is None else outcome.quantity_g / 1000
    return ThreatReport(
        type=ReportType.GROUND_TRUTH, decision=ReportDecision.ALARM if found else ReportDecision.CLEAR,
        threats=(Threat(box=where, description=words, kg=kg),) if found else (), at=outcome.at,
        container=record.facts.container, algorithm=(outcome.depth.value, outcome.detector.value),
        study=record.study, series=record.series, about=record.about,
    )  # fmt: skip
