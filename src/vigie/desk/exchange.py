"""Telling partners something: send, let a second officer approve, change, take back; inbox, outbox, who answered.

Everything that leaves passes one rule (`vigie.exchange.may_leave`) for every desk of every node it is for.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from vigie.desk.exchange_effects import let_packages_go, terms_of
from vigie.desk.exchange_need import needs_to_know
from vigie.desk.exchange_node import Written, federation, fresh_id, others, own_name
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import CoverageRow, ExchangeRow, PartnerRow, SentView
from vigie.exchange import (
    FORMS,
    Crossing,
    Entry,
    ExchangeRefused,
    Header,
    Kind,
    Life,
    Marking,
    Permission,
    Retraction,
    Standing,
    Thing,
    Why,
    must_leave,
    needs_second,
    read_body,
    read_marking,
    read_thing,
    refuse,
    spoken_of,
    write_marking,
    write_objects,
)
from vigie.terms import DAY, BadRequest, Handling, Moment, NotFound, Officer, OwnWork, Purpose

HOLD = "hold "
"""What the drafts of holds begin with; they are confirmed at `vigie.desk.exchange_holding`."""

PREPARED = "prepared "
"""What the drafts begin with that their officer has not sent yet; see `vigie.desk.exchange_preview`."""

OTHERS = (HOLD, PREPARED)
"""Drafts that do not wait for a second officer to send them."""

PUSHED = "taxii."
"""What the logs of clients that push begin with; no member of a federation may be called so."""

TOLD = (Kind.PUT, Kind.REVISE)
"""Kinds of entries whose body is a thing, not a note."""


class Waiting(msgspec.Struct, frozen=True):
    """What waits for a second officer. version: 1 for something new. content: Objects, JSON."""

    id: str
    version: int
    marking: bytes
    content: bytes
    terms: tuple[str, ...]


_waiting = msgspec.json.Decoder(Waiting)


def send(
    officer: Officer, thing: Thing, marking: Marking, node: Node, purpose: Purpose = Purpose.TARGETING
) -> SentView:
    """Tell the nodes that the marking names something; what needs two officers waits for the second.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: It may not leave, or names nobody; with the rule against it.
    """
    permit(officer, "send-exchange", purpose, "exchange", node)
    form = next(form for form in FORMS if form.thing is type(thing))
    return _told(officer, fresh_id(form.type), 1, thing, marking, node, purpose)


def revise(
    officer: Officer, id: str, thing: Thing, marking: Marking, node: Node, purpose: Purpose = Purpose.TARGETING
) -> SentView:
    """Tell a thing of this node again, changed: the version before goes, here and at every partner.

    Raises:
        NotForYou: The officer may not. NotFound: This node told no such thing, or took it back.
        ExchangeRefused: It may not leave.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id}", node)
    standing = _own(id, node)
    if id.partition("--")[0] != next(form for form in FORMS if form.thing is type(thing)).type:
        refuse(Why.BAD_CONTENT, part="type")  # partners would refuse it: a thing does not become another one
    return _told(officer, standing.id, standing.version + 1, thing, marking, node, purpose)


def _told(
    officer: Officer, id: str, version: int, thing: Thing, marking: Marking, node: Node, purpose: Purpose
) -> SentView:
    now = node.now()
    objects = write_objects(thing, id, now, now)
    draft = Waiting(id, version, write_marking(marking), msgspec.json.encode(objects), spoken_of(thing))
    return send_prepared(officer, draft, node, purpose)


def send_prepared(officer: Officer, draft: Waiting, node: Node, purpose: Purpose) -> SentView:
    """Send what was written, or let it wait for a second officer; for other desks, which asked the gate.

    Raises:
        ExchangeRefused: It may not leave, or is no thing of this node.
    """
    marking = may_send(officer, draft, node, purpose)
    id, version = draft.id, draft.version
    if needs_two(marking, node):
        node.store.drafts.add(f"{id} {version}", officer.id, node.now(), msgspec.json.encode(draft))
        leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="drafted", version=version)
        return SentView(id, version, marking.nodes, "waits")
    return _leave(officer, draft, marking, node, purpose, "sent")


def may_send(officer: Officer, draft: Waiting, node: Node, purpose: Purpose) -> Marking:
    """Check that what was written may leave; a refusal is written down. Call it outside a transaction, which would
    take that line back.

    Raises:
        ExchangeRefused: It may not leave, or is no thing of this node.
    """
    id, marking = draft.id, read_marking(draft.marking)
    try:
        if marking.originator != own_name(node):  # what others learned is passed on, not told as one's own
            refuse(Why.NOT_ORIGINATOR, id=id)
        must_leave(marking, crossings(marking, marking.nodes, node, approved=True))
    except ExchangeRefused as refusal:
        told = str(refusal.facts.get("reason", ""))
        leave(officer, purpose, "send-exchange", f"exchange {id}", node, refused=True, why=told)
        raise
    return marking


