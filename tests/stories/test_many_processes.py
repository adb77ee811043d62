"""Two processes serve a node on PostgreSQL, two feeds hand in, and the sequencer is killed: nothing lost, nothing twice."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from tests.desk.port import a_consignment, a_node, manifest, numbers, take_in
from tests.three_stores import _schema

ROOT = Path(__file__).parents[2]
FILES, BOXES = 3, 40
FEED = """
import sys
from pathlib import Path
from tests.desk.port import BOB
from vigie.desk import arrivals
from vigie.node import build, load_settings
with build(load_settings()) as node:
    for file in sys.argv[1:]:
        with open(file, "rb") as body:
            arrivals.take_in(BOB, [(file, body)], node)
        print(file, flush=True)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Files of two feeds, and what a node holds that took them in alone."""
    folder, boxes = tmp_path_factory.mktemp("said"), numbers(2 * FILES * BOXES)
    bodies = [
        manifest(*(a_consignment(f"F{place}-{box}", box) for box in boxes[place * BOXES : (place + 1) * BOXES]),
                 number=place + 1)
        for place in range(2 * FILES)
    ]  # fmt: skip
    files = []
    for place, body in enumerate(bodies):
        files.append(folder / f"{place}.edi")
        files[-1].write_bytes(body)
    with a_node(folder / "alone") as node:
        take_in(node, *bodies)
        return files, held(node.store)


def held(store):
    """What must be the same, whoever wrote it and when."""
    log = store.log.after(0, 100_000)
    history = store.history.after(0, 100_000)
    return {
        "boxes": sorted(store.visits.of_containers(numbers(2 * FILES * BOXES))),
        "entries": sorted((entry.kind.value, entry.subject) for entry in log),
        "history": sorted((row.line, row.kind, tuple(row.measures[:3])) for row in history),
        "waiting": store.inbox.waiting(),
        "broken": store.log.verify().broken,
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sequencer(served, owner, before=0, patience=20):
    """The worker that holds the lock now, by the port of its connection, as the server sees it; not the one before."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        for child in Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text().split():
            if int(child) != before and owner() in ports(int(child)):
                return int(child)
        time.sleep(0.05)
    pytest.fail("no worker holds the lock")


def ports(process):
    """Local ports of the connections of a process."""
    inodes = set()
    with suppress(OSError):  # it ended meanwhile
        for fd in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                inodes.add(os.readlink(fd))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if f"socket:[{row[9]}]" in inodes}


@pytest.mark.postgres
def test_nothing_is_lost_or_twice_when_the_sequencer_of_several_processes_is_killed(said, postgres_url, tmp_path):
    from vigie.store import open_store

    files, wanted = said
    with _schema(postgres_url) as url:
        port = free_port()
        env = {"PYTHONPATH": "src:.", "VIGIE_HOME": str(tmp_path), "DATABASE_URL": url, "VIGIE_PORT": str(port),
               "VIGIE_EXCHANGE_PORT": "0", "VIGIE_LANGUAGE": "en"}  # fmt: skip
        served = subprocess.Popen(
            [sys.executable, "-m", "vigie", "serve", "--workers", "2"], cwd=ROOT, env=env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        feeds = []
        try:
            assert f"http://127.0.0.1:{port}" in served.stdout.readline()
            with open_store(url, tmp_path / "keys.json") as store:
                def owner():
                    found = store.db.one("SELECT a.client_port FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                                         " WHERE l.granted AND l.locktype = 'advisory'")  # fmt: skip
                    return found[0] if found else 0

                first = sequencer(served, owner)
                feeds = [
                    subprocess.Popen([sys.executable, "-c", FEED, *map(str, files[half::2])], cwd=ROOT, env=env,
                                     stdout=subprocess.PIPE, text=True)
                    for half in (0, 1)
                ]  # fmt: skip
                for feed in feeds:
                    assert feed.stdout.readline()  # each has handed a file in, and two are to come
                os.kill(first, signal.SIGKILL)
                began = time.monotonic()
                second = sequencer(served, owner, first)
                taken_over = time.monotonic() - began
                for feed in feeds:
                    assert feed.wait(120) == 0
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/none", timeout=60) as page:
                    assert page.status == 200
                assert taken_over < 10  # a second, on a machine that is not busy
                assert held(store) == wanted
        finally:
            for feed in feeds:
                if feed.poll() is None:
                    feed.kill()
                feed.communicate()
            served.terminate()
            _, told = served.communicate(timeout=60)
        assert served.returncode == 0
        assert f"process={second} " in told.partition("sequencer.taken-over")[2]
        assert f"process={first}" in told.partition("worker.ended")[2]
