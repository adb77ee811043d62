from tests.desk.port import BOX, VISIT, a_consignment, bay_plan, discharge, manifest, numbers, take_in

from vigie.arrivals import Function
from vigie.desk.replaying import Replays, states_of, subjects_of


def test_a_replay_ends_where_the_node_is(node):
    take_in(node, manifest(), bay_plan(), discharge(), manifest(a_consignment(function=Function.AMENDMENT, consignee="B"), number=9))
    kept = node.store.visits.get([VISIT])[VISIT].visit
    states = states_of(BOX, node)
    assert states.at(VISIT, node.store.log.last()) == kept
    assert [hlc for hlc, _ in states.of[VISIT]] == [entry.hlc for entry in node.store.log.after(0, 100)]


def test_before_its_first_entry_a_visit_is_not_there_and_a_moment_before_the_last_shows_the_one_before(node):
    take_in(node, manifest(), discharge())
    states = states_of(BOX, node)
    opened = states.of[VISIT][0][0]
    assert states.at(VISIT, opened - 1) is None
    assert states.at(VISIT, node.store.log.last() - 1) == states.of[VISIT][0][1]
    assert states_of(BOX, node, opened).of[VISIT] == states.of[VISIT][:1]


def test_a_consignment_that_dropped_a_box_withdraws_it(node):
    other = numbers(1)[0]
    take_in(node, manifest(a_consignment("A1", BOX, other)))
    take_in(node, manifest(a_consignment("A1", other, function=Function.AMENDMENT), number=2))
    assert states_of(BOX, node).at(VISIT, node.store.log.last()).lines[0].cancelled is not None


def test_what_the_log_files_a_box_under(node):
    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT].visit
    assert subjects_of(BOX, [kept]) == (BOX, VISIT, "bl:MSCU:ABC123")
    entry = node.store.log.after(0, 1)[0]
    assert len(Replays(node).heard(entry, BOX).said) == 1
    assert type(Replays(node).heard(entry, "OTHER").said[0]).__name__ == "Withdrawn"


def test_erased_entries_are_named(node):
    take_in(node, manifest(), discharge())
    first = node.store.log.after(0, 1)[0]
    node.store.erase([first.unit])
    assert states_of(BOX, node).erased == (first.hlc,)
