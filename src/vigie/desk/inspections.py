"""What controls showed comes back: one outcome from a form, many from a table; each becomes an entry of the log."""

import hmac
import re

import msgspec

from vigie.desk.acts import Report, item_of
from vigie.desk.gate import permit, sift, visit_for
from vigie.desk.reading_reports import keep_ground_truth
from vigie.desk.trail import leave
from vigie.desk.work import Working, hand_in
from vigie.inspections import ReportedOutcome, contradictions, read_outcomes, unlabelled
from vigie.terms import BadRequest, Doubt, InboxItem, Moment, Officer, Outcome, Place, Purpose, VisitId
from vigie.tracking import Kept

__all__ = ["complete", "contradictions", "pseudonym", "record", "record_csv"]

_PSEUDONYM = re.compile(r"an-[0-9a-f]{10}")

INSPECTION = Purpose.INSPECTION


def record(officer: Officer, outcome: Outcome, node: Working, purpose: Purpose | None = None) -> Moment:
    """Record what one control showed; gives the moment of the record.

    What in it contradicts itself (`contradictions`) is for the face to ask about; it is recorded as the officer says.

    Raises:
        NotForYou: The officer may not, or there is no such box. BadRequest: It ended in the future, or replaces an
        outcome that the box does not have.
    """
    asked = purpose or _purpose(officer)
    kept = visit_for(officer, outcome.visit, asked, node, "record")
    now = node.now()
    if outcome.at > now:
        raise BadRequest(reason="a-control-cannot-end-in-the-future")
    if outcome.replaces is not None and all(one.hlc != outcome.replaces for one in kept.visit.controlled):
        raise BadRequest(reason="the-box-has-no-such-outcome", replaces=outcome.replaces)
    told = msgspec.structs.replace(outcome, officer=officer.id, analyst=pseudonym(outcome.analyst, node))
    hand_in([item_of(Report(told, now), officer.id, now)], node)
    keep_ground_truth(told, now, node)
    return now


def complete(outcome: Outcome) -> Outcome:
    """Ask of a scan which scanner it was and who read the image: for forms, in which somebody can still say so.

    Raises:
        BadRequest: A scan without scanner or analyst; `field` names which.
    """
    missing = unlabelled(outcome)
    if missing:
        raise BadRequest(reason=missing[0], field="detector_id" if missing[0] == "scan-without-scanner" else "analyst")
    return outcome


def pseudonym(analyst: str, node: Working) -> str:
    """The pseudonym of an analyst: the same for ever in this node, and nobody's name; one is left as it is.

    Only the pseudonym is kept. What an analyst finds is told of it, and only to who may see analysts at all.
    """
    told = analyst.strip().lower()
    if not told or _PSEUDONYM.fullmatch(told):
        return told
    return "an-" + hmac.digest(node.store.secret("analyst"), told.encode(), "sha256").hex()[:10]


def _purpose(officer: Officer) -> Purpose:
    """Inspection, where the officer is cleared for it; else targeting: targeting officers record scans."""
    return INSPECTION if INSPECTION in officer.purposes else Purpose.TARGETING


def record_csv(
    officer: Officer, text: str, node: Working, purpose: Purpose | None = None, backload: bool = False
) -> tuple[int, tuple[Doubt, ...]]:
    """Record the outcomes of a table (columns: `vigie.inspections.COLUMNS`); a bad row becomes a doubt.

    A row that names a container means the visit that was open when the control ended.

    Args:
        backload: The table is history, from before the node went live.

    Returns:
        How many were recorded, and the doubts. A table handed in twice records nothing the second time.

    Raises:
        NotForYou: The officer may not record outcomes.
    """
    asked = purpose or _purpose(officer)
    permit(officer, "record", asked, "outcomes", node)
    told = list(read_outcomes(text.splitlines(), officer.id))
    doubts = [one for one in told if isinstance(one, Doubt)]
    rows = [one for one in told if isinstance(one, ReportedOutcome)]
    known = node.store.visits.of_containers(list({row.container for row in rows}), newest=20)
    placed = [(row, _placed(row, known.get(row.container, []))) for row in rows]
    found, _ = sift(officer, [visit for _, visit in placed if visit is not None], asked, node, "record")
    items = []
    for row, visit in placed:
        if visit is None or visit not in found:
            doubts.append(Doubt("outcome-unknown-box", Place(segment=row.row, path="container")))
        else:
            items.append(_item(row, visit, officer, backload, node))
    before = node.store.inbox.known([item.digest for item in items]) if items else set()
    hand_in(items, node)
    if not backload:
        for row, visit in placed:
            if visit is not None and visit in found:
                keep_ground_truth(msgspec.structs.replace(row.outcome, visit=visit), node.now(), node)
    leave(officer, asked, "record", "outcomes", node, rows=len(items), known=len(before))
    return len(items) - len(before), tuple(doubts)


def _placed(row: ReportedOutcome, known: list[Kept]) -> VisitId | None:
    """The visit a row means: the one it names, else the latest that was open when the control ended, else the first."""
    if row.outcome.visit:
        return row.outcome.visit
    by_age = sorted(known, key=lambda kept: kept.visit.segment)
    open_then = [kept.visit.id for kept in by_age if kept.visit.opened <= row.outcome.at]
    return open_then[-1] if open_then else by_age[0].visit.id if by_age else None


def _item(row: ReportedOutcome, visit: VisitId, officer: Officer, backload: bool, node: Working) -> InboxItem:
    """An outcome of a table is dated by itself, so that the same row is the same item whenever it is handed in."""
    outcome = msgspec.structs.replace(row.outcome, visit=visit, analyst=pseudonym(row.outcome.analyst, node))
    item = item_of(Report(outcome, outcome.at), officer.id, node.now())
    return msgspec.structs.replace(item, recorded=outcome.at, backload=backload)
