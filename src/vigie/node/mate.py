"""The child's side of the mate: frames in, answers out, until the parent closes the pipe or dies.

A frame is its length (4 bytes, big-endian) and MessagePack: the number of the question, its kind, its payload.
"""

import os
import sys
from typing import IO, Any

import msgspec

from vigie.desk.helping import made_packed, read_packed
from vigie.terms import Moment

READ, JUDGE, WARM, RULES = "read", "judge", "warm", "rules"
_pack = msgspec.msgpack.Encoder()
_frame = msgspec.msgpack.Decoder(tuple[int, str, Any])


def framed(told: object) -> bytes:
    """Put something into a frame."""
    body = _pack.encode(told)
    return len(body).to_bytes(4, "big") + body


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None where the other side is gone."""
    length = stream.read(4)
    if len(length) < 4:
        return None
    body = stream.read(int.from_bytes(length, "big"))
    return body if len(body) == int.from_bytes(length, "big") else None


def serve(questions: IO[bytes], answers: IO[bytes], at: Moment) -> None:
    """Answer until the questions end.

    Args:
        at: Moment whose rules are in force.
    """
    rules: Any = None
    while (frame := read_frame(questions)) is not None:
        number, kind, payload = _frame.decode(frame)
        if kind == RULES:  # nobody waits for an answer: what is asked next is judged by them
            from vigie.desk.rules import CompiledRules

            rules = CompiledRules.from_packed(payload)
            continue
        if kind == READ:
            answer: object = read_packed(payload)
        else:
            if rules is None:
                from vigie.desk.rules import CompiledRules

                rules = CompiledRules(at)
            answer = made_packed([(visit, tuple(v), now, hits) for visit, v, now, hits in payload], rules)
        answers.write(framed((number, answer)))
        answers.flush()


if __name__ == "__main__":
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer, Moment(int(sys.argv[1])))
    except BrokenPipeError:  # the parent was killed: nobody is left to answer, and what waits to be sent goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
