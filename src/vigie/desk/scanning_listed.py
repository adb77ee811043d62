"""Scans as pages list them: those that wait first, each with what is wrong with it; and the scans of one box."""

from vigie.desk.gate import may, permit, reach, visit_for
from vigie.desk.needs import Node
from vigie.desk.scanning import finding_view, purpose_of, row_of
from vigie.desk.trail import leave
from vigie.desk.views.scanning import ScanCard, ScanCards, ScanRow
from vigie.scanning import ScanRecord
from vigie.terms import BadRequest, Officer, Purpose, VisitId

ROWS = 24
"""Scans of one page. Source: own figure; each brings a preview of some 11 kB (ADR 0039)."""

WAITING = 12
"""Scans that wait, before the others: as many as are worked off in an hour. Source: own figure."""

_NEWEST = (1 << 62, "")


def cards(
    officer: Officer,
    node: Node,
    *,
    container: str = "",
    scanner: str = "",
    state: str = "",
    after: str = "",
    purpose: Purpose | None = None,
) -> ScanCards:
    """List scans in the officer's reach: on the first page those that wait, then those that have a box.

    Args:
        container: Number as claimed or found. state: `matched`, `unmatched`, empty for both. after: Where the page
            before ended.

    Raises:
        NotForYou: The officer may not. BadRequest: An unknown state.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, "see-scans", asked, "scans", node)
    if state not in ("", "matched", "unmatched"):
        raise BadRequest(reason="unknown-choice", field="state")
    within, before = reach(officer, asked, "see-scans"), _place(after)

    def page(state: str, before: tuple[int, str], limit: int) -> list[ScanRecord]:
        told = container.strip().upper()
        return node.store.scans.page(
            within, state=state, container=told, scanner=scanner.strip(), before=before, limit=limit
        )

    if state == "unmatched":
        waits, rows, limit = page("unmatched", before, ROWS), [], ROWS
    else:
        waits = page("unmatched", _NEWEST, WAITING) if not (state or after) else []
        rows, limit = page("matched", before, ROWS), WAITING
    leave(officer, asked, "see-scans", "scans", node, shown=len(waits) + len(rows))
    last = rows or (waits if state else [])
    return ScanCards(
        tuple(_card(one, officer) for one in waits), tuple(_card(one, officer) for one in rows),
        f"{last[-1].received}~{last[-1].id}" if len(last) == ROWS else "", len(waits) == limit and not state,
    )  # fmt: skip


def _place(after: str) -> tuple[int, str]:
    moment, _, name = after.partition("~")
    return (int(moment), name) if moment.isdecimal() and len(moment) < 19 else _NEWEST


def _card(one: ScanRecord, officer: Officer) -> ScanCard:
    return ScanCard(row_of(one), tuple(finding_view(fault, officer.language) for fault in one.findings))


def of_box(officer: Officer, visit: VisitId, node: Node, purpose: Purpose | None = None) -> tuple[ScanRow, ...]:
    """The scans of one box, the latest first; none for who may see the box but no scans.

    Raises:
        NotForYou: The officer may not see the box.
    """
    asked = purpose or purpose_of(officer)
    found = node.store.scans.of_visit(visit) if may(officer, "see-scans", asked) else []
    if not found:
        return ()
    visit_for(officer, visit, asked, node, "see-scans")
    return tuple(row_of(one) for one in reversed(found))
