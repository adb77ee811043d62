"""A child process that reads and judges while the sequencer writes: the second core of a laptop.

It is started when a full batch waits and ends when nothing has waited for a while, so an idle node does not pay for it.
A child that dies costs time and nothing else: what it had in hand is done here.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Any

import msgspec
import structlog

import vigie
from vigie.arrivals import Reading
from vigie.desk.helping import Ask, Assesses, Made, made_of, pack_ask, unpack_reading
from vigie.node.mate import JUDGE, READ, RULES, WARM, framed, read_frame
from vigie.terms import InboxItem, Moment

FEWEST = 100
"""Boxes from which on most of them are sent to the child: fewer are judged before it has answered."""

SHARE_PERCENT = 80
"""So many of the boxes are judged by the child: it is through with them when the sequencer has written the rest."""

_PORTION = 250  # parts read in one question: some tens of milliseconds
_answer = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw])
_readings = msgspec.msgpack.Decoder(list[bytes | None])
_made = msgspec.msgpack.Decoder(list[tuple[int, str, bool, int, tuple[str, ...], str, bytes]])


class Mate:
    """One child process and the questions it has not answered yet.

    Args:
        at: Moment whose rules are in force.
    """

    def __init__(self, at: Moment) -> None:
        own = os.environ | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "vigie.node.mate", str(at)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=own
        )
        self._news = Condition()
        self._answers: dict[int, bytes] = {}
        self._questions: SimpleQueue[bytes | None] = SimpleQueue()
        self._asked = self._judging = self._dropped = 0
        self._gone = False
        self._rules: bytes | None = None
        self._ahead: dict[str, tuple[int, int]] = {}
        self._read: dict[int, list[bytes | None]] = {}
        self._listener = Thread(target=self._listen, name="mate", daemon=True)
        self._listener.start()
        self._speaker = Thread(target=self._speak, name="mate-questions", daemon=True)
        self._speaker.start()
        self._warm = self._ask(WARM, [])

    def _speak(self) -> None:
        """Send questions: a pipe takes 64 KiB and then waits for the child, which the sequencer must not."""
        stream = self._child.stdin
        while stream is not None and (question := self._questions.get()) is not None:
            try:
                stream.write(question)
                stream.flush()
            except (OSError, ValueError):
                return  # the child is gone, and its listener says so

    def _listen(self) -> None:
        stream = self._child.stdout
        while stream is not None and (frame := read_frame(stream)) is not None:
            number, answer = _answer.decode(frame)
            with self._news:
                if number != self._dropped:
                    self._answers[number] = bytes(answer)
                self._news.notify_all()
        with self._news:
            self._gone = True
            self._news.notify_all()

    def _ask(self, kind: str, payload: Any) -> int:
        self._asked += 1
        self._questions.put(framed((self._asked, kind, payload)))
        return self._asked

    def _answered(self, number: int) -> bytes | None:
        """Wait for an answer; None where the child is gone: then the work is done here."""
        with self._news:
            self._news.wait_for(lambda: number in self._answers or self._gone)
            found = self._answers.pop(number, None)
        if found is None:
            structlog.get_logger().warning("mate.gone", code=self._child.poll())
        return found

    def _is_ready(self) -> bool:
        return self._warm in self._answers and not self._gone

    def read_ahead(self, items: Sequence[InboxItem]) -> None:
        """Begin to read items that come next."""
        wanted = [item for item in items if item.kind == "part" and item.digest not in self._ahead]
        for start in range(0, len(wanted) if self._is_ready() else 0, _PORTION):
            portion = wanted[start : start + _PORTION]
            number = self._ask(READ, [item.body for item in portion])
            self._ahead.update((item.digest, (number, place)) for place, item in enumerate(portion))

    def readings(self, items: Sequence[InboxItem]) -> dict[str, Reading]:
        """The readings of items that were read ahead, by digest; the others are left out."""
        found: dict[str, Reading] = {}
        for item in items:
            number, place = self._ahead.pop(item.digest, (0, 0))
            if not number:
                continue
            if number not in self._read:
                told = self._answered(number)
                self._read = {number: _readings.decode(told) if told is not None else []}
            portion = self._read[number]
            packed = portion[place] if portion else None
            if packed is not None:
                found[item.digest] = unpack_reading(packed)
        return found

    def judge(self, asked: Sequence[Ask], rules: Assesses) -> list[Made]:
        """Judge boxes, most of them in the child; in the order asked."""
        return self.begin_judging(asked, rules)()

    def begin_judging(self, asked: Sequence[Ask], rules: Assesses) -> Callable[[], list[Made]]:
        """Let the child judge most boxes while the caller writes; the rest is judged when the answer is asked for."""
        if len(asked) < FEWEST or not self._is_ready():
            return lambda: [made_of(ask, rules) for ask in asked]
        there = len(asked) * SHARE_PERCENT // 100
        self._drop(self._judging)
        self._renew(rules)
        self._judging = number = self._ask(JUDGE, [pack_ask(ask) for ask in asked[:there]])

        def answer() -> list[Made]:
            here = [made_of(ask, rules) for ask in asked[there:]]
            told = self._answered(number)
            if told is None:
                return [made_of(ask, rules) for ask in asked[:there]] + here
            return [Made(*fields) for fields in _made.decode(told)] + here

        return answer

    def _renew(self, rules: Assesses) -> None:
        """Send the rules when they have changed: the child answers in order, so what is asked next goes by them."""
        packed = rules.packed()
        if packed is not self._rules:
            self._rules = packed
            self._ask(RULES, packed)

    def _drop(self, number: int) -> None:
        """Forget a question whose answer nobody fetched: its batch failed."""
        with self._news:
            self._dropped = number
            self._answers.pop(number, None)

    def close(self) -> None:
        """End the child."""
        self._child.terminate()
        self._child.wait()
        self._questions.put(None)
        self._listener.join()
        self._speaker.join()
        if self._child.stdin is not None:
            try:
                self._child.stdin.close()
            except OSError:  # what was not sent any more
                structlog.get_logger().debug("mate.ended")
        if self._child.stdout is not None:
            self._child.stdout.close()
