"""NATS JetStream between two servers, forced to the disk on both (`sync_interval: always`), as two of our nodes are measured.

Run by the peers' own Python: `jetstream.py SERVER FOLDER SECONDS`; prints one JSON object. A message of our size is published
into a stream of the hub; a stream of the leaf sources it; the moment counts when a consumer of the leaf's stream has it.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import nats
from nats.js.api import ConsumerConfig, DeliverPolicy, ExternalStream, StreamConfig, StreamSource

RATE = 100
BODY = b"x" * 1_600  # bytes of one of our entries
HUB = "port: %d\njetstream { store_dir: %s, domain: hub, sync_interval: always }\nleafnodes { port: %d }\n"
LEAF = "port: %d\njetstream { store_dir: %s, domain: leaf, sync_interval: always }\n" \
    'leafnodes { remotes: [ { url: "nats://127.0.0.1:%d" } ] }\n'  # fmt: skip


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def _connected(port: int) -> nats.NATS:
    for _ in range(100):
        try:
            return await nats.connect(f"nats://127.0.0.1:{port}", connect_timeout=1, allow_reconnect=False)
        except (OSError, nats.errors.Error):
            await asyncio.sleep(0.1)
    raise TimeoutError


async def measured(hub: int, leaf: int, seconds: float) -> dict[str, float]:
    """Milliseconds from publishing on one server until the other one's stream has it, and messages a second at once."""
    here, there = await _connected(hub), await _connected(leaf)
    ours, theirs = here.jetstream(domain="hub"), there.jetstream(domain="leaf")
    await ours.add_stream(StreamConfig(name="told", subjects=["told"]))
    away = ExternalStream(api="$JS.hub.API", deliver="deliver.leaf")
    await theirs.add_stream(StreamConfig(name="heard", sources=[StreamSource(name="told", external=away)]))
    seen: list[float] = []

    async def take(message: object) -> None:
        seen.append(time.monotonic())

    config = ConsumerConfig(deliver_policy=DeliverPolicy.ALL)
    await theirs.subscribe("told", stream="heard", cb=take, config=config, ordered_consumer=True)

    async def until(count: int) -> None:
        end = time.monotonic() + 60
        while len(seen) < count:
            assert time.monotonic() < end, (len(seen), count)
            await asyncio.sleep(0.002)

    for number in range(20):
        await ours.publish("told", BODY)
        await until(number + 1)
    count, called = int(seconds * RATE), []
    start = time.monotonic() + 0.1
    for number in range(count):
        await asyncio.sleep(max(0.0, start + number / RATE - time.monotonic()))
        called.append(time.monotonic())
        await ours.publish("told", BODY)
    await until(20 + count)
    waits = sorted((when - begun) * 1e3 for begun, when in zip(called, seen[20:], strict=True))
    many, begun = 2_000, time.monotonic()
    for first in range(0, many, 100):
        await asyncio.gather(*(ours.publish("told", BODY) for _ in range(first, first + 100)))
    await until(20 + count + many)
    rate = many / (seen[-1] - begun)
    await here.close()
    await there.close()
    return {"p50": waits[len(waits) // 2], "p99": waits[int(len(waits) * 0.99)], "rate": rate, "n": count}


def main(server: str, folder: str, seconds: str) -> None:
    """Start both, measure, print."""
    hub, leaf, link = _free(), _free(), _free()
    texts = {"hub": HUB % (hub, f"{folder}/hub", link), "leaf": LEAF % (leaf, f"{folder}/leaf", link)}
    started = []
    try:
        for name, text in texts.items():
            (Path(folder) / f"{name}.conf").write_text(text)
            started.append(subprocess.Popen([server, "-c", f"{folder}/{name}.conf"], stderr=subprocess.DEVNULL))
            time.sleep(0.5)
        print(json.dumps(asyncio.run(measured(hub, leaf, float(seconds)))))
    finally:
        for one in started:
            one.terminate()
            one.wait(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
