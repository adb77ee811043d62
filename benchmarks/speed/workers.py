"""Two workers against one: processes of this machine, and Dask workers on two hosts (network namespaces), one killed.

Every way folds the same log; checksums must be equal. Gain is told twice: by the clock (which wants a quiet machine with
two cores) and per core, by the CPU seconds of the tasks: what two workers at once cost each other.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.speed._golden import DECLARED, checksum, slices

COMMAND = "python -m benchmarks.speed.workers"
ROWS, QUICK = 10_000_000, 3_000_000
KILLED_AT = 0.4
"""Share of the tasks after which a host is killed."""

TARGET = 1.7
"""Two workers against one. Source: issue 8."""


def figures(seed: int, quick: bool, rows: int | None = None) -> Iterator[dict[str, Any]]:
    """Fold on one worker and on two, here and over the network; the cluster stands only where namespaces can be made."""
    from vigie.engine import write_slice

    count = rows or (QUICK if quick else ROWS)
    with tempfile.TemporaryDirectory(prefix="vigie-workers-") as place:
        folder = Path(place)
        for number, history in enumerate(slices(count, seed)):
            write_slice(folder / f"log-{number:05d}.parquet", history)
        base = {"n": count, "seed": seed, "command": COMMAND, "unit": "x", "target": TARGET, "peer": "1 worker"}
        one, two = (_folded(f"processes:{workers}", folder) for workers in (1, 2))
        yield from _gain("processes", one, two, base)
        if _able():
            alone, both, killed = (_clustered(folder, workers, kill) for workers, kill in ((1, False), (2, False), (2, True)))
            yield from _gain("Dask workers on two hosts", alone, both, base)
            yield base | {"name": "Dask workers on two hosts, one killed on the way: time against two that live", "target": None,
                          "value": round(killed["wall_s"] / both["wall_s"], 2), "peer_value": both["wall_s"],
                          "hosts": killed["hosts"], "equal": killed["checksum"] == one["checksum"]}  # fmt: skip


def _gain(name: str, one: dict[str, Any], two: dict[str, Any], base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    told = base | {"equal": one["checksum"] == two["checksum"], "hosts": two["hosts"]}
    yield told | {"name": f"{name}, two against one: by the clock", "value": round(one["wall_s"] / two["wall_s"], 2),
                  "peer_value": one["wall_s"]}  # fmt: skip
    yield told | {"name": f"{name}, two against one: work of a core (1 is no loss)", "target": TARGET / 2,
                  "value": round(one["tasks_cpu_s"] / two["tasks_cpu_s"], 2), "peer_value": one["tasks_cpu_s"]}  # fmt: skip


def _folded(engine: str, folder: Path, told: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    from vigie.engine import Plan, open_engine

    with tempfile.TemporaryDirectory(dir=folder) as out:
        plan = Plan(DECLARED, sorted(folder.glob("log-*.parquet")), Path(out) / "plan")
        with open_engine(engine) as opened:
            began = time.perf_counter()
            done = plan.run(opened, told)
            wall = time.perf_counter() - began
        by_host = {host: sum(one.host == host for one in done) for host in sorted({one.host for one in done})}
        if len({one.process for one in done}) < opened.cores:
            raise AssertionError(f"{engine}: not all workers had work")
        return {"wall_s": round(wall, 1), "tasks_cpu_s": round(sum(one.cpu_s for one in done), 1), "hosts": by_host,
                "checksum": checksum(plan.results)}  # fmt: skip


def _able() -> bool:
    from tests.golden.test_golden_hosts import able

    return able()


def _clustered(folder: Path, workers: int, dies: bool) -> dict[str, Any]:
    """Fold on a scheduler and as many hosts as workers; where one dies, the rest is done by the other."""
    from distributed import Client
    from tests.golden.test_golden_hosts import HOSTS, HUB, PORT, hosts, kill, started

    scheduler = ("distributed.cli.dask_scheduler", "--host", f"{HUB}.2", "--port", str(PORT), "--no-dashboard")
    worker = ("distributed.cli.dask_worker", f"tcp://{HUB}.2:{PORT}", "--nworkers", "1", "--nthreads", "1",
              "--no-dashboard", "--no-nanny")  # fmt: skip
    with hosts(), started(HOSTS[0], *scheduler), ExitStack() as stack:
        ran = [stack.enter_context(started(HOSTS[number], *worker)) for number in range(workers)]
        with Client(f"tcp://{HUB}.2:{PORT}", timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            client.run(__import__, "vigie.engine.plan")  # else the first to have loaded it does all there is
        dead: list[int] = []

        def heard(done: int, whole: int) -> None:
            if dies and done >= KILLED_AT * whole and not dead:
                dead.append(done)
                kill(ran[1])

        told = _folded(f"dask://{HUB}.2:{PORT}", folder, heard)
        if len(told["hosts"]) != workers or bool(dead) != dies:
            raise AssertionError(f"ran on {told['hosts']}, killed after {dead}")
        return told


def main() -> int:
    """Print one line a figure; 1 where a result differs."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else None
    told = []
    for line in figures(20261122, True, rows):
        print(json.dumps(line), flush=True)
        told.append(line["equal"])
    return int(not all(told))


if __name__ == "__main__":
    sys.exit(main())
