from tests.desk.port import ANN, BOX, VISIT, a_consignment, discharge, manifest, numbers, take_in

from vigie.arrivals import Function
from vigie.desk import arrivals
from vigie.terms import EntryKind
from vigie.tracking import Reach

ALL = Reach(clearance=4)


def test_a_term_is_written_once(node, monkeypatch):
    written = []
    add = node.store.lookup.add
    monkeypatch.setattr(node.store.lookup, "add", lambda rows: (written.extend(rows), add(rows))[1])
    take_in(node, manifest(), discharge())
    assert len(written) == len(set(written))
    assert ("container", BOX, VISIT) in written


def test_new_parties_are_linked_and_old_ones_are_not_written_again(node):
    take_in(node, manifest())
    take_in(node, manifest(a_consignment(consignee="Autre", function=Function.AMENDMENT), number=2))
    assert [len(node.store.parties.named(name)) for name in ("Fruta", "Fruit", "Autre")] == [1, 1, 1]
    assert {hit.visit for hit in node.store.parties.near("Autre", ALL)} == {VISIT}


def test_a_part_is_described_with_its_first_entry(node):
    boxes = numbers(2)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    entries = node.store.log.after(0, 10)
    described = [node.store.parts.get(entry.unit) for entry in entries]
    assert [one.hlc for one in described] == [entry.hlc for entry in entries]
    assert [(one.form, one.rows) for one in described] == [("CUSCAR", 1)] * 2


def test_an_override_is_laid_out_for_reading_and_in_the_log(node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, "hold", "why", node)
    (kept,) = node.store.overrides.of(VISIT)
    entry = node.store.log.get(kept.hlc)
    assert (entry.kind, entry.subject, entry.source) == (EntryKind.OVERRIDE, VISIT, "officer:ann")
    assert b"why" in entry.body
