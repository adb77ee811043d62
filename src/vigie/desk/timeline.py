"""The timeline of a box: everything known of it, each entry with its moment, its source, and a text."""

from collections.abc import Iterator
from functools import cache

import msgspec

from vigie.arrivals import Classifier, Consignment, Function, Movement
from vigie.desk.shown import tell
from vigie.desk.timeline_marks import marks_of
from vigie.desk.views import TimelineEntry
from vigie.desk.work import Working
from vigie.terms import EntryKind, Fact, Moment, Officer, Texts
from vigie.tracking import Measured, Move, Plan, Visit, line_key

_consignment = msgspec.json.Decoder(Consignment)
_DOCUMENT = {Function.ORIGINAL: "announced", Function.AMENDMENT: "amended", Function.CANCELLATION: "cancelled"}


@cache
def timeline_texts() -> Texts:
    """The texts of timeline entries."""
    return Texts.load("vigie.desk.texts", "timeline")


def timeline_of(visit: Visit, officer: Officer, node: Working) -> tuple[TimelineEntry, ...]:
    """Tell everything known of a box in the order in which it happened.

    Args:
        officer: In whose language.
    """
    entries = [*_documents(visit, node), *map(_plan, visit.plans), *_moves(visit),
               *map(_measured, visit.measured), *_outcomes(visit), *_scans(visit, node),
               *_decisions(visit, node), *marks_of(visit, officer, node)]  # fmt: skip
    texts, language = timeline_texts(), officer.language
    return tuple(
        msgspec.structs.replace(entry, text=tell(texts, entry.code, language, worded(entry.facts, language)))
        for entry in sorted(entries, key=_when)
    )


def _when(entry: TimelineEntry) -> tuple[Moment, Moment]:
    return entry.at, entry.hlc


def worded(facts: dict[str, Fact], language: str) -> dict[str, Fact]:
    """Replace codes that have a name by their name."""
    texts = timeline_texts()
    return {
        name: texts.tell(f"{name}-{value}", language) if f"{name}-{value}" in texts.table else value
        for name, value in facts.items()
    }


def _documents(visit: Visit, node: Working) -> Iterator[TimelineEntry]:
    """Every version of every consignment that named the box, from the log; what was erased shows as its moment only."""
    lines = {line.key: line for line in visit.lines}
    for subject in dict.fromkeys(line.consignment for line in visit.lines):
        for entry in node.store.log.of(subject):
            if entry.body is None and entry.kind is EntryKind.CONSIGNMENT:
                yield _entry(entry.hlc, None, "consignment", "erased", {}, entry.source)
                continue
            told = None if entry.body is None else _consignment.decode(entry.body)
            line = None if told is None else lines.get(line_key(told.id, told.form))
            if told is None or line is None or entry.hlc < line.first:
                continue
            code = _DOCUMENT[told.function]
            if code == "announced" and entry.hlc > line.first:
                code = "amended"
            facts: dict[str, Fact] = {
                "form": told.form, "document": told.document or told.mrn, "loading": told.route.loading,
                "unloading": told.route.unloading,
            }
            yield _entry(entry.hlc, told.filed_at, "consignment", code, facts, entry.source)


def _entry(
    hlc: Moment, at: Moment | None, kind: str, code: str, facts: dict[str, Fact], source: str = "", *,
    retracted: bool = False, expected: bool = False,
) -> TimelineEntry:
    moment = hlc if at is None else at
    return TimelineEntry(hlc, moment, hlc, kind, code, facts, "", source, retracted, expected)


def _plan(plan: Plan) -> TimelineEntry:
    told = plan.stowed
    facts: dict[str, Fact] = {
        "form": told.form, "vessel": told.call.name or told.call.imo, "voyage": told.call.voyage,
        "stow": told.equipment.stow,
    }
    return _entry(plan.hlc, told.at, "equipment", "planned", facts)


def _moves(visit: Visit) -> Iterator[TimelineEntry]:
    """Movements; one that takes another back by its name alone tells what the other said."""
    named = {move.movement.event_id: move.movement for move in visit.moves if not move.movement.retracts}
    for move in visit.moves:
        yield _move(move, named.get(move.movement.retracts, move.movement))


def _move(move: Move, said: Movement) -> TimelineEntry:
    told = move.movement
    code = "retraction" if told.retracts else "event"
    facts: dict[str, Fact] = {
        "event": said.code, "place": said.place, "facility": said.facility, "vessel": said.call.name or said.call.imo,
        "seals": " ".join(seal.number for seal in said.seals),
    }
    expected = told.classifier is not Classifier.ACTUAL
    taken = move.retracted is not None and not told.retracts
    return _entry(move.hlc, told.at, "movement", code, facts, retracted=taken, expected=expected)


def _measured(one: Measured) -> TimelineEntry:
    told = one.measurement
    facts: dict[str, Fact] = {"quantity": told.quantity.value, "value": _amount(told.quantity.value, told.value),
                              "method": told.method, "by": told.by}  # fmt: skip
    return _entry(one.hlc, told.at, "measurement", "measured", facts)


def _amount(quantity: str, value: int) -> str:
    if quantity in {"vgm", "gross", "tare"}:
        return f"{value / 1000:g} kg"
    if quantity == "temperature":
        return f"{value / 10:g} °C"
    return f"{value / 10:g} %" if quantity == "humidity" else str(value)


def _outcomes(visit: Visit) -> Iterator[TimelineEntry]:
    for one in visit.controlled:
        told = one.outcome
        facts: dict[str, Fact] = {
            "found": told.found.value, "detector": told.detector.value, "depth": told.depth.value,
            "kg": None if told.quantity_g is None else f"{told.quantity_g / 1000:g} kg",
        }
        yield _entry(one.hlc, told.at, "outcome", "controlled", facts, f"officer:{told.officer}")


def _scans(visit: Visit, node: Working) -> Iterator[TimelineEntry]:
    for one in node.store.scans.of_visit(visit.id):
        facts: dict[str, Fact] = {
            "scan": one.id, "scanner": one.facts.scanner or one.site, "findings": len(one.findings),
        }  # fmt: skip
        yield _entry(one.entry, one.facts.taken, "scan", "scanned", facts, one.files[0].sha256 if one.files else "")


def _decisions(visit: Visit, node: Working) -> Iterator[TimelineEntry]:
    store = node.store
    for one in store.overrides.of(visit.id):
        reason = "" if one.body is None else msgspec.json.decode(one.body).get("reason", "")
        facts: dict[str, Fact] = {"decision": one.tag, "reason": reason, "officer": one.officer}
        yield _entry(one.hlc, one.at, "override", "decided", facts, f"officer:{one.officer}")
    for draw in store.selections.of(visit.id):
        facts = {"stratum": draw.stratum, "scanner": draw.scanner, "rank": draw.rank}
        yield _entry(Moment(int(draw.plan)), draw.at, "selection", "selected", facts)
    for sent in store.orders.of(visit.id):
        order = sent.order
        facts = {"order": order.kind.value, "terminal": order.terminal or order.site, "officer": order.officer}
        yield _entry(order.issued, order.issued, "order", "ordered", facts, f"officer:{order.officer}")
        if sent.acknowledged is not None:
            facts = {"order": order.kind.value, "by": sent.by}
            yield _entry(sent.acknowledged, sent.acknowledged, "acknowledgement", "acknowledged", facts)
