"""Damage files as lines, disks, careless programs and attackers do: cut, repeat, swap, insert."""

import io
import random
import sys
from collections.abc import Callable, Sequence

from vigie.arrivals import Part, read, split
from vigie.arrivals.table import ColumnMap


def damaged(raw: bytes, bits: Sequence[bytes], chance: random.Random) -> bytes:
    """Damage a file in one to eight places; `bits` are what its format makes much of."""
    told = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(told) + 1)
        match chance.randrange(7):
            case 0:
                del told[at : at + chance.randint(1, 40)]
            case 1:
                told[at:at] = chance.choice(bits)
            case 2:
                told[at:at] = told[max(0, at - chance.randint(1, 200)) : at]
            case 3 if told:
                told[at % len(told)] = chance.randrange(256)
            case 4:
                told[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 10, 1000))
            case 5:
                del told[at : at + chance.randint(1, 4000)]
            case _:
                del told[at:]  # cut off: the rest never came
    return bytes(told)


def check(raw: bytes, column_map: ColumnMap | None = None) -> int:
    """Cut and read one file; tell how many rows it gave.

    Raises:
        AssertionError: A byte of an unpacked file is in no part, or a file gave nothing at all.
    """
    parts: list[Part] = list(split(io.BytesIO(raw), column_map=column_map))
    assert parts
    if raw[:2] not in (b"PK", b"\x1f\x8b", b"BZ", b"\xfd7", b"PA") and raw[257:262] != b"ustar":
        kept = sum(len(part.body) for part in parts) + len(_head(parts))
        assert kept == len(raw), (kept, len(raw))
    return sum(len(read(part).rows) for part in parts)


def _head(parts: list[Part]) -> bytes:
    """The head that the first parts share; a table's begins with its column map, which is no byte of the file."""
    head = next((part.head for part in parts if part.head), b"")
    return head.partition(b"\n")[2] if parts[0].format == "table" else head


def loop(
    corpus: Sequence[bytes], bits: Sequence[bytes], rounds: int, seed: int, *, by: ColumnMap | None = None,
    checked: Callable[[bytes], int] | None = None,
) -> int:
    """Try damaged files; a file that fails is printed before its error.

    Args:
        checked: How a file is checked, where a format has a law of its own; else as `check` does.
    """
    chance = random.Random(seed)
    rows = 0
    for _ in range(rounds):
        raw = damaged(chance.choice(corpus), bits, chance)
        try:
            rows += check(raw, by) if checked is None else checked(raw)
        except Exception:
            print(repr(raw), file=sys.stderr)
            raise
    return rows


def asked() -> tuple[int, int]:
    """Rounds and seed of the command line: `python -m tests.fuzz.fuzz_xml 100000 7`."""
    told = [int(text) for text in sys.argv[1:3]]
    return (told[0] if told else 10_000), (told[1] if len(told) > 1 else 1)
