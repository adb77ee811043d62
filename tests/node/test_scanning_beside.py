"""The serving process stays small: what comes is taken in and read by a child, whose crash loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from tests.desk.port import NOW, VISIT
from tests.desk.scans import a_port, files

import vigie
from vigie.devices import DONE
from vigie.node import FixedClock, scanning_beside
from vigie.node.clock import RunningClock
from vigie.node.scanning_beside import ALL_S, FIRST_PAUSE_S, Begun, ScanningBeside, in_folder
from vigie.terms import Moment

HEAVY = ("numpy", "scipy", "pydicom", "onnxruntime", "imagecodecs", "tifffile")

SERVING = """
import json, sys, time
from pathlib import Path
from vigie.node import build, load_settings
home, folder = sys.argv[1:]
with build(load_settings(environment={}, home=Path(home), scan_folder=folder, nightly=False)) as node:
    node.start()
    until = time.monotonic() + 60
    while not (node.store.scans.waiting() and not node.store.machine_readings.waiting() and not node.store.scans.uncoded(1)):
        assert time.monotonic() < until
        time.sleep(0.05)
    child = node.scanning.child
    heavy = [name for name in %r if name in sys.modules]
print(json.dumps([child, heavy]))
"""


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def put(inbox, stem="A", seed=1):
    for file in files(stem, seed=seed):
        (inbox / file.name).write_bytes(file.body)


def wait(until_true):
    until = time.monotonic() + 40
    while not until_true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_process_that_serves_loads_nothing_heavy_for_scans(tmp_path, inbox):
    put(inbox)
    own = os.environ | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
    told = subprocess.run([sys.executable, "-c", SERVING % (HEAVY,), str(tmp_path / "home"), str(inbox)],
                          capture_output=True, text=True, check=True, env=own)  # fmt: skip
    child, heavy = json.loads(told.stdout.splitlines()[-1])
    assert child
    assert heavy == []
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)  # it ended with the node


def test_a_child_that_is_killed_loses_nothing(tmp_path, inbox, monkeypatch):
    monkeypatch.setattr(scanning_beside, "FIRST_PAUSE_S", 0.1)
    with a_port(tmp_path / "home", scan_folder=str(inbox)) as node:
        node.start()
        put(inbox)
        wait(lambda: node.scanning.child)
        os.kill(node.scanning.child, signal.SIGKILL)
        wait(lambda: len(node.store.scans.of_visit(VISIT)) == 1 and not node.store.machine_readings.waiting())
        wait(lambda: not in_folder(str(inbox)))
        assert len(list((inbox / DONE).iterdir())) == 3


class Ended:
    """A child that ended."""

    stdin = None

    def __init__(self, code):
        self.returncode = code

    def poll(self):
        return self.returncode


def test_nothing_is_begun_without_work_and_faults_are_waited_out_longer_each_time(tmp_path, inbox, monkeypatch):
    begun = []
    monkeypatch.setattr(scanning_beside, "spawn", lambda node: begun.append(1) or Ended(1))
    with a_port(tmp_path / "home", scan_folder=str(inbox)) as node:
        beside = ScanningBeside(node)
        beside.look(0.0)
        assert not begun
        put(inbox)
        beside.look(1.0)
        beside.look(1.5)
        beside.look(1.5 + FIRST_PAUSE_S)
        beside.look(3.0 + FIRST_PAUSE_S)
        assert len(begun) == 2
        beside.look(3.0 + 4 * FIRST_PAUSE_S)
        assert len(begun) == 3
        assert not beside.child


def test_only_new_scans_are_looked_at_until_all_are_gone_through_again(tmp_path, monkeypatch):
    with a_port(tmp_path / "home") as node:
        beside, looks = ScanningBeside(node), []
        monkeypatch.setattr(node.store.machine_readings, "waiting", lambda: looks.append(1) or 0)
        assert not any(beside.waits(float(at)) for at in range(int(ALL_S)))
        assert len(looks) == 1
        assert not beside.waits(ALL_S)
        assert len(looks) == 2


def test_only_whole_files_of_the_folder_count(inbox):
    (inbox / ".half").write_bytes(b"x")
    (inbox / "done").mkdir()
    assert in_folder(str(inbox)) == in_folder("") == in_folder(str(inbox / "none")) == 0
    put(inbox)
    assert in_folder(str(inbox)) == 3


def test_a_child_goes_by_its_parents_clock_and_settings(tmp_path):
    with a_port(tmp_path / "home") as node:
        told = msgspec.msgpack.decode(msgspec.msgpack.encode(Begun.of(node)), type=Begun)
        assert told.made() == node.settings
    clock = told.clock()
    assert isinstance(clock, FixedClock)
    assert clock.now() == NOW
    fast = Begun({}, NOW, time.monotonic_ns() - 10**9, 60.0).clock()
    assert isinstance(fast, RunningClock)
    assert 60_000_000 <= fast.now() - NOW < 180_000_000
    assert Begun({}, Moment(0), 0, None).clock() is None


def test_a_child_that_handed_something_in_wakes_the_sequencer_of_its_parent(tmp_path):
    with a_port(tmp_path / "home") as node:
        heard, waking = os.pipe()
        woken = []
        os.write(waking, b"..")
        os.close(waking)
        scanning_beside._wake(heard, lambda: woken.append(1))
        assert woken
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.read(heard, 1)
        told = []
        node.jobs.waking = lambda: told.append(1)
        node.nudge()
        assert told
