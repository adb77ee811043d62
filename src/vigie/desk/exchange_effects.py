"""What partners told concerns boxes here: each is marked with counts, judged again, and unmarked when it is taken back.

The mark is counted anew from what stands in the exchange log at that moment, so that nothing counts twice and nothing
that is gone counts. It is handed in within the transaction that took the thing in: both happen or neither.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

import msgspec

from vigie.desk.acts import Marked, item_of
from vigie.desk.exchange_node import NODE as NAMED
from vigie.desk.needs import Node
from vigie.desk.notices import OPEN
from vigie.desk.scanning_marking import picture_items
from vigie.exchange import (
    Body,
    Box,
    Concealment,
    Desk,
    Life,
    Marking,
    Movement,
    Reply,
    ReplyWord,
    Scan,
    Seizure,
    Thing,
    about,
    goods,
    kind_term,
    package_of,
    package_term,
    read_body,
    read_marking,
    read_thing,
    spoken_of,
)
from vigie.terms import DAY, Handling, InboxItem, Moment, OfficerId, VisitId
from vigie.tracking import Kept, Noted, Notice, PartnerMark, Query, Reach, Visit

CLOSEST = Handling.AMBER_STRICT
"""What is held closer than the indicators that it would raise (X1 to X4) raises none: their reasons show to others."""

MOST = 2_000
"""Boxes that one way of hiding marks at most, those due soonest: a heading of the tariff may stand on every ship."""

GRACE = DAY
"""How long a picture may be on its way after it was taken. Source: own; a slow line needs minutes for 2.3 MB."""

SEASON = 60 * DAY
"""A picture taken longer before a box was first told of is of an earlier journey. Source: own; none takes so long."""

_AT_ONCE = 500
_NUMBER = re.compile(r"[A-Z]{4}[0-9]{7}")
_NODE = OfficerId("node")
_ALL = Reach(clearance=max(Handling))


class Told(msgspec.Struct, frozen=True):
    """A thing that stands. id: Its name. origin: Who sent it, seq: at which place of its log. version: Of it."""

    id: str
    origin: str
    seq: int
    version: int
    thing: Thing
    marking: Marking


def standing_thing(id: str, node: Node) -> Told | None:
    """What stands under a name, as it was told last; None where it was taken back, ran out, or was never here."""
    standing = node.store.standings.get(id)
    if standing is None or standing.life is not Life.LIVE:
        return None
    for header, entry in reversed(node.store.exchange.of(id)):
        body = read_body(entry, header) if header.version in standing.bodies else None
        if body is not None:
            return Told(id, header.origin, header.seq, header.version, thing_of(body), read_marking(body.marking))
    return None


def thing_of(body: Body) -> Thing:
    """The thing that a body holds; bodies in the log were checked when they came."""
    return read_thing(msgspec.json.decode(body.content))[1]


def terms_of(id: str, versions: Sequence[int], node: Node) -> tuple[str, ...]:
    """What versions of a thing speak of, as long as their bodies are here: asked before they are erased."""
    found: dict[str, None] = {}
    for header, entry in node.store.exchange.of(id):
        body = read_body(entry, header) if header.version in versions else None
        if body is not None and header.kind.value in ("put", "revise"):
            found.update(dict.fromkeys(spoken_of(thing_of(body))))
    return tuple(found)


def follow(terms: Iterable[str], node: Node) -> list[int]:
    """Mark anew the boxes that terms concern, inside the transaction that changed what is told of them.

    Returns:
        Numbers of the items that were handed in; the boxes are judged again once they are dealt with.
    """
    asked = tuple(dict.fromkeys(terms))
    if not asked:
        return []
    numbers = [one for one in asked if _NUMBER.fullmatch(one)]
    kept = {one.visit.id: one for each in node.store.visits.of_containers(numbers, newest=1).values() for one in each}
    for one in asked:
        if one.startswith("hs "):
            kept |= _carrying(one.removeprefix("hs "), node)
    let_packages_go(asked, node)
    items, notices = _marks(list(kept.values()), node)
    items += picture_items(list(kept), node.now(), node, announced)
    node.store.notices.add(notices)
    return [receipt.id for receipt in node.store.inbox.add(items)] if items else []


def let_packages_go(terms: Iterable[str], node: Node) -> None:
    """Erase packages that no standing thing names any more, with the transaction that took the last one."""
    for term in terms:
        name = package_of(term)
        if name and all(standing_thing(id, node) is None for id in node.store.exchange.those([term]).get(term, ())):
            node.store.packages.drop(name)


def _carrying(code: str, node: Node) -> dict[VisitId, Kept]:
    """Boxes still on their way whose goods are of a heading, those due soonest first."""
    found: dict[VisitId, Kept] = {}
    query = Query(hs2=(code[:2],), statuses=OPEN, sort="due", limit=_AT_ONCE)
    while len(found) < MOST:
        page = node.store.visits.page(query, _ALL)
        kept = node.store.visits.get([row.visit for row in page.rows])
        found |= {name: one for name, one in kept.items() if any(hs.startswith(code) for hs in _goods(one.visit))}
        if not page.after:
            break
        query = msgspec.structs.replace(query, after=page.after)
    return found


def _goods(visit: Visit) -> set[str]:
    return {item.hs for line in visit.standing for item in line.goods if item.hs}


def _marks(boxes: Sequence[Kept], node: Node) -> tuple[list[InboxItem], list[Notice]]:
    now = node.now()
    items, notices = [], []
    told = marks_of([one.visit for one in boxes], node)
    for one in boxes:
        held = one.visit.partner.mark if one.visit.partner is not None else PartnerMark()
        mark = told[one.visit.id]
        if mark != held:
            items.append(_item(one.visit.id, mark, now))
            notices += _notices(one, held, mark, now)
    return items, notices


def _item(visit: VisitId, mark: PartnerMark, now: Moment) -> InboxItem:
    # What is told, taken back and told again within a microsecond is three acts: each has a name of its own.
    return item_of(Marked(Noted(visit, partner=mark), _NODE, now, uuid4().hex[:8]), _NODE, now)


def _notices(one: Kept, held: PartnerMark, mark: PartnerMark, now: Moment) -> list[Notice]:
    codes = [code for code, more in (
        ("partner-asked", mark.requests > held.requests),
        ("partner-told", mark.movements > held.movements or mark.seizures > held.seizures),
    ) if more]  # fmt: skip
    facts = {"container": one.visit.container}
    return [Notice(one.visit.id, code, now, one.listed.claimed_by, one.listed.site, dict(facts)) for code in codes]


def miss(node: Node) -> int:
    """Hand in the marks of boxes of which a told picture has not come in time; gives how many."""
    told = [standing_thing(id, node) for id in unheld((Scan,), node)]
    numbers = {one.thing.container for one in told if one is not None and isinstance(one.thing, Scan)}
    kept = node.store.visits.of_containers(sorted(numbers), newest=1) if numbers else {}
    boxes = [one.visit.id for each in kept.values() for one in each]
    items = picture_items(boxes, node.now(), node, announced)
    if items:
        node.store.inbox.add(items)
    return len(items)


def unheld(kinds: Iterable[type[Thing]], node: Node) -> list[str]:
    """Things of kinds that name a package which is not here: by their terms alone, so that no body is opened for those
    whose package is held."""
    log = node.store.exchange
    found = log.those([kind_term(kind) for kind in kinds])
    if not found:
        return []
    held = log.those([package_term(name) for name in node.store.packages.names()])
    here = {id for ids in held.values() for id in ids}
    return list(dict.fromkeys(id for ids in found.values() for id in ids if id not in here))


def announced(one: Kept, node: Node) -> list[str]:
    """Packages in which partners told of pictures of a box, a day ago or longer, for this journey of it."""
    if not node.store.exchange.knows_terms():
        return []
    number, since, upto = one.visit.container, one.visit.opened - SEASON, node.now() - GRACE
    told = [standing_thing(id, node) for id in node.store.exchange.those([number]).get(number, ())]
    return sorted({
        each.thing.sha256 for each in told
        if each is not None and isinstance(each.thing, Scan) and since <= each.thing.when < upto and counts(each, node)
    })  # fmt: skip


def marks_of(visits: Sequence[Visit], node: Node) -> dict[VisitId, PartnerMark]:
    """The marks of boxes, counted from what partners told and did not take back."""
    by_visit = {visit.id: terms_about(visit) for visit in visits}
    found = node.store.exchange.those({term for terms in by_visit.values() for term in terms})
    told = {id: standing_thing(id, node) for ids in found.values() for id in ids}
    held = {one.origin for one in node.store.exchange.views.split()} if told else set()  # logs with two pasts
    counted = {
        id: one for id, one in told.items() if one is not None and one.origin not in held and counts(one, node)
    }
    return {
        visit: _count({id for term in terms for id in found.get(term, ()) if id in counted}, counted)
        for visit, terms in by_visit.items()
    }


def terms_about(visit: Visit) -> tuple[str, ...]:
    """The terms by which things told speak of a box: its number, and what it carries."""
    return (visit.container, *sorted({term for hs in _goods(visit) for term in goods(hs)}))


def counts(one: Told, node: Node) -> bool:
    """Whether a thing raises indicators: a partner's, for targeting, not closer than they are held, not answered."""
    own = node.store.settings.get(NAMED)
    if own is not None and one.origin == own.decode():
        return False
    if one.marking.tlp > CLOSEST or Desk.TARGETING not in one.marking.desks:
        return False
    return not (isinstance(one.thing, Box) and answered(one.id, node))


def answered(id: str, node: Node) -> Reply | None:
    """How this node answered a request for good; None while it has not."""
    own = node.store.settings.get(NAMED)
    for name in node.store.exchange.those([about(id)]).get(about(id), ()):
        told = standing_thing(name, node)
        mine = told is not None and own is not None and told.origin == own.decode()
        if told is not None and mine and isinstance(told.thing, Reply) and told.thing.word is not ReplyWord.WILL_LOOK:
            return told.thing
    return None


def _count(ids: Iterable[str], told: Mapping[str, Told]) -> PartnerMark:
    kinds = [type(told[id].thing) for id in ids]
    return PartnerMark(kinds.count(Movement), kinds.count(Box), kinds.count(Concealment), kinds.count(Seizure))


def met(visits: Sequence[Visit], at: Moment, node: Node) -> list[InboxItem]:
    """Marks of boxes that were announced or amended just now, where partners told something of them before."""
    if not visits or not node.store.exchange.knows_terms():
        return []
    marks = marks_of(visits, node)
    held = {visit.id: visit.partner.mark if visit.partner is not None else PartnerMark() for visit in visits}
    return [_item(name, mark, at) for name, mark in marks.items() if mark != held[name]]
