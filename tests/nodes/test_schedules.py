"""Nothing is lost and nothing has its effect twice, whatever network, processes, disks and clocks do.

That the faults bite is a law too: with a rule of the exchange broken on purpose, the schedules have to notice.
"""

import os
import shutil

import pytest
from tests.nodes.judging import broken, doubled, lost
from tests.nodes.simulated import FAULTS, World, template

from vigie.desk import exchange_receiving
from vigie.exchange import Step
from vigie.node.exchange_delivering import Delivery
from vigie.store.erasing import Erasing
from vigie.store.exchange import _ENTRY, Exchanged
from vigie.store.opening import Store
from vigie.terms import StoreFault

SEED = int(os.environ.get("VIGIE_SEED", "20261122"))
SLICE, SOAK, EVENTS = 5, 1_000, 80
RARE = ("torn", "full")  # these need luck in a slice; in the soak each fault happens a hundred times
SOON = 25  # a broken rule is noticed within so many schedules


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return template(tmp_path_factory.mktemp("template"))


def judged(five, folder, seed):
    world = World(five, folder, seed)
    try:
        world.run(EVENTS)
        found = lost(world), doubled(world), broken(world)
        assert found == ([], [], []), f"seed {seed}: {world.counts}"
        return world.counts
    finally:
        world.close()
        shutil.rmtree(folder)


def several(five, folder, count):
    """Run so many schedules; gives how often each fault happened."""
    seen = {}
    for place in range(count):
        print("seed", SEED + place)
        for name, times in judged(five, folder / str(place), SEED + place).items():
            seen[name] = seen.get(name, 0) + times
    return seen


def test_a_slice_of_the_schedules(five, tmp_path):
    seen = several(five, tmp_path, SLICE)
    assert all(seen[fault] for fault in FAULTS if fault not in RARE), seen


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_thousand_schedules(five, tmp_path, record_property):
    record_property("n", SOAK)
    seen = several(five, tmp_path, SOAK)
    print(seen)
    assert min(seen.values()) >= SOAK // 10, seen


class Each:
    """A store's transaction that is none: each statement is written by itself."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def keys_before_the_commit(patch):
    patch.setattr(Erasing, "mark", lambda self, units: self._vault.destroy(units))


def no_transactions(patch):
    patch.setattr(Store, "transaction", lambda self: Each())


def effects_again(patch):
    patch.setattr(Exchanged, "known", lambda self, origin, seqs: {})

    def put(self, entries, now):
        units = self._vault.units(len(entries)) if entries else range(0)
        self._db.fill("exchange_entry", _ENTRY, [
            (head.origin, head.seq, head.id, head.version, head.kind.value, entry.header, entry.body_hash, now, unit,
             self._seal(head, entry, unit)) for (head, entry), unit in zip(entries, units, strict=True)])  # fmt: skip
        return units

    patch.setattr(Exchanged, "_put", put)


def failing_once_is_enough(patch):
    failed = Delivery._failed
    patch.setattr(Delivery, "_failed", lambda self, refusal: failed(self, refusal) + 1e12)


def who_is_away_is_dropped(patch):
    failed = Delivery._failed

    def dropped(self, refusal):
        if self._failures >= 2:
            self._node.store.db.run("DELETE FROM exchange_outbox WHERE partner = ?", (self.partner,))
        return failed(self, refusal)

    patch.setattr(Delivery, "_failed", dropped)


def a_full_disk_is_passed_over(patch):
    put = Exchanged._put

    def tried(self, entries, now):
        try:
            return put(self, entries, now)
        except StoreFault:
            return range(len(entries))

    patch.setattr(Exchanged, "_put", tried)


def heads_by_the_clock(patch):
    head = Exchanged.head

    def latest(self, origin, size=None):
        rows = self._db.rows("SELECT size, told FROM exchange_head WHERE origin = ?", (origin,))
        by_clock = max(rows, key=lambda row: bytes(row[1])[: bytes(row[1]).find(b",")], default=(size,))
        return head(self, origin, by_clock[0] if size is None else size)

    patch.setattr(Exchanged, "head", latest)


def time_never_runs_out(patch):
    patch.setattr(exchange_receiving, "passed", lambda standing, now: Step(standing))


BROKEN = (keys_before_the_commit, no_transactions, effects_again, failing_once_is_enough,
          who_is_away_is_dropped, a_full_disk_is_passed_over, heads_by_the_clock, time_never_runs_out)  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("break_it", BROKEN)
def test_a_broken_rule_is_noticed(break_it, five, tmp_path, monkeypatch):
    break_it(monkeypatch)
    with pytest.raises((AssertionError, StoreFault)):
        several(five, tmp_path, SOON)
