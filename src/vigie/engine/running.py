"""One seam for work that is cut into file tasks: the standard library's `Executor`, whoever stands behind it.

A task is a small value that names what it reads and the one file it writes; it may be done twice, here or on another
host, and the file is the same. What is done already is skipped, so that a job that was cut off goes on where it was.
"""

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from vigie.engine.pieces import is_whole
from vigie.terms import AnalyticsMissing, BadRequest, StoreFault

LOCAL, PROCESSES, DASK, DASKS = "local", "processes", "dask", "dasks"
ENGINES = (LOCAL, PROCESSES, f"{DASK}://", f"{DASKS}://")
"""Names of engines: this process; processes of this machine (`processes:4`); a Dask cluster; one over TLS."""

TRIES = 5
"""How often a task of a lost process or host is tried again: a host that dies takes what it had at hand once."""

ANSWER_S = 10.0
"""How long a scheduler has to answer: longer than a busy one needs, shorter than an officer waits."""

_AHEAD = 4
"""Tasks handed out per core before answers are awaited: enough that no core waits, few enough to stop soon."""

_CERTIFICATES = ("VIGIE_TLS_CA", "VIGIE_TLS_CERT", "VIGIE_TLS_KEY")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS")


class EngineLost(StoreFault):
    """The engine stopped answering: its processes, hosts or scheduler are gone. What was finished stays."""

    code = "engine-lost"


class ClusterMissing(AnalyticsMissing):
    """The extra `cluster` is not installed."""

    code = "cluster-missing"


class Task(Protocol):
    """What is to be done: picklable, small."""

    @property
    def out(self) -> Path:
        """The file it writes."""
        ...


T = TypeVar("T", bound=Task)
Told = Callable[[int, int], None]


class Done(msgspec.Struct, frozen=True):
    """Where a task was done. process: Its number. host: Network namespace of the process; tells hosts apart.

    Attributes:
        cpu_s: CPU seconds it took. skipped: Its file was there already.
    """

    process: int
    host: str
    cpu_s: float = 0.0
    skipped: bool = False


class Engine(msgspec.Struct, frozen=True):
    """An engine that stands ready.

    Attributes:
        name: As asked for. cores: Tasks it works on at once. executor: Its seam. resource: What its workers have of
            what was wanted; empty where none of them has it.
    """

    name: str
    cores: int
    executor: Executor
    resource: str = ""


