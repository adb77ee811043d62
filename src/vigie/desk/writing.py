"""Everything a batch changed, handed to the store at once: one bulk write per table."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vigie.desk.acts import (
    Acknowledged,
    Act,
    Claiming,
    Drafted,
    ErasureAsked,
    ErasureDecided,
    Merging,
    NameAsked,
    NameDecided,
    Ordered,
    Override,
    Planned,
    Presenting,
    Prioritised,
    ReadingTaken,
    ReleaseSaid,
    Releasing,
    Report,
    ScanAssigned,
    ScannerChanged,
    ScanTaken,
    SeizureTable,
    SeizureTaken,
    Stepped,
)
from vigie.desk.judging import Judged
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.desk.ports_writing import write_opening
from vigie.desk.pseudonyms import Pseudonyms
from vigie.desk.registry_writing import write_claims, write_seizure, write_table
from vigie.desk.release_writing import write_presentation, write_said, write_step
from vigie.desk.scanning_writing import write_scan
from vigie.desk.told import Told
from vigie.terms import Moment, Party, PartyKey, VisitId
from vigie.tracking import Act as KeptAct
from vigie.tracking import Erasing, Visit, described, new_terms

_json = msgspec.json.Encoder()

ORDERS = "orders"
"""Topic of the outbox: orders to be laid out for terminals."""


NewParties = Sequence[tuple[PartyKey, Party, VisitId]]
"""Parties that boxes did not name before, each with its pseudonym and the box."""


def new_parties(ledger: Ledger, names: Pseudonyms) -> NewParties:
    """Find the parties that a batch names anew."""
    return [(key, party, name) for name in ledger.touched for key, party in _new_parties(ledger, name, names)]


def write_told(ledger: Ledger, told: Sequence[Told], parties: NewParties, node: Node) -> None:
    """Write what a batch says, as far as no score hangs on it; the caller's transaction makes it all or nothing."""
    store = node.store
    store.visits.expect([name for name in ledger.touched if name not in ledger.before])
    store.log.append(ledger.entries)
    store.parties.add([(key, party) for key, party, _ in parties])
    store.parts.add([
        described(one.part, one.item.id, ledger.first.get(one.item.id, Moment(0)), len(one.words), one.doubts)
        for one in told
        if one.part is not None and not one.fault
    ])


def write_terms(ledger: Ledger, parties: NewParties, node: Node) -> None:
    """Write what the boxes of a batch are found by; after `write_told`, in its transaction."""
    store = node.store
    kept, none = ledger.before, None
    store.lookup.add([
        (kind, term, name) for name, visit in ledger.touched.items()
        for kind, term in new_terms(kept[name].visit if name in kept else none, visit)
    ])  # fmt: skip
    store.parties.link([(key, party.role.value, name) for key, party, name in parties])


def write_judged(ledger: Ledger, judged: Mapping[VisitId, Judged], node: Node) -> None:
    """Write the boxes of a batch with their scores, and what officers did; after `write_told`, in its transaction."""
    store = node.store
    store.visits.put([(ledger.touched[name], one.listed, one.kept.unit) for name, one in judged.items()])
    store.assessments.add([one.kept for one in judged.values()])
    for hlc, unit, act in ledger.acts:
        _write_act(hlc, unit, act, node)


def _new_parties(ledger: Ledger, name: VisitId, names: Pseudonyms) -> Iterator[tuple[PartyKey, Party]]:
    kept = ledger.before.get(name)
    if kept is not None and kept.visit.lines is ledger.touched[name].lines:
        return  # most entries tell of events, which name none
    known = set(_parties(kept.visit)) if kept else set()
    for party in _parties(ledger.touched[name]):
        key = None if party in known else names.key(party)
        if key is not None:
            yield key, party


def _parties(visit: Visit) -> Iterator[Party]:
    for line in visit.standing:
        yield from line.parties


class Drawn(msgspec.Struct, frozen=True):
    """One box of one plan, as the store keeps it. plan: Log entry of the plan."""

    plan: str
    visit: VisitId
    stratum: str
    propensity: float
    rank: int
    scanner: str
    at: Moment


def _write_act(hlc: Moment, unit: int, act: Act, node: Node) -> None:
    store, body = node.store, _json.encode(act)
    match act:
        case Override():
            store.overrides.add([KeptAct(hlc, act.visit, act.officer, act.at, act.decision, unit, body)])
        case Report():
            told = act.outcome
            row = KeptAct(hlc, told.visit, told.officer, told.at, told.found.value, unit, _json.encode(told))
            store.outcomes.add([row])
        case Planned():
            _write_plan(hlc, act, node)
        case Drafted():
            store.rules.add(act.made)
        case Prioritised():
            store.priorities.add(hlc, unit, act.taken)
        case ReadingTaken():
            store.readings.add(hlc, unit, act.taken)
        case ScanTaken() | ScanAssigned() | ScannerChanged():
            write_scan(hlc, unit, act, node)
        case Releasing() | ReleaseSaid() | Presenting():
            _write_barrier(hlc, unit, act, node)
        case SeizureTaken() | SeizureTable() | Claiming():
            _write_registry(hlc, unit, act, node)
        case Stepped():
            store.rules.step(act.taken, act.start)
        case Ordered():
            store.orders.put(act.orders)
            for order in act.orders:
                store.outbox.put(ORDERS, _json.encode(order))
        case Acknowledged():
            store.orders.acknowledge(act.order, act.at, act.by)
            store.acknowledgements.add([KeptAct(hlc, act.visit, act.officer, act.at, act.order, unit, body)])
        case Merging():
            store.parties.merge(act.key, act.into, hlc, act.officer)
        case NameAsked() | NameDecided():
            write_opening(act, node)
        case ErasureAsked():
            store.erasures.ask(Erasing(hlc, "asked", act.kind, act.wanted, act.officer, act.at, hlc))
        case ErasureDecided():
            store.erasures.step(act.erasure, act.state, hlc, act.officer, act.at)
        case _:
            pass  # a watch list is written by its desk; judging again leaves nothing but the new assessment


def _write_plan(hlc: Moment, act: Planned, node: Node) -> None:
    """Write a plan with every draw of it."""
    plan = str(hlc)
    draws = [
        Drawn(plan, one.visit, one.stratum.value, one.propensity, one.rank, one.scanner, act.at)
        for one in act.plan.selections
    ]
    node.store.selections.keep(plan, act.site, act.day, act.plan.shift.name, act.at, _json.encode(act), draws)


def _write_barrier(hlc: Moment, unit: int, act: Releasing | ReleaseSaid | Presenting, node: Node) -> None:
    """Write what was done about the right to collect a box."""
    match act:
        case Releasing():
            write_step(unit, act, node)
        case ReleaseSaid():
            write_said(unit, act, node)
        case Presenting():
            write_presentation(hlc, unit, act, node)


def _write_registry(hlc: Moment, unit: int, act: SeizureTaken | SeizureTable | Claiming, node: Node) -> None:
    """Write what came into the register."""
    match act:
        case SeizureTaken():
            write_seizure(hlc, unit, act, node)
        case SeizureTable():
            write_table(hlc, unit, act, node)
        case Claiming():
            write_claims(hlc, act, node)
