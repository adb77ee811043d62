"""Legal holds, and the originator's word on passing a thing on."""

from typing import TypeVar

import msgspec

from vigie.desk.exchange import HOLD, TOLD, crossings
from vigie.desk.exchange_effects import follow
from vigie.desk.exchange_node import Written, fresh_id, own_name
from vigie.desk.exchange_receiving import done
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.exchange import (
    ExchangeRefused,
    Grant,
    Hold,
    Kind,
    Life,
    Permission,
    ReleaseRequest,
    Standing,
    held,
    lifted,
    must_leave,
    passed_on,
    read_body,
    read_marking,
    read_note,
    write_marking,
)
from vigie.terms import BadRequest, Moment, NotFound, Officer, OwnWork, Purpose

INVESTIGATION = Purpose.INVESTIGATION
N = TypeVar("N", ReleaseRequest, Grant)
_hold = msgspec.json.Decoder(Hold)


def ask_hold(
    officer: Officer, id: str, authority: str, case: str, ground: str, until: Moment, node: Node,
    purpose: Purpose = INVESTIGATION,
) -> None:  # fmt: skip
    """Ask that a thing be kept although its partner takes it back; a second officer has to confirm.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such thing. ExchangeRefused: A field is empty, the end has
        passed, or it is held already.
    """
    permit(officer, "hold-exchange", purpose, f"exchange {id}", node)
    hold = Hold(authority, case, ground, until, officer.id, "?")
    held(_standing(id, node), hold, node.now())
    node.store.drafts.drop(HOLD + id)
    node.store.drafts.add(HOLD + id, officer.id, node.now(), msgspec.json.encode(hold))
    leave(officer, purpose, "hold-exchange", f"exchange {id}", node, step="ask", case=case)


def confirm_hold(officer: Officer, id: str, node: Node, purpose: Purpose = INVESTIGATION) -> None:
    """Confirm a hold that another officer asked for; from now on nothing of the thing is erased.

    Raises:
        NotForYou: The officer may not. NotFound: Nobody asked. OwnWork: The officer asked. ExchangeRefused: Meanwhile
        its end has passed.
    """
    permit(officer, "hold-exchange", purpose, f"exchange {id}", node)
    asked = node.store.drafts.get(HOLD + id)
    if asked is None:
        raise NotFound
    if asked.officer == officer.id:
        leave(officer, purpose, "hold-exchange", f"exchange {id}", node, refused=True)
        raise OwnWork
    hold = msgspec.structs.replace(_hold.decode(asked.body), confirmed_by=officer.id)
    with node.store.transaction():
        node.store.standings.put(held(_standing(id, node), hold, node.now()).standing)
        node.store.drafts.drop(HOLD + id)
    leave(officer, purpose, "hold-exchange", f"exchange {id}", node, step="confirm", case=hold.case)


def lift_hold(officer: Officer, id: str, node: Node, purpose: Purpose = INVESTIGATION) -> None:
    """Lift a hold: what had to go is erased at once, and who waits for it is told.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such thing, or no hold on it.
    """
    permit(officer, "hold-exchange", purpose, f"exchange {id}", node)
    with node.store.transaction():
        standing = _standing(id, node)
        if standing.hold is None:
            raise NotFound
        written = Written(node)
        done(lifted(standing), "the hold was lifted", written, node)
        written.close()
        follow(written.spoken, node)
    leave(officer, purpose, "hold-exchange", f"exchange {id}", node, step="lift", case=standing.hold.case)


def _standing(id: str, node: Node) -> Standing:
    found = node.store.standings.get(id)
    if found is None:
        raise NotFound
    return found


def ask_release(
    officer: Officer, id: str, nodes: tuple[str, ...], reason: str, node: Node, purpose: Purpose = Purpose.TARGETING,
    *, judicial: bool = False,
) -> None:  # fmt: skip
    """Ask the originator whether a thing may be passed on.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such thing here. BadRequest: No reason.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id}", node)
    standing = _standing(id, node)
    if not reason.strip():
        raise BadRequest(reason="exchange-needs-reason")
    note = ReleaseRequest(id, standing.version, nodes, reason.strip(), judicial)
    _note(note, standing.originator, node)
    leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="ask-release")


def answer_release(
    officer: Officer, id: str, asked_by: str, granted: bool, until: Moment, reason: str, node: Node,
    purpose: Purpose = Purpose.TARGETING,
) -> None:  # fmt: skip
    """Answer, as the originator, what a partner asked: the latest request of that partner about this thing.

    Raises:
        NotForYou: The officer may not. NotFound: It is no thing of this node, or nobody asked. BadRequest: No reason.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id}", node)
    if not reason.strip():
        raise BadRequest(reason="exchange-needs-reason")
    asked = next((one for one in _notes(asked_by, ReleaseRequest, node) if one.about == id), None)
    if asked is None or _standing(id, node).originator != own_name(node):
        raise NotFound
    grant = Grant(id, asked.version, granted, asked.nodes if granted else (), until, reason.strip(), asked.judicial)
    _note(grant, asked_by, node)
    leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="answer-release", granted=granted)


def pass_on(
    officer: Officer, id: str, nodes: tuple[str, ...], node: Node, purpose: Purpose = Purpose.TARGETING
) -> SentView:  # fmt: skip
    """Pass a partner's thing on; the originator stays the one named in its marking, and it is told what becomes of it.

    Raises:
        NotForYou: The officer may not. NotFound: It is not here any more. ExchangeRefused: The originator has not
        granted it, or another rule is against it; what needs two officers cannot be passed on yet.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id}", node)
    standing = _standing(id, node)
    told = next((one for one in reversed(node.store.exchange.of(id)) if one[0].version in standing.bodies), None)
    body = read_body(told[1], told[0]) if told is not None else None
    if told is None or body is None or standing.life is not Life.LIVE or told[0].kind not in TOLD:
        raise NotFound
    marking = read_marking(body.marking)
    grant = next((one for one in _notes(standing.originator, Grant, node) if one.about == id and one.granted), None)
    permission = Permission(grant.nodes, grant.until, grant.judicial) if grant is not None else None
    added = tuple(dict.fromkeys((*marking.nodes, *nodes))) if permission is not None else marking.nodes
    wider = msgspec.structs.replace(marking, nodes=added)
    try:
        must_leave(wider, crossings(wider, nodes, node, permission=permission))
    except ExchangeRefused as refusal:
        why = str(refusal.facts.get("reason", ""))
        leave(officer, purpose, "send-exchange", f"exchange {id}", node, refused=True, why=why)
        raise
    with node.store.transaction():
        written = Written(node)
        written.add(Kind.PUT, id, told[0].version, nodes, read_marking(write_marking(wider)), body.content)
        written.close()
        node.store.standings.put(passed_on(standing, nodes))
    leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="pass-on")
    return SentView(id, told[0].version, nodes, "sent")


def _note(note: ReleaseRequest | Grant, to: str, node: Node) -> None:
    with node.store.transaction():
        written = Written(node)
        written.note(Kind.POLICY, fresh_id("policy"), 1, (to,), note)
        written.close()


def _notes(origin: str, kind: type[N], node: Node) -> list[N]:
    """What a node said of this kind, newest first, as far as its newest 1,000 entries tell."""
    found: list[N] = []
    for header, entry in node.store.exchange.page(origin, limit=1_000):
        body = read_body(entry, header) if header.kind is Kind.POLICY else None
        if body is not None:
            try:
                found.append(read_note(body.content, kind))
            except ExchangeRefused:
                continue
    return found
