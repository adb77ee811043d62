"""Live news: one thread waits for the node, every listener hears, and nobody hears a box's own data."""

import asyncio
import threading

from tests.console.browsing import Client

from vigie.console.live import Pulse, message


class Ticking:
    """A counter that another thread moves, waited for as the node is."""

    def __init__(self) -> None:
        self.count = 0
        self.waiting = 0
        self.most = 0
        self._moved = threading.Condition()

    def changed(self, after: int, timeout_s: float) -> int:
        """Wait until the counter is past `after`."""
        with self._moved:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            self._moved.wait_for(lambda: self.count > after, min(timeout_s, 0.05))
            self.waiting -= 1
            return self.count

    def move(self) -> None:
        """Let something change."""
        with self._moved:
            self.count += 1
            self._moved.notify_all()


async def hear(pulse: Pulse, found: list[int]) -> None:
    async for since in pulse.changes():
        if since:
            found.append(since)
            return


def test_every_listener_hears_and_one_thread_waits() -> None:
    node = Ticking()

    async def listen() -> list[list[int]]:
        pulse = Pulse(node)  # type: ignore[arg-type]
        heard: list[list[int]] = [[] for _ in range(20)]
        tasks = [asyncio.create_task(hear(pulse, found)) for found in heard]
        await asyncio.sleep(0.1)
        node.move()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)
        return heard

    heard = asyncio.run(listen())
    assert heard == [[1]] * 20
    assert node.most == 1


def test_a_message_is_one_line_of_json() -> None:
    assert message(kind="changed", visits=2) == b'data: {"kind":"changed","visits":2}\n\n'


def test_a_stranger_gets_no_stream_and_is_told_not_to_ask_again(stranger: Client) -> None:
    assert stranger.get("/events").status_code == 204
