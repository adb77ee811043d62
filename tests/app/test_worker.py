import io
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from vigie.app.service import bound
from vigie.app.worker import begun_by
from vigie.app.workers import Begun
from vigie.cli.output import USAGE
from vigie.node.mate import framed

ROOT = Path(__file__).parents[2]


def test_a_parent_that_is_gone_begins_nothing():
    assert begun_by(io.BytesIO(b"")) is None


def test_what_cannot_be_opened_is_told_and_ends_with_its_code(tmp_path):
    with bound("127.0.0.1", 0) as web:
        begun = Begun({"home": str(tmp_path), "store": "no-such-kind://x", "web_workers": 2}, web.fileno(), -1)
        child = subprocess.Popen(
            [sys.executable, "-m", "vigie.app.worker"], cwd=ROOT, env={"PYTHONPATH": "src", "VIGIE_LANGUAGE": "en"},
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[web.fileno()],
        )  # fmt: skip
        child.stdin.write(framed(msgspec.to_builtins(begun)))
        child.stdin.flush()  # and left open: the parent is there
        assert child.wait(60) == USAGE
        assert b"bad-request" in child.stderr.read()
        child.stdin.close()
        child.stderr.close()


def test_the_end_of_the_parent_ends_it():
    script = ("import sys, time; from vigie.app.worker import begun_by\n"
              "begun_by(sys.stdin.buffer); print('begun', flush=True); time.sleep(60)")  # fmt: skip
    child = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env={"PYTHONPATH": "src"}, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)  # fmt: skip
    child.stdin.write(framed(msgspec.to_builtins(Begun({}, 0, -1))))
    child.stdin.flush()
    assert child.stdout.readline() == b"begun\n"
    child.stdin.close()
    assert child.wait(20) == -signal.SIGTERM
    child.stdout.close()