def approve(officer: Officer, draft: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> SentView:
    """Approve what another officer wants to send; it leaves.

    Raises:
        NotForYou: The officer may not. NotFound: There is none. OwnWork: The officer wrote it.
        ExchangeRefused: Meanwhile it may not leave any more.
    """
    permit(officer, "send-exchange", purpose, f"exchange {draft}", node)
    found = node.store.drafts.get(draft)
    if found is None or draft.startswith(OTHERS):
        raise NotFound
    if found.officer == officer.id:
        leave(officer, purpose, "send-exchange", f"exchange {draft}", node, refused=True)
        raise OwnWork
    told = _waiting.decode(found.body)
    marking = may_send(officer, told, node, purpose)
    with node.store.transaction():
        sent = _leave(officer, told, marking, node, purpose, "approved")
        node.store.drafts.drop(draft)
    return sent


def drop(officer: Officer, draft: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> None:
    """Throw away what waits for a second officer: its writer withdraws it, another one refuses it.

    Raises:
        NotForYou: The officer may not. NotFound: There is none.
    """
    permit(officer, "send-exchange", purpose, f"exchange {draft[:120]}", node)
    found = node.store.drafts.get(draft)
    if found is None or draft.startswith(OTHERS):
        raise NotFound
    node.store.drafts.drop(draft)
    step = "withdrawn" if found.officer == officer.id else "not-approved"
    leave(officer, purpose, "send-exchange", f"exchange {draft}", node, step=step)


def drafts(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[ExchangeRow, ...]:
    """List what waits for a second officer.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "send-exchange", purpose, "exchange drafts", node)
    leave(officer, purpose, "send-exchange", "exchange drafts", node, step="list")
    found = []
    for one in node.store.drafts.all():
        if one.id.startswith(OTHERS):
            continue
        told = _waiting.decode(one.body)
        marking = read_marking(told.marking)
        if marking.tlp <= officer.clearance:
            row = ExchangeRow(one.id, told.version, "draft", own_name(node), retain_until=marking.retain_until)
            found.append(_with(row, marking, told.content))
    return tuple(found)


def _leave(
    officer: Officer, told: Waiting, marking: Marking, node: Node, purpose: Purpose, step: str
) -> SentView:  # fmt: skip
    """Write it into the log; the version before goes."""
    me, store = own_name(node), node.store
    with store.transaction():
        written = Written(node)
        before = store.standings.get(told.id)
        kind = Kind.PUT if before is None else Kind.REVISE
        header = written.add(kind, told.id, told.version, marking.nodes, marking, told.content)
        written.close()
        released = tuple(dict.fromkeys((*(before.released if before else ()), *marking.nodes)))
        standing = Standing(
            told.id, me, (me,), told.version, Life.LIVE, marking.retain_until, (told.version,), released=released,
            hold=before.hold if before else None,
        )  # fmt: skip
        if before is not None:
            store.exchange.erase(told.id, before.bodies)
            store.standings.ask(told.id, told.version, before.released, node.now())
        store.standings.put(standing)
        store.exchange.index(me, header.seq, told.terms)
        leave(officer, purpose, "send-exchange", f"exchange {told.id}", node, step=step, version=told.version)
    return SentView(told.id, told.version, marking.nodes, "sent")


def retract(officer: Officer, id: str, reason: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> SentView:
    """Take a thing of this node back: it goes here, and every node that has it must erase it and say so.

    Raises:
        NotForYou: The officer may not. NotFound: This node told no such thing, or took it back already.
        BadRequest: No reason.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id}", node)
    if not reason.strip():
        raise BadRequest(reason="exchange-needs-reason")
    store = node.store
    with store.transaction():
        standing = _own(id, node)
        written, version = Written(node), standing.version + 1
        to = others(standing.released, node)
        if to:
            written.note(Kind.RETRACT, id, version, to, Retraction(reason.strip()))
            written.close()
        store.standings.ask(id, version, to, node.now())
        terms = terms_of(id, standing.bodies, node)
        if standing.hold is None:
            store.exchange.erase(id, standing.bodies)
        gone = msgspec.structs.replace(
            standing, version=version, life=Life.RETRACTED, bodies=() if standing.hold is None else standing.bodies,
            due=() if standing.hold is None else standing.bodies,
        )  # fmt: skip
        store.standings.put(gone)
        let_packages_go(terms, node)
        leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="retract", version=version)
    return SentView(id, version, to, "sent")


def _own(id: str, node: Node) -> Standing:
    standing = node.store.standings.get(id)
    if standing is None or standing.originator != own_name(node) or standing.life is not Life.LIVE:
        raise NotFound
    return standing


def crossings(
    marking: Marking, nodes: Sequence[str], node: Node, *, approved: bool = False, permission: Permission | None = None
) -> Iterator[Crossing]:
    """Every desk of every node that a thing is for."""
    told, me, now = federation(node), own_name(node), node.now()
    for receiver in nodes:
        told.member(receiver)
        agreement = told.agreement(me, receiver, now)
        sent = sent_today(receiver, node)
        for desk in marking.desks:
            yield Crossing(me, receiver, desk, now, agreement, sent, permission, approved)


def needs_two(marking: Marking, node: Node) -> bool:
    """Whether a second officer has to approve that a thing leaves for the nodes its marking names."""
    told, me, now = federation(node), own_name(node), node.now()
    return any(needs_second(marking, told.agreement(me, receiver, now)) for receiver in marking.nodes)


def sent_today(receiver: str, node: Node) -> int:
    """How many things this node told a partner in the last 24 hours."""
    return node.store.exchange.count(receiver, Moment(node.now() - DAY))


def inbox(
    officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING, limit: int = 50
) -> tuple[ExchangeRow, ...]:
    """List what partners told, the newest of each partner first; only what the officer is cleared for.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange inbox", node)
    leave(officer, purpose, "see-exchange", "exchange inbox", node)
    me = own_name(node)
    partners = sorted(one.id for one in federation(node).members if one.id != me)
    logs = [  # what their clients pushed has logs of its own; the newest of each in turn, so that none hides another
        [row for each in node.store.exchange.page(log, limit=limit) if (row := shown(officer, *each, node)) is not None]
        for log in (*partners, *(PUSHED + one for one in partners))
    ]
    return tuple(row for turn in zip_longest(*logs) for row in turn if row is not None)[:limit]


def outbox(
    officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING, limit: int = 50
) -> tuple[ExchangeRow, ...]:
    """List what this node told, newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange outbox", node)
    leave(officer, purpose, "see-exchange", "exchange outbox", node)
    found = node.store.exchange.page(own_name(node), limit=limit)
    return tuple(row for entry in found if (row := shown(officer, *entry, node)) is not None)


def search(officer: Officer, term: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[ExchangeRow, ...]:
    """Find what was told of a container or ship, by its number.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange search", node)
    leave(officer, purpose, "see-exchange", "exchange search", node)
    found = [entry for id in node.store.exchange.find(term.strip().upper()) for entry in node.store.exchange.of(id)]
    return tuple(row for entry in found if (row := shown(officer, *entry, node)) is not None and row.content)


def shown(officer: Officer, header: Header, entry: Entry, node: Node) -> ExchangeRow | None:
    """What an officer sees of an entry; None where the officer has no need to know: clearance, desk."""
    row = ExchangeRow(
        header.id, header.version, header.kind.value, header.origin,
        to=header.audience, retain_until=header.retain_until,
    )  # fmt: skip
    standing = node.store.standings.get(header.id)
    if standing is not None:
        held = standing.hold is not None
        row = msgspec.structs.replace(row, life=standing.life.value, originator=standing.originator, held=held)
    body = read_body(entry, header)
    if body is None:
        return row
    marking = read_marking(body.marking)
    if not needs_to_know(officer, marking, own_name(node)):
        return None
    return _with(row, marking, body.content)


def _with(row: ExchangeRow, marking: Marking, content: bytes) -> ExchangeRow:
    thing, title = "", ""
    if row.act in (*TOLD, "draft"):
        _, told = read_thing(msgspec.json.decode(content))
        thing = type(told).__name__.lower()
        title = next(
            (str(value) for name in ("name", "container", "number", "about") if (value := getattr(told, name, ""))), ""
        )
    return msgspec.structs.replace(
        row, originator=marking.originator, thing=thing, title=title, tlp=Handling(marking.tlp).name,
        handling=marking.handling.value, evaluation=f"{marking.source.value}{marking.information}",
        purpose=marking.purpose.value, case=marking.case, to=marking.nodes, content=content.decode(),
    )  # fmt: skip


def coverage(officer: Officer, id: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[CoverageRow, ...]:
    """Show what every partner answered when a thing was changed or taken back.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, f"exchange {id}", node)
    leave(officer, purpose, "see-exchange", f"exchange {id}", node)
    return tuple(
        CoverageRow(one.node, one.version, one.asked, one.outcome, one.answered, one.reason, one.authority)
        for one in node.store.standings.answers(id)
    )


def partners(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[PartnerRow, ...]:
    """List the partners: what waits for each, when it was heard of last.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange partners", node)
    leave(officer, purpose, "see-exchange", "exchange partners", node)
    known, rows = node.store.exchange.partners(), []
    for member in others((one.id for one in federation(node).members), node):
        waiting, seen, heard = known.get(member, (0, 0, 0))
        last = node.store.exchange.last(member)
        words = node.store.exchange.words(member, last.size) if last else []
        rows.append(PartnerRow(member, waiting, seen, Moment(heard), last.size if last else 0, len(words)))
    return tuple(rows)
