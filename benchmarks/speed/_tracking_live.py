"""Events as they come: a node process of its own on the loopback takes messages at a steady pace; when is each seen?

An event is seen when `GET /arrivals/{number}` tells of it: stored, tracked, and the box judged again by it. The answer to
the message itself is given at that moment, so the times are those of the answers, and every fiftieth event is looked up.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from statistics import quantiles

import httpx
import msgspec

from vigie.arrivals import Movement, write_dcsa_events
from vigie.terms import HOUR, Moment, check_digit

COMMAND = "python -m benchmarks --only tracking"
PACE, TARGET_S = 200, 1.0
"""Events a second, and the share of ninety-five in a hundred that must be seen in so many seconds. Source: issue 7."""

SENDERS = 16
"""Connections. Source: own; as many systems that push what happens, each waiting for its answer."""

BOXES = 4000
LOOKED_UP = 50
_ROOT = Path(__file__).parents[2]
_CODES = ("GTIN", "LOAD", "DISC", "INSP", "GTOT")


@contextmanager
def a_service() -> Iterator[httpx.Client]:
    """A node process with its web service and sequencer, and a client that is signed in."""
    home = Path(tempfile.mkdtemp(prefix="vigie-live-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT / "src"), "VIGIE_HOME": str(home), "VIGIE_SITES": "BEANR",
           "VIGIE_LANGUAGE": "en", "VIGIE_PORT": str(port), "VIGIE_LOG_LEVEL": "error"}
    vigie = [sys.executable, "-u", "-m", "vigie"]
    child = subprocess.Popen([*vigie, "serve"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert child.stdout is not None
        assert "listens on" in child.stdout.readline()
        made = subprocess.run([*vigie, "officers", "add", "feed", "--role", "targeting-officer", "--role", "supervisor", "--purpose",
                               "targeting", "--json"], env=env, capture_output=True, text=True, check=True, timeout=60)
        link = msgspec.json.decode(made.stdout.splitlines()[-1])["address"].rpartition(":")[2].partition("/")[2]
        base = f"http://127.0.0.1:{port}"
        limits = httpx.Limits(max_connections=SENDERS + 2, max_keepalive_connections=SENDERS + 2)
        with httpx.Client(base_url=base, timeout=60, headers={"origin": base}, limits=limits) as client:
            assert client.post(f"/{link}").status_code == 303
            yield client
    finally:
        child.terminate()
        child.communicate(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def number_of(serial: int) -> str:
    """A container number that checks."""
    ten = f"SIMU{serial:06d}"
    return f"{ten}{check_digit(ten)}"


def message(serial: int, begun: Moment) -> tuple[str, bytes]:
    """The next event of a box, as a carrier pushes it."""
    box, turn = number_of(serial % BOXES), serial // BOXES
    code = _CODES[turn % len(_CODES)]
    at = Moment(begun + turn * HOUR)
    place = "BEANR" if turn else "NLRTM"
    return box, write_dcsa_events([Movement(f"E{serial}", code, container=box, at=at, recorded_at=at, place=place, facility="SIM1")], "SIM")


def paced(client: httpx.Client, seconds: float, pace: int, events: int = 1) -> dict[str, object]:
    """Send at a pace whatever the answers do; a message that waits for a free connection waits in the count.

    Args:
        pace: Messages a second. events: Of one message (of boxes of their own).

    Returns:
        waits: Seconds from the moment each message was due to its answer. unseen: Of those looked up, not told of.
        late: Seconds by which the last was answered after all had been due.
    """
    begun, count = Moment(1_767_225_600_000_000), round(seconds * pace)
    due: SimpleQueue[tuple[float, str, bytes] | None] = SimpleQueue()
    waits: list[float] = []
    unseen: list[str] = []
    threads = [threading.Thread(target=_send, args=(client, due, waits, unseen)) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    start = time.perf_counter()
    for n in range(count):
        made = [message(n * events + each, begun) for each in range(events)]
        body = made[0][1] if events == 1 else _joined([one for _, one in made])
        at = start + n / pace
        time.sleep(max(0.0, at - time.perf_counter()))
        due.put((at, made[0][0] if n % LOOKED_UP == 0 else "", body))
    over = time.perf_counter()
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return {"waits": sorted(waits), "unseen": unseen, "late": time.perf_counter() - over, "sent": count * events}


def _joined(bodies: list[bytes]) -> bytes:
    events = [event for body in bodies for event in msgspec.json.decode(body)["events"]]
    return msgspec.json.encode({"events": events})


def _send(client: httpx.Client, due: "SimpleQueue[tuple[float, str, bytes] | None]", waits: list[float], unseen: list[str]) -> None:
    while (one := due.get()) is not None:
        at, looked_up, body = one
        answer = client.post("/api/v1/arrivals/messages", content=body)
        waits.append(time.perf_counter() - at)
        if answer.status_code != 200:
            unseen.append(f"{answer.status_code}")
        elif looked_up:
            told = client.get(f"/api/v1/arrivals/{looked_up}")
            name = msgspec.json.decode(body)["events"][0]["eventID"]
            if told.status_code != 200 or name not in told.text:
                unseen.append(looked_up)


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """One event a message, and ten: what is due is sent, whether or not the node keeps up."""
    seconds, told = 20.0 if quick else 60.0, []
    for events in (1, 10):
        with a_service() as client:
            paced(client, 3, 20)  # a node that has just started imports and compiles
            run = paced(client, seconds, PACE // events, events)
        waits = run["waits"]
        cut = quantiles(waits, n=100)  # type: ignore[type-var]
        assert not run["unseen"], run["unseen"][:5]  # type: ignore[index]
        told.append({
            "name": f"{PACE} events a second for {seconds:.0f} s, {events} a message: from due to stored, tracked, re-assessed, seen (p95; low: p50; high: p99)",
            "value": round(cut[94], 3), "unit": "s", "target": TARGET_S, "peer": None, "peer_value": None, "ratio": None,
            "n": run["sent"], "low": round(cut[49], 3), "high": round(cut[98], 3), "seed": seed, "command": COMMAND,
        })  # fmt: skip
    return told
