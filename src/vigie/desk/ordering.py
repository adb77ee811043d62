"""Orders leave the house: hold, inspect, release; as CUSRES, DCSA events, CSV; and terminals acknowledge them."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vigie.arrivals import Sending, write_cusres, write_dcsa_events
from vigie.desk.acts import Acknowledged, Ordered, item_of
from vigie.desk.container import order_view
from vigie.desk.gate import permit, reach, visit_for, visits_for
from vigie.desk.needs_people import Sent
from vigie.desk.trail import leave
from vigie.desk.views import OrderView
from vigie.desk.work import Working, hand_in
from vigie.selection import Order, OrderKind, as_csv, as_movement, order_id
from vigie.terms import BadRequest, Conflict, NotForYou, Officer, Purpose, VisitId
from vigie.tracking import Kept, main_line

TARGETING = Purpose.TARGETING
FORMS = ("csv", "cusres", "dcsa")
_MOST = 500
_MEDIA = {"csv": ("text/csv; charset=utf-8", "csv"), "cusres": ("application/EDIFACT", "edi"),
          "dcsa": ("application/json", "json")}  # fmt: skip
_order = msgspec.json.Decoder(Order)


def order(
    officer: Officer, visits: Sequence[VisitId], kind: str, node: Working, shift: str = "", reason: str = "",
    purpose: Purpose = TARGETING,
) -> tuple[OrderView, ...]:
    """Issue orders about boxes; a release needs a supervisor.

    Raises:
        NotForYou: The officer may not, or one of the boxes is not for the officer. BadRequest: Unknown kind, no box,
        more than 500.
    """
    if kind not in set(OrderKind) or not 1 <= len(visits) <= _MOST:
        raise BadRequest(reason="unknown-kind-of-order-or-not-1-to-500-boxes", kind=kind)
    act = "release" if kind == OrderKind.RELEASE else "order"
    found = visits_for(officer, visits, purpose, node, act)
    now = node.now()
    made = tuple(_made(kept, OrderKind(kind), officer, node, shift) for kept in found.values())
    hand_in([item_of(Ordered(made, reason.strip(), officer.id, now), officer.id, now)], node)
    sent = (node.store.orders.get(one.id) for one in made)
    return tuple(order_view(one) for one in sent if one is not None)


def _made(kept: Kept, kind: OrderKind, officer: Officer, node: Working, shift: str) -> Order:
    line, now = main_line(kept.visit), node.now()
    draws = node.store.selections.of(kept.visit.id)
    return Order(
        id=order_id(kind, kept.visit.id, now), kind=kind, visit=kept.visit.id, container=kept.visit.container,
        site=kept.listed.site, issued=now, officer=officer.id, document=line.document if line else "",
        terminal=kept.listed.terminal, scanner=draws[0].scanner if draws else "", shift=shift,
    )


def orders(
    officer: Officer, node: Working, site: str = "", waiting_only: bool = False, purpose: Purpose = TARGETING
) -> tuple[OrderView, ...]:
    """List orders about boxes that the officer may see, newest first.

    Raises:
        NotForYou: The officer may not see orders.
    """
    permit(officer, "see-orders", purpose, f"orders {site}".strip(), node)
    found = node.store.orders.page(site, None, _MOST)
    if waiting_only:
        found = [one for one in found if one.acknowledged is None]
    allowed = [one for one in found if one.order.visit in _reached(officer, found, node, purpose)]
    leave(officer, purpose, "see-orders", f"orders {site}".strip(), node, shown=len(allowed))
    return tuple(order_view(one) for one in allowed)


def _reached(officer: Officer, sent: Iterable[Sent], node: Working, purpose: Purpose) -> set[VisitId]:
    within = reach(officer, purpose, "see-orders")
    known = node.store.visits.get(list({one.order.visit for one in sent}))
    return {name for name, kept in known.items() if within.covers(kept.listed)}


def export(
    officer: Officer, wanted: Sequence[str] | str, form: str, node: Working, purpose: Purpose = TARGETING
) -> tuple[bytes, str, str]:
    """Write orders for terminals; gives the bytes, their media type, a file name.

    Args:
        wanted: Names of orders. form: `csv`, `cusres` (UN/EDIFACT D.00B) or `dcsa` (Track & Trace 3.0).

    Raises:
        NotForYou: One of the orders is not for the officer, or does not exist. BadRequest: Unknown form, no order.
    """
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if form not in FORMS or not names:
        raise BadRequest(reason="unknown-form-or-no-order", form=form)
    permit(officer, "see-orders", purpose, "orders", node)
    sent = [one for one in map(node.store.orders.get, names) if one is not None]
    reached = _reached(officer, sent, node, purpose)
    refused = len(sent) < len(names) or any(one.order.visit not in reached for one in sent)
    leave(officer, purpose, "see-orders", "orders", node, refused=refused, exported=form, orders=len(names))
    if refused:
        raise NotForYou(purpose=purpose.value)
    media, ending = _MEDIA[form]
    name = names[0] if len(names) == 1 else f"{len(names)}-{names[0]}"
    return _written([one.order for one in sent], form, node.settings.name), media, f"orders-{name}.{ending}"


def _written(made: Sequence[Order], form: str, sender: str) -> bytes:
    if form == "csv":
        return as_csv(made).encode()
    moves = [as_movement(one) for one in made]
    if form == "dcsa":
        return write_dcsa_events(moves, sender)
    first = made[0]
    recipient = first.terminal or first.site or "TERMINAL"
    return write_cusres(moves, Sending(sender.upper()[:35], recipient, first.id[:14].upper(), first.issued))


def laid_out(body: bytes, sender: str = "vigie") -> Iterator[tuple[str, bytes]]:
    """Write one order, as the outbox holds it, in every form; gives file names and contents."""
    made = _order.decode(body)
    for form in FORMS:
        yield f"{made.kind.value}-{made.container}-{made.id}.{_MEDIA[form][1]}", _written([made], form, sender)


def acknowledge(officer: Officer, wanted: str, by: str, node: Working, purpose: Purpose = TARGETING) -> None:
    """Note that a terminal confirmed an order.

    Args:
        by: Who at the terminal, as told.

    Raises:
        NotForYou: Not for the officer, or there is no such order. Conflict: It was confirmed before.
        BadRequest: Nobody is named.
    """
    permit(officer, "acknowledge", purpose, f"order {wanted}", node)
    sent = node.store.orders.get(wanted)
    if sent is None:
        leave(officer, purpose, "acknowledge", f"order {wanted}", node, refused=True)
        raise NotForYou(purpose=purpose.value)
    visit_for(officer, sent.order.visit, purpose, node, "acknowledge")
    if not by.strip():
        raise BadRequest(reason="who-confirmed-it")
    if sent.acknowledged is not None:
        raise Conflict(reason="it-was-confirmed-before", by=sent.by)
    now = node.now()
    hand_in([item_of(Acknowledged(wanted, sent.order.visit, by.strip(), officer.id, now), officer.id, now)], node)
