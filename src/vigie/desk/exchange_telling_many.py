"""Telling many things at once: one transaction, one signature, the same rules for each; all of them or none."""

from collections.abc import Sequence

import msgspec

from vigie.desk.exchange import crossings, needs_two, sent_today
from vigie.desk.exchange_node import Written, fresh_id, own_name
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.exchange import (
    FORMS,
    ExchangeRefused,
    Kind,
    Life,
    Marking,
    Standing,
    Thing,
    Why,
    must_leave,
    refuse,
    spoken_of,
    write_marking,
    write_objects,
)
from vigie.terms import Officer, Purpose

MOST = 10_000
"""Things told at once: 10 MB, a second's work; whoever has more tells them in several goes."""

_TYPES = {form.thing: form.type for form in FORMS}


def send_many(
    officer: Officer, told: Sequence[tuple[Thing, Marking]], node: Node, purpose: Purpose = Purpose.TARGETING
) -> tuple[SentView, ...]:
    """Tell many things; none leaves where one may not, or needs a second officer.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: One may not leave, names nobody, or needs a second officer.
    """
    permit(officer, "send-exchange", purpose, "exchange many", node)
    try:
        if len(told) > MOST:
            refuse(Why.OVERSIZE, entries=len(told), most=MOST)
        for marking in {id(marking): marking for _, marking in told}.values():
            _may(marking, len(told), node)
    except ExchangeRefused as refusal:
        why = str(refusal.facts.get("reason", ""))
        leave(officer, purpose, "send-exchange", "exchange many", node, refused=True, why=why)
        raise
    return _sent(officer, told, node, purpose)


def _may(marking: Marking, count: int, node: Node) -> None:
    """Whether so many things of a marking may leave, without a second officer."""
    if marking.originator != own_name(node):
        refuse(Why.NOT_ORIGINATOR, id="")
    asked = list(crossings(marking, marking.nodes, node, approved=True))
    must_leave(marking, asked)
    for one in asked:
        if one.agreement is not None and sent_today(one.receiver, node) + count > one.agreement.quota:
            refuse(Why.QUOTA, quota=one.agreement.quota, agreement=one.agreement.id)
    if needs_two(marking, node):
        refuse(Why.SECOND, handling=marking.handling.value)


def _sent(
    officer: Officer, told: Sequence[tuple[Thing, Marking]], node: Node, purpose: Purpose
) -> tuple[SentView, ...]:  # fmt: skip
    me, now, sent = own_name(node), node.now(), []
    marks: dict[int, bytes] = {}
    with node.store.transaction():
        written = Written(node)
        for thing, marking in told:
            name = fresh_id(_TYPES[type(thing)])
            raw = marks.get(id(marking))
            if raw is None:
                raw = marks[id(marking)] = write_marking(marking)
            content = msgspec.json.encode(write_objects(thing, name, now, now))
            written.add(Kind.PUT, name, 1, marking.nodes, marking, content, raw=raw, terms=spoken_of(thing))
            written.kept.stand(
                Standing(name, me, (me,), 1, Life.LIVE, marking.retain_until, (1,), released=marking.nodes)
            )
            sent.append(SentView(name, 1, marking.nodes, "sent"))
        written.close()
        leave(officer, purpose, "send-exchange", "exchange many", node, step="sent", n=len(sent))
    return tuple(sent)
