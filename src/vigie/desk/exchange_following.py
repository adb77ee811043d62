"""What an officer follows of what partners tell: a kind of thing, a partner, a container, place or heading of goods.

It chooses among what the officer may read anyway: need to know is asked for each thing as everywhere. The officer is
told how much is new since the last look at what is followed.
"""

import msgspec

from vigie.desk.exchange import TOLD, inbox
from vigie.desk.exchange_node import federation, others
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import ExchangeRow, FollowedRow, FollowingView
from vigie.exchange import KINDS, read_thing, spoken_of
from vigie.terms import BadRequest, Moment, NotFound, Officer, Purpose

MOST = 50
"""Of one officer: a list that is longer is read by nobody."""

MOST_LISTED = 200
"""Entries that are looked through, the newest of each partner: as many as the page of the inbox shows."""

LONGEST = 40
_NAMED = "exchange-following "


class _Kept(msgspec.Struct):
    """What is kept of an officer. looked: When the officer saw last what is followed."""

    looked: Moment = Moment(0)
    rows: tuple[FollowedRow, ...] = ()


def following(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> FollowingView:
    """What an officer follows, with how many things of each are new since the last look.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined, or the metadata has ended.
    """
    permit(officer, "see-exchange", purpose, "exchange following", node)
    kept = _kept(officer, node)
    if not kept.rows:
        return FollowingView(kept.looked, ())
    new = _new(_told(officer, node, purpose), kept.looked, node)
    rows = [msgspec.structs.replace(one, new=sum(_fits(one, row) for row in new)) for one in kept.rows]
    return FollowingView(kept.looked, tuple(rows))


def followed(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> tuple[ExchangeRow, ...]:
    """What partners told of what the officer follows, newest first; from now on it counts as seen.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined, or the metadata has ended.
    """
    permit(officer, "see-exchange", purpose, "exchange following", node)
    kept = _kept(officer, node)
    found = tuple(row for row in _told(officer, node, purpose) if any(_fits(one, row) for one in kept.rows))
    if kept.rows:
        _keep(officer, msgspec.structs.replace(kept, looked=node.now()), node)
    return found


def follow(
    officer: Officer, node: Node, *, kind: str = "", partner: str = "", about: str = "",
    purpose: Purpose = Purpose.TARGETING,
) -> FollowingView:  # fmt: skip
    """Follow something more.

    Args:
        kind: A kind of thing; empty: any. partner: Who tells it; empty: any. about: A container, ship, place
        (UN/LOCODE) or the digits that a heading of goods begins with; empty: anything.

    Raises:
        NotForYou: The officer may not. BadRequest: Nothing is named, or something that there is not; too many.
    """
    permit(officer, "see-exchange", purpose, "exchange following", node)
    row = FollowedRow(kind, partner, about.strip().upper())
    if kind not in ("", *KINDS) or len(about) > LONGEST:
        raise BadRequest(field="kind" if len(about) <= LONGEST else "about")
    if partner and partner not in others((one.id for one in federation(node).members), node):
        raise BadRequest(field="partner")
    if not (row.kind or row.partner or row.about):
        raise BadRequest(field="about")
    with node.store.transaction():
        kept = _kept(officer, node)
        if len(kept.rows) >= MOST:
            raise BadRequest(field="about", most=MOST)
        rows = tuple(dict.fromkeys((*kept.rows, row)))
        _keep(officer, _Kept(kept.looked or node.now(), rows), node)
        leave(officer, purpose, "see-exchange", "exchange following", node, step="follow", rows=len(rows))
    return following(officer, node, purpose)


def unfollow(
    officer: Officer, node: Node, *, kind: str = "", partner: str = "", about: str = "",
    purpose: Purpose = Purpose.TARGETING,
) -> FollowingView:  # fmt: skip
    """Follow something no longer.

    Raises:
        NotForYou: The officer may not. NotFound: It is not followed.
    """
    permit(officer, "see-exchange", purpose, "exchange following", node)
    row = FollowedRow(kind, partner, about.strip().upper())
    with node.store.transaction():
        kept = _kept(officer, node)
        if row not in kept.rows:
            raise NotFound
        rows = tuple(one for one in kept.rows if one != row)
        _keep(officer, _Kept(kept.looked, rows), node)
        leave(officer, purpose, "see-exchange", "exchange following", node, step="unfollow", rows=len(rows))
    return following(officer, node, purpose)


def _kept(officer: Officer, node: Node) -> _Kept:
    raw = node.store.settings.get(_NAMED + officer.id)
    return msgspec.json.decode(raw, type=_Kept) if raw is not None else _Kept()


def _keep(officer: Officer, kept: _Kept, node: Node) -> None:
    node.store.settings.put(_NAMED + officer.id, msgspec.json.encode(kept))


def _told(officer: Officer, node: Node, purpose: Purpose) -> list[ExchangeRow]:
    return [row for row in inbox(officer, node, purpose, MOST_LISTED) if row.act in TOLD and row.content]


def _new(rows: list[ExchangeRow], looked: Moment, node: Node) -> list[ExchangeRow]:
    log = node.store.exchange
    fresh = {(one.origin, one.id, one.version) for origin in {row.origin for row in rows}
             for one in log.since(origin, Moment(looked + 1))}  # fmt: skip
    return [row for row in rows if (row.origin, row.id, row.version) in fresh]


def _fits(one: FollowedRow, row: ExchangeRow) -> bool:
    if one.kind not in ("", row.thing) or one.partner not in ("", row.origin):
        return False
    return not one.about or _speaks(one.about, row)


def _speaks(about: str, row: ExchangeRow) -> bool:
    """Whether a thing names something: as one of its terms, its place, or goods whose heading begins so."""
    _, thing = read_thing(msgspec.json.decode(row.content))
    terms = {term.upper() for term in spoken_of(thing)}
    terms |= {str(getattr(thing, name, "")).upper() for name in ("place", "where")}
    return about in terms or (about.isdigit() and any(term.startswith(f"HS {about}") for term in terms))
