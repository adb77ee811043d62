"""What a port operator sees: of each box on the own terminal, whether customs wants it. No score, no reason, no more.

An operator's people are whom smugglers pay. What they learn here they learn anyway when the box is held; why, and which
boxes were looked at and let go, they do not learn. Source: docs/adr/0025-rederive-drift-adversary.md
"""

from collections.abc import Iterator

import msgspec

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.terminal import TerminalBox, TerminalView
from vigie.terms import BadRequest, Handling, Officer, Purpose
from vigie.tracking import Listed, Query, Reach, Status

SELECTED, NOT_SELECTED, RELEASED = "selected", "not-selected", "released"
MOST = 1_000

_STATES = {
    Status.SELECTED.value: SELECTED, Status.HELD.value: SELECTED, Status.INSPECTED.value: SELECTED,
    Status.RELEASED.value: RELEASED,
}  # fmt: skip
_HERE = tuple(status.value for status in Status if status is not Status.GONE)


def boxes(
    officer: Officer, node: Node, after: str = "", limit: int = 200, purpose: Purpose = Purpose.INSPECTION
) -> TerminalView:
    """List the boxes on the officer's own terminals, by number.

    A box counts whatever its handling code: that it were missing from the list would tell more than its line does.

    Args:
        after: Number after which the page begins. limit: Boxes, 1 to `MOST`.

    Raises:
        NotForYou: The officer is no port operator. BadRequest: A limit outside.
    """
    permit(officer, "see-terminal", purpose, "terminal", node)
    if not 1 <= limit <= MOST:
        raise BadRequest(reason="page-size", most=MOST)
    leave(officer, purpose, "see-terminal", "terminal", node)
    page: list[TerminalBox] = []
    for box in _boxes(officer, node):
        if box.container > after:
            page.append(box)
            if len(page) > limit:
                return TerminalView(officer.terminals, tuple(page[:limit]), page[limit - 1].container)
    return TerminalView(officer.terminals, tuple(page))


def _boxes(officer: Officer, node: Node) -> Iterator[TerminalBox]:
    """Each number once: of two boxes under one number the one that customs wants counts."""
    last: TerminalBox | None = None
    for row in _rows(officer, node):
        box = TerminalBox(row.container, _STATES.get(row.status, NOT_SELECTED))
        if last is not None and last.container == box.container:
            states = {last.state, box.state}
            worse = SELECTED if SELECTED in states else NOT_SELECTED if NOT_SELECTED in states else RELEASED
            last = TerminalBox(box.container, worse)
            continue
        if last is not None:
            yield last
        last = box
    if last is not None:
        yield last


def _rows(officer: Officer, node: Node) -> Iterator[Listed]:
    if not officer.terminals or not officer.sites:
        return
    query = Query(
        sites=officer.sites, terminals=officer.terminals, statuses=_HERE, sort="container", limit=MOST
    )
    within = Reach(max(Handling), officer.sites)
    after = ""
    while True:
        page = node.store.visits.page(msgspec.structs.replace(query, after=after), within)
        yield from page.rows
        after = page.after
        if not after:
            return
