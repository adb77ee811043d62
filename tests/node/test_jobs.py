import os
import threading
import time

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs
from tests.desk.port import BOB, VISIT, a_consignment, a_node, discharge, manifest, numbers, take_in, told
from tests.three_stores import _schema

from vigie.desk import arrivals
from vigie.desk.refolding import SKEW
from vigie.desk.sequencing import sequence
from vigie.desk.taking_in import item_of
from vigie.node import jobs as module
from vigie.node.crew import Mate
from vigie.node.health import doctor
from vigie.terms import DAY, StoreFault


def parts(body):
    from io import BytesIO

    from vigie.arrivals import split

    return list(split(BytesIO(body)))


def test_a_running_node_settles_what_is_handed_in_by_itself(node):
    node.start()
    before = node.live
    node.store.inbox.add([item_of(part, "x", node.now()) for part in parts(manifest())])
    assert node.changed(before, 10) > before
    node.stop()
    assert node.store.inbox.waiting() == 0
    assert not node.jobs.running


def test_acts_of_several_threads_are_all_written(node):
    take_in(node, manifest())
    node.start()
    done = []

    def decide(number):
        arrivals.override(BOB, VISIT, "hold" if number % 2 else "leave", f"reason {number}", node)
        done.append(number)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    node.stop()
    assert sorted(done) == list(range(8))
    assert len(told(node).overrides) == 8


def test_who_hands_in_goes_on_when_its_batch_is_settled(node, monkeypatch):
    monkeypatch.setattr(module, "POLL_S", 30.0)  # so that only the batch itself can end the wait in time
    node.start()
    (receipt,) = node.store.inbox.add([item_of(parts(manifest())[0], "x", node.now())])
    began = time.monotonic()
    node.settle([receipt.id])
    assert time.monotonic() - began < 29
    assert node.store.inbox.state([receipt.id]) == {receipt.id: "done"}
    monkeypatch.undo()
    node.stop()


def test_what_waits_for_more_is_read_by_the_child_meanwhile(node):
    node.jobs.crew = mate = Mate(node.now())
    while not mate._is_ready() and not mate._gone:
        time.sleep(0.02)
    items = [item_of(part, "x", node.now()) for part in parts(manifest())]
    with node.sequencer():
        receipts = node.store.inbox.add(items)
        held = [replace(item, id=told.id) for item, told in zip(items, receipts, strict=True)]
        assert node.drain(len(held), held).items == 0
        assert set(mate.readings(held)) == {item.digest for item in items}
        assert node.drain().items == len(items)
    node.jobs.rest()
    assert node.store.inbox.waiting() == 0


def test_one_sequencer_at_a_time(node, tmp_path):
    with a_node(tmp_path) as other, node.sequencer() as mine:
        assert mine
        with node.sequencer() as again:
            assert again
        with other.sequencer() as theirs:
            assert not theirs
    with node.sequencer() as mine:
        assert mine


def test_who_waits_for_a_dead_sequencer_is_told(node, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 0.1)
    with a_node(tmp_path) as other, other.sequencer():
        (receipt,) = node.store.inbox.add([item_of(parts(manifest())[0], "x", node.now())])
        with pytest.raises(StoreFault):
            node.settle([receipt.id])
    node.settle([receipt.id])
    assert node.store.inbox.state([receipt.id]) == {receipt.id: "done"}


def test_waiting_for_a_change_ends_in_time(node):
    began = time.monotonic()
    assert node.changed(node.live, 0.1) == node.live
    assert time.monotonic() - began < 60


def test_a_sequencer_survives_a_store_that_cannot_write_for_a_while(node, monkeypatch):
    append, failing = node.store.log.append, [True]

    def full(entries):
        if failing:
            failing.pop()
            raise StoreFault(reason="full")
        append(entries)

    monkeypatch.setattr(node.store.log, "append", full)
    node.start()
    node.store.inbox.add([item_of(part, "x", node.now()) for part in parts(discharge())])
    assert node.changed(0, 20) > 0
    assert node.store.inbox.faults(10) == []


