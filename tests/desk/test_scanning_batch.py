"""Kept scans read again in bulk: the bytes that the reader beside the node keeps, on any engine."""

import msgspec
import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import ADA, BOB, VISIT
from tests.desk.test_scanning_intake import a_port
from tests.desk.test_scanning_machine import came
from tests.scanning.xray.drawn import LEFT, TOP

from vigie.desk import scanning_batch
from vigie.desk.scanning_batch import ACT, read_kept
from vigie.desk.scanning_machine import read_waiting
from vigie.terms import BadRequest, Moment, NotForYou, NotFound, Purpose

ALWAYS = (Moment(0), Moment(1 << 60))
NUMBER = VISIT.rpartition("-")[0]


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    with a_port(tmp_path_factory.mktemp("scans")) as made:
        for place in range(3):
            came(made, NUMBER, 1_772_400_000_000_000 + place * 3_600_000_000, load=0.0,
                 extra=[(LEFT + 500, TOP + 60, 60, 40, 0.4 * place)])  # fmt: skip
        while read_waiting(made, 5):
            pass
        yield made


def bytes_of(node):
    told = node.store.machine_readings.of(node.store.scans.received(*ALWAYS))
    return {scan: msgspec.msgpack.encode(one) for scan, one in told.items()}


@pytest.mark.parametrize("engine", ["local", "processes:2"])
def test_the_live_readers_bytes_come_out_again(node, monkeypatch, engine):
    monkeypatch.setattr(scanning_batch, "PART", 2)
    live = bytes_of(node)
    assert len(live) == 3
    node.store.db.run("DELETE FROM machine_reading")
    heard = []
    view = read_kept(BOB, node, *ALWAYS, engine, lambda done, whole: heard.append((done, whole)))
    assert (view.scans, view.read, view.changed, view.erased, view.gpu) == (3, 3, 3, 0, False)
    assert heard == [(2, 3), (3, 3)]
    assert bytes_of(node) == live
    assert engine != "local" or read_kept(BOB, node, *ALWAYS).changed == 0
    assert not (node.settings.home / "readings").exists()


def test_a_run_that_was_stopped_goes_on(node, monkeypatch):
    monkeypatch.setattr(scanning_batch, "PART", 1)
    read, real = [], scanning_batch.packed_readings
    monkeypatch.setattr("vigie.node.scanning_batch.packed_readings", lambda *told: (read.append(1), real(*told))[1])

    def stop(done, whole):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_kept(BOB, node, *ALWAYS, told=stop)
    assert read_kept(BOB, node, *ALWAYS).read == 3
    assert len(read) == 3  # none twice


def test_who_may_not_and_what_is_not_there_is_refused(node):
    with pytest.raises(NotForYou):
        read_kept(ADA, node, *ALWAYS)  # for targeting: an administrator is not cleared for it
    assert read_kept(ADA, node, *ALWAYS, purpose=Purpose.ADMINISTRATION).read == 3
    with pytest.raises(BadRequest):
        read_kept(BOB, node, Moment(2), Moment(2))
    with pytest.raises(NotFound):
        read_kept(BOB, node, Moment(1), Moment(2))
    assert [one.entry.act for one in node.store.trail.after(0, 1000)].count(ACT) >= 2
