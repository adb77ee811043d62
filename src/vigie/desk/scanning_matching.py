"""Which box a scan shows: the one whose number it claims, else the one that was ordered to that scanner about then."""

from vigie.desk.needs import Node
from vigie.scanning import ScanFacts
from vigie.selection import OrderKind
from vigie.terms import HOUR, BadContainerNumber, ContainerNumber, Doubt, Moment, Place, VisitId
from vigie.tracking import Kept

ORDER_HOLDS = 12 * HOUR
"""So long after an order to a scanner a scan without a number may be its: one shift and its overrun."""

_NEWEST = 20
_ORDERS = 200


class Matched:
    """What was found. kept: The box; None: none. how: `number`, `order` or empty. doubts: Why none was found."""

    def __init__(self, kept: Kept | None = None, how: str = "", *doubts: Doubt) -> None:
        self.kept, self.how, self.doubts = kept, how, doubts

    @property
    def visit(self) -> VisitId:
        """The box; empty where none was found."""
        return VisitId("") if self.kept is None else self.kept.visit.id


def box_of(facts: ScanFacts, site: str, at: Moment, node: Node) -> Matched:
    """Find the box of a scan.

    A number that is claimed and not known is never overruled by an order: somebody has to look.

    Args:
        site: Where the scanner stands. at: When the scan was taken, else when it came.
    """
    if facts.container:
        return _by_number(facts.container, at, node)
    return _by_order(facts.scanner, site, at, node)


def _by_number(claimed: str, at: Moment, node: Node) -> Matched:
    try:
        number = ContainerNumber.read(claimed).text
    except BadContainerNumber:
        return Matched(None, "", Doubt("scan-number-unread", Place(path="container"), {"told": claimed[:20]}))
    known = node.store.visits.of_containers([number], newest=_NEWEST).get(number, [])
    if not known:
        return Matched(None, "", Doubt("scan-unknown-container", Place(path="container"), {"container": number}))
    by_age = sorted(known, key=lambda kept: kept.visit.segment)
    open_then = [kept for kept in by_age if kept.visit.opened <= at]
    return Matched(open_then[-1] if open_then else by_age[0], "number")


def _by_order(scanner: str, site: str, at: Moment, node: Node) -> Matched:
    """The one box that was ordered to this scanner within `ORDER_HOLDS` and has no scan yet."""
    none = Doubt("scan-number-unread", Place(path="container"), {"told": ""})
    if not scanner:
        return Matched(None, "", none)
    sent = node.store.orders.page(site, Moment(at + 1), _ORDERS)
    wanted = dict.fromkeys(
        one.order.visit for one in sent
        if one.order.kind is OrderKind.INSPECT and one.order.scanner == scanner and one.order.issued > at - ORDER_HOLDS
    )  # fmt: skip
    waits = [visit for visit in wanted if not node.store.scans.of_visit(visit)]
    if len(waits) != 1:
        doubt = Doubt("scan-several-visits", Place(), {"count": len(waits)}) if waits else none
        return Matched(None, "", doubt)
    kept = node.store.visits.get(waits).get(waits[0])
    return Matched(None, "", none) if kept is None else Matched(kept, "order")