class Serial(Executor):
    """An executor that does what it is given at once, in this thread."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it now; the future has ended when it is given back."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 -- raised again where the result is asked for
            future.set_exception(fault)
        return future


@contextmanager
def open_engine(name: str = LOCAL, wants: str = "") -> Iterator[Engine]:
    """Open an engine; everything it started ends with the context.

    Args:
        name: `local`, `processes` (two) or `processes:4`, `dask://host:port`, `dasks://host:port`. The last speaks TLS,
            with the files named by `VIGIE_TLS_CA`, `VIGIE_TLS_CERT` and `VIGIE_TLS_KEY`.
        wants: A resource, such as `GPU`: where workers of the cluster have it, all is done by them, else by any.

    Raises:
        BadRequest: No such engine. ClusterMissing: The extra is not installed. EngineLost: Nobody answers there.
    """
    kind, _, rest = name.partition(":")
    if name == LOCAL:
        yield Engine(name, 1, Serial())
    elif kind == PROCESSES and (not rest or (rest.isdecimal() and 1 <= int(rest) <= 256)):
        cores = int(rest or min(2, os.cpu_count() or 1))
        pool = Processes(cores)
        try:
            yield Engine(name, cores, pool)
        finally:
            pool.shutdown(cancel_futures=True)
    elif kind in (DASK, DASKS) and rest.startswith("//") and len(rest) > 2:
        with _cluster(rest, wants, secured=kind == DASKS) as (executor, cores, resource):
            yield Engine(name, cores, executor, resource)
    else:
        raise BadRequest(reason="unknown-choice", field="engine", given=name[:60])


class Processes(Executor):
    """Processes of this machine; where one of them is killed, all are started again.

    They are fresh (spawn: no lock or thread of ours is carried over) and have one thread each: the cores are taken.
    """

    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._kept = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
        self.renew()

    def renew(self) -> None:
        """Start other processes in the place of those that are gone."""
        self._pool = ProcessPoolExecutor(self._cores, mp_context=get_context("spawn"))

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Let one of them do it."""
        return self._pool.submit(function, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End them."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        for name, value in self._kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _cluster(address: str, wants: str, *, secured: bool) -> Iterator[tuple[Executor, int, str]]:
    try:
        from distributed import Client
        from distributed.security import Security
    except ModuleNotFoundError:
        raise ClusterMissing(extra="cluster") from None
    security = Security(**_certificates()) if secured else None  # type: ignore[no-untyped-call]
    try:
        scheme = "tls:" if secured else "tcp:"
        client: Any = Client(  # type: ignore[no-untyped-call]
            scheme + address, security=security, timeout=ANSWER_S, set_as_default=False
        )
    except (OSError, TimeoutError):
        raise EngineLost(engine=address.strip("/"), reason="no-answer") from None
    with client:
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        having = [one for one in workers if wants and one["resources"].get(wants)]
        cores = sum(one["nthreads"] for one in having or workers)
        if not cores:
            raise EngineLost(engine=address.strip("/"), reason="no-worker")
        only = {"resources": {wants: 1}} if having else {}
        yield client.get_executor(retries=TRIES, pure=False, **only), cores, wants if having else ""


def _certificates() -> dict[str, Any]:
    found = [os.environ.get(name, "") for name in _CERTIFICATES]
    if not all(found):
        raise BadRequest(reason="certificates-missing", field="engine")
    ca, cert, key = found
    parties = {f"tls_{who}_{what}": file for who in ("client", "scheduler", "worker")
               for what, file in (("cert", cert), ("key", key))}  # fmt: skip
    return {"tls_ca_file": ca, "require_encryption": True, **parties}


def worked(engine: Engine, function: Callable[[T], None], tasks: Sequence[T], told: Told | None = None) -> list[Done]:
    """Do every task whose file is not there yet; gives for each, in order, where it was done.

    Args:
        function: Of a module (so that another process finds it); writes `task.out` by `vigie.engine.pieces.fresh`.
        told: Who is told how far it is: tasks done, tasks in all. May raise, to stop.

    Raises:
        EngineLost: All that stood behind the engine is gone; what is finished stays. And whatever a task raises.
    """
    done: dict[int, Done] = {}
    for again in range(TRIES):
        try:
            _rounds(engine, function, tasks, done, told)
            break
        except BrokenProcessPool:
            if again == TRIES - 1 or not isinstance(engine.executor, Processes):
                raise EngineLost(engine=engine.name, reason="process-lost", done=len(done), tasks=len(tasks)) from None
            engine.executor.renew()
        except Exception as fault:
            # KilledWorker, CommClosedError, FutureCancelledError of the cluster, or what its seam makes of them
            if isinstance(fault, CancelledError) or type(fault).__module__.startswith("distributed"):
                raise EngineLost(
                    engine=engine.name, reason=type(fault).__name__, done=len(done), tasks=len(tasks)
                ) from None
            raise
    return [done[place] for place in range(len(tasks))]


def _rounds(
    engine: Engine, function: Callable[[T], None], tasks: Sequence[T], done: dict[int, Done], told: Told | None
) -> None:
    """Hand out what is not done yet, a few at a time."""
    waiting: dict[Future[Any], int] = {}
    left = iter([place for place in range(len(tasks)) if place not in done])
    most = 1 if isinstance(engine.executor, Serial) else engine.cores * _AHEAD
    try:
        while len(done) < len(tasks):
            while len(waiting) < most and (place := next(left, None)) is not None:
                waiting[engine.executor.submit(one, function, tasks[place])] = place
            for future in _ended(waiting):
                done[waiting[future]] = future.result()
                del waiting[future]
                if told is not None:
                    told(len(done), len(tasks))
    finally:
        for future in waiting:
            future.cancel()


def _ended(waiting: Mapping["Future[Any]", int]) -> list["Future[Any]"]:
    """Those that have ended, at least one, in the order of their tasks."""
    ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
    return sorted(ended, key=waiting.__getitem__)


def one(function: Callable[[T], None], task: T) -> Done:
    """Do one task, unless its file is there whole."""
    if is_whole(task.out):
        return skipped()
    began = time.process_time()
    function(task)
    return Done(os.getpid(), _host(), time.process_time() - began)


def skipped() -> Done:
    """A task that need not be done any more."""
    return Done(os.getpid(), _host(), 0.0, skipped=True)


def _host() -> str:
    """What tells hosts apart that share a machine: their network namespace (Linux); else the name of the machine."""
    try:
        return str(Path("/proc/self/ns/net").readlink())
    except OSError:
        return platform.node()
