"""Scans at the desk: listed, shown, opened, given to their box by an officer, exported; each look passes the gate."""

from functools import cache

from vigie.desk.acts import ScanAssigned, item_of
from vigie.desk.gate import may, permit, reach, visit_for
from vigie.desk.needs import Node
from vigie.desk.shown import tell
from vigie.desk.trail import leave
from vigie.desk.views.scanning import (
    OriginalView,
    ScanFaultView,
    ScanReportView,
    ScanRow,
    ScansPage,
    ScanView,
)
from vigie.desk.work import Working, hand_in
from vigie.scanning import (
    SCAN_ROUTES,
    BadScan,
    Scan,
    ScanFile,
    ScanningMissing,
    ScanRecord,
    ThreatReport,
    detector_disabled,
)
from vigie.terms import BadRequest, Doubt, Fact, Handling, NotForYou, Officer, Purpose, Texts, VisitId

MOST = 200
"""Rows of one page, at most."""

STATES = ("", "matched", "unmatched")
FORMS = ("dicos", "tiff", "original", "companded")
"""What a scan is exported as: DICOS or TIFF written anew, the files as they came, or the small copy."""

_SHORTEST = 5  # characters of a reason


@cache
def scan_texts() -> Texts:
    """The texts of findings, of reasons why a detector is off, and of who has to look."""
    return Texts.load("vigie.scanning.texts", "scans")


def purpose_of(officer: Officer, act: str = "see-scans") -> Purpose:
    """What an officer looks at scans for: targeting, else inspection, else what allows it."""
    order = (Purpose.TARGETING, Purpose.INSPECTION, Purpose.INVESTIGATION, Purpose.OVERSIGHT, Purpose.ADMINISTRATION)
    return next((one for one in order if may(officer, act, one)), Purpose.TARGETING)


def listed(
    officer: Officer,
    node: Node,
    *,
    container: str = "",
    scanner: str = "",
    state: str = "",
    after: str = "",
    limit: int = 50,
    purpose: Purpose | None = None,
) -> ScansPage:
    """List scans in the officer's reach, the latest received first.

    Args:
        container: Number as claimed or found. state: `matched`, `unmatched`, empty for both. after: Where the page
            before ended.

    Raises:
        NotForYou: The officer may not. BadRequest: An unknown state, a limit outside 1 to `MOST`.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, "see-scans", asked, "scans", node)
    if state not in STATES or not 1 <= limit <= MOST:
        raise BadRequest(reason="unknown-choice", field="limit" if state in STATES else "state")
    moment, _, name = after.partition("~")
    before = (int(moment), name) if moment.isdecimal() and len(moment) < 19 else (1 << 62, "")
    within = reach(officer, asked, "see-scans")
    found = node.store.scans.page(
        within, state=state, container=container.strip().upper(), scanner=scanner, before=before, limit=limit
    )
    leave(officer, asked, "see-scans", "scans", node, shown=len(found))
    more = f"{found[-1].received}~{found[-1].id}" if len(found) == limit else ""
    return ScansPage(tuple(map(row_of, found)), more, node.store.scans.waiting())


def scan_for(
    officer: Officer, scan: str, node: Node, act: str = "see-scans", purpose: Purpose | None = None
) -> ScanRecord:
    """Get one scan for an officer: who may see its box, or, while it waits, who is of its site. Written into the trail.

    Raises:
        NotForYou: Not allowed, or there is no such scan.
    """
    asked, subject = purpose or purpose_of(officer, act), f"scan {scan[:40]}"
    permit(officer, act, asked, subject, node)
    found = node.store.scans.get(scan)
    allowed = found is not None and _reaches(officer, found, node, asked, act)
    leave(officer, asked, act, subject, node, refused=not allowed)
    if found is None or not allowed:
        raise NotForYou(purpose=asked.value)
    return found


def _reaches(officer: Officer, found: ScanRecord, node: Node, purpose: Purpose, act: str) -> bool:
    if not found.visit:
        return officer.clearance >= Handling.AMBER and (
            not officer.sites or not found.site or found.site in officer.sites
        )
    kept = node.store.visits.get([found.visit]).get(found.visit)
    return kept is not None and reach(officer, purpose, act).covers(kept.listed)


def row_of(one: ScanRecord) -> ScanRow:
    """A scan as a row of a list."""
    facts = one.facts
    return ScanRow(
        one.id, one.visit, facts.container, one.matched, one.site, facts.scanner, facts.taken, one.received, one.rows,
        one.columns, facts.energies_mev, len(one.findings), facts.simulated,
    )  # fmt: skip


def finding_view(one: Doubt, language: str) -> ScanFaultView:
    """A finding in the reader's language."""
    place = " ".join(part for part in (one.place.part, one.place.path) if part)
    return ScanFaultView(
        one.code, place, tell(scan_texts(), one.code, language, dict(one.facts)), SCAN_ROUTES.get(one.code, "reader")
    )


