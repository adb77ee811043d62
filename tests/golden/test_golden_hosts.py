"""Two hosts on one machine (network namespaces): work is proven to have run on both, one is killed, the bits are equal."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.golden.test_golden_engines import plan_of, told_by
from tests.golden.test_golden_log import GOLDEN, log  # noqa: F401 -- a fixture

from vigie.engine import open_engine

pytestmark = [pytest.mark.shared, pytest.mark.soak]
HOSTS = ("vigie-host-a", "vigie-host-b")
HUB, PORT = "10.213.7", 8786


def run(*words):
    subprocess.run(words, check=True, capture_output=True)


@contextmanager
def hosts():
    """Two namespaces on a bridge; everything is taken down again."""
    with ExitStack() as undone:
        run("ip", "link", "add", "vigie-hub", "type", "bridge")
        undone.callback(run, "ip", "link", "del", "vigie-hub")
        run("ip", "addr", "add", f"{HUB}.1/24", "dev", "vigie-hub")
        run("ip", "link", "set", "vigie-hub", "up")
        for place, name in enumerate(HOSTS):
            run("ip", "netns", "add", name)
            undone.callback(run, "ip", "netns", "del", name)
            run("ip", "link", "add", f"vg{place}", "type", "veth", "peer", "name", "eth0", "netns", name)
            undone.callback(run, "ip", "link", "del", f"vg{place}")  # a namespace goes some time after it was deleted
            run("ip", "link", "set", f"vg{place}", "master", "vigie-hub", "up")
            run("ip", "-n", name, "addr", "add", f"{HUB}.{place + 2}/24", "dev", "eth0")
            run("ip", "-n", name, "link", "set", "eth0", "up")
            run("ip", "-n", name, "link", "set", "lo", "up")
        yield


@contextmanager
def started(host, *words):
    """A program on a host, in a session of its own; gone at the end."""
    child = os.environ | {"PYTHONPATH": os.pathsep.join(("src", ".")), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(("ip", "netns", "exec", host, sys.executable, "-m", *words), env=child, start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def able():
    return os.geteuid() == 0 and shutil.which("ip") is not None


@pytest.mark.filterwarnings("ignore::Warning")
@pytest.mark.skipif(not able(), reason="needs root and iproute2: makes network namespaces")
def test_a_host_that_dies_changes_no_bit(log, tmp_path: Path, record_property):  # noqa: F811
    distributed = pytest.importorskip("distributed")
    plan = plan_of(log, tmp_path)
    scheduler = (HOSTS[0], "distributed.cli.dask_scheduler", "--host", f"{HUB}.2", "--port", str(PORT), "--no-dashboard")
    worker = ("distributed.cli.dask_worker", f"tcp://{HUB}.2:{PORT}", "--nworkers", "1", "--nthreads", "1",
              "--no-dashboard", "--no-nanny")  # fmt: skip
    with hosts(), started(*scheduler), started(HOSTS[0], *worker), started(HOSTS[1], *worker) as second:
        address = f"{HUB}.2:{PORT}"
        with distributed.Client(f"tcp://{address}", timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            client.run(__import__, "vigie.engine.plan")
        killed = []

        def kill_one(done, whole):
            if done >= 40 and not killed:
                killed.append(time.monotonic())
                kill(second)

        with open_engine(f"dask://{address}") as engine:
            assert engine.cores == 2
            done = plan.run(engine, kill_one)
    assert killed
    ran_on = {one.host for one in done}
    assert len(ran_on) == 2, ran_on
    assert str(Path("/proc/self/ns/net").readlink()) not in ran_on
    assert told_by(plan) == GOLDEN
    record_property("n", len(done))
