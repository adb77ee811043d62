"""Delivering to partners: the next batch for one, what it answered, and how delivering goes."""

from collections.abc import Sequence

import msgspec

from vigie.desk.exchange_node import federation, federation_left, own_name
from vigie.desk.exchange_restored import hear
from vigie.desk.exchange_split import doubted, shown
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import DeliveryRow
from vigie.exchange import (
    MOST_BYTES,
    MOST_ENTRIES,
    WARN_DAYS,
    Answered,
    Entry,
    ExchangeRefused,
    Why,
    make_batch,
    peek,
    read_head,
    refuse,
    witnessed,
    write_batch,
)
from vigie.terms import Fact, Moment, Officer, Purpose

SILENT = 60_000_000
"""After so many microseconds without an answer a partner counts as silent: a restart takes less than a minute."""


class Parcel(msgspec.Struct, frozen=True):
    """A batch that is ready. raw: Its bytes. last: Place of its last entry. size: Of the log. entries: How many."""

    raw: bytes
    last: int
    size: int
    entries: int


def parcel(partner: str, after: int, known: int, node: Node, prove: Sequence[int] = ()) -> Parcel | None:
    """The next batch for a partner: what is for it after a place of the own log. None where nothing is.

    Args:
        known: Size of the own log that the partner knows; growth is proved from there.
        prove: Sizes that others showed it: growth is proved from them too, and for that alone if nothing waits.
    """
    log, me = node.store.exchange, own_name(node)
    with node.store.reading():
        entries = log.outgoing(me, partner, MOST_ENTRIES, after)
        signed = log.head(me)
        if signed is None or not (entries or prove):
            return None
        size = peek(signed).size
        before, tree = log.due(partner, entries[0][0]) if entries else -1, log.tree(size)
        while True:
            raw = write_batch(make_batch(signed, entries, tree, [known, *prove], after=before))
            if len(raw) <= MOST_BYTES or len(entries) <= 1:
                break
            entries = _half(entries)
    return Parcel(raw, entries[-1][0] if entries else after, size, len(entries))


def _half(entries: Sequence[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
    return list(entries[: len(entries) // 2])


def settle(partner: str, told: Answered, node: Node) -> None:
    """Keep what a partner answered: up to where it has the log, its word on the head, and whether anything differs.

    Raises:
        ExchangeRefused: Its word or its head does not bear its signature, or its log has two pasts.
    """
    member, me, log = federation(node).member(partner), own_name(node), node.store.exchange
    keys = federation(node).keys(partner)
    signed = log.head(me, told.word.size) if told.word is not None else None
    if told.word is not None and signed is not None:
        fits = (told.word.by, told.word.upto) == (partner, told.upto)
        if not fits or not witnessed(signed, [told.word], {partner: keys}):
            refuse(Why.FORGED, kind="word")
    if told.head is not None:
        read_head(told.head, keys)
    hear(partner, told.known, node)
    if told.head is not None and shown(told.head, partner, node):
        refuse(Why.SPLIT_VIEW, origin=partner, size=peek(told.head).size)
    for head in told.seen:  # what is wrong with a third log is no fault of who shows it
        shown(head, partner, node)
    with node.store.transaction():
        if told.word is not None and signed is not None:
            log.put_head(peek(signed), signed, [told.word])
        log.acknowledged(member.id, min(told.upto, log.size() - 1), min(told.known, log.size()))
        log.heard(member.id, node.now())


def failed(partner: str, refusal: ExchangeRefused, failures: int, next_try: Moment, node: Node) -> None:
    """Keep that a try to deliver failed, and when the next one comes."""
    node.store.deliveries.failed(partner, str(refusal.facts.get("reason", "")), failures, next_try, node.now())


def works(partner: str, node: Node) -> None:
    """Keep that delivering works again."""
    node.store.deliveries.works(partner)


def deliveries(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[DeliveryRow, ...]:
    """List how delivering to each partner goes.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined, or the metadata has ended.
    """
    permit(officer, "see-exchange", purpose, "exchange deliveries", node)
    leave(officer, purpose, "see-exchange", "exchange deliveries", node)
    return _rows(node)


def _rows(node: Node) -> tuple[DeliveryRow, ...]:
    told, me = federation(node), own_name(node)
    known, states = node.store.exchange.partners(), {one.partner: one for one in node.store.deliveries.all()}
    rows = []
    for one in told.members:
        if one.id == me:
            continue
        waiting, _, heard = known.get(one.id, (0, 0, 0))
        state = states.get(one.id)
        way = "push" if one.address and one.certificate else "fetched" if one.certificate else "stick"
        row = DeliveryRow(
            one.id, one.address, way, waiting, node.store.exchange.acked(one.id), Moment(heard) if heard else None
        )
        if state is not None:
            row = msgspec.structs.replace(
                row,
                since=state.since or None,
                failures=state.failures,
                code=state.code,
                next_try=state.next_try or None,
            )
        rows.append(row)
    return tuple(rows)


def warnings(node: Node) -> tuple[tuple[str, dict[str, Fact]], ...]:
    """What every page of the exchange says at its top: partners that are silent, metadata that ends or has ended.

    Gives codes with facts: `exchange-two-pasts` (partner, by: who was shown the other one, since),
    `exchange-partner-silent` (partner, since), `exchange-metadata-ending` (days),
    `exchange-metadata-expired` (days). None while the node has not joined.
    """
    left = federation_left(node)
    if left is None:
        return ()
    if left < 0:
        return ((Why.METADATA_EXPIRED.value, {"days": -left}),)
    found: list[tuple[str, dict[str, Fact]]] = [
        ("exchange-two-pasts", {"partner": one.partner, "by": one.shown_by, "since": int(one.since)})
        for one in doubted(node)
    ]
    if left <= WARN_DAYS:
        found.append(("exchange-metadata-ending", {"days": left}))
    for one in _rows(node):
        if one.since and node.now() - one.since >= SILENT:
            found.append(("exchange-partner-silent", {"partner": one.partner, "since": int(one.since)}))
    return tuple(found)
