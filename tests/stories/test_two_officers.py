"""Two officers decide on one box at the same moment: one of them is first, on every store."""

from threading import Barrier, Thread

import pytest
from tests.desk.port import ANN, BOB, VISIT, a_node, manifest, take_in

from vigie.desk import arrivals
from vigie.desk.acts import Override, item_of
from vigie.terms import Conflict, EntryKind


@pytest.fixture
def desk(lasting_url, tmp_path):
    with a_node(tmp_path, store=lasting_url) as made:
        take_in(made, manifest())
        yield made


def revision(node):
    return node.store.visits.get([VISIT])[VISIT].listed.changed


def overrides(node):
    return [entry for entry in node.store.log.of(VISIT) if entry.kind is EntryKind.OVERRIDE]


def test_of_two_decisions_on_one_revision_the_later_is_refused(desk):
    seen = revision(desk)
    items = [item_of(Override(VISIT, what, "why", who.id, desk.now(), seen), who.id, desk.now())
             for what, who in (("hold", ANN), ("select", BOB))]  # fmt: skip
    receipts = desk.store.inbox.add(items)  # both handed in before either is written: one batch
    desk.settle([told.id for told in receipts])
    assert list(desk.store.inbox.state([told.id for told in receipts]).values()) == ["done", "refused"]
    assert desk.store.visits.get([VISIT])[VISIT].listed.status == "held"
    assert len(overrides(desk)) == 1
    assert desk.store.inbox.faults() == []
    assert desk.store.inbox.again() == 0


def test_two_officers_at_once_get_one_yes_and_one_conflict(desk):
    seen, start, said = revision(desk), Barrier(2), []

    def decide(officer, what):
        start.wait()
        try:
            arrivals.override(officer, VISIT, what, "why", desk, seen)
            said.append("yes")
        except Conflict:
            said.append("conflict")

    threads = [Thread(target=decide, args=each) for each in ((ANN, "hold"), (BOB, "select"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["conflict", "yes"]
    assert len(overrides(desk)) == 1


def test_a_message_in_between_refuses_a_decision_on_what_was_before(desk):
    seen = revision(desk)
    late = item_of(Override(VISIT, "hold", "why", BOB.id, desk.now(), seen - 1), BOB.id, desk.now())
    (told,) = desk.store.inbox.add([late])
    desk.settle([told.id])
    assert desk.store.inbox.state([told.id]) == {told.id: "refused"}
    assert overrides(desk) == []
