"""The one small file outside the database that holds all keys of a node."""

import errno
import fcntl
import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Self

from vigie.store.keytree import DEPTH, SEED_BYTES, KeyTree, Node, new_tree
from vigie.terms import StoreFault

_MAGIC = b"VIGIEKEY"
_VERSION = 1
_HEAD = struct.Struct(">8sHH32s32sQQ")  # magic, version, depth, secret, node id, high, seeds
_SEED = struct.Struct(f">BQ{SEED_BYTES}s")
_REASONS = {errno.ENOSPC: "full", errno.EDQUOT: "full"}  # others count as the disk's fault
BLOCK = 65_536  # units claimed at a time: one write of the file for so many


@dataclass(frozen=True, slots=True)
class Keys:
    """What the file says.

    Attributes:
        secret: Master of the node's own secrets (pseudonyms, draws); never touched by erasure.
        node: Random name of this file, kept in the database too, so that a wrong pair is noticed.
        high: No unit at or above this was ever handed out.
        cover: Seeds of the key tree.
    """

    secret: bytes
    node: bytes
    high: int
    cover: dict[Node, bytes]

    @classmethod
    def fresh(cls) -> Self:
        """New keys from the system's random source."""
        return cls(os.urandom(32), os.urandom(32), 0, new_tree(os.urandom(SEED_BYTES)).cover)

    def named(self, label: str) -> bytes:
        """One of the node's secrets (32 bytes), the same for the same label."""
        return hmac.digest(self.secret, b"vigie secret|" + label.encode(), sha256)

    def write(self) -> bytes:
        """The bytes of the file; the last 32 are the SHA-256 of the others."""
        head = _HEAD.pack(_MAGIC, _VERSION, DEPTH, self.secret, self.node, self.high, len(self.cover))
        seeds = b"".join(_SEED.pack(depth, place, seed) for (depth, place), seed in sorted(self.cover.items()))
        return head + seeds + sha256(head + seeds).digest()

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Read the bytes of a file.

        Raises:
            StoreFault: Not a key file, of a newer version, or damaged.
        """
        if len(raw) < _HEAD.size + 32 or raw[:8] != _MAGIC:
            raise StoreFault(reason="not-a-key-file")
        _, version, depth, secret, node, high, count = _HEAD.unpack_from(raw)
        if version > _VERSION or depth != DEPTH:
            raise StoreFault(reason="newer-key-file", found=version, known=_VERSION)
        body, check = raw[:-32], raw[-32:]
        if sha256(body).digest() != check or len(body) != _HEAD.size + count * _SEED.size:
            raise StoreFault(reason="damaged-key-file")
        found = _SEED.iter_unpack(body[_HEAD.size :])
        return cls(secret, node, high, {(level, place): seed for level, place, seed in found})


class KeyRing:
    """Keys in use: read again when another process changed the file.

    Args:
        path: The file; None keeps the keys in memory only (a store in memory, gone with it).

    Raises:
        StoreFault: Absent and not to be created, or unreadable.
    """

    def __init__(self, path: Path | None, create: bool) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] = (0, 0, 0)
        self.keys = Keys.fresh()
        if path is not None:
            if create and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                with self._locked():
                    if not path.exists():
                        self._write(self.keys)
            self._stamp = (-1, 0, 0)
            self.refresh()
        self.tree = KeyTree(self.keys.cover)

    @property
    def path(self) -> Path | None:
        """Where the keys lie; None in memory."""
        return self._path

    def refresh(self) -> bool:
        """Read the file again if it changed (one `stat`); whether it did."""
        if self._path is None:
            return False
        try:
            told = os.stat(self._path)
            stamp = (told.st_ino, told.st_mtime_ns, told.st_size)
            if stamp == self._stamp:
                return False
            self.keys = Keys.read(self._path.read_bytes())
        except FileNotFoundError:
            raise StoreFault(reason="no-key-file") from None
        except OSError as error:
            raise StoreFault(reason="key-file-unreadable", told=error.strerror or "") from error
        self._stamp = stamp
        self.tree = KeyTree(self.keys.cover)
        return True

    def claim(self, count: int) -> tuple[int, int]:
        """Claim a block of units beyond all that was ever claimed: its first unit and its end."""
        with self._locked():
            self.refresh()
            start = self.keys.high
            self._put(replace(self.keys, high=start + max(BLOCK, count)))
        return start, self.keys.high

    def destroy(self, units: Iterable[int]) -> None:
        """Take the keys of units out for ever; returns when the new file is on the disk."""
        with self._locked():
            self.refresh()
            self._put(replace(self.keys, cover=KeyTree(self.keys.cover).without(units).cover))

    def _put(self, keys: Keys) -> None:
        if self._path is not None:
            try:
                self._write(keys)
            except OSError as error:  # a full disk most of all: what is written stays what it was
                raise StoreFault(reason=_REASONS.get(error.errno or 0, "disk"), told=error.strerror or "") from error
        self.keys = keys
        self.tree = KeyTree(keys.cover)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._path is None:
            yield
            return
        with open(f"{self._path}.lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, keys: Keys) -> None:
        """Write beside, force to disk, rename, force the folder: a crash leaves the old file or the new one."""
        assert self._path is not None
        beside = self._path.with_name(self._path.name + ".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            os.fchmod(out.fileno(), 0o600)
            out.write(keys.write())
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, self._path)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
