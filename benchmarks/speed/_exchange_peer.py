"""The other node of the figures of the wire, a process of its own: joins, listens, and says when what became visible.

Its first argument is its home; the second a file with root and federation to take in. It prints its card, then its port,
and at the end of its input for each size of the partner's log that it had the moment (monotonic, shared by all processes).
"""

import json
import sys
import threading
import time
from pathlib import Path

from vigie.api.exchange_listener import Listener
from vigie.desk import exchange_federation as joining
from vigie.node import Settings, WallClock, build
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role

OFFICER = Officer(OfficerId("bench"), "bench", tuple(Role), Handling.RED, tuple(Purpose))


def main(home: str, name: str, port: str, partner: str) -> None:
    """Join, listen, and tell what came."""
    settings = Settings(home=Path(home), log_level="error", exchange_port=int(port))
    with build(settings, WallClock()) as node:
        card = joining.card(OFFICER, name, name, name[:2], node, address=settings.exchange_address)
        print(json.dumps({"id": card.id, "keys": card.keys, "address": card.address, "certificate": card.certificate}), flush=True)
        root, told = json.loads(sys.stdin.readline())
        joining.take(OFFICER, root.encode(), told.encode(), node)
        node.checkpoints.start()
        node.couriers.start()
        listener = Listener(node, "127.0.0.1", int(port))
        listener.start()
        print("ready", flush=True)
        seen: list[tuple[int, float]] = []
        over = threading.Event()

        def watch() -> None:
            count = -1
            while not over.is_set():
                count = node.stirring.wait(count, 0.5)
                seen.append((node.store.exchange.upto(partner), time.monotonic()))

        watcher = threading.Thread(target=watch)
        watcher.start()
        for line in sys.stdin:
            if line.strip() == "seen":
                print(json.dumps(seen), flush=True)
                seen.clear()
            elif line.strip() == "upto":
                print(node.store.exchange.upto(partner), flush=True)
            elif line.strip() == "cpu":
                print(time.process_time(), flush=True)
        over.set()
        node.stir()
        watcher.join()
        listener.stop()
        node.couriers.stop()
        node.checkpoints.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
