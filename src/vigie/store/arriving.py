"""What is being fetched and not whole yet: one file for each package, sealed, so that a broken line costs nothing.

Each file begins with a nonce of its own and goes on with AES-256-CTR under a key of the node and the package's name: it
can be gone on with at any byte, and nobody reads it without the key file. Whether the bytes are the right ones is told
by their hash when all are there.
"""

import os
import re
from collections.abc import Collection
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from vigie.terms import StoreFault

_BLOCK = 16  # bytes of AES
_NAME = re.compile(r"[0-9a-f]{64}")


class Arriving:
    """The folder of what is being fetched.

    Args:
        folder: Where. secret: The node's, 32 bytes; each file has a key made of it and its name.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder, self._secret = folder, secret

    def size(self, name: str) -> int:
        """How many bytes of a package are here."""
        try:
            return max(0, self._file(name).stat().st_size - _BLOCK)
        except FileNotFoundError:
            return 0

    def add(self, name: str, body: bytes) -> None:
        """Put more bytes at the end.

        Raises:
            StoreFault: The disk takes them not.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._file(name).open("ab") as out:
                if out.tell() < _BLOCK:  # new, or killed before its nonce was whole
                    out.truncate(0)
                    out.write(os.urandom(_BLOCK))
                    out.flush()
                place = os.fstat(out.fileno()).st_size - _BLOCK
                out.write(self._turned(name, body, place))
        except OSError as fault:
            raise StoreFault(reason="full", error=os.strerror(fault.errno or 0)) from None

    def whole(self, name: str) -> bytes:
        """All bytes that are here."""
        try:
            with self._file(name).open("rb") as told:
                told.seek(_BLOCK)
                return self._turned(name, told.read(), 0)
        except OSError as fault:
            raise StoreFault(reason="damaged-body", error=os.strerror(fault.errno or 0)) from None

    def _turned(self, name: str, body: bytes, place: int) -> bytes:
        """Seal or open bytes that stand at a place."""
        with self._file(name).open("rb") as told:
            start = int.from_bytes(told.read(_BLOCK)) + place // _BLOCK
        key = digest(self._secret, name.encode(), sha256)
        turning = Cipher(AES(key), CTR((start % (1 << 128)).to_bytes(_BLOCK))).encryptor()
        turning.update(bytes(place % _BLOCK))
        return turning.update(body)

    def remove(self, name: str) -> None:
        """Let go of what is here of a package."""
        self._file(name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> int:
        """Let go of all packages but some; gives how many went."""
        found = list(self._folder.glob("*.part")) if self._folder.exists() else []
        gone = [file for file in found if file.stem not in names]
        for file in gone:
            file.unlink(missing_ok=True)
        return len(gone)

    def _file(self, name: str) -> Path:
        if _NAME.fullmatch(name) is None:
            raise StoreFault(reason="bad-name")
        return self._folder / f"{name}.part"
