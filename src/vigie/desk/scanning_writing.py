"""Scans in the sequencer: taken in, assigned, and the register of scanners as it changes, in the order of the log."""

from msgspec.structs import replace

from vigie.desk.acts import ScanAssigned, ScannerChanged, ScanTaken
from vigie.desk.needs import Node
from vigie.scanning import SCAN_ROUTES, with_drift
from vigie.terms import Fact, Moment
from vigie.tracking import Notice

WAITING = frozenset(("scan-number-unread", "scan-unknown-container", "scan-several-visits"))
"""Findings that say why a scan has no box: gone once an officer says which it is."""


def write_scan(hlc: Moment, unit: int, act: ScanTaken | ScanAssigned | ScannerChanged, node: Node) -> None:
    """Write what was done about a scan or a scanner. unit: Erasure unit of the entry."""
    scans = node.store.scans
    match act:
        case ScanTaken():
            _tell(act, node)
            scans.put(replace(act.record, entry=hlc), unit)
            for report in act.reports:
                scans.add_report(act.record.id, report, act.at)
            scanner = scans.scanner(act.record.facts.scanner) if act.drift is not None else None
            if scanner is not None and act.drift is not None:
                scans.put_scanner(with_drift(scanner, act.drift))
        case ScanAssigned():
            found = scans.get(act.scan)
            if found is not None:
                left = tuple(one for one in found.findings if one.code not in WAITING)
                scans.place(replace(found, visit=act.visit, matched=act.how, findings=left))
        case ScannerChanged():
            kept = scans.scanner(act.scanner.name)
            keeps = kept is not None and act.what == "kept"
            scans.put_scanner(replace(act.scanner, drifts=kept.drifts) if keeps and kept else act.scanner)


TOLD = frozenset(("targeting", "reader"))
"""Who is told by a notice of what is wrong with a scan; the crew of a scanner looks at the register and the list."""


def _tell(act: ScanTaken, node: Node) -> None:
    """Tell the officers of a box what is wrong with its new scan; what waits for its box stands in "unmatched"."""
    record = act.record
    wrong = [one.code for one in record.findings if SCAN_ROUTES.get(one.code) in TOLD]
    if not wrong or not record.visit or node.store.scans.get(record.id) is not None:
        return
    facts: dict[str, Fact] = {"container": record.visit.rpartition("-")[0], "scan": record.id, "count": len(wrong)}
    node.store.notices.add([Notice(record.visit, "scan-findings", act.at, site=record.site, facts=facts)])
