"""The child's side of teaching: a policy in, lines of progress and what was taught out; it opens no store.

A frame is its length (4 bytes, big-endian) and MessagePack: what it is, and its content.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from vigie.node.mate import framed, read_frame
from vigie.risk import ModelsMissing, Policy, TooFewPositives, read_channels, write_channels
from vigie.terms import AnalyticsMissing, VigieError

if TYPE_CHECKING:
    from vigie.engine import Taught

STEP, TAUGHT, REFUSED = "step", "taught", "refused"
_REFUSALS: dict[str, type[VigieError]] = {one.code: one for one in (TooFewPositives, ModelsMissing, AnalyticsMissing)}
_frame = msgspec.msgpack.Decoder(tuple[str, Any])


def read_answer(stream: IO[bytes], told: Callable[[str], None]) -> "Taught | None":
    """Read what the child says until it ends.

    Args:
        told: Hears each step.

    Returns:
        What was taught; None where it ended without.

    Raises:
        TooFewPositives, ModelsMissing, AnalyticsMissing: As the child met them.
    """
    while (frame := read_frame(stream)) is not None:
        kind, payload = _frame.decode(frame)
        if kind == STEP:
            told(payload)
        elif kind == REFUSED:
            raise _REFUSALS[payload[0]](**payload[1])
        else:
            from vigie.engine import Taught

            return Taught(read_channels(payload[0]), payload[1])
    return None


def answer(folder: Path, seed: int, policy: bytes, out: IO[bytes]) -> None:
    """Teach on the decision table of a folder and say so."""

    def say(kind: str, payload: object) -> None:
        out.write(framed((kind, payload)))
        out.flush()

    try:
        try:
            from vigie.engine import Archive, teach_channels
        except ModuleNotFoundError:
            raise ModelsMissing(extra="models") from None
        rules = msgspec.json.decode(policy, type=Policy)
        taught = teach_channels(Archive(folder).read(), rules, seed, lambda step: say(STEP, step))
    except (TooFewPositives, ModelsMissing, AnalyticsMissing) as fault:
        say(REFUSED, (fault.code, dict(fault.facts)))
        return
    say(TAUGHT, (write_channels(taught.channels), dict(taught.bodies)))


def main() -> int:
    """Teach as the arguments (folder, seed) and the policy on the standard input say."""
    answer(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer.read(), sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
