"""Values for the store's tests; name only what a test is about."""

from hashlib import sha256
from typing import Any

from vigie.store import Store
from vigie.terms import AuditEntry, Entry, EntryKind, InboxItem, Moment, OfficerId, Party, PartyRole, Purpose, visit_id
from vigie.tracking import Listed, Visit


def an_item(body: bytes = b"UNH+1'", **said: Any) -> InboxItem:
    return InboxItem("part", sha256(body).hexdigest(), body, Moment(1_000), **said)


def an_entry(hlc: int, unit: int = 0, body: bytes = b"{}", subject: str = "MSCU1234566-1") -> Entry:
    return Entry(Moment(hlc), EntryKind.CONSIGNMENT, subject, unit, body, "test")


def a_visit(container: str = "MSCU1234566", segment: int = 1, **said: Any) -> Visit:
    return Visit(visit_id(container, segment), container, segment, Moment(1), Moment(said.pop("changed", 1)), **said)


def listed(visit: Visit, **said: Any) -> Listed:
    return Listed(visit.id, visit.container, visit.segment, visit.opened, visit.changed, **said)


def a_look(subject: str = "MSCU1234566-1", officer: str = "ana", at: int = 5, **facts: Any) -> AuditEntry:
    return AuditEntry(OfficerId(officer), Purpose.TARGETING, "see", subject, "done", Moment(at), facts)


def a_party(name: str = "FRUTA FICTICIA SA", **said: Any) -> Party:
    return Party(PartyRole.CONSIGNOR, name, **said)


def a_row(number: int, **said: Any) -> Listed:
    container = f"MSCU{number:07d}"
    return Listed(visit_id(container, 1), container, 1, Moment(1), **said)


def put(store: Store, *rows: Listed) -> None:
    """Keep rows with the visits that they are about."""
    units = store.units(len(rows))
    visits = [(a_visit(row.container, row.segment, changed=row.changed), row, unit)
              for row, unit in zip(rows, units, strict=True)]  # fmt: skip
    store.visits.put(visits)
