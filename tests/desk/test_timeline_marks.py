"""Notes stand on the timeline of those who may know what reads them, and of nobody else."""

import pytest
from tests.desk.port import ANN, BOB, BOX, EVE, NOW, an_officer, manifest, take_in, told
from tests.desk.test_ports import HEAD, look
from tests.desk.test_release import keyed
from tests.desk.test_release_gate import at_gate
from tests.desk.test_sailing import STEADY, STOPPED, ais

from vigie.desk import ports
from vigie.desk.timeline import timeline_texts
from vigie.desk.timeline_marks import READ_BY
from vigie.terms import HOUR, Handling, Language, Purpose, Role


def marks(node, officer=BOB):
    return [entry for entry in told(node, officer).timeline if entry.kind == "mark"]


def test_each_turn_of_the_right_is_told_once_and_names_nobody(node):
    _, made = keyed(node)
    at_gate(node, made.key, carrier="THIEF")
    found = marks(node)
    assert [entry.code for entry in found] == ["mark-release"] * len(found)
    assert found[-1].facts["refusals"] == 1
    assert len({tuple(entry.facts.items()) for entry in found}) == len(found) >= 2
    assert "refused at the gate 1" in found[-1].text
    assert "THIEF" not in repr(found)


def test_looks_are_told_with_what_is_not_known(node):
    take_in(node, manifest())
    rows = [look(name, BOX, NOW - 30 * HOUR, role="none") for name in ("M", "N")]
    ports.take_in(EVE, HEAD + "\n".join(rows), node)
    ports.insiders(EVE, node)
    (entry,) = marks(node)
    assert entry.facts == {"lookups": 2, "third": "no", "touched": "unknown"}
    assert entry.text.endswith("often at positive boxes: not known")


def test_hours_that_a_ship_lost_are_told_to_its_boxes(node):
    take_in(node, manifest(), ais(*STEADY, mmsi="205000002"))
    assert marks(node) == []
    take_in(node, ais(*STOPPED))
    (entry,) = marks(node)
    assert (entry.code, entry.facts["hours"]) == ("mark-ship", 6)
    assert NOW - 15 * HOUR < entry.at < NOW


def test_who_may_not_know_the_rule_reads_no_note(node):
    _, made = keyed(node)
    at_gate(node, made.key, carrier="THIEF")
    take_in(node, ais(*STOPPED))
    assert ANN.clearance is Handling.AMBER
    assert marks(node, ANN) == []
    assert {entry.code for entry in marks(node)} == {"mark-release", "mark-ship"}
    known = {one.id for one in node.rules.catalogue.indicators}
    assert set(READ_BY.values()) <= known


@pytest.mark.parametrize("language", Language)
def test_every_language_tells_notes_in_words(language, node):
    _, made = keyed(node)
    at_gate(node, made.key, carrier="THIEF")
    take_in(node, ais(*STOPPED))
    officer = an_officer("eva", Role.TARGETING, clearance=Handling.RED, purposes=tuple(Purpose), language=language.value)
    texts = [entry.text for entry in marks(node, officer)]
    assert len(texts) >= 3
    assert all(text and "{" not in text for text in texts)
    assert "mark-access" in timeline_texts().table
