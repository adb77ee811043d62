"""The three nodes of the demonstration at rest: what all processes of each hold, a page they share counted in parts."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

RESTED_S = 60
"""Seconds after the link: the partners serve, and scans that came were read."""
OWN, PARTNERS = "be-customs", ("nl-customs", "br-gateway")


def nodes_at_rest(seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """Megabytes of each node a minute after its first and after a later start; at the first, scans are made and read."""
    home = Path(tempfile.mkdtemp(prefix="vigie-nodes-"))
    shutil.rmtree(home)
    try:
        return _started(home, seed), _started(home, seed)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _started(home: Path, seed: int) -> dict[str, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = [sys.executable, "-m", "vigie", "demo", "--home", str(home), "--port", str(port), "--seed", str(seed % 1000)]
    child = subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert child.stdout is not None
        assert any(re.search(r"http://\S+/sign-in/\S+", line) for line in child.stdout)
        time.sleep(RESTED_S)
        return _held(psutil.Process(child.pid))
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)


def _held(own: psutil.Process) -> dict[str, float]:
    """Megabytes by node: each partner is a process with children of its own, the rest is the port's."""
    held = dict.fromkeys((OWN, *PARTNERS), 0.0)

    def add(process: psutil.Process, node: str) -> None:
        held[node] += process.memory_full_info().pss / 1e6
        for each in process.children():
            if each.status() == psutil.STATUS_ZOMBIE:
                continue  # ended, and not yet asked for by its parent: it holds nothing
            line = " ".join(each.cmdline())
            add(each, next((one for one in PARTNERS if f'"node":"{one}"' in line), node))

    add(own, OWN)
    return held
