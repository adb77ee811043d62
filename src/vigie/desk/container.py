"""One box, with everything known about it: timeline, documents, explanation, route; and the raw bytes behind it."""

from functools import cache

import msgspec

from vigie.arrivals import Classifier, Quantity, doubt_texts
from vigie.desk.exchange_things import because
from vigie.desk.explaining import explanation_of
from vigie.desk.gate import may, visit_for
from vigie.desk.shown import row_of
from vigie.desk.timeline import timeline_of
from vigie.desk.told import unpacked
from vigie.desk.trail import leave
from vigie.desk.views import (
    ContainerView,
    DocumentView,
    DoubtView,
    GoodsView,
    OrderView,
    OutcomeView,
    OverrideView,
    PartView,
    PartyView,
    RoutePlace,
)
from vigie.desk.work import Working
from vigie.terms import Moment, NotFound, Officer, OfficerId, Party, PartyKey, Purpose, Texts, VisitId, key_number
from vigie.tracking import Kept, Line, Visit, route_of

_PLACED = frozenset(("GTIN", "GTOT", "LOAD", "DISC", "STUF", "STRP", "PICK", "DROP", "ARRI", "DEPA"))
_LAST = "last-seen"
"""Preference: the box an officer looked at last."""


@cache
def _doubt_texts() -> Texts:
    return doubt_texts()


def container(officer: Officer, visit: VisitId, node: Working, purpose: Purpose = Purpose.TARGETING) -> ContainerView:
    """Show one box in one life-cycle segment.

    Raises:
        NotForYou: The officer may not see it for this purpose, or there is none.
    """
    kept = visit_for(officer, visit, purpose, node)
    store = node.store
    node.store.preferences.put(officer.id, _LAST, visit.encode())
    with store.reading():
        orders = tuple(order_view(one) for one in store.orders.of(visit))
        overrides = store.overrides.of(visit)
        assessed = store.assessments.latest([visit]).get(visit)
        segments = store.visits.of_containers([kept.visit.container], newest=20).get(kept.visit.container, [])
        timeline = timeline_of(kept.visit, officer, node)
    return ContainerView(
        row=row_of(kept.listed, officer, node.now(), node.rules), visit=_shown(kept.visit, officer), timeline=timeline,
        explanation=None if assessed is None else explanation_of(assessed, kept, officer, node),
        documents=tuple(_document(line, node) for line in kept.visit.lines),
        doubts=tuple(DoubtView(code, _doubt(code, officer.language)) for code in kept.visit.doubts),
        overrides=tuple(
            OverrideView(OfficerId(one.officer), one.at, one.tag, msgspec.json.decode(one.body)["reason"])
            for one in overrides
            if one.body is not None
        ),
        outcomes=_outcomes(_shown(kept.visit, officer)), route=_route(kept.visit),
        segments=tuple(one.visit.id for one in sorted(segments, key=_segment) if one.visit.id != visit),
        seals=_seals(kept.visit), **_masses(kept.visit), orders=orders,
        watch=() if assessed is None else _watched(kept), parts=_parts(kept.visit, node), revision=kept.listed.changed,
        because=because(officer, kept.visit, node),
    )  # fmt: skip


def _segment(kept: Kept) -> int:
    return kept.visit.segment


def order_view(kept: object) -> OrderView:
    """Show an order as the store keeps it: the order itself, and whether it was acknowledged."""
    order, at, by = kept.order, kept.acknowledged, kept.by  # type: ignore[attr-defined]
    return OrderView(
        order.id, order.kind.value, order.visit, order.container, order.site, order.terminal, order.issued,
        order.officer, order.scanner, order.shift, at, by,
    )


def _party(party: Party, node: Working) -> PartyView:
    key = node.pseudonyms.key(party)
    also: tuple[str, ...] = ()
    if key is not None:
        others = [f"{one:016x}" for one in node.pseudonyms.merges(node.store.parties).one_with(key_number(key))[1:]]
        known = node.store.parties.get([PartyKey(one) for one in others]) if others else {}
        also = tuple(sorted({one.name for one in known.values()} - {party.name}))
    return PartyView(party.role.value, party.name, party.country, party.city, party.eori, key or "", also)


def _document(line: Line, node: Working) -> DocumentView:
    unit = line.equipment
    return DocumentView(
        consignment=line.consignment, form=line.form, document=line.document, parent=line.parent, mrn=line.mrn,
        level=line.level.value, filed_at=line.filed_at, first=line.first, amendments=line.amendments,
        cancelled=line.cancelled is not None, boxes=line.boxes,
        parties=tuple(_party(party, node) for party in line.parties),
        goods=tuple(GoodsView(item.hs, item.description, item.packages, item.gross_g) for item in line.goods),
        seals=tuple(seal.number for seal in unit.seals) if unit else (), gross_g=unit.gross_g if unit else None,
    )


