"""The simulated port as a user starts it: time to the link, memory at rest, size and time of the risk list.

The peer is a bare Starlette application under uvicorn: what any page served this way costs at least.
"""

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx
import psutil

COMMAND = "python -m benchmarks --only service"
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
uvicorn.run(Starlette(routes=[Route("/", lambda r: PlainTextResponse("x" * 25000))]), port=int(sys.argv[1]), log_config=None)
"""


def figures(seed: int, quick: bool):
    """Start the demonstration cold and warm, and ask it for its list."""
    home = Path(tempfile.mkdtemp(prefix="vigie-demo-"))
    shutil.rmtree(home)
    try:
        cold, first = _started(home, seed, lambda base, link, child: _rested(child, quick))
        warm, (rest, size, list_ms) = _started(home, seed, lambda base, link, child: _seen(base, link, child, quick))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    bare_mb, bare_ms = _bare(quick)

    def row(name, value, unit, target, peer, peer_value, n):
        return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "peer": peer,
                "peer_value": round(peer_value, 2) if peer_value is not None else None,
                "ratio": round(value / peer_value, 2) if peer_value else None, "n": n, "low": None, "high": None, "seed": seed,
                "command": COMMAND}

    peer = "bare Starlette under uvicorn"
    return [
        row("demo, cold: from nothing to the link (packages installed)", cold, "s", "<= 90 with packages", "none", None, 1),
        row("demo, warm: to the link", warm, "s", "<= 15", "none", None, 1),
        row("memory of all processes at rest, a minute of feed behind them, first start", first, "MB", "<= 150", peer, bare_mb, 1),
        row("memory of all processes at rest, a minute of feed behind them, later start", rest, "MB", "<= 150", peer, bare_mb, 1),
        row("risk list, 50 rows, one page as sent (Brotli or gzip)", size / 1000, "KB", "<= 25 with all it loads", peer, 25.0, 1),
        row("risk list, time of one answer", list_ms, "ms", "server-side sort <= 100", peer, bare_ms, 20 if quick else 200),
    ]


def _started(home, seed, look):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "vigie", "demo", "--home", str(home), "--port", str(port), "--seed", str(seed % 1000)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        for line in child.stdout:
            if found := re.search(r"(http://\S+)/sign-in/\S+", line):
                waited = time.perf_counter() - begun
                return waited, look(found.group(1), found.group(0), child)
        raise RuntimeError("the demonstration ended before it was ready")
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(30)
        child.stdout.close()


def _rested(child, quick):
    """Megabytes of all processes (a page that two of them share counts twice) after some feed."""
    time.sleep(20 if quick else 60)
    process = psutil.Process(child.pid)
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e6


def _seen(base, link, child, quick):
    rest = _rested(child, quick)
    with httpx.Client(base_url=base, headers={"Origin": base, "Sec-Fetch-Site": "same-origin"}, follow_redirects=True) as web:
        web.post(link)
        times, size = [], 0
        for _ in range(20 if quick else 200):
            begun = time.perf_counter()
            answer = web.get("/arrivals")
            times.append((time.perf_counter() - begun) * 1000)
            size = int(answer.headers.get("content-length", 0)) or len(answer.content)
            assert answer.status_code == 200
            assert 'action="/sign-in' not in answer.text
    return rest, size, median(times)


def _bare(quick):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen([sys.executable, "-c", BARE, str(port)])
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        times = []
        with httpx.Client() as web:
            for _ in range(20 if quick else 200):
                begun = time.perf_counter()
                web.get(f"http://127.0.0.1:{port}/")
                times.append((time.perf_counter() - begun) * 1000)
        return psutil.Process(child.pid).memory_info().rss / 1e6, median(times)
    finally:
        child.terminate()
        child.wait(10)
