"""The reading room at the desk: what waits for a reader, who reads what, and what each reader says of a scan.

A reading is an act like any other: gate, log, trail. Where it holds a box, the decision over the box goes into the log
with it, all or nothing, and from there to the inspections. No machine and no training picture can give one.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigie.desk import scanning
from vigie.desk.acts import Override, ReadingTaken, Report, item_of
from vigie.desk.gate import permit
from vigie.desk.inspections import pseudonym
from vigie.desk.reading_listed import listed, row_for
from vigie.desk.reading_reports import operator_report
from vigie.desk.reading_room import rules_of
from vigie.desk.scanning_machine import queue
from vigie.desk.trail import leave
from vigie.desk.views import AgreementView, ReadingGiven, ReadingQueue, ReadingRow
from vigie.desk.work import Working, hand_in
from vigie.scanning import (
    Awaits,
    Reading,
    ReadingOrder,
    Region,
    ScanRecord,
    Verdict,
    agreement,
    check_reading,
    claimed_until,
    is_drawn,
    may_read,
    shows_machine,
    standing,
)
from vigie.terms import (
    BadRequest,
    Conflict,
    Depth,
    Detector,
    Found,
    InboxItem,
    Moment,
    Officer,
    Outcome,
    Purpose,
    VisitId,
)

TARGETING = Purpose.TARGETING
_SECOND = 1_000_000


def worklist(
    officer: Officer, node: Working, *, awaits: str = "", place: str = "", claimed: str = "", container: str = "",
    limit: int = 50, purpose: Purpose = TARGETING,
) -> ReadingQueue:  # fmt: skip
    """List the scans that wait for a reader: the machine's queues first where it has read, then by risk, then by time.

    Args:
        awaits: `first`, `second`, `arbiter`; empty for all. place: A queue of the machine. claimed: `me` or `none`.
        container: Start of a container number. limit: Rows, 1 to 500.

    Raises:
        NotForYou: The officer may not. BadRequest: A filter has no meaning.
    """
    permit(officer, "see-scans", purpose, "reading room", node)
    if awaits not in ("", *(one.value for one in ReadingOrder)) or claimed not in ("", "me", "none"):
        raise BadRequest(reason="unknown-choice", field="awaits" if claimed in ("", "me", "none") else "claimed")
    if not 1 <= limit <= 500:
        raise BadRequest(reason="unknown-choice", field="limit")
    waiting = listed(officer, node, purpose)
    counts = {order.value: sum(one.awaits == order.value for one in waiting.rows) for order in ReadingOrder}
    found = [one for one in waiting.rows if _wanted(one, officer, awaits, place, claimed, container)]
    leave(officer, purpose, "see-scans", "reading room", node, shown=min(len(found), limit), waiting=len(waiting.rows))
    return ReadingQueue(tuple(found[:limit]), counts, len(found), waiting.machine, *queue(node))


def _wanted(row: ReadingRow, officer: Officer, awaits: str, place: str, claimed: str, container: str) -> bool:
    if (claimed == "me" and row.claimed_by != officer.id) or (claimed == "none" and row.claimed_by):
        return False
    fits = awaits in ("", row.awaits) and place in ("", row.place)
    return fits and row.container.startswith(container.strip().upper())


def claim(officer: Officer, scan: str, node: Working, purpose: Purpose = TARGETING) -> ReadingRow:
    """Say that this officer reads a scan now; an own claim is made longer.

    Raises:
        NotForYou: The officer may not, or there is no such scan. Conflict: Another officer reads it. BadRequest: It
        waits for nobody, or for another person than this one.
    """
    record = scanning.scan_for(officer, scan, node, "read-scans", purpose)
    readings = _readings(record.id, node)
    if may_read(officer.id, readings) is None:
        raise BadRequest(reason="the-scan-does-not-wait-for-this-reading", awaits=standing(readings).awaits.value)
    now = node.now()
    held = node.store.readings.claim(record.id, officer.id, now, claimed_until(now, rules_of(node)))
    if held.officer != officer.id:
        raise Conflict(reason="another-officer-reads-it", officer=held.officer)
    return row_for(officer, record, node)


def release(officer: Officer, scan: str, node: Working, purpose: Purpose = TARGETING) -> ReadingRow:
    """Give an own claim back; where there is none, nothing happens.

    Raises:
        NotForYou: The officer may not, or there is no such scan.
    """
    record = scanning.scan_for(officer, scan, node, "read-scans", purpose)
    node.store.readings.release(record.id, officer.id)
    return row_for(officer, record, node)


def give(
    officer: Officer, scan: str, verdict: str, node: Working, regions: Sequence[Region] = (), note: str = "",
    seconds: int | None = None, purpose: Purpose = TARGETING,
) -> ReadingGiven:  # fmt: skip
    """Give the reading that a scan waits for.

    Held: the box is held with the reader's reasons, as by any officer. Nothing seen by all who had to look: the scan is
    recorded as a control of the box that found nothing.

    Args:
        verdict: `nothing-seen`, `hold-and-visit`, `second-reader`. regions: In pixels of the high-energy picture.
        seconds: How long it took; None counts from the claim.

    Raises:
        NotForYou: The officer may not, or there is no such scan. Conflict: Another officer reads it. BadRequest: The
        reading cannot stand (`vigie.scanning.check_reading`), or somebody gave it meanwhile.
    """
    record = scanning.scan_for(officer, scan, node, "read-scans", purpose)
    if verdict not in {one.value for one in Verdict}:
        raise BadRequest(reason="unknown-choice", field="verdict")
    now, before, rules = node.now(), _readings(record.id, node), rules_of(node)
    held = node.store.readings.claims([record.id], now).get(record.id)
    if held is not None and held.officer != officer.id:
        raise Conflict(reason="another-officer-reads-it", officer=held.officer)
    order = may_read(officer.id, before) or _next_order(before)
    took = seconds if seconds is not None else 0 if held is None else (now - held.began) // _SECOND
    reading = Reading(
        scan=record.id, reader=officer.id, order=order, verdict=Verdict(verdict), at=now, seconds=int(took),
        regions=tuple(regions), note=note.strip(), saw_machine=shows_machine(officer.id, before, rules),
        saw_reasons=rules.reasons_shown, drawn=order is ReadingOrder.FIRST and is_drawn(record.id, rules),
    )  # fmt: skip
    check_reading(reading, before, record.columns, record.rows)
    hand_in(list(_items(officer, record, reading, before, now, node)), node)
    node.store.scans.add_report(record.id, operator_report(record, reading, pseudonym(officer.id, node), now), now)
    after = standing([*before, reading])
    leave(officer, purpose, "read-scans", record.id, node, order=order.value, verdict=verdict,
          regions=len(reading.regions), seconds=reading.seconds, machine=reading.saw_machine,
          reasons=reading.saw_reasons, awaits=after.awaits.value)  # fmt: skip
    after_it = following(officer, node, purpose=purpose)
    return ReadingGiven(record.id, order.value, verdict, after.awaits.value, record.visit, after_it)


def _next_order(before: Sequence[Reading]) -> ReadingOrder:
    """Which reading would come next; the check says why this officer cannot give it."""
    awaits = standing(before).awaits
    return ReadingOrder.ARBITER if awaits is Awaits.NOTHING else ReadingOrder(awaits.value)


def _items(
    officer: Officer, record: ScanRecord, reading: Reading, before: Sequence[Reading], now: Moment, node: Working
) -> Iterable[InboxItem]:
    """The reading, and what follows from it for the box."""
    yield item_of(ReadingTaken(reading, officer.id, now), officer.id, now)
    if not record.visit:
        return
    was, case = standing(before), standing([*before, reading])
    if case.verdict is Verdict.HOLD and was.verdict is not Verdict.HOLD:
        yield item_of(Override(record.visit, "hold", _reason(reading), officer.id, now), officer.id, now)
    if case.verdict is Verdict.NOTHING and case.awaits is Awaits.NOTHING:
        if was.verdict is Verdict.HOLD:
            yield item_of(Override(record.visit, "leave", _reason(reading), officer.id, now), officer.id, now)
        yield item_of(Report(_nothing(officer, record, now, node), now), officer.id, now)


def _reason(reading: Reading) -> str:
    """Why a box is held, as the log and the timeline of the box tell it: codes and the reader's own words."""
    marked = ", ".join(dict.fromkeys(one.reason.value for one in reading.regions))
    words = " · ".join(one for one in (reading.note, *(region.note for region in reading.regions)) if one)
    told = "; ".join(one for one in (marked or reading.verdict.value, words) if one)
    return f"scan {reading.scan} ({reading.order.value} reading): {told}"


