"""What a partner's tools that read no STIX fetch: a MISP feed and a table, of the same things under the same rules."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from vigie.desk.exchange_node import own_name
from vigie.desk.exchange_taxii import Collection, collections, may_still, seen
from vigie.desk.needs import Node
from vigie.exchange import Marking, Thing, misp_event, opened, read_marking, read_objects, read_thing, write_table
from vigie.terms import Moment, datetime_of

MOST = 10_000
"""Newest things of a purpose that stand in a feed: MISP reads its list whole each time; who wants all polls TAXII."""

Told = tuple[str, int, Moment, Thing, Marking]


def _told(partner: str, collection: Collection, node: Node, wanted: str = "") -> Iterator[Told]:
    """Things for a partner, newest first. wanted: Only the one with this UUID."""
    rows = node.store.collections.latest(own_name(node), partner, collection.purpose.value, MOST)
    for row in rows:
        if row.body is None or (wanted and not row.id.endswith(wanted)):
            continue
        body = opened(row)
        marking = read_marking(body.marking)
        if may_still(marking, partner, collection, node):
            yield row.id, row.version, row.moment, read_thing(read_objects(body.content))[1], marking


def _outward(partner: str, node: Node) -> Iterator[Collection]:
    return (one for one in collections(partner, node) if not one.inward)


def table(partner: str, node: Node) -> str:
    """Things for a partner as a table (CSV), newest first."""
    rows = []
    for collection in _outward(partner, node):
        found = list(_told(partner, collection, node))
        seen(partner, collection, len(found), node)
        rows += [(id, version, thing, marking) for id, version, _, thing, marking in found]
    return write_table(rows)


def misp_list(partner: str, node: Node) -> dict[str, Any]:
    """The list of a MISP feed (`manifest.json`): events by their UUID."""
    found = {}
    for collection in _outward(partner, node):
        for told in _told(partner, collection, node):
            event = _event(told, node)["Event"]
            wanted = ("Orgc", "Tag", "info", "date", "analysis", "threat_level_id", "timestamp")
            found[event["uuid"]] = {name: event[name] for name in wanted}
    return found


def misp_one(partner: str, uuid: str, node: Node) -> dict[str, Any] | None:
    """An event of the feed; None where there is none for this partner."""
    try:
        wanted = str(UUID(uuid))
    except ValueError:
        return None
    for collection in _outward(partner, node):
        for told in _told(partner, collection, node, wanted):
            seen(partner, collection, 1, node)
            return _event(told, node)
    return None


def _event(told: Told, node: Node) -> dict[str, Any]:
    """A thing as a MISP event, with what a feed needs beside it: whose it is, and when it was changed."""
    id, _, moment, thing, marking = told
    event = misp_event(id, thing, marking)
    organisation = str(UUID(bytes=sha256(f"vigie {own_name(node)}".encode()).digest()[:16], version=4))
    event["Event"] |= {
        "date": f"{datetime_of(moment):%Y-%m-%d}", "timestamp": str(moment // 1_000_000),
        "Orgc": {"name": own_name(node), "uuid": organisation},
    }  # fmt: skip
    return event