@pytest.mark.parametrize(("backload", "batches"), [(True, 2), (False, 8)])
def test_history_is_written_in_batches_four_times_as_large(tmp_path, monkeypatch, backload, batches):
    sizes = []
    monkeypatch.setattr(module, "sequence", lambda items, *rest: (sizes.append(len(items)), sequence(items, *rest))[1])
    with a_node(tmp_path, batch=2) as node:
        boxes = [a_consignment(f"B{place}", box) for place, box in enumerate(numbers(16))]
        items = [item_of(part, "x", node.now(), backload) for part in parts(manifest(*boxes))]
        receipts = node.store.inbox.add(items)
        held = [replace(item, id=told.id) for item, told in zip(items, receipts, strict=True)]
        with node.sequencer():
            node.drain(0, held)
        assert (len(sizes), sum(sizes)) == (batches, 16)
        assert node.store.inbox.waiting() == 0


def test_each_night_the_day_before_is_handed_to_a_worker_once(tmp_path):
    with a_node(tmp_path, workers=0) as node:
        take_in(node, manifest())
        node.jobs._compare()
        assert node.store.outbox.waiting(SKEW) == 0  # nothing was decided yesterday
        node.clock.forward(DAY)
        node.jobs._compare()
        node.jobs._compare()
        assert node.store.outbox.waiting(SKEW) == 1
        (job,) = node.store.outbox.claim(SKEW, 5, 1, node.now())
        assert int(job.body) == node.now() // DAY * DAY - DAY
    with a_node(tmp_path / "other", workers=0, nightly=False) as node:
        take_in(node, manifest())
        node.clock.forward(DAY)
        node.jobs._compare()
        assert node.store.outbox.waiting(SKEW) == 0


def until(wanted):
    end = time.monotonic() + 20
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_one_process_does_beside_goes_to_another_with_the_lock(node, tmp_path):
    with a_node(tmp_path) as other, capture_logs() as logs:
        node.start()
        until(lambda: node.owning.goes_on)
        other.start()
        until(lambda: other.jobs._follows)
        assert not other.owning.goes_on
        assert [fact.text for fact in doctor(other, "en") if fact.name == "sequencer"] == ["The sequencer is ready (elsewhere)."]
        node.stop()
        until(lambda: other.owning.goes_on)
        (told,) = [log for log in logs if log["event"].startswith("sequencer.")]
        assert (told["event"], told["process"]) == ("sequencer.taken-over", os.getpid())


@pytest.mark.postgres
def test_who_hands_in_beside_wakes_the_sequencer(postgres_url, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "POLL_S", 60.0)  # so that only the nudge can wake it in time
    with _schema(postgres_url) as url, a_node(tmp_path, store=url) as one, a_node(tmp_path, store=url) as other:
        one.start()
        until(lambda: one.owning.goes_on)
        began = time.monotonic()
        (receipt,) = other.store.inbox.add([item_of(parts(manifest())[0], "x", other.now())])
        other.settle([receipt.id])
        assert time.monotonic() - began < 30
        assert other.store.inbox.state([receipt.id]) == {receipt.id: "done"}
        one.stop()


@pytest.mark.postgres
def test_a_lock_lost_with_its_connection_is_noticed_and_taken_again(postgres_url, tmp_path):
    with _schema(postgres_url) as url, a_node(tmp_path, store=url) as one, capture_logs() as logs:
        one.start()
        until(lambda: one.owning.goes_on)
        cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        assert one.store.db.rows(cut) == [(True,)]
        until(lambda: len(logs) > 1)
        assert [log["event"] for log in logs] == ["sequencer.lost", "sequencer.taken-over"]
        assert logs[1]["term"] == logs[0]["term"] + 1
        take_in(one, manifest())
        assert one.store.inbox.waiting() == 0
        one.stop()