def show(officer: Officer, scan: str, node: Node, purpose: Purpose | None = None) -> ScanView:
    """Show one scan with its files, what is wrong with it, and its readings.

    Raises:
        NotForYou: The officer may not, or there is none.
    """
    return view_of(scan_for(officer, scan, node, purpose=purpose), officer, node)


def view_of(found: ScanRecord, officer: Officer, node: Node) -> ScanView:
    """A scan as it is shown; whoever calls has asked the gate."""
    facts = found.facts
    code, text = disabled_text(facts.scanner, officer, node)
    return ScanView(
        row_of(found), found.form, facts.row_mm, facts.column_mm, facts.air, facts.dark, facts.travel.value,
        facts.commodity, found.pixels, tuple(OriginalView(one.name, one.sha256, one.size) for one in found.files),
        tuple(finding_view(one, officer.language) for one in found.findings),
        tuple(map(_report, node.store.scans.reports(found.id))), text, code,
    )  # fmt: skip


def disabled_text(scanner: str, officer: Officer, node: Node) -> tuple[str, str]:
    """Why no machine judges what a scanner took: code and text; both empty where one may."""
    told = detector_disabled(node.store.scans.scanner(scanner) if scanner else None, node.now())
    if told is None:
        return "", ""
    facts: dict[str, Fact] = dict(told.facts)
    return told.reason, tell(scan_texts(), told.reason, officer.language, facts)


def _report(one: ThreatReport) -> ScanReportView:
    return ScanReportView(one.type.value, one.decision.value, one.at, one.author, one.algorithm, len(one.threats))


def opened(found: ScanRecord, node: Node) -> Scan | None:
    """Decode a scan to the last count: from its master, or from the files while that is not made yet.

    None where it was erased a moment ago. Whoever calls has asked the gate.

    Raises:
        ScanningMissing: The extra is not installed. BadScan: What is kept is damaged.
    """
    try:
        from vigie.scanning import read_scans, scan_of
    except ModuleNotFoundError:
        raise ScanningMissing from None
    master = node.store.scans.blob(found, "master")
    if master is not None:
        return scan_of(master)
    files = originals(found, node)
    if not files:
        return None
    read = read_scans(files)
    if not read.scans:
        raise BadScan(reason="scan-file-damaged")
    from msgspec.structs import replace

    return replace(read.scans[0].scan, facts=found.facts)


def originals(found: ScanRecord, node: Node) -> tuple[ScanFile, ...]:
    """The files of a scan as they came; none where it was erased. Whoever calls has asked the gate."""
    bodies = [node.store.scans.blob(found, f"original-{place}") for place in range(len(found.files))]
    if any(body is None for body in bodies):
        return ()
    return tuple(ScanFile(one.name, body or b"") for one, body in zip(found.files, bodies, strict=True))


