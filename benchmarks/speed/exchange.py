"""The exchange log: appending, proofs at up to ten million entries, signatures; beside the libraries for the same work."""

import json
import sqlite3
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.exchange import (
    Growing,
    Signer,
    Tree,
    canonical,
    leaf_hash,
    verify,
    verify_inclusion,
)
from vigie.exchange.signing import signable

COMMAND = "python -m benchmarks.speed.exchange"
COUNT = 10_000_000  # entries, as the goal says
GROUP = 500  # entries written together
PROOFS = 300
SOME = {"name": "conteneur", "kg": 812.5, "list": [1, 2, 3], "nested": {"b": None, "a": "é"}}


def _cpu(act: Callable[[], object], times: int, repeats: int = 5) -> list[float]:
    """Microseconds of processor time of one act, several times."""
    told = []
    for _ in range(repeats):
        start = process_time()
        for _ in range(times):
            act()
        told.append((process_time() - start) / times * 1e6)
    return told


def _figure(name: str, told: list[float], unit: str, target: float | None, peer: str, theirs: list[float] | None, n: int,
            seed: int, **more: Any) -> dict[str, Any]:  # fmt: skip
    value, other = median(told), None if theirs is None else median(theirs)
    return {
        "name": name, "value": round(value, 3), "unit": unit, "target": target, "peer": peer,
        "peer_value": None if other is None else round(other, 3), "ratio": None if not other else round(value / other, 3),
        "n": n, "low": round(min(told), 3), "high": round(max(told), 3), "seed": seed, "command": COMMAND, **more,
    }  # fmt: skip


def _leaves(start: int, count: int) -> list[bytes]:
    return [sha256(number.to_bytes(8, "big")).digest() for number in range(start, start + count)]


def grow(count: int, folder: Path) -> tuple[sqlite3.Connection, Growing, list[float], float]:
    """Append entries' leaf hashes in groups of 500 and keep the tiles in SQLite, as the store does.

    Gives the database, the edge, microseconds an append of one tenth of the log each (processor time, hashing the tree
    and making the tiles, without writing them), and the seconds that writing took.
    """
    db = sqlite3.connect(folder / "tiles.db")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        "CREATE TABLE tile (level INTEGER, place INTEGER, hashes BLOB, PRIMARY KEY (level, place)) WITHOUT ROWID"
    )
    edge, told, writing = Growing(), [], 0.0
    tenth = count // 10
    for part in range(10):
        spent = 0.0
        for start in range(part * tenth, (part + 1) * tenth, GROUP):
            leaves = _leaves(start, GROUP)
            begun = process_time()
            edge.extend(leaves)
            tiles = edge.take()
            spent += process_time() - begun
            begun = perf_counter()
            db.executemany("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", tiles)
            writing += perf_counter() - begun
        db.commit()
        told.append(spent / tenth * 1e6)
    return db, edge, told, writing


def commit(db: sqlite3.Connection, edge: Growing, groups: int) -> list[float]:
    """Microseconds (wall) an entry of further groups, each appended, its tiles written, and forced to the disk."""
    db.execute("PRAGMA synchronous = FULL")
    told = []
    for _ in range(groups):
        leaves = _leaves(edge.size, GROUP)
        begun = perf_counter()
        edge.extend(leaves)
        db.executemany("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", edge.take())
        db.commit()
        told.append((perf_counter() - begun) / GROUP * 1e6)
    return told


def prove(db: sqlite3.Connection, edge: Growing) -> tuple[list[float], list[float]]:
    """Milliseconds (wall) of inclusion and consistency proofs, none of them helped by the one before; all are checked."""
    size, root = edge.size, edge.root()

    def read(level: int, place: int) -> bytes:
        found = db.execute("SELECT hashes FROM tile WHERE level = ? AND place = ?", (level, place)).fetchone()
        return bytes(found[0]) if found else b""

    inclusion, consistency = [], []
    for step in range(PROOFS):
        place = step * 7_919_317 % size
        begun = perf_counter()
        proof = Tree(read, size).inclusion(place)
        inclusion.append((perf_counter() - begun) * 1e3)
        assert verify_inclusion(place, 0, size, _leaves(place, 1)[0], proof, root)
        begun = perf_counter()
        Tree(read, size).consistency(place + 1)
        consistency.append((perf_counter() - begun) * 1e3)
    return sorted(inclusion), sorted(consistency)


def _ed25519(seed: int) -> list[dict[str, Any]]:
    signer, message = Signer(bytes(32)), b"x" * 900
    bare = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature, public = signer.sign("head", message), bare.public_key()
    told = signable("head", message)
    signing = _cpu(lambda: signer.sign("head", message), 200)
    checking = _cpu(lambda: verify(signer.public, told, signature), 200)
    peer = "cryptography, the key loaded before"
    theirs = _cpu(lambda: bare.sign(told), 200), _cpu(lambda: public.verify(signature, told), 200)
    return [
        _figure("a head signed (Ed25519)", signing, "us of CPU", None, peer, theirs[0], 1_000, seed),
        _figure("a signature checked, its key read first", checking, "us of CPU", None, peer, theirs[1], 1_000, seed),
    ]


def figures(seed: int, quick: bool = True) -> list[dict[str, Any]]:
    """All figures of the exchange log."""
    count = COUNT if quick else 2 * COUNT
    bare = _cpu(lambda: leaf_hash(b"x" * 300), 20_000)
    with TemporaryDirectory() as folder:
        db, edge, append, writing = grow(count, Path(folder))
        inclusion, consistency = prove(db, edge)
        size = (Path(folder) / "tiles.db").stat().st_size
        forced = commit(db, edge, 100)
        db.close()
    last = int(PROOFS * 0.99)
    ours, theirs = _cpu(lambda: canonical(SOME), 2_000), _cpu(lambda: rfc8785.dumps(SOME), 2_000)
    return [
        _figure("an entry appended to the tree, without fsync", append, "us of CPU", 5.0, "one SHA-256 of 300 bytes", bare,
                count, seed, writing_us=round(writing / count * 1e6, 3), bytes_per_entry=round(size / count, 1)),
        _figure(f"an entry appended and forced to the disk, {GROUP} together", forced, "us", None, "none", None, len(forced), seed),
        _figure(f"inclusion proved among {count} entries", inclusion, "ms", 1.0, "none", None, PROOFS, seed,
                p99=round(inclusion[last], 3)),
        _figure(f"growth proved to {count} entries", consistency, "ms", 1.0, "none", None, PROOFS, seed,
                p99=round(consistency[last], 3)),
        *_ed25519(seed),
        _figure("a value written as RFC 8785 asks", ours, "us of CPU", None, "rfc8785 0.1.4", theirs, 10_000, seed),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(figures(0, quick="--long" not in sys.argv), indent=1))
