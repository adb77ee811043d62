"""The list of arrivals and a box's API, asked by several browsers at once: one process that serves, and two.

The peer of two processes is one, in the same run. On two cores the database and who asks take their share of both, so
the processor time of an answer stands beside. Answers are not counted in the first seconds.
"""

import gzip
import os
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from threading import Thread

import psutil
from tests.desk.port import BOB, a_consignment, manifest, numbers
from tests.postgres_cluster import cluster

from vigie.app.address import bound
from vigie.desk import arrivals, officers
from vigie.node import Settings, WallClock, build

COMMAND = "python -m benchmarks --only serving"
ROOT = Path(__file__).parents[2]
BOXES, BROWSERS, WARM_S, ROWS = 2_000, 8, 4.0, 50


def figures(seed: int, quick: bool):
    """Serve the same node with one process and with two."""
    with tempfile.TemporaryDirectory(prefix="vigie-serving-") as home, cluster(lasting=True) as url:
        token = _filled(Path(home), url)
        one, two = (_asked(home, url, token, workers, 15.0 if quick else 60.0) for workers in (1, 2))

    def row(name, value, unit, target, peer_value, n):
        return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "peer": "one process",
                "peer_value": None if peer_value is None else round(peer_value, 2),
                "ratio": round(value / peer_value, 2) if peer_value else None, "n": n, "low": None, "high": None, "seed": seed,
                "command": COMMAND}

    name = f"list of arrivals, {BROWSERS} browsers, PostgreSQL, {{}}"
    rows = []
    for workers, told, peer in (("one process", one, None), ("two processes", two, one)):
        def was(key, peer=peer):
            return None if peer is None else peer[key]

        rows += [
            row(name.format(f"{workers}: answers"), told["rate"], "1/s", "none set", was("rate"), told["n"]),
            row(name.format(f"{workers}: p50"), told["p50"], "ms", "none set", was("p50"), told["n"]),
            row(name.format(f"{workers}: p99"), told["p99"], "ms", "none set", was("p99"), told["n"]),
            row(name.format(f"{workers}: processor time of an answer, serving"), told["cpu"], "ms", "none set", was("cpu"), told["n"]),
            row(name.format(f"{workers}: memory of all that serve (USS)"), told["mb"], "MB", "none set", was("mb"), workers_of(workers)),
        ]
    rows.append(row(name.format("two processes: work done by the busier"), 100 * two["busier"], "%", "50", None, two["n"]))
    return rows


def workers_of(name):
    """How many processes a name says."""
    return 1 if name.startswith("one") else 2


def _filled(home, url):
    """A node with boxes and an officer who is signed in; gives the token."""
    with build(Settings(home=home, store=url, sites=("BEANR",), log_level="error"), WallClock()) as node:
        officers.add(None, BOB, node)
        boxes = numbers(BOXES)
        for start in range(0, BOXES, 500):
            body = manifest(*(a_consignment(f"B{box}", box) for box in boxes[start : start + 500]), number=start + 1)
            arrivals.take_in(BOB, [("ship", BytesIO(body))], node)
        return officers.sign_in(officers.link(None, BOB.id, node).token, node).token


def _asked(home, url, token, workers, seconds):
    with bound("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    env = os.environ | {"PYTHONPATH": "src", "VIGIE_HOME": home, "DATABASE_URL": url, "VIGIE_PORT": str(port), "VIGIE_SITES": "BEANR",
                        "VIGIE_EXCHANGE_PORT": "0", "VIGIE_LANGUAGE": "en", "VIGIE_LOG_LEVEL": "error", "VIGIE_NIGHTLY": "false"}
    child = subprocess.Popen([sys.executable, "-m", "vigie", "serve", "--workers", str(workers)], cwd=ROOT, env=env,
                             stdout=subprocess.PIPE, text=True)
    try:
        assert str(port) in child.stdout.readline()
        processes = [psutil.Process(child.pid), *psutil.Process(child.pid).children()]
        told: list[list[tuple[float, float]]] = [[] for _ in range(BROWSERS)]
        until = time.perf_counter() + WARM_S + seconds
        threads = [Thread(target=_browse, args=(port, token, until, told[place])) for place in range(BROWSERS)]
        for thread in threads:
            thread.start()
        time.sleep(WARM_S)
        begun, before = time.perf_counter(), _cpu(processes)
        for thread in threads:
            thread.join()
        passed, spent = time.perf_counter() - begun, [now - was for now, was in zip(_cpu(processes), before, strict=True)]
        mb = sum(process.memory_full_info().uss for process in processes) / 1e6
    finally:
        child.terminate()
        child.wait(60)
        child.stdout.close()
    times = sorted(took for each in told for at, took in each if at >= begun)
    assert len({len(each) > 0 for each in told}) == 1
    return {"n": len(times), "rate": len(times) / passed, "p50": times[len(times) // 2] * 1000, "mb": mb,
            "p99": times[len(times) * 99 // 100] * 1000, "cpu": sum(spent) / len(times) * 1000, "busier": max(spent) / sum(spent)}


def _cpu(processes):
    return [sum(process.cpu_times()[:2]) for process in processes]


def _browse(port, token, until, told):
    """One browser that asks again as soon as it was answered, on one connection."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"vigie={token}", "Accept-Encoding": "gzip"}
    while (begun := time.perf_counter()) < until:
        line.request("GET", "/arrivals", headers=headers)
        answer = line.getresponse()
        body = answer.read()
        told.append((begun, time.perf_counter() - begun))
        if len(told) == 1:
            assert gzip.decompress(body).count(b"data-row") >= ROWS, answer.status
    assert answer.status == 200
    line.close()
