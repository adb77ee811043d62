"""Many processes and threads on one store; one of them killed at any moment."""

import os
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

import pytest
from tests.store_values import a_look, an_item
from tests.three_stores import Opener

from vigie.store import Store, open_store
from vigie.terms import Moment

_SRC = Path(__file__).resolve().parents[2]
_WRITER = """
import sys
from pathlib import Path
from tests.store_values import a_look, an_entry, an_item
from vigie.store import open_store
store = open_store(sys.argv[1], Path(sys.argv[2]))
with store.take_sequencer():
    number = 0
    while True:
        bodies = [f"{number + each}".encode() for each in range(20)]
        with store.transaction():
            receipts = store.inbox.add([an_item(body) for body in bodies])
            store.log.append([an_entry(store.log.last() + 1 + place, r.id, b) for place, (r, b)
                              in enumerate(zip(receipts, bodies))])
            store.trail.keep(a_look(n=number))
        print(number, flush=True)  # acknowledged
        number += 20
"""


def child(code: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{_SRC}/src:{_SRC}"}
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("kill_after", [1, 3, 8])
def test_kill_9_loses_nothing_acknowledged(lasting_url: str, opened: Opener, key_file: Path, kill_after: int) -> None:
    opened().close()
    writer = child(_WRITER, lasting_url, str(key_file))
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(kill_after)]
    time.sleep(kill_after / 1000)
    writer.send_signal(signal.SIGKILL)
    told += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    with open_store(lasting_url, key_file) as store:
        acknowledged = [f"{number}".encode() for number in range(told[-1] + 20)]
        assert store.inbox.known([sha256(body).hexdigest() for body in acknowledged]) == {
            sha256(body).hexdigest() for body in acknowledged}  # fmt: skip
        kept = store.inbox.take(1_000_000)
        assert [item.body for item in kept][: len(acknowledged)] == acknowledged
        assert len(kept) % 20 == 0  # a batch is there as a whole or not at all
        told_log = store.log.verify()
        assert (told_log.broken, told_log.count) == (None, len(kept))
        assert store.trail.verify().broken is None
        assert store.inbox.add([an_item(b"0")])[0].known
        lock = None
        for _ in range(100):  # the kernel, or the server, lets go of the dead one's lock
            lock = lock or store.take_sequencer()
            time.sleep(0 if lock else 0.05)
        assert lock is not None
        lock.release()






def test_threads_hand_in_side_by_side(store: Store) -> None:
    def hand_in(name: int) -> None:
        for number in range(20):
            store.inbox.add([an_item(f"{name}-{number}".encode()), an_item(f"both-{number}".encode())])
            store.trail.keep(a_look(n=number))
            store.inbox.waiting()

    threads = [threading.Thread(target=hand_in, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.inbox.waiting() == 100
    assert store.trail.verify().count == 80
    assert [item.id for item in store.inbox.take(200)] == sorted(item.id for item in store.inbox.take(200))


def test_a_list_sees_one_snapshot_and_never_waits(store: Store, url: str) -> None:
    if url == "sqlite://":
        pytest.skip("in memory a reader waits its turn")
    store.inbox.add([an_item(b"1")])
    with store.reading():
        assert store.inbox.waiting() == 1
        writer = threading.Thread(target=lambda: store.inbox.add([an_item(b"2")]))
        writer.start()
        writer.join(10)
        assert not writer.is_alive()
        assert store.inbox.waiting() == 1
    assert store.inbox.waiting() == 2


_WORKER = """
import sys
from pathlib import Path
from vigie.store import open_store
store = open_store(sys.argv[1], Path(sys.argv[2]))
done = 0
while jobs := store.outbox.claim("count", 3, 10**9, 1):
    done += store.outbox.done([job.id for job in jobs])
print(done)
"""


def test_two_workers_share_the_jobs(lasting_url: str, opened: Opener, key_file: Path) -> None:
    store = opened()
    with store.transaction():
        for number in range(60):
            store.outbox.put("count", b"%d" % number, Moment(0))
    workers = [child(_WORKER, lasting_url, str(key_file)) for _ in range(2)]
    counts = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(counts) == 60
    assert store.outbox.waiting("count") == 0