def pixels(officer: Officer, scan: str, node: Node, purpose: Purpose | None = None) -> Scan:
    """Open a scan for an officer, to the last count.

    Raises:
        NotForYou: The officer may not, or there is none. ScanningMissing: The extra is not installed.
    """
    found = opened(scan_for(officer, scan, node, purpose=purpose), node)
    if found is None:
        raise NotForYou(purpose=(purpose or purpose_of(officer)).value)
    return found


def frame(officer: Officer, scan: str, energy: str, node: Node, purpose: Purpose | None = None) -> bytes:
    """One picture of a scan for a browser (`vigie.scanning.frame_of`), to the last count.

    Raises:
        NotForYou: The officer may not, there is no such scan, or no picture of that energy.
    """
    told = pixels(officer, scan, node, purpose)
    picture = {"high": told.high, "low": told.low}.get(energy)
    if picture is None:
        raise NotForYou(purpose=(purpose or purpose_of(officer)).value)
    from vigie.scanning import frame_of

    return frame_of(picture)


def preview(officer: Officer, scan: str, node: Node, purpose: Purpose | None = None) -> tuple[bytes, str]:
    """A small picture of a scan, and its media type.

    Raises:
        NotForYou: The officer may not, or there is none.
    """
    found = scan_for(officer, scan, node, purpose=purpose)
    body = node.store.scans.blob(found, "preview")
    if body is None:
        raise NotForYou(purpose=(purpose or purpose_of(officer)).value)
    return body, "image/webp"


def assign(
    officer: Officer, scan: str, visit: VisitId, reason: str, node: Working, purpose: Purpose | None = None
) -> ScanView:
    """Say which box a scan belongs to; also of one that has a box, where that is the wrong one.

    Raises:
        NotForYou: The officer may not, or does not see scan or box. BadRequest: No reason, or it is its box already.
    """
    asked = purpose or purpose_of(officer, "assign-scans")
    found = scan_for(officer, scan, node, "assign-scans", asked)
    kept = visit_for(officer, visit, asked, node, "assign-scans")
    if len(reason.strip()) < _SHORTEST:
        raise BadRequest(reason="scan-needs-reason", field="reason")
    if found.visit == kept.visit.id:
        raise BadRequest(reason="scan-has-its-box", field="visit")
    now = node.now()
    act = ScanAssigned(found.id, kept.visit.id, found.visit, reason.strip()[:400], officer.id, now)
    hand_in([item_of(act, officer.id, now)], node)
    leave(officer, asked, "assign-scans", f"scan {found.id}", node, visit=kept.visit.id, was=found.visit)
    after = node.store.scans.get(found.id)
    if after is None:
        raise NotForYou(purpose=asked.value)
    return view_of(after, officer, node)


def export(officer: Officer, scan: str, form: str, node: Node, purpose: Purpose | None = None) -> tuple[ScanFile, ...]:
    """Export a scan as files.

    Args:
        form: One of `FORMS`. DICOS comes with all readings of the scan as threat detection reports.

    Raises:
        NotForYou: The officer may not, or there is none. BadRequest: Unknown form.
    """
    asked = purpose or purpose_of(officer, "export-scans")
    if form not in FORMS:
        raise BadRequest(reason="unknown-form", form=form[:20])
    found = scan_for(officer, scan, node, "export-scans", asked)
    made = _files(found, form, node)
    if not made:
        raise NotForYou(purpose=asked.value)
    leave(officer, asked, "export-scans", f"scan {found.id}", node, exported=form, files=len(made))
    return made


def _files(found: ScanRecord, form: str, node: Node) -> tuple[ScanFile, ...]:
    if form == "original":
        return originals(found, node)
    told = opened(found, node)
    if told is None:
        return ()
    from vigie.scanning import companded_of, write_dicos, write_tiff

    if form == "tiff":
        return write_tiff(told, found.id)
    if form == "companded":
        kept = node.store.scans.blob(found, "companded")
        return (ScanFile(f"{found.id}.vgm", kept or companded_of(told)),)
    return write_dicos(told, found.id, node.store.scans.reports(found.id))
