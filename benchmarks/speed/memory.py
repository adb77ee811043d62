"""A file of a gigabyte, cut into parts and read: how much memory the process ever held.

Each kind is read in a process of its own. The peer is the size of the file: what a reader that loads it whole holds
at the least; `low` is what the same process holds before it begins. Then the nodes of the
demonstration at rest.
"""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMAND = "python -m benchmarks --long --only memory"
BOUND_MIB = 600  # a document of 32 MiB, which lxml holds ten times over, and the process itself
NODE_MB = 150
"""All processes of one node at rest. Source: goal of the mission."""
_BILL = (
    b"<Bol_segment><Bol_id><Bol_reference>F%07d</Bol_reference><Line_number>1</Line_number></Bol_id>"
    b"<ctn_segment><Ctn_reference>CSQU3054383</Ctn_reference><Number_of_packages>1080</Number_of_packages></ctn_segment>"
    b"<Goods_segment><Goods_description>FRESH BANANAS</Goods_description><Gross_mass>19240</Gross_mass></Goods_segment>"
    b"</Bol_segment>"
)


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure with files of 64 MiB when quick, else of 1 GiB."""
    size = (1 << 26) if quick else (1 << 30)
    made = []
    for kind, told in (("edifact", "EDIFACT manifests"), ("asycuda", "an ASYCUDA XML manifest"), ("document", "one XML document")):
        command = [sys.executable, "-m", "benchmarks.speed.memory", kind, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        before, peak, kept, parts = map(float, done.stdout.split())
        assert kept >= size, kind
        made.append({
            "name": f"peak memory while a file of {size >> 20} MiB is read: {told}", "value": round(peak), "unit": "MiB",
            "target": f"<= {BOUND_MIB}", "peer": "the file itself", "peer_value": size >> 20,
            "ratio": round((size >> 20) / peak, 2), "n": int(parts), "low": round(before), "high": None,
            "seed": seed, "command": COMMAND,
        })  # fmt: skip
    return made + _of_nodes(seed)


def _of_nodes(seed: int) -> list[dict[str, object]]:
    """All processes of each node of the demonstration, a minute after its start."""
    from benchmarks.speed._demo_nodes import nodes_at_rest

    first, later = nodes_at_rest(seed)
    return [
        {
            "name": f"memory of all processes of {node}, a minute after the {said} start, shared pages in parts",
            "value": round(held), "unit": "MB", "target": f"<= {NODE_MB}", "peer": "none", "peer_value": None, "ratio": None,
            "n": 1, "low": None, "high": None, "seed": seed, "command": COMMAND,
        }
        for said, all_held in (("first", first), ("later", later)) for node, held in all_held.items()
    ]  # fmt: skip


class _File(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._left = blocks, b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, room: bytearray) -> int:  # type: ignore[override]
        """Fill what room there is with the next bytes."""
        self._left = self._left or next(self._blocks, b"")
        told, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(told)] = told
        return len(told)


def _blocks(kind: str, size: int) -> Iterator[bytes]:
    made = 0
    if kind == "edifact":
        from benchmarks.speed.ingest import a_ship

        block = a_ship(2_000, 1)
        while made < size:
            yield block
            made += len(block)
        return
    yield b'<?xml version="1.0"?><Awmds><General_segment/>' if kind == "asycuda" else b"<CC315A>"
    number = 0
    while made < size:
        block = b"".join(_BILL % (number + each) for each in range(200)) if kind == "asycuda" else b"<x>y</x>" * 8_000
        yield block
        number, made = number + 200, made + len(block)
    yield b"</Awmds>" if kind == "asycuda" else b"</CC315A>"


def _held() -> float:
    """Most megabytes held so far, of this program alone: `ru_maxrss` starts with what the parent ever held."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def _read(kind: str, size: int) -> None:
    from vigie.arrivals import reader, split

    read, before, kept, parts = reader(), _held(), 0, 0
    for part in split(io.BufferedReader(_File(_blocks(kind, size)), 1 << 18)):
        read(part)
        kept, parts = kept + len(part.body) + len(part.head), parts + 1
    print(before, _held(), kept, parts)


if __name__ == "__main__":
    _read(sys.argv[1], int(sys.argv[2]))
