"""TAXII over HTTP on this machine: all objects polled page by page, and a poll that brings nothing.

Beside it medallion (the reference server of OASIS, in memory) and OpenTAXII (on SQLite) are asked the same in the same way, where
the peers' environment is there: `python -m benchmarks.peers FOLDER`, then `BENCHMARK_PEERS=FOLDER`. medallion takes longer for each
object the more there are: it is shown few.
"""

import json
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import uvicorn
from benchmarks.speed._exchange_peer import OFFICER
from benchmarks.speed._peers import ABSENT, beside
from benchmarks.speed.exchange_wire import ME, OTHER, THINGS
from starlette.applications import Starlette
from starlette.routing import Mount

from vigie.api.taxii import create_taxii
from vigie.app.service import bound
from vigie.desk import exchange_federation as joining
from vigie.desk.exchange_taxii import give_token
from vigie.desk.exchange_telling_many import send_many
from vigie.exchange import Agreement, Desk, HandlingCode, Marking, Member, Signer, Source, Subjects
from vigie.node import Node, Settings, WallClock, build
from vigie.terms import DAY, Handling, Moment, Purpose

COMMAND = "python -m benchmarks.speed.exchange_taxii"
PEERS = (("medallion", 500), ("opentaxii", 3_000))  # objects: some seconds of each
PAGE = 10_000


def joined(node: Node) -> Marking:
    """Let the node join a federation with one partner; gives a marking for it."""
    now = node.now()
    holders = [Signer(bytes([number]) * 32) for number in (1, 2, 3)]
    root, empty = joining.found("bench", holders, now)
    agreement = Agreement("be-nl", ME, OTHER, (Purpose.TARGETING,), Handling.AMBER, tuple(HandlingCode), tuple(Subjects),
                          Moment(now - DAY), Moment(now + 99 * DAY), quota=10_000_000)  # fmt: skip
    cards = [joining.card(OFFICER, ME, ME, "be", node), Member(OTHER, OTHER, "NL", {})]
    joining.take(OFFICER, root, joining.renew(root, empty, holders, now, cards, [agreement]), node)
    return Marking(Handling.AMBER, HandlingCode.H0, Source.A, 1, ME, (OTHER,), (Desk.TARGETING,), Purpose.TARGETING, "bench",
                   "none", Subjects.NONE, Moment(now + 30 * DAY))  # fmt: skip


class Client:
    """Asks as a client of TAXII does, and reads nothing but what it needs to go on."""

    def __init__(self, port: int, token: str) -> None:
        self._line, self._headers = HTTPConnection("127.0.0.1", port), {"Authorization": f"Bearer {token}"}
        root = json.loads(self.get("/taxii2/")[0])["api_roots"][0].partition("/taxii2/")[2]
        self.base = f"/taxii2/{root}collections/"
        self.base += json.loads(self.get(self.base)[0])["collections"][0]["id"] + "/objects/"

    def get(self, path: str) -> tuple[bytes, str]:
        """A page, and the moment of its last object."""
        self._line.request("GET", path, headers=self._headers)
        answer = self._line.getresponse()
        return answer.read(), answer.getheader("X-TAXII-Date-Added-Last") or ""


def poll(client: Client) -> tuple[int, int, str]:
    """Poll everything: objects, bytes, the last moment."""
    after, objects, size, last = "", 0, 0, ""
    while True:
        raw, last = client.get(f"{client.base}?limit={PAGE}" + (f"&next={after}" if after else ""))
        told = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        objects += len(msgspec.json.decode(told.get("objects", b"[]"), type=list[msgspec.Raw]))
        size += len(raw)
        if bytes(told.get("more", b"")) != b"true":
            return objects, size, last
        after = json.loads(bytes(told["next"]))


def figures(seed: int, quick: bool = True) -> list[dict[str, Any]]:
    """All figures of TAXII."""
    things = 20_000 if quick else 334_000  # three objects each: a million
    with TemporaryDirectory() as folder, build(Settings(home=Path(folder), log_level="error"), WallClock()) as node, bound("127.0.0.1", 0) as where:
        marking = joined(node)
        for _ in range(things // 500):
            send_many(OFFICER, [(THINGS[number % 2], marking) for number in range(500)], node)
        app = Starlette(routes=[Mount("/taxii2", create_taxii(node))])
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [where]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        client = Client(where.getsockname()[1], give_token(OFFICER, OTHER, node))
        rates, costs, last, count = [], [], "", 0
        for _ in range(3):
            begun, cpu = time.perf_counter(), time.process_time()
            count, size, last = poll(client)
            rates.append(count / (time.perf_counter() - begun))
            costs.append((time.process_time() - cpu) / count * 1e6)
        waits, cpus = [], []
        for _ in range(300):
            begun, cpu = time.perf_counter(), time.process_time()
            assert client.get(f"{client.base}?added_after={last}")[0] == b"{}"
            waits.append((time.perf_counter() - begun) * 1e3)
            cpus.append((time.process_time() - cpu) * 1e3)
        server.should_exit = True
        thread.join(10)
    theirs = [(name, beside("taxii.py", name, str(few), "{folder}")) for name, few in PEERS]
    polled = [(f"{name}, {told['objects']} objects", told["polled"]) for name, told in theirs if told is not None]
    empty = [(f"{name}, {told['objects']} objects", told["empty_ms"]) for name, told in theirs if told is not None]
    rows = [
        (f"all of {count} objects polled", rates, "objects/s", 100_000.0, polled),
        (f"CPU of an object polled, server and client, {size // count} bytes", costs, "us of CPU", None, []),
        (f"a poll that brings nothing, at {count} objects", waits, "ms", 2.0, empty),
        (f"CPU of a poll that brings nothing, at {count} objects", cpus, "ms of CPU", None, []),
    ]
    return [_figure(*row, seed, peer) for row in rows for peer in row[4] or [(ABSENT if row[3] else "none", None)]]


def _figure(name: str, told: list[float], unit: str, target: float | None, peers: object, seed: int,
            peer: tuple[str, float | None]) -> dict[str, Any]:  # fmt: skip
    value = median(told)
    return {"name": name, "value": round(value, 3), "unit": unit, "target": target, "peer": peer[0],
            "peer_value": peer[1] and round(peer[1], 3), "ratio": round(value / peer[1], 5) if peer[1] else None, "n": len(told),
            "low": round(min(told), 3), "high": round(max(told), 3), "seed": seed, "command": COMMAND}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(figures(0, quick="--long" not in sys.argv), indent=1))