def _doubt(code: str, language: str) -> str:
    texts = _doubt_texts()
    return texts.tell(code, language) if code in texts.table else code


def _shown(visit: Visit, officer: Officer) -> Visit:
    """Leave out who read an image, even under a pseudonym, for officers who have no need to know.

    What was noted of rights, access logs, partners and pictures shows in the reasons of those who may know them, and
    nowhere else.
    """
    if visit.release or visit.access or visit.partner or visit.picture:
        visit = msgspec.structs.replace(visit, release=None, access=None, partner=None, picture=None)
    if not visit.controlled or any(may(officer, "see-analysts", purpose) for purpose in officer.purposes):
        return visit
    bare = tuple(
        msgspec.structs.replace(one, outcome=msgspec.structs.replace(one.outcome, analyst=""))
        for one in visit.controlled
    )
    return msgspec.structs.replace(visit, controlled=bare)


def _outcomes(visit: Visit) -> tuple[OutcomeView, ...]:
    replaced = {control.outcome.replaces for control in visit.controlled}
    return tuple(OutcomeView(one.hlc, one.outcome, one.hlc in replaced) for one in visit.controlled)


def _route(visit: Visit) -> tuple[RoutePlace, ...]:
    """The places of the announced route in order, then the places where events put the box, by time."""
    route = route_of(visit)
    places = [RoutePlace(place, role) for place, role in (
        (route.acceptance, "acceptance"), (route.loading, "loading"),
        *((port, "transhipment") for port in route.transhipment),
        (route.unloading, "unloading"), (route.delivery, "delivery"),
    ) if place]  # fmt: skip
    events = [
        RoutePlace(move.movement.place, "event", move.movement.at, move.movement.classifier is Classifier.ACTUAL)
        for move in visit.moves
        if move.retracted is None and move.movement.place and move.movement.code in _PLACED
    ]
    return (*places, *sorted(events, key=lambda place: place.at or 0))


def _seals(visit: Visit) -> tuple[str, ...]:
    seen = [seal.number for line in visit.standing if line.equipment for seal in line.equipment.seals]
    seen += [seal.number for plan in visit.plans for seal in plan.stowed.equipment.seals]
    seen += [seal.number for move in visit.moves for seal in move.movement.seals]
    return tuple(dict.fromkeys(seen))


def _masses(visit: Visit) -> dict[str, int | None]:
    """The latest masses known, grams: verified, declared with tare, tare."""
    units = [line.equipment for line in visit.standing if line.equipment] + [p.stowed.equipment for p in visit.plans]
    weighed = [one.measurement.value for one in visit.measured if one.measurement.quantity is Quantity.VGM]
    vgm = weighed + [unit.vgm_g for unit in units if unit.vgm_g is not None]
    gross = [unit.gross_g for unit in units if unit.gross_g is not None]
    tare = [unit.tare_g for unit in units if unit.tare_g is not None]
    return {"vgm_g": _last(vgm), "gross_g": _last(gross), "tare_g": _last(tare)}


def _last(values: list[int]) -> int | None:
    return values[-1] if values else None


def _watched(kept: Kept) -> tuple[str, ...]:
    return ("watched",) if kept.listed.watched else ()


def _entries(visit: Visit) -> set[Moment]:
    moments = {line.first for line in visit.lines} | {line.latest for line in visit.lines}
    moments |= {plan.hlc for plan in visit.plans} | {move.hlc for move in visit.moves}
    return moments | {measured.hlc for measured in visit.measured}


def _parts(visit: Visit, node: Working) -> tuple[PartView, ...]:
    """The message parts behind the entries of a box, by the time they came."""
    units: dict[int, Moment] = {}
    for hlc in sorted(_entries(visit)):
        entry = node.store.log.get(hlc)
        if entry is not None:
            units.setdefault(entry.unit, hlc)
    found = []
    for unit, hlc in units.items():
        part = node.store.parts.get(unit)
        if part is not None:
            codes = tuple(dict.fromkeys(doubt.code for doubt in part.doubts))
            found.append(PartView(unit, part.form or part.format, part.message, hlc, codes))
    return tuple(found)


def raw(
    officer: Officer, visit: VisitId, part: int, node: Working, purpose: Purpose = Purpose.INVESTIGATION
) -> bytes:
    """Give the raw bytes of one message part that spoke of a box, as they were received.

    Raises:
        NotForYou: The officer may not read raw messages of it. NotFound: The part is not one of the box, or is erased.
    """
    kept = visit_for(officer, visit, purpose, node, "see-raw")
    item = node.store.inbox.get(part) if any(one.id == part for one in _parts(kept.visit, node)) else None
    if item is None:
        raise NotFound(kind="part")
    leave(officer, purpose, "see-raw", f"part:{part}", node, visit=visit)
    found = unpacked(item.body)
    return found.head + found.body
