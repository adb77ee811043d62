"""What would leave, to the byte and per recipient, before it does: shown, then sent as it was shown, or thrown away.

What is shown lies sealed like every draft, under the officer's name; nobody else sends it, and only as it was shown.
"""

import msgspec

from vigie.desk.exchange import PREPARED, Waiting, crossings, may_send, needs_two, send_prepared
from vigie.desk.exchange_node import federation, fresh_id, own_name
from vigie.desk.exchange_things import fields_of
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.exchange_work import PreviewView, RecipientView
from vigie.exchange import (
    FORMS,
    Marking,
    Thing,
    Why,
    may_leave,
    read_marking,
    read_thing,
    refuse,
    spoken_of,
    write_marking,
    write_objects,
)
from vigie.terms import NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING


def prepare(officer: Officer, thing: Thing, marking: Marking, node: Node, purpose: Purpose = TARGETING) -> PreviewView:
    """Write what would leave, and show it; nothing leaves.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: It names nobody, or is no thing of this node.
    """
    permit(officer, "send-exchange", purpose, "exchange", node)
    if marking.originator != own_name(node):
        refuse(Why.NOT_ORIGINATOR)
    now = node.now()
    id = fresh_id(next(form for form in FORMS if form.thing is type(thing)).type)
    objects = msgspec.json.encode(write_objects(thing, id, now, now))
    draft = Waiting(id, 1, write_marking(marking), objects, spoken_of(thing))
    name = f"{PREPARED}{officer.id} {id}"
    for old in (one for one in node.store.drafts.all() if one.id.startswith(f"{PREPARED}{officer.id} ")):
        node.store.drafts.drop(old.id)  # an officer writes one thing at a time: what was left lying goes
    node.store.drafts.add(name, officer.id, now, msgspec.json.encode(draft))
    leave(officer, purpose, "send-exchange", f"exchange {id}", node, step="preview")
    return _view(name, draft, node)


def shown(officer: Officer, draft: str, node: Node, purpose: Purpose = TARGETING) -> PreviewView:
    """Show again what the officer prepared.

    Raises:
        NotForYou: The officer may not. NotFound: The officer prepared nothing of that name.
    """
    permit(officer, "send-exchange", purpose, f"exchange {draft[:120]}", node)
    told = _mine(officer, draft, node)
    leave(officer, purpose, "send-exchange", f"exchange {told.id}", node, step="preview")
    return _view(draft, told, node)


def release(officer: Officer, draft: str, node: Node, purpose: Purpose = TARGETING) -> SentView:
    """Send what was shown, byte for byte; what needs two officers waits for the second.

    Raises:
        NotForYou: The officer may not. NotFound: The officer prepared nothing of that name.
        ExchangeRefused: Meanwhile it may not leave.
    """
    permit(officer, "send-exchange", purpose, f"exchange {draft[:120]}", node)
    told = _mine(officer, draft, node)
    may_send(officer, told, node, purpose)
    with node.store.transaction():
        node.store.drafts.drop(draft)
        return send_prepared(officer, told, node, purpose)


def discard(officer: Officer, draft: str, node: Node, purpose: Purpose = TARGETING) -> None:
    """Throw away what was prepared.

    Raises:
        NotForYou: The officer may not. NotFound: The officer prepared nothing of that name.
    """
    permit(officer, "send-exchange", purpose, f"exchange {draft[:120]}", node)
    told = _mine(officer, draft, node)
    node.store.drafts.drop(draft)
    leave(officer, purpose, "send-exchange", f"exchange {told.id}", node, step="discard")


def _mine(officer: Officer, draft: str, node: Node) -> Waiting:
    found = node.store.drafts.get(draft) if draft.startswith(f"{PREPARED}{officer.id} ") else None
    if found is None or found.officer != officer.id:
        raise NotFound
    return msgspec.json.decode(found.body, type=Waiting)


def _view(name: str, draft: Waiting, node: Node) -> PreviewView:
    marking = read_marking(draft.marking)
    _, thing = read_thing(msgspec.json.decode(draft.content))
    return PreviewView(
        name, draft.id, type(thing).__name__.lower(), draft.content.decode(), draft.marking.decode(),
        len(draft.content) + len(draft.marking), tuple(recipient_of(marking, one, node) for one in marking.nodes),
        needs_two(marking, node), fields_of(thing),
    )  # fmt: skip


def recipient_of(marking: Marking, receiver: str, node: Node) -> RecipientView:
    """What is against a marking at one partner, for the first desk at which something is."""
    told, now = federation(node), node.now()
    member = next((one for one in told.members if one.id == receiver), None)
    if member is None:
        return RecipientView(receiver, receiver, "", Why.UNKNOWN_PEER.value, {"node": receiver})
    verdicts = [may_leave(marking, one) for one in crossings(marking, (receiver,), node, approved=True)]
    against = next((one for one in verdicts if one.code is not None), None)
    agreement = told.agreement(own_name(node), receiver, now)
    return RecipientView(
        receiver, member.name, member.country, against.code.value if against and against.code else "",
        dict(against.facts or {}) if against else {}, agreement.id if agreement else "",
        agreement.third_country if agreement else False, agreement.retention_days if agreement else 0,
    )  # fmt: skip
