"""Scans in the sequencer: taken in, assigned, and the register of scanners as it changes, in the order of the log."""

from msgspec.structs import replace

from vigie.desk.acts import ScanAssigned, ScannerChanged, ScanTaken
from vigie.desk.needs import Node
from vigie.scanning import with_drift
from vigie.terms import Moment

WAITING = frozenset(("scan-number-unread", "scan-unknown-container", "scan-several-visits"))
"""Findings that say why a scan has no box: gone once an officer says which it is."""


def write_scan(hlc: Moment, unit: int, act: ScanTaken | ScanAssigned | ScannerChanged, node: Node) -> None:
    """Write what was done about a scan or a scanner. unit: Erasure unit of the entry."""
    scans = node.store.scans
    match act:
        case ScanTaken():
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
