"""Who may sign in: officers, one-time sign-in links, sessions, and what officers set for themselves."""

import re
import secrets

import msgspec

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views import OfficerView, Preferences, Session, SignInLink
from vigie.terms import (
    HOUR,
    MINUTE,
    BadRequest,
    Handling,
    Language,
    Moment,
    NotForYou,
    NotFound,
    Officer,
    OfficerId,
    Purpose,
    Role,
)

_ADMIN = Purpose.ADMINISTRATION
_SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_LIKES = "preferences"

OPERATOR = Officer(OfficerId("operator"), "operator", (Role.ADMINISTRATOR,), Handling.RED, (_ADMIN,))
"""Who sits at the machine itself and may open its store: no face over the network acts as the operator."""


def add(officer: Officer | None, new: Officer, node: Node) -> SignInLink:
    """Add an officer, and give a one-time link with which the officer signs in first.

    Args:
        officer: Who adds; None is the operator at the machine.

    Raises:
        NotForYou: The officer may not. BadRequest: The sign-in name has not its shape, is taken, or belongs to the
        node; no role or purpose; a clearance above that of who adds.
    """
    by = officer or OPERATOR
    permit(by, "change-officers", _ADMIN, "officers", node)
    if not _SHAPE.fullmatch(new.id) or new.id in {OPERATOR.id, "node"}:
        raise BadRequest(reason="a-sign-in-name-has-small-letters-digits-dots-and-dashes", officer=new.id[:40])
    if node.store.officers.get(new.id) is not None:
        raise BadRequest(reason="the-sign-in-name-is-taken", officer=new.id)
    if not new.roles or not new.purposes or new.clearance > by.clearance:
        raise BadRequest(reason="an-officer-needs-roles-purposes-and-a-clearance-not-above-yours", officer=new.id)
    if (Role.PORT in new.roles) != bool(new.terminals) or (new.terminals and (len(new.roles) > 1 or not new.sites)):
        raise BadRequest(reason="port-operator-alone", officer=new.id)
    node.store.officers.put(new)
    leave(by, _ADMIN, "change-officers", new.id, node, change="add", clearance=int(new.clearance))
    return _linked(new.id, node)


def deactivate(officer: Officer, wanted: OfficerId, node: Node) -> None:
    """Let an officer in no more: sessions end, links are void; the trail keeps the name.

    Raises:
        NotForYou: The officer may not. NotFound: No such officer. BadRequest: The officer's own account.
    """
    permit(officer, "change-officers", _ADMIN, "officers", node)
    known = _known(wanted, node)
    if wanted == officer.id:
        raise BadRequest(reason="nobody-locks-oneself-out")
    node.store.officers.put(msgspec.structs.replace(known, active=False))
    node.store.sessions.close_all(wanted)
    leave(officer, _ADMIN, "change-officers", wanted, node, change="deactivate")


def _known(wanted: OfficerId, node: Node) -> Officer:
    found = node.store.officers.get(wanted)
    if found is None:
        raise NotFound(kind="officer")
    return found


def everyone(officer: Officer, node: Node) -> tuple[OfficerView, ...]:
    """List the officers, those who left included.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-officers", _ADMIN, "officers", node)
    leave(officer, _ADMIN, "see-officers", "officers", node)
    return tuple(
        OfficerView(o.id, o.name, o.roles, o.clearance, o.purposes, o.sites, o.language, o.active)
        for o in node.store.officers.all()
    )


def link(officer: Officer | None, wanted: OfficerId, node: Node) -> SignInLink:
    """Give a new one-time link to an officer.

    Args:
        officer: Who asks; None is the operator at the machine.

    Raises:
        NotForYou: The officer may not. NotFound: No such officer, or one who left.
    """
    by = officer or OPERATOR
    permit(by, "change-officers", _ADMIN, "officers", node)
    if not _known(wanted, node).active:
        raise NotFound(kind="officer")
    leave(by, _ADMIN, "change-officers", wanted, node, change="link")
    return _linked(wanted, node)


def _linked(wanted: OfficerId, node: Node) -> SignInLink:
    token = secrets.token_urlsafe(32)
    expires = Moment(node.wall() + node.settings.link_minutes * MINUTE)
    node.store.sessions.create_link(wanted, token, expires)
    return SignInLink(wanted, token, expires)


def sign_in(token: str, node: Node) -> Session:
    """Use a one-time link up and open a session.

    Raises:
        NotForYou: The link is unknown, used, or too old; or the officer left.
    """
    taken = node.store.sessions.take_link(token, node.wall())
    found = None if taken is None else node.store.officers.get(taken)
    if found is None or not found.active:
        raise NotForYou(purpose="sign-in")
    return _opened(found, node)


def _opened(found: Officer, node: Node) -> Session:
    token = secrets.token_urlsafe(32)
    expires = Moment(node.wall() + node.settings.session_hours * HOUR)
    node.store.sessions.open(found.id, token, expires, node.wall())
    leave(found, _purpose(found), "sign-in", "session", node)
    return Session(found, expires, token)


def _purpose(officer: Officer) -> Purpose:
    return officer.purposes[0] if officer.purposes else _ADMIN


def session(token: str, node: Node) -> Session | None:
    """Tell whose session a cookie stands for; None where it is none, or has ended, or the officer left."""
    who = node.store.sessions.get(token, node.wall())
    found = None if who is None else node.store.officers.get(who)
    if found is None or not found.active:
        return None
    liked = preferences(found, node)
    return Session(msgspec.structs.replace(found, language=liked.language.value), Moment(0))


def sign_out(token: str, node: Node) -> None:
    """End a session; one that has ended stays so."""
    who = node.store.sessions.get(token, node.wall())
    found = None if who is None else node.store.officers.get(who)
    node.store.sessions.close(token)
    if found is not None:
        leave(found, _purpose(found), "sign-out", "session", node)


def demo_officers(node: Node) -> tuple[Officer, ...]:
    """The invented officers of a simulated node, between whom one may switch; none elsewhere."""
    return tuple(one for one in node.store.officers.all() if one.active) if node.settings.simulated else ()


def switch(token: str, wanted: OfficerId, node: Node) -> Session:
    """Become another invented officer, in a simulated node only.

    Raises:
        NotForYou: The node is not simulated, there is no session, or no such officer.
    """
    found = next((one for one in demo_officers(node) if one.id == wanted), None)
    if found is None or session(token, node) is None:
        raise NotForYou(purpose="sign-in")
    sign_out(token, node)
    return _opened(found, node)


def preferences(officer: Officer, node: Node) -> Preferences:
    """What an officer set; else the officer's language and what the node starts with."""
    body = node.store.preferences.get(officer.id, _LIKES)
    if body is None:
        return Preferences(language=Language(officer.language))
    return msgspec.json.decode(body, type=Preferences)


def prefer(officer: Officer, liked: Preferences, node: Node) -> None:
    """Keep what an officer sets.

    Raises:
        BadRequest: An unknown theme, or more than 100 keys.
    """
    if liked.theme not in {"auto", "light", "dark"} or len(liked.keys) > 100:
        raise BadRequest(reason="unknown-theme-or-too-many-keys", theme=liked.theme[:20])
    node.store.preferences.put(officer.id, _LIKES, msgspec.json.encode(liked))
