"""A process that serves asks a child; one that died is begun anew, and what was refused there is refused here."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.desk.port import BOB
from tests.desk.scans import a_port, files

import vigie
from vigie.desk.scanning_elsewhere import counts, take_in
from vigie.node.scanning_asking import Asking, _class_of
from vigie.terms import BadRequest, NotForYou, StoreFault, VigieError

HEAVY = ("numpy", "scipy", "pydicom", "onnxruntime", "imagecodecs", "tifffile")


def test_uploads_and_pictures_load_nothing_heavy_and_a_killed_child_is_begun_anew(tmp_path):
    with a_port(tmp_path / "home") as node:
        sent = files()
        node.start()
        told = take_in(BOB, sent, node)
        assert told.taken == 1
        child = node.asking.child
        assert child
        os.kill(child, signal.SIGKILL)
        with pytest.raises(BadRequest):
            take_in(BOB, (), node)
        assert node.asking.child not in (0, child)
        record = node.store.scans.get(told.rows[0].id)
        assert len(counts(BOB, record.id, "high", record.pixels, node)) == 2 * record.rows * record.columns
        node.stop()
        assert not node.asking.child
        assert node.elsewhere is None


def test_a_child_that_cannot_begin_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with a_port(tmp_path / "home") as node, pytest.raises(StoreFault):
        Asking(node).ask("frames", b"")


def test_errors_are_known_by_their_code():
    assert _class_of("not-for-you", VigieError) is NotForYou
    assert _class_of("nothing-of-the-sort", VigieError) is VigieError


def test_the_door_of_what_is_asked_loads_nothing_heavy():
    told = f"import vigie.desk.scanning_elsewhere, vigie.node.scanning_asking, sys; print([one for one in {HEAVY!r} if one in sys.modules])"
    own = os.environ | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, env=own)
    assert done.stdout.strip() == "[]"
