"""The demonstration as a user starts it: a child process, its link, its pages, its end; and again."""

import json
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from vigie.app.demo import MARK, START, DemoState, NotADemo, prepared, read_mark, step, write_mark
from vigie.terms import DAY, HOUR, Moment

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(http://127\.0\.0\.1:[0-9]+)(/sign-in/\S+)")


@contextmanager
def a_demo(home, *words):
    command = [sys.executable, "-u", "-m", "vigie", "demo", "--home", str(home), "--port", "0", "--boxes", "40", "--single", *words]
    env = {"PYTHONPATH": "src", "VIGIE_LANGUAGE": "en"}
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()


def link_of(child, before=()):
    """The link that a demonstration prints; before: what it must say first."""
    said = ""
    for line in child.stdout:
        said += line
        found = LINK.search(line)
        if found:
            assert all(words in said for words in before), said
            return found.groups()
    pytest.fail(child.stderr.read())


def looked_at(base, link):
    """Sign in by the link and look at the pages; gives what the arrivals page says and the moment of the port."""
    with httpx.Client(base_url=base, timeout=30) as browser:
        assert browser.get(link).status_code == 200
        assert browser.post(link, headers={"origin": base}).status_code == 303
        assert browser.get("/").status_code == 200
        page = browser.get("/arrivals")
        assert page.status_code == 200
        assert browser.get("/selection").status_code == 200
        told = browser.get("/api/v1/today").json()
        assert browser.get(link).status_code == 200
        assert browser.post(link, headers={"origin": base}).headers.get("location") != "/"  # it works once
        return page.text, told


def ended(child):
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    child.wait(timeout=60)
    assert time.monotonic() - began < 45  # 5 s where nothing else runs beside it
    assert child.returncode == 0, child.stderr.read()


def killed_half_way(home):
    """Leave a past that was broken off while it was made."""
    with a_demo(home) as child:
        while not (home / MARK).exists():
            assert child.poll() is None
            time.sleep(0.05)
        child.kill()
        child.wait()
    (home / "vigie.db").write_bytes(b"torn")
    assert read_mark(home / MARK).ready is False


@pytest.mark.timeout(900)  # four starts: half a minute where nothing else runs beside it
def test_half_a_past_is_made_again_and_a_port_starts_stops_and_goes_on(tmp_path):
    home = tmp_path / "demo"
    killed_half_way(home)
    with a_demo(home) as child:
        page, cold = looked_at(*link_of(child, ("making the simulated port", "containers announced or landed")))
        assert "BEANR" in page
        assert cold["counts"]["new"] > 0
        assert len(cold["queue"]) == 3
        ended(child)
    kept = json.loads((home / MARK).read_text())
    assert kept["ready"] is True
    with a_demo(home) as child:
        _, warm = looked_at(*link_of(child))  # benchmarks/ tells how soon
        assert warm["now"] > cold["now"]
        child.kill()
        child.wait()
    with a_demo(home) as child:  # after kill -9
        _, third = looked_at(*link_of(child))
        assert third["now"] > cold["now"]
        ended(child)
    told = []
    assert prepared(home, 1, 40, False, lambda code, **facts: told.append(code)).ready
    assert told == []  # a whole past is not made again


def test_what_is_no_demonstration_is_left_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(NotADemo):
        prepared(tmp_path, 1, 10, True, lambda code, **facts: None)
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_the_mark_is_whole_or_not_at_all(tmp_path):
    mark = tmp_path / MARK
    assert read_mark(mark) is None
    write_mark(mark, DemoState(1, 2, START))
    assert read_mark(mark) == DemoState(1, 2, START)
    mark.write_bytes(b"{")
    assert read_mark(mark) is None


@pytest.mark.parametrize(
    ("before", "width"), [(1, HOUR), (5 * HOUR, HOUR), (DAY + HOUR, 12 * HOUR), (20 * DAY, 12 * HOUR)]
)
def test_the_past_is_taken_in_by_hours_and_half_days(before, width):
    at = Moment(START - before)
    assert at < step(at, START) <= min(at + width, START)
