"""A child process that reads and judges while the sequencer writes: the second core of a laptop.

It is started when a full batch waits and ends when nothing has waited for a while, so an idle node does not pay for it.
A child that dies costs time and nothing else: what it had in hand is done here.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Any

import msgspec
import structlog

import vigie
from vigie.arrivals import Reading
from vigie.desk.helping import Ask, Assesses, Here, Judges, Made, made_of, pack_ask, unpack_reading
from vigie.node.mate import JUDGE, READ, RULES, WARM, framed, read_frame
from vigie.terms import InboxItem, Moment

FEWEST = 100
"""Boxes from which on most of them are sent to the child: fewer are judged before it has answered."""

_PORTION = 250  # parts read in one question: some tens of milliseconds
_JUDGED = 64  # boxes judged in one question: about what a pipe holds, so that what is not begun yet can be taken back
_answer = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw])
_readings = msgspec.msgpack.Decoder(list[bytes | None])
_made = msgspec.msgpack.Decoder(list[tuple[int, str, bool, int, tuple[str, ...], str, bytes]])


class _Portion:
    """Boxes judged in one question. number: Of the question; 0 while it is not sent."""

    def __init__(self, asked: Sequence[Ask]) -> None:
        self.asked = asked
        self.number = 0


class _Shared:
    """Boxes of a batch that the child judges as far as it gets, and its parent the rest."""

    def __init__(self, mate: "Mate", rules: Assesses) -> None:
        self._mate, self._rules = mate, rules
        self._rest: list[Ask] = []
        self.portions: list[_Portion] = []
        self._waiting: deque[_Portion] = deque()

    def add(self, asked: Sequence[Ask]) -> None:
        """Give boxes to be judged."""
        self._rest += asked
        while len(self._rest) >= _JUDGED:
            self._send(_Portion(self._rest[:_JUDGED]))
            del self._rest[:_JUDGED]

    def _send(self, portion: _Portion) -> None:
        self.portions.append(portion)
        self._waiting.append(portion)
        self._mate.offer(self._waiting)

    def done(self) -> list[Made]:
        """Wait for all of them; in the order given."""
        here: dict[int, list[Made]] = {}
        last = [made_of(ask, self._rules) for ask in self._rest]
        while (portion := self._mate.taken_back(self._waiting)) is not None:
            here[id(portion)] = [made_of(ask, self._rules) for ask in portion.asked]
        judged: list[Made] = []
        for portion in self.portions:
            told = self._mate.answered(portion.number) if portion.number else None
            if told is not None:
                judged += [Made(*fields) for fields in _made.decode(told)]
            else:
                judged += here.get(id(portion)) or [made_of(ask, self._rules) for ask in portion.asked]
        self.portions.clear()
        return judged + last


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
        self._questions: SimpleQueue[bytes | deque[_Portion] | None] = SimpleQueue()
        self._numbers = count(1)
        self._judging: list[_Portion] = []
        self._dropped: set[int] = set()
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
            told = question if isinstance(question, bytes) else self._next_of(question)
            try:
                stream.write(told)
                stream.flush()
            except (OSError, ValueError):
                return  # the child is gone, and its listener says so

    def _next_of(self, waiting: "deque[_Portion]") -> bytes:
        """The question of the first boxes that still wait to be judged; nothing where none do."""
        with self._news:
            if not waiting:
                return b""
            portion = waiting.popleft()
            portion.number = next(self._numbers)
        return framed((portion.number, JUDGE, [pack_ask(ask) for ask in portion.asked]))

    def _listen(self) -> None:
        stream = self._child.stdout
        while stream is not None and (frame := read_frame(stream)) is not None:
            number, answer = _answer.decode(frame)
            with self._news:
                if number in self._dropped:
                    self._dropped.remove(number)
                else:
                    self._answers[number] = bytes(answer)
                self._news.notify_all()
        with self._news:
            self._gone = True
            self._news.notify_all()

    def _ask(self, kind: str, payload: Any) -> int:
        number = next(self._numbers)
        self._questions.put(framed((number, kind, payload)))
        return number

    def answered(self, number: int) -> bytes | None:
        """Wait for an answer; None where the child is gone: then the work is done here."""
        with self._news:
            self._news.wait_for(lambda: number in self._answers or self._gone)
            found = self._answers.pop(number, None)
        if found is None:
            structlog.get_logger().warning("mate.gone", code=self._child.poll())
        return found

    def offer(self, waiting: "deque[_Portion]") -> None:
        """Let the child judge the first of what waits as soon as it can."""
        self._questions.put(waiting)

    def taken_back(self, waiting: "deque[_Portion]") -> _Portion | None:
        """The last of what waits, which the child will not be asked; None where nothing waits."""
        with self._news:
            return waiting.pop() if waiting else None

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
                told = self.answered(number)
                self._read = {number: _readings.decode(told) if told is not None else []}
            portion = self._read[number]
            packed = portion[place] if portion else None
            if packed is not None:
                found[item.digest] = unpack_reading(packed)
        return found

    def judge(self, asked: Sequence[Ask], rules: Assesses) -> list[Made]:
        """Judge boxes, here and in the child; in the order asked."""
        judges = self.judging(len(asked), rules)
        judges.add(asked)
        return judges.done()

    def judging(self, boxes: int, rules: Assesses) -> Judges:
        """Let the child judge boxes while the caller goes on; those it has not begun at the end are judged here."""
        if boxes < FEWEST or not self._is_ready():
            return Here(rules)
        self._drop()
        self._renew(rules)
        shared = _Shared(self, rules)
        self._judging = shared.portions
        return shared

    def _renew(self, rules: Assesses) -> None:
        """Send the rules when they have changed: the child answers in order, so what is asked next goes by them."""
        packed = rules.packed()
        if packed is not self._rules:
            self._rules = packed
            self._ask(RULES, packed)

    def _drop(self) -> None:
        """Forget questions whose answers nobody fetched: their batch failed."""
        with self._news:
            for portion in self._judging:
                if portion.number and self._answers.pop(portion.number, None) is None:
                    self._dropped.add(portion.number)

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
