"""Watch lists: what officers look out for, each with an owner, a reason and an end; a hit is judged at once."""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vigie.desk.acts import Watching, item_of
from vigie.desk.gate import permit, reach
from vigie.desk.trail import leave
from vigie.desk.views import WatchEntryView, WatchListView
from vigie.desk.work import Working, hand_in
from vigie.terms import (
    BadIdentifier,
    BadRequest,
    Doubt,
    Eori,
    Handling,
    Moment,
    NotForYou,
    Officer,
    OfficerId,
    Party,
    PartyKey,
    PartyRole,
    Place,
    Purpose,
    TableFault,
    VisitId,
    read_table,
    written_number,
    written_seal,
)
from vigie.tracking import Reach, WatchAction, WatchEntry, WatchList

WATCHED = ("container", "document", "mrn", "seal", "vessel", "imo", "voyage", "party")
"""What can be watched."""

TARGETING = Purpose.TARGETING
_EVERYTHING = Reach(clearance=max(Handling))
_MOST = 5000  # boxes judged again by one change; older ones are judged when they next change
_HEAVIEST_MILLI = 6908
"""Most that a weighted list adds, ln(1000). Source: upper end of `moderately strong`, see `vigie.risk`."""


def watch_lists(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[WatchListView, ...]:
    """List the watch lists the officer may know of, with their entries.

    Raises:
        NotForYou: The officer may not see watch lists.
    """
    permit(officer, "see-watch-lists", purpose, "watch lists", node)
    leave(officer, purpose, "see-watch-lists", "watch lists", node)
    return tuple(_view(one, node) for one in node.store.watchlists.all(reach(officer, purpose, "see-watch-lists")))


def watch_list(officer: Officer, wanted: str, node: Working, purpose: Purpose = TARGETING) -> WatchListView:
    """Show one watch list.

    Raises:
        NotForYou: The officer may not know of it, or there is none.
    """
    return _view(_allowed(officer, wanted, purpose, node, "see-watch-lists"), node)


def _allowed(officer: Officer, wanted: str, purpose: Purpose, node: Working, act: str) -> WatchList:
    subject = f"watch list {wanted}"
    permit(officer, act, purpose, subject, node)
    found = node.store.watchlists.get(wanted)
    refused = found is None or found.handling > officer.clearance
    leave(officer, purpose, act, subject, node, refused=refused)
    if found is None or refused:
        raise NotForYou(purpose=purpose.value)
    return found


def _view(one: WatchList, node: Working) -> WatchListView:
    entries = node.store.watchlists.entries(one.id)
    names = node.store.parties.get([PartyKey(entry.value) for entry in entries if entry.kind == "party"])
    return WatchListView(
        one.id, one.title, one.owner, one.reason, one.expires, one.handling, one.action.value, one.weight_milli,
        tuple(
            WatchEntryView(entry.kind, _term(entry, names), entry.note, entry.added, entry.by) for entry in entries
        ),
        one.expires <= node.now(),
    )


def _term(entry: WatchEntry, names: dict[PartyKey, Party]) -> str:
    if entry.kind != "party":
        return entry.value
    party = names.get(PartyKey(entry.value))
    return entry.value if party is None else party.name or party.eori


def create_watch_list(
    officer: Officer, name: str, reason: str, expires: Moment, handling: Handling, effect: str, node: Working,
    weight_milli: int = 0, purpose: Purpose = TARGETING,
) -> str:
    """Open a watch list; gives its short name.

    Args:
        effect: `mandatory` or `weighted`. weight_milli: What a hit of a weighted list adds, thousandths of log-odds.

    Raises:
        NotForYou: The officer may not. BadRequest: No name, no reason, an end that is past, an unknown effect, a weight
        outside 1 to 6908 for a weighted list, a handling code above the officer's own.
    """
    permit(officer, "change-watch-lists", purpose, "watch lists", node)
    if not name.strip() or not reason.strip() or expires <= node.now():
        raise BadRequest(reason="a-watch-list-needs-a-name-a-reason-and-an-end-in-the-future")
    if effect not in set(WatchAction) or handling > officer.clearance:
        raise BadRequest(reason="unknown-effect-or-a-handling-code-above-your-clearance", effect=effect)
    if effect == WatchAction.WEIGHTED and not 1 <= weight_milli <= _HEAVIEST_MILLI:
        raise BadRequest(reason="a-weighted-list-adds-1-to-6908-thousandths", weight_milli=weight_milli)
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "list"
    made = WatchList(
        f"{slug}-{secrets.token_hex(3)}", name.strip(), officer.id, reason.strip(), expires, handling,
        WatchAction(effect), weight_milli if effect == WatchAction.WEIGHTED else 0,
    )
    node.store.watchlists.put(made)
    _changed(officer, made.id, "create", (), node, purpose)
    return made.id


def _changed(
    officer: Officer, name: str, change: str, visits: Iterable[VisitId], node: Working, purpose: Purpose
) -> None:
    """Write the change into log and trail, and have the boxes judged that it may concern."""
    now, about = node.now(), tuple(dict.fromkeys(visits))[:_MOST]
    leave(officer, purpose, "change-watch-lists", f"watch list {name}", node, change=change, boxes=len(about))
    hand_in([item_of(Watching(name, change, about, officer.id, now), officer.id, now)], node)


def watch(
    officer: Officer, name: str, entries: Sequence[tuple[str, str, str]], node: Working, purpose: Purpose = TARGETING
) -> int:
    """Put things on a list; gives how many were new.

    Args:
        entries: Kind (one of `WATCHED`), value as people write it, note. A party is named by EORI, or by the name of
            a party that a message has named before.

    Raises:
        NotForYou: The officer may not change the list. BadRequest: An unknown kind, an empty value, an unknown party.
    """
    _allowed(officer, name, purpose, node, "change-watch-lists")
    made = [one for kind, value, note in entries for one in _entries(kind, value, note, officer.id, node)]
    added = node.store.watchlists.add(name, made)
    _changed(officer, name, "add", _met(made, node), node, purpose)
    return added


def _entries(kind: str, value: str, note: str, by: OfficerId, node: Working) -> Iterator[WatchEntry]:
    """Normalise one entry; a party name may stand for several known parties."""
    for normal in _normal(kind, value.strip(), node):
        yield WatchEntry(kind, normal, note.strip(), node.now(), by)


def _normal(kind: str, value: str, node: Working) -> tuple[str, ...]:
    if kind not in WATCHED or not value:
        raise BadRequest(reason="unknown-kind-or-empty-value", kind=kind)
    if kind == "party":
        return _party(value, node)
    if kind == "seal":
        seal = written_seal(value)
        if seal is None:
            raise BadRequest(reason="not-a-seal-number", kind=kind)
        return (seal,)
    return (written_number(value),) if kind == "container" else (value.upper(),)


def _party(value: str, node: Working) -> tuple[str, ...]:
    try:
        eori = Eori.read(value).text if any(char.isdecimal() for char in value) and " " not in value else ""
    except BadIdentifier:
        eori = ""
    if eori:
        key = node.pseudonyms.key(Party(PartyRole.CONSIGNEE, eori=eori))
        return () if key is None else (key,)
    keys = tuple(key for key, _, errors in node.store.parties.named(value) if errors == 0)
    if not keys:
        raise BadRequest(reason="no-message-has-named-such-a-party-give-its-eori", kind="party")
    return keys


def _met(entries: Iterable[WatchEntry], node: Working) -> Iterator[VisitId]:
    """The boxes that some entries concern."""
    for entry in entries:
        if entry.kind == "party":
            yield from node.store.parties.visits_of(PartyKey(entry.value), _EVERYTHING, _MOST)
        else:
            yield from (visit for _, visit in node.store.lookup.exact(entry.kind, [entry.value]))


def unwatch(
    officer: Officer, name: str, kind: str, term: str, node: Working, purpose: Purpose = TARGETING
) -> None:
    """Take something off a list; what is not on it is off already.

    Raises:
        NotForYou: The officer may not change the list.
    """
    _allowed(officer, name, purpose, node, "change-watch-lists")
    known = [entry for entry in node.store.watchlists.entries(name) if entry.kind == kind]
    names = node.store.parties.get([PartyKey(entry.value) for entry in known]) if kind == "party" else {}
    gone = [entry for entry in known if term in {entry.value, _term(entry, names)}]
    for entry in gone:
        node.store.watchlists.remove(name, entry.kind, entry.value)
    _changed(officer, name, "remove", _met(gone, node), node, purpose)


def watch_csv(
    officer: Officer, name: str, text: str, node: Working, purpose: Purpose = TARGETING
) -> tuple[int, tuple[Doubt, ...]]:
    """Put the rows of a CSV table (kind, value, note) on a list; a bad row becomes a doubt and the next is read.

    Raises:
        NotForYou: The officer may not change the list. BadRequest: The table has no `kind` and `value` columns.
    """
    _allowed(officer, name, purpose, node, "change-watch-lists")
    made: list[WatchEntry] = []
    doubts = []
    for row in read_table(text.splitlines(), ("kind", "value")):
        if isinstance(row, TableFault):
            if row.number == 1:
                raise BadRequest(reason="the-table-needs-the-columns-kind-and-value")
            doubts.append(Doubt("watch-row", Place(segment=row.number), {"reason": "no-row-of-a-table"}))
            continue
        try:
            kind, value = row.cells.get("kind", "").lower(), row.cells.get("value", "")
            made += _entries(kind, value, row.cells.get("note", ""), officer.id, node)
        except BadRequest as fault:
            doubts.append(Doubt("watch-row", Place(segment=row.number), dict(fault.facts)))
    added = node.store.watchlists.add(name, made)
    _changed(officer, name, "add", _met(made, node), node, purpose)
    return added, tuple(doubts)


def expire(officer: Officer, name: str, node: Working, purpose: Purpose = TARGETING) -> None:
    """End a list now; its entries stay to be read.

    Raises:
        NotForYou: The officer may not change the list.
    """
    found = _allowed(officer, name, purpose, node, "change-watch-lists")
    node.store.watchlists.put(msgspec.structs.replace(found, expires=min(found.expires, node.now())))
    _changed(officer, name, "expire", _met(node.store.watchlists.entries(name), node), node, purpose)
