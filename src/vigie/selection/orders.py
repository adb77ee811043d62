"""The plan leaves the house: hold, inspect and release orders, as events that terminals and carriers read."""

import csv
import io
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

import msgspec

from vigie.arrivals import Movement
from vigie.terms import Moment, OfficerId, VisitId, write_moment


class OrderKind(StrEnum):
    """What a terminal is told about a container."""

    HOLD = "hold"
    INSPECT = "inspect"
    RELEASE = "release"


EVENT_CODES = {OrderKind.HOLD: "CUSS", OrderKind.INSPECT: "CUSI", OrderKind.RELEASE: "CUSR"}
"""DCSA Track & Trace 3.0: customs selected for scan, selected for inspection, released."""


class Order(msgspec.Struct, frozen=True, omit_defaults=True):
    """One order about one container. It never says why: a port operator learns that a box is selected, no more.

    Attributes:
        id: Stable name, the same when it is sent twice. kind: Hold, inspect, release.
        visit: Which box in which segment. container: Its number. document: Its transport document.
        site: UN/LOCODE. terminal: Facility code as messages write it. issued: When.
        officer: Who decided. scanner, shift: Where and when the box is wanted.
    """

    id: str
    kind: OrderKind
    visit: VisitId
    container: str
    site: str
    issued: Moment
    officer: OfficerId
    document: str = ""
    terminal: str = ""
    scanner: str = ""
    shift: str = ""


def order_id(kind: OrderKind, visit: VisitId, issued: Moment) -> str:
    """Name an order: 16 hexadecimal characters, the same for the same order."""
    return sha256(f"{kind}|{visit}|{issued}".encode()).hexdigest()[:16]


def as_movement(order: Order) -> Movement:
    """Write an order as the customs event that DCSA and CUSRES writers send."""
    return Movement(
        event_id=order.id,
        code=EVENT_CODES[order.kind],
        container=order.container,
        at=order.issued,
        recorded_at=order.issued,
        place=order.site,
        facility=order.terminal,
        documents=(f"BL:{order.document}",) if order.document else (),
    )


_COLUMNS = ("order", "kind", "container", "document", "site", "terminal", "scanner", "shift", "issued")


def as_csv(orders: Iterable[Order]) -> str:
    """Write orders as CSV (RFC 4180) with a header; moments in ISO 8601 UTC.

    A cell that a spreadsheet would run as a formula is led by an apostrophe.
    Source: OWASP, CSV injection.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for o in orders:
        cells = (o.id, o.kind.value, o.container, o.document, o.site, o.terminal, o.scanner, o.shift)
        writer.writerow([*map(_tame, cells), write_moment(o.issued)])
    return out.getvalue()


def _tame(cell: str) -> str:
    return "'" + cell if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
