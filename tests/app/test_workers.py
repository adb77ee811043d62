"""Processes of one node, here small ones that only say that they are ready; real ones serve in tests/stories."""

import os
import signal
import sys
import time

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from vigie.app.service import bound
from vigie.app.workers import Workers
from vigie.node import Settings

UP = "import sys, time; sys.stdin.buffer.read(4); print('+', end='', flush=True); time.sleep(60)"
DOWN = "raise SystemExit(4)"
POSTGRES = Settings(store="postgresql://nowhere/none", web_workers=2)


@pytest.fixture
def workers():
    made = []
    with bound("127.0.0.1", 0) as web:

        def begin(script, settings=POSTGRES):
            made.append(Workers(settings, web, None, (sys.executable, "-S", "-c", script)))
            return made[-1]

        yield begin
        for one in made:
            for each in one.all:
                if each.process:
                    os.kill(each.process, signal.SIGKILL)
            one.stop()


class Enough(Exception):
    pass


def enough():
    raise Enough


def up(workers):
    with pytest.raises(Enough):
        workers.run(enough)
    return [worker.process for worker in workers.all]


def until(workers, wanted):
    """Look as the loop does, by a clock on which every pause is over."""
    end = time.monotonic() + 20
    while not wanted():
        assert time.monotonic() < end
        workers.look(time.monotonic() + 100)
        time.sleep(0.01)


def test_all_are_begun_and_told_to_end(workers):
    made = workers(UP)
    processes = up(made)
    assert len(set(processes)) == 2
    assert 0 not in processes
    made.stop()
    assert [worker.process for worker in made.all] == [0, 0]


def test_one_that_died_is_begun_anew_beside_the_others(workers):
    made = workers(UP)
    first, second = up(made)
    with capture_logs() as logs:
        os.kill(first, signal.SIGKILL)
        until(made, lambda: made.all[0].process not in (0, first) and made.all[0].is_ready)
    assert made.all[1].process == second
    (told,) = logs
    assert (told["event"], told["process"], told["code"]) == ("worker.ended", first, -signal.SIGKILL)


def test_where_the_first_cannot_open_the_node_no_other_is_begun(workers):
    made = workers(DOWN)
    with pytest.raises(SystemExit) as ended:
        made.run(enough)
    assert ended.value.code == 4
    assert made.all[1].process == 0


def test_pauses_grow_where_one_does_not_come_up(workers):
    made = workers(DOWN, replace(POSTGRES, web_workers=2))
    worker = made.all[0]
    until(made, lambda: worker.failed == 2)
    assert worker.not_before - time.monotonic() > 90  # 100 s ahead of now, and the pause on top
