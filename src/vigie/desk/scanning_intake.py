"""Scans come in: from a scanner's folder, by upload, by command. A file that is bad keeps no other from coming in.

Files and preview are on the disk before the log has the scan, and who handed them in hears of it after that: what was
acknowledged is never lost. The same scan handed in again is known, whatever road it came.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from vigie.desk.acts import ScanAssigned, ScanTaken, item_of
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.scanning import opened, purpose_of, row_of
from vigie.desk.scanning_matching import Matched, box_of
from vigie.desk.trail import leave
from vigie.desk.views.scanning import ScanImportView, UnreadView
from vigie.desk.work import Working, hand_in
from vigie.scanning import (
    BadScan,
    Expected,
    ReportRead,
    Scan,
    ScanBatch,
    ScanFile,
    Scanner,
    ScanOriginal,
    ScanRead,
    ScanRecord,
    UnreadScan,
    drift_of,
    fill_facts,
)
from vigie.terms import (
    BadRequest,
    Doubt,
    Handling,
    InboxItem,
    Officer,
    OfficerId,
    Place,
    Purpose,
    VisitId,
    error_text,
)
from vigie.tracking import Reach

NODE = OfficerId("node")
"""Who does what no officer does."""

ASSUMED = frozenset(("scan-energy-unknown", "scan-air-unknown", "scan-pixel-unknown"))
"""Doubts about a file that the register of scanners can settle."""


class _Intake:
    """What an import has done so far."""

    def __init__(self, officer: Officer, node: Working, keeps: bool = False) -> None:
        self.officer, self.node, self.keeps = officer, node, keeps
        self.taken: list[str] = []
        self.known: list[str] = []
        self.reports = 0
        self.items: list[InboxItem] = []
        self.made: dict[str, ScanRecord] = {}
        self.pictures: dict[str, Scan] = {}
        self.unread: list[UnreadScan] = []


def take_in(
    officer: Officer, files: Sequence[ScanFile], node: Working, *, archive: bool = True, purpose: Purpose | None = None,
    batch: ScanBatch | None = None, kept: Callable[[ScanRecord, Scan], None] | None = None,
) -> ScanImportView:  # fmt: skip
    """Take scans in; gives what became of each file.

    Args:
        archive: Make master and companded copy at once; else a job of the node does (`archive_scans`).
        batch: What the files hold, where they were read before. kept: Hears of each new scan once that is on the disk,
            while the log is written.

    Raises:
        NotForYou: The officer may not. BadRequest: No file. BadScan: Too many files. ScanningMissing: The extra
        `scanning` is not installed.
    """
    asked = purpose or purpose_of(officer, "import-scans")
    permit(officer, "import-scans", asked, "scans", node)
    if not files:
        raise BadRequest(reason="scan-without-files")
    find_again(node)
    if batch is None:
        from vigie.scanning import read_scans

        batch = read_scans(files)
    bodies = {file.name: file.body for file in files}
    told = _Intake(officer, node, kept is not None)
    told.unread += batch.unread
    for one in batch.scans:
        try:
            _take(one, [ScanFile(name, bodies[name]) for name in one.files], told)
        except BadScan as fault:
            told.unread.append(UnreadScan(one.files, str(fault.facts.get("reason", "")), dict(fault.facts)))
    hand_in(told.items, node, None if kept is None else lambda: _tell(told, kept))
    for report in batch.reports:
        _add(report, told)
    settled = [node.store.scans.get(name) for name in (*told.taken, *told.known)]
    found = [one for one in settled if one is not None]
    _let_go(found, told)
    if archive:
        archive_scans(node, [one for one in found if one.id in told.made])
    leave(officer, asked, "import-scans", "scans", node, taken=len(told.taken), known=len(told.known),
          unread=len(told.unread))  # fmt: skip
    return ScanImportView(
        len(told.taken), len(told.known), told.reports,
        sum(1 for one in found if not one.visit and one.id in told.made), tuple(map(row_of, found)),
        tuple(_unread(one, officer) for one in told.unread),
    )  # fmt: skip


def _tell(told: _Intake, kept: Callable[[ScanRecord, Scan], None]) -> None:
    for name, pictures in told.pictures.items():
        kept(told.made[name], pictures)


def scan_id(pixels: str, told: ScanRead) -> str:
    """The name of a scan: of its pixels and of how its files say it was taken; the same files, the same name."""
    return "X" + sha256(pixels.encode() + msgspec.json.encode(told.scan.facts)).hexdigest()[:15].upper()


def _take(one: ScanRead, files: Sequence[ScanFile], told: _Intake) -> None:
    """Judge one scan, put its files on the disk, and note it for the log."""
    from vigie.scanning import is_projected, pixel_hash, preview_of

    node = told.node
    if is_projected(one.scan):
        raise BadScan(reason="scan-is-a-training-picture")
    pixels = pixel_hash(one.scan)
    name = scan_id(pixels, one)
    if name in told.made or node.store.scans.get(name) is not None:
        told.known.append(name)
        return
    scanner = node.store.scans.scanner(one.scan.facts.scanner) if one.scan.facts.scanner else None
    now = node.now()
    read, site = _settled(one, scanner), _site(scanner, node)
    matched = box_of(read.scan.facts, site, read.scan.facts.taken or now, node)
    findings = (*read.doubts, *_register(read, scanner), *matched.doubts, *_faults(read, scanner, matched),
                *_same(pixels, node))  # fmt: skip
    unit = node.store.units(1)[0]
    for place, file in enumerate(files):
        node.store.scans.keep_blob(unit, f"original-{place}", file.body)
    node.store.scans.keep_blob(unit, "preview", preview_of(read.scan))
    rows, columns = read.scan.high.shape
    record = ScanRecord(
        id=name, facts=read.scan.facts, form=one.form, rows=rows, columns=columns, pixels=pixels, received=now,
        files=tuple(ScanOriginal(file.name, sha256(file.body).hexdigest(), len(file.body)) for file in files),
        site=site or (matched.kept.listed.site if matched.kept else ""), visit=matched.visit, matched=matched.how,
        findings=findings, unit=unit, threats=len(one.threats), study=one.study, series=one.series, about=one.about,
    )  # fmt: skip
    drift = None if scanner is None else drift_of(read.scan, scanner, record.at, name)
    told.made[name] = record
    if told.keeps:
        told.pictures[name] = read.scan
    told.taken.append(name)
    act = ScanTaken(record, (), drift, told.officer.id, now)
    told.items.append(item_of(act, told.officer.id, now))


def _settled(one: ScanRead, scanner: Scanner | None) -> ScanRead:
    """Let the register say what the file did not."""
    if scanner is None:
        return one
    assumed = frozenset(doubt.code for doubt in one.doubts) & ASSUMED
    facts = fill_facts(one.scan.facts, scanner, assumed)
    left = tuple(doubt for doubt in one.doubts if doubt.code not in assumed)
    return replace(one, scan=replace(one.scan, facts=facts), doubts=left)


def _site(scanner: Scanner | None, node: Node) -> str:
    if scanner is not None:
        return scanner.site
    return node.settings.sites[0] if len(node.settings.sites) == 1 else ""


def _register(one: ScanRead, scanner: Scanner | None) -> tuple[Doubt, ...]:
    if scanner is not None:
        return ()
    return (Doubt("scan-scanner-unknown", Place(path="scanner"), {"scanner": one.scan.facts.scanner or "-"}),)


def _faults(one: ScanRead, scanner: Scanner | None, matched: Matched) -> tuple[Doubt, ...]:
    """What is wrong with the pictures, each said once."""
    from vigie.scanning import scan_faults

    listed = None if matched.kept is None else matched.kept.listed
    known = Expected(
        size_type="" if listed is None else listed.size_type, reefer=None if listed is None else listed.reefer,
        energies=0 if scanner is None else len(scanner.energies_mev),
    )  # fmt: skip
    said = {doubt.code for doubt in one.doubts}
    return tuple(doubt for doubt in scan_faults(one.scan, known) if doubt.code not in said)


def _same(pixels: str, node: Node) -> tuple[Doubt, ...]:
    """The same picture under other facts: one of them is not what it says."""
    known = node.store.scans.same_pixels(pixels)
    return tuple(Doubt("scan-duplicate", Place(), {"other": one.id}) for one in known[:1])


def _add(told: ReportRead, into: _Intake) -> None:
    """Add a reading to the scan that it names."""
    node, report = into.node, told.report
    found = node.store.scans.of_series(report.series) or [
        one for one in into.made.values() if set(one.about) & set(report.about)
    ]
    if not found:
        into.unread.append(UnreadScan((told.file,), "scan-not-of-any-kept-scan"))
        return
    if report not in node.store.scans.reports(found[0].id):
        now = node.now()
        act = ScanTaken(found[0], (report,), None, into.officer.id, now)
        hand_in([item_of(act, into.officer.id, now)], node)
    into.reports += 1


def _let_go(kept: Sequence[ScanRecord], told: _Intake) -> None:
    """Another process took the same scan in at the same moment: its files stay, ours go."""
    for one in kept:
        mine = told.made.get(one.id)
        if mine is not None and mine.unit != one.unit:
            told.node.store.scans.drop_blobs(mine.unit)


def _unread(one: UnreadScan, officer: Officer) -> UnreadView:
    facts = {name: fact for name, fact in one.facts.items() if name != "reason"}
    return UnreadView(one.files, one.reason, error_text(BadScan(reason=one.reason, **facts), officer.language))


def find_again(node: Working, limit: int = 200) -> int:
    """Find the boxes of scans that wait, where they were announced since; gives how many were found.

    Args:
        limit: Scans that are looked at, the latest received first.
    """
    if not node.store.scans.waiting():
        return 0
    items = []
    for one in node.store.scans.page(Reach(clearance=int(Handling.RED)), state="unmatched", limit=limit):
        told = box_of(one.facts, one.site, one.at, node)
        if told.visit:
            now = node.now()
            act = ScanAssigned(one.id, told.visit, VisitId(""), "", NODE, now, told.how)
            items.append(item_of(act, NODE, now))
    hand_in(items, node)
    return len(items)


def archive_scans(
    node: Node, records: Sequence[ScanRecord] | None = None, limit: int = 20, pictures: Scan | None = None
) -> int:
    """Make masters and companded copies that wait; gives how many. Done again it does no harm.

    Args:
        records: Which; None for the oldest that wait, at most `limit`. pictures: Of the one record, where they are
            decoded already.
    """
    scans = node.store.scans
    done = 0
    for one in scans.uncoded(limit) if records is None else records:
        try:
            told = opened(one, node) if pictures is None else pictures
        except BadScan:
            told = None  # what is kept is damaged: the file's hash says so to who opens it, and the others go on
        if told is not None:
            _keep_pictures(one, told, node)
            done += 1
        scans.coded(one.id)
    return done


def _keep_pictures(one: ScanRecord, told: Scan, node: Node) -> None:
    from vigie.scanning import companded_of, master_of

    node.store.scans.keep_blob(one.unit, "master", master_of(told))
    node.store.scans.keep_blob(one.unit, "companded", companded_of(told))