def _nothing(officer: Officer, record: ScanRecord, now: Moment, node: Working) -> Outcome:
    at = min(record.at, now)
    return Outcome(
        VisitId(record.visit), at, Found.NOTHING, Detector.SCANNER, Depth.SCAN, officer.id,
        detector_id=record.facts.scanner, analyst=pseudonym(officer.id, node),
    )  # fmt: skip


def following(officer: Officer, node: Working, but: str = "", purpose: Purpose = TARGETING) -> str:
    """The scan that an officer reads next: the first of the list that nobody else reads; empty where none waits.

    Args:
        but: One that is passed over.
    """
    rows = listed(officer, node, purpose).rows
    free = (one.scan for one in rows if one.mine and one.claimed_by in ("", officer.id))
    return next((one for one in free if one != but), "")


def agreement_of(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> AgreementView:
    """Tell how far the readers of the node agree; of all of them together, never of one.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-agreement", purpose, "readings", node)
    known: Mapping[str, Sequence[Reading]] = node.store.readings.all()
    leave(officer, purpose, "see-agreement", "readings", node, scans=len(known))
    told = agreement(known.values())
    waiting = sum(standing(one).awaits is Awaits.ARBITER for one in known.values())
    return AgreementView(**msgspec.structs.asdict(told), waiting=waiting)


def _readings(scan: str, node: Working) -> Sequence[Reading]:
    return node.store.readings.of([scan]).get(scan, ())

