"""One thing that was told or received: what it says, its versions, who answered, what may be done with it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from vigie.desk.exchange import HOLD, shown
from vigie.desk.exchange_effects import Told, answered, standing_thing, terms_about
from vigie.desk.exchange_effects import counts as raises
from vigie.desk.exchange_need import needs_to_know
from vigie.desk.exchange_node import NODE, federation, own_name
from vigie.desk.gate import may, permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import CoverageRow, ExchangeRow
from vigie.desk.views.exchange_work import BecauseRow, FieldView, HoldView, ReleaseRow, ReplyRow, ThingView
from vigie.exchange import (
    KINDS,
    Box,
    Concealment,
    ExchangeRefused,
    Federation,
    Grant,
    Hold,
    Kind,
    Marking,
    Movement,
    ReleaseRequest,
    Reply,
    Seizure,
    Thing,
    about,
    containers_of,
    kind_term,
    read_body,
    read_note,
    words_for,
)
from vigie.terms import Moment, NotFound, Officer, Purpose
from vigie.tracking import Visit

TARGETING = Purpose.TARGETING
_NOTES = 1_000  # entries of a partner in which requests and grants are looked for, as in `exchange_holding`


def one(officer: Officer, id: str, node: Node, purpose: Purpose = TARGETING) -> ThingView:
    """Show one thing.

    Raises:
        NotForYou: The officer may not. NotFound: There is none, or none for this officer: a refusal tells no more.
    """
    permit(officer, "see-exchange", purpose, f"exchange {id[:100]}", node)
    me, entries = own_name(node), node.store.exchange.of(id)
    rows = tuple(row for entry in entries if (row := shown(officer, *entry, node)) is not None)
    told = standing_thing(id, node)
    if not rows or (told is not None and not needs_to_know(officer, told.marking, me)):
        leave(officer, purpose, "see-exchange", f"exchange {id[:100]}", node, refused=True)
        raise NotFound
    leave(officer, purpose, "see-exchange", f"exchange {id[:100]}", node)
    latest = next((row for row in reversed(rows) if row.thing), rows[-1])
    came = node.store.exchange.came(id)
    view = ThingView(
        latest, () if told is None else fields_of(told.thing), latest.originator == me, rows, _answers(id, node),
        hold=_hold(officer, id, node), asked=_asked(id, node), grant=_grant(latest, node),
        since=came.get((latest.origin, latest.version), Moment(0)),
    )  # fmt: skip
    return view if told is None else _with_marking(view, told, officer, node)


def _with_marking(view: ThingView, told: Told, officer: Officer, node: Node) -> ThingView:
    marking = told.marking
    return msgspec.structs.replace(
        view, replies=replies_to(told.id, officer, node), boxes=containers_of(told.thing),
        words=() if view.own else tuple(word.value for word in words_for(told.thing)),
        desks=tuple(one.value for one in marking.desks), legal_basis=marking.legal_basis,
        subjects=marking.subjects.value, machine=marking.machine, assessment=marking.assessment,
        handling_text=marking.handling_text,
    )  # fmt: skip


def fields_of(thing: Thing) -> tuple[FieldView, ...]:
    """What a thing says, field by field; what it leaves open is left out."""
    moments = KINDS[type(thing).__name__.lower()].moments
    told: dict[str, Any] = msgspec.to_builtins(thing)
    return tuple(
        FieldView(name, at=Moment(value)) if name in moments else FieldView(name, _text(value))
        for name, value in told.items() if value not in (None, "", [], ())
    )  # fmt: skip


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _answers(id: str, node: Node) -> tuple[CoverageRow, ...]:
    return tuple(
        CoverageRow(one.node, one.version, one.asked, one.outcome, one.answered, one.reason, one.authority)
        for one in node.store.standings.answers(id)
    )


def _hold(officer: Officer, id: str, node: Node) -> HoldView | None:
    standing = node.store.standings.get(id)
    if standing is not None and standing.hold is not None:
        held = standing.hold
        return HoldView(held.authority, held.case, held.ground, held.until, held.asked_by, held.confirmed_by)
    draft = node.store.drafts.get(HOLD + id)
    if draft is None or not any(may(officer, "hold-exchange", purpose) for purpose in officer.purposes):
        return None
    held = msgspec.json.decode(draft.body, type=Hold)
    return HoldView(held.authority, held.case, held.ground, held.until, held.asked_by, "", True,
                    held.asked_by == officer.id)  # fmt: skip


def _notes(origin: str, kind: type[Any], node: Node) -> list[tuple[tuple[str, ...], Any]]:
    """What a node said of a kind, newest first, each with whom it was for."""
    found = []
    for header, entry in node.store.exchange.page(origin, limit=_NOTES):
        body = read_body(entry, header) if header.kind is Kind.POLICY else None
        if body is not None:
            try:
                found.append((header.audience, read_note(body.content, kind)))
            except ExchangeRefused:
                continue
    return found


def _asked(id: str, node: Node) -> tuple[ReleaseRow, ...]:
    """Who wishes to pass a thing of this node on, the latest wish of each, and what it was answered."""
    me = own_name(node)
    granted = [(to, note) for to, note in _notes(me, Grant, node) if note.about == id]
    found = []
    for member in federation(node).members:
        wish = next((note for _, note in _notes(member.id, ReleaseRequest, node) if note.about == id), None)
        if wish is not None and member.id != me:
            said = next((note for to, note in granted if member.id in to), None)
            word = "" if said is None else "granted" if said.granted else "refused"
            found.append(ReleaseRow(member.id, wish.nodes, wish.reason, wish.judicial, word))
    return tuple(found)


def _grant(row: ExchangeRow, node: Node) -> str:
    said = next((note for _, note in _notes(row.originator, Grant, node) if note.about == row.id), None)
    return "" if said is None else "granted" if said.granted else "refused"


def replies_to(id: str, officer: Officer, node: Node) -> tuple[ReplyRow, ...]:
    """Answers to a thing that the officer may read, in the order in which they were given."""
    me, found = own_name(node), []
    for name in node.store.exchange.those([about(id)]).get(about(id), ()):
        told = standing_thing(name, node)
        if told is not None and isinstance(told.thing, Reply) and needs_to_know(officer, told.marking, me):
            said = told.thing
            row = ReplyRow(name, told.marking.originator, said.word.value, said.text, said.when, said.item)
            found.append((said.when, told.origin, told.seq, row))  # of one node: as they stand in its log
    return tuple(row for *_, row in sorted(found, key=lambda one: one[:3]))


def because(officer: Officer, visit: Visit, node: Node) -> tuple[BecauseRow, ...]:
    """What partners told that concerns a box, as far as the officer needs to know; nothing before the node has joined.

    The caller has let the officer see the box; each thing shown leaves a line in the trail of its own.
    """
    if node.store.settings.get(NODE) is None or not node.store.exchange.knows_terms():
        return ()
    purpose = next((one for one in officer.purposes if may(officer, "see-exchange", one)), None)
    if purpose is None:
        return ()
    try:
        members = federation(node)
    except ExchangeRefused:  # ended: partners' names are not believed, what they told stands until it has to go
        members = None
    found = node.store.exchange.those(terms_about(visit))
    rows = []
    for id in dict.fromkeys(id for ids in found.values() for id in ids):
        told = standing_thing(id, node)
        if told is not None and told.origin != own_name(node) and needs_to_know(officer, told.marking, own_name(node)):
            rows.append(_because(told, members, officer, node))
            leave(officer, purpose, "see-exchange", f"exchange {id}", node, step="box")
    return tuple(sorted(rows, key=lambda row: -row.since))


def _because(told: Told, members: Federation | None, officer: Officer, node: Node) -> BecauseRow:
    marking, thing = told.marking, told.thing
    name = next((one for one in members.members if one.id == marking.originator), None) if members else None
    mine = tuple(row.word for row in reversed(replies_to(told.id, officer, node)) if row.node == own_name(node))
    place = next((str(getattr(thing, field)) for field in ("where", "place") if hasattr(thing, field)), "")
    return BecauseRow(
        told.id, type(thing).__name__.lower(), marking.originator, name.name if name else marking.originator,
        name.country if name else "", what(thing), place, Moment(getattr(thing, "when", 0)),
        node.store.exchange.came(told.id).get((told.origin, told.version), Moment(0)), marking.tlp.name,
        marking.handling.value, evaluation(marking), marking.retain_until, marking.assessment, raises(told, node),
        () if answered(told.id, node) else tuple(one.value for one in words_for(thing) if isinstance(thing, Box)), mine,
    )  # fmt: skip


def evaluation(marking: Marking) -> str:
    """Source and information, as they are written: `A1`."""
    return f"{marking.source.value}{marking.information}"


def what(thing: Thing) -> str:
    """What a thing says, in the partner's own words."""
    match thing:
        case Movement():
            return f"{thing.what}: {thing.why}" if thing.why else thing.what
        case Concealment():
            return f"{thing.name}: {thing.description} ({thing.cavity})"
        case Seizure():
            return f"{thing.name}: {thing.substance}"
        case Box():
            return thing.reason
        case _:
            return str(getattr(thing, "name", "") or getattr(thing, "explanation", ""))


def of_kind(kind: type[Thing], officer: Officer, node: Node) -> Sequence[Told]:
    """All things of a kind that stand and that the officer may read."""
    me = own_name(node)
    ids = node.store.exchange.find(kind_term(kind))
    found = (standing_thing(id, node) for id in ids)
    return [one for one in found
            if one is not None and isinstance(one.thing, kind) and needs_to_know(officer, one.marking, me)]  # fmt: skip


def known(id: str, kinds: type[Thing] | tuple[type[Thing], ...], officer: Officer, node: Node) -> Told:
    """A thing of some kinds that stands.

    Raises:
        NotFound: There is none, or none for this officer.
    """
    told = standing_thing(id, node)
    if told is None or not isinstance(told.thing, kinds) or not needs_to_know(officer, told.marking, own_name(node)):
        raise NotFound
    return told

