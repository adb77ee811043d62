"""A child that answers what needs pictures: uploads, comparisons, pictures that do not lie ready. It ends when unasked.

A question and its answer are frames (`mate`): the question's name and values; whether it was answered, and with what.
"""

import os
import select
import sys
from collections.abc import Callable
from typing import IO, Any

import msgspec

from vigie.desk.reading_pictures import FRAME, MOST_BYTES
from vigie.desk.scanning_elsewhere import answered
from vigie.node.mate import framed, read_frame
from vigie.node.scanning_beside import Begun
from vigie.node.wiring import Node, build
from vigie.terms import VigieError

RESTED_S = 60.0
"""A child that nobody asked for so long ends; starting one costs about a second. Own choice: from one scan that an
officer compares to the next."""

_question = msgspec.msgpack.Decoder(tuple[str, bytes])


def serve(node: Node, questions: IO[bytes], answers: IO[bytes], waits: Callable[[], bool]) -> None:
    """Answer until the questions end.

    Args:
        waits: Waits for the next question; False where none came for long.
    """
    while waits() and (frame := read_frame(questions)) is not None:
        question, values = _question.decode(frame)
        told: tuple[str, Any]
        try:
            told = ("", answered(question, values, node))
        except VigieError as fault:
            told = (fault.code, dict(fault.facts))
        answers.write(framed(told))
        answers.flush()


class Plain:
    """A stream of a file's number that reads no more than it is asked for, so that `select` knows of all that is left.

    Args:
        number: Of the open file.
    """

    def __init__(self, number: int) -> None:
        self._number = number

    def read(self, size: int) -> bytes:
        """So many bytes; fewer at the end."""
        parts: list[bytes] = []
        while size and (part := os.read(self._number, min(size, 1 << 20))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def main() -> int:
    """Answer what the parent asks on the standard input."""
    asked: Any = Plain(sys.stdin.fileno())
    begun = read_frame(asked)
    if begun is None:
        return 0
    told = msgspec.msgpack.decode(begun, type=Begun)
    with build(told.made(), told.clock()) as node:
        serve(node, asked, sys.stdout.buffer, lambda: bool(select.select([sys.stdin.fileno()], [], [], RESTED_S)[0]))
        node.store.scans.trim_blobs(FRAME, MOST_BYTES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
