"""Opening a pseudonym: one asks with a reason, another agrees, in the log and on the trail; nothing else opens it."""

import secrets

from vigie.desk.acts import NameAsked, NameDecided, item_of
from vigie.desk.gate import four_eyes, permit
from vigie.desk.needs import Node
from vigie.desk.needs_access import Asked
from vigie.desk.trail import leave
from vigie.desk.views.ports import OpeningView
from vigie.desk.work import Working, hand_in
from vigie.ports import PSEUDONYM
from vigie.terms import BadRequest, Conflict, NotFound, Officer, Purpose

OVERSIGHT = Purpose.OVERSIGHT
DECISIONS = ("opened", "refused", "withdrawn")
"""What can be decided; who asked can only withdraw, everybody else not."""

SHORTEST = 10
"""Characters of a reason: a word is none."""


def ask(officer: Officer, user: str, reason: str, node: Working, purpose: Purpose = OVERSIGHT) -> OpeningView:
    """Ask who a pseudonym is; nobody learns it before a second officer agrees.

    Raises:
        NotForYou: The officer may not. BadRequest: No pseudonym, or no reason. NotFound: Nobody has it.
        Conflict: Somebody asked already, and it waits.
    """
    permit(officer, "open-identity", purpose, "opening", node)
    if not PSEUDONYM.fullmatch(user):
        raise BadRequest(reason="not-a-pseudonym", field="user")
    if len(reason.strip()) < SHORTEST:
        raise BadRequest(reason="opening-needs-reason", field="reason")
    if node.store.access.identity(user) is None:
        raise NotFound(kind="pseudonym")
    if any(one.user == user and one.state == "asked" for one in node.store.access.openings()):
        raise Conflict(reason="opening-waits")
    now = node.now()
    hand_in([item_of(NameAsked(user, reason.strip(), officer.id, now, secrets.token_hex(8)), officer.id, now)], node)
    made = next(one for one in node.store.access.openings() if one.user == user)
    leave(officer, purpose, "open-identity", f"opening {made.id}", node, step="asked", user=user)
    return _view(made, officer, node)


def decide(
    officer: Officer, which: int, decision: str, node: Working, reason: str = "", purpose: Purpose = OVERSIGHT
) -> OpeningView:
    """Agree, refuse or withdraw; agreed, both officers may see who it is.

    Raises:
        NotForYou: The officer may not. OwnWork: Who asked agrees, or another one withdraws. NotFound: There is none.
        BadRequest: Unknown decision, or a refusal without a reason. Conflict: It is decided already.
    """
    permit(officer, "open-identity", purpose, f"opening {which}", node)
    if decision not in DECISIONS:
        raise BadRequest(reason="unknown-decision", decision=decision[:20])
    told = _found(which, node)
    four_eyes(officer, told.officer, decision, "open-identity", purpose, f"opening {which}", node)
    if decision == "refused" and not reason.strip():
        raise BadRequest(reason="opening-needs-reason", field="reason")
    if told.state != "asked":
        raise Conflict(reason="opening-decided")
    now = node.now()
    hand_in([item_of(NameDecided(which, decision, reason.strip(), officer.id, now), officer.id, now)], node)
    leave(officer, purpose, "open-identity", f"opening {which}", node, step=decision, user=told.user)
    return _view(_found(which, node), officer, node)


def show(officer: Officer, which: int, node: Node, purpose: Purpose = OVERSIGHT) -> OpeningView:
    """Show one opening; who it is only to the two who opened it, and each look is on the trail.

    Raises:
        NotForYou: The officer may not. NotFound: There is none.
    """
    permit(officer, "open-identity", purpose, f"opening {which}", node)
    view = _view(_found(which, node), officer, node)
    leave(officer, purpose, "open-identity", f"opening {which}", node, step="show", named=bool(view.identity))
    return view


def page(officer: Officer, node: Node, purpose: Purpose = OVERSIGHT) -> tuple[OpeningView, ...]:
    """List openings, newest first; without any identity.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "open-identity", purpose, "openings", node)
    leave(officer, purpose, "open-identity", "openings", node, step="list")
    return tuple(_view(one, officer, node, named=False) for one in node.store.access.openings())


def _found(which: int, node: Node) -> Asked:
    told = node.store.access.opening(which)
    if told is None:
        raise NotFound(kind="opening")
    return told


def _view(one: Asked, officer: Officer, node: Node, named: bool = True) -> OpeningView:
    open_to = one.state == "opened" and officer.id in (one.officer, one.decided_by)
    return OpeningView(
        one.id, one.user, one.officer, one.asked, one.reason, one.state, one.decided_by, one.decided, one.answer,
        (node.store.access.identity(one.user) or "") if named and open_to else "", one.officer == officer.id,
    )
