"""A node as it stands in a port: a store, and processes of their own that share it."""

import asyncio
import itertools
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.desk.port import a_consignment, manifest, numbers
from tests.three_stores import _run, postgres_url  # noqa: F401 - a fixture of this folder

from vigie.app.service import bound

ROOT = Path(__file__).parents[2]
BOXES = 1200  # of each ship: two flushes, so that an import can be killed between them
_names = itertools.count()


class Place:
    """A node's home and store, and how to start its processes."""

    def __init__(self, home, store):
        self.home = home
        with bound("127.0.0.1", 0) as probe:
            self.port = probe.getsockname()[1]
        self.env = {
            "PYTHONPATH": "src", "PATH": os.environ["PATH"], "VIGIE_HOME": str(home), "VIGIE_STORE": store,
            "VIGIE_SITES": "BEANR", "VIGIE_LANGUAGE": "en", "VIGIE_PORT": str(self.port),
        }  # fmt: skip

    def start(self, *words):
        """Start a process of the node."""
        command = [sys.executable, "-u", "-m", "vigie", *map(str, words)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def done(self, *words, codes=(0,)):
        """Run a command to its end; gives its last line as JSON."""
        return finished(self.start(*words, "--json"), codes)

    @contextmanager
    def web(self):
        """The node's web service, which is also its sequencer."""
        child = self.start("serve")
        try:
            assert "listens on" in child.stdout.readline(), child.stderr.read()
            yield child
        finally:
            if child.poll() is None:
                child.terminate()
            child.communicate(timeout=20)

    @contextmanager
    def browser(self):
        """A program that is signed in at the web service."""
        told = self.done(
            "officers", "add", f"reader-{next(_names)}", "--role", "targeting-officer", "--purpose", "targeting"
        )
        link = told["address"].rpartition(":")[2].partition("/")[2]
        base = f"http://127.0.0.1:{self.port}"
        with httpx.Client(base_url=base, timeout=60, headers={"origin": base}) as client:
            assert client.post(f"/{link}").status_code == 303
            yield client


def finished(child, codes=(0,)):
    """Wait for a process; gives the last line it printed, as JSON."""
    out, err = child.communicate(timeout=120)
    assert child.returncode in codes, f"{child.returncode}: {out[-2000:]}{err[-2000:]}"
    return httpx.Response(200, content=out.splitlines()[-1]).json()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path):
    if request.param == "sqlite":
        yield Place(tmp_path / "home", "")
        return
    server, schema = request.getfixturevalue("postgres_url"), f"n{os.getpid()}_{next(_names)}"
    asyncio.run(_run(server, f"CREATE SCHEMA {schema}"))
    yield Place(tmp_path / "home", f"{server}?search_path={schema}")
    asyncio.run(_run(server, f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture(scope="session")
def ships(tmp_path_factory):
    """The manifests of two ships: file and the boxes it names."""
    folder, all_numbers = tmp_path_factory.mktemp("ships"), numbers(2 * BOXES)
    made = []
    for place, boxes in enumerate((all_numbers[:BOXES], all_numbers[BOXES:])):
        file = folder / f"ship-{place}.edi"
        file.write_bytes(
            manifest(*(a_consignment(f"S{place}B{n}", box) for n, box in enumerate(boxes)), number=place + 1)
        )
        made.append((file, set(boxes)))
    assert re.fullmatch(r"ship-[01]\.edi", made[0][0].name)
    return made
