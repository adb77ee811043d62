"""File tasks on any engine: done once, skipped when done, gone on with after a kill."""

import os
import signal
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest

from vigie.engine.pieces import fresh, put_portions
from vigie.engine.running import EngineLost, Serial, one, open_engine, worked
from vigie.terms import BadRequest


class Square(msgspec.Struct, frozen=True):
    folder: Path
    number: int
    kills: bool = False

    @property
    def out(self):
        return self.folder / f"{self.number}.txt"


class Table(msgspec.Struct, frozen=True):
    folder: Path

    @property
    def out(self):
        return self.folder / "one.arrow"


def table(task):
    put_portions(task.out, [{"value": np.arange(5)}])


def square(task):
    mark = task.folder / f"{task.number}.tried"
    if task.kills and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with fresh(task.out) as part:
        part.write_text(str(task.number**2))


def tasks_in(folder, **more):
    return [Square(folder, number, **more) for number in range(6)]


@pytest.fixture(autouse=True)
def _found_again(monkeypatch):
    """A child process finds this module by name, as it finds those of vigie."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("src", ".")))
    monkeypatch.setitem(sys.modules, "tests.engine.test_running", sys.modules[__name__])


@pytest.mark.parametrize("name", ["local", "processes:2"])
def test_every_task_is_done_and_told_of(tmp_path, name):
    heard = []
    with open_engine(name) as engine:
        done = worked(engine, square, tasks_in(tmp_path), lambda some, whole: heard.append((some, whole)))
    assert [(tmp_path / f"{number}.txt").read_text() for number in range(6)] == ["0", "1", "4", "9", "16", "25"]
    assert heard == [(some, 6) for some in range(1, 7)]
    assert (os.getpid() in {each.process for each in done}) == (name == "local")


def test_what_is_there_whole_is_not_done_again(tmp_path):
    task = Table(tmp_path)
    assert not one(table, task).skipped
    made = task.out.stat().st_mtime_ns
    assert one(table, task).skipped
    assert task.out.stat().st_mtime_ns == made
    task.out.write_bytes(task.out.read_bytes()[:-1])
    assert not one(table, task).skipped


def test_what_a_task_raises_is_raised_and_the_rest_stays(tmp_path):
    tasks = [*tasks_in(tmp_path)[:3], Square(tmp_path / "absent", 9)]
    with open_engine() as engine, pytest.raises(Exception, match=r"file-cannot-be-written|store-fault"):
        worked(engine, square, tasks)
    assert (tmp_path / "2.txt").exists()


def test_processes_that_are_killed_are_started_again(tmp_path):
    with open_engine("processes:2") as engine:
        worked(engine, square, [*tasks_in(tmp_path)[:3], Square(tmp_path, 3, kills=True)])
    assert (tmp_path / "3.txt").read_text() == "9"
    assert (tmp_path / "3.tried").exists()


def test_who_is_told_may_stop_it(tmp_path):
    def stop(some, whole):
        raise KeyboardInterrupt

    with open_engine() as engine, pytest.raises(KeyboardInterrupt):
        worked(engine, square, tasks_in(tmp_path), stop)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["spark", "processes:0", "processes:x", "dask:", "dask://", "processes:9999"])
def test_other_engines_are_refused(name):
    with pytest.raises(BadRequest), open_engine(name):
        pass


def test_tls_needs_its_files(monkeypatch):
    monkeypatch.delenv("VIGIE_TLS_CA", raising=False)
    pytest.importorskip("distributed")
    with pytest.raises(BadRequest) as fault, open_engine("dasks://127.0.0.1:1"):
        pass
    assert fault.value.facts["reason"] == "certificates-missing"


@pytest.mark.filterwarnings("ignore::Warning")  # of the cluster's own end
@pytest.mark.parametrize("having", [{"GPU": 1}, {}])
def test_workers_that_have_what_is_wanted_do_it_all(tmp_path, having):
    distributed = pytest.importorskip("distributed")
    options = {"nthreads": 1, "host": "127.0.0.1", "dashboard": False}
    workers = {name: {"cls": distributed.Worker, "options": options | {"resources": told}}
               for name, told in (("a", having), ("b", {}))}  # fmt: skip
    scheduler = {"cls": distributed.Scheduler, "options": {"host": "127.0.0.1", "port": 0, "dashboard": False}}
    with distributed.SpecCluster(workers=workers, scheduler=scheduler) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        with open_engine(f"dask://{address}", wants="GPU") as engine:
            assert (engine.resource, engine.cores) == (("GPU", 1) if having else ("", 2))
            worked(engine, placed, tasks_in(tmp_path))
    by = {(tmp_path / f"{number}.txt").read_text() for number in range(6)}
    assert by == ({"a"} if having else by & {"a", "b"})


def placed(task):
    """Write which worker did it."""
    from distributed import get_worker

    with fresh(task.out) as part:
        part.write_text(str(get_worker().name))


def test_a_serial_executor_keeps_what_was_raised():
    assert isinstance(Serial().submit(int, "x").exception(), ValueError)


def test_an_engine_out_of_reach_is_told(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("vigie.engine.running.ANSWER_S", 0.5)
    began = time.monotonic()
    with pytest.raises(EngineLost) as fault, open_engine("dask://127.0.0.1:9"):
        pass
    assert fault.value.facts["reason"] == "no-answer"
    assert time.monotonic() - began < 120
