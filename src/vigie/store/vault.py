"""The vault: bodies with personal data, each sealed with the key of its erasure unit."""

import os
import threading
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vigie.store.db import Db
from vigie.store.keyfile import KeyRing
from vigie.terms import StoreFault

_NONCE = 12  # bytes; drawn afresh for every sealing: a body that is sealed again under its unit never repeats one
_DRAWN = 256  # nonces drawn at once: one question to the system for so many
_HELD = 8192  # ciphers kept ready: the units of a few batches, read, written and read ahead; some 8 MB at most


class Vault:
    """Seals and opens bodies, hands out units, destroys their keys.

    A sealed body is nonce (12 bytes, random), ciphertext, tag (16 bytes): AES-256-GCM. The place where it is kept is
    bound in as associated data, so a body moved to another row does not open. With random nonces one key may seal
    2**32 bodies; a unit is sealed again a few dozen times.
    Source: NIST SP 800-38D, 8.3.
    """

    def __init__(self, ring: KeyRing, db: Db) -> None:
        self._ring, self._db = ring, db
        self._turn = threading.Lock()
        self._ciphers: dict[int, AESGCM] = {}
        self._nonces: list[bytes] = []

    def refresh(self) -> bool:
        """Notice what another process did to the keys; whether it did anything."""
        changed = self._ring.refresh()
        if changed:
            with self._turn:
                self._ciphers.clear()
        return changed

    def gone(self, units: Iterable[int]) -> set[int]:
        """Those of some units whose keys were destroyed: what was derived from them elsewhere has to go, too."""
        self.refresh()
        return {unit for unit in units if self._ring.tree.key(unit) is None}

    def secret(self, label: str) -> bytes:
        """One of the node's secrets (32 bytes): `party` for pseudonyms, `commitment` for draws."""
        return self._ring.keys.named(label)

    @property
    def node(self) -> bytes:
        """The name of the key file."""
        return self._ring.keys.node

    @property
    def seeds(self) -> int:
        """How many seeds the key file holds; 1 before the first erasure."""
        return len(self._ring.keys.cover)

    def _cipher(self, unit: int) -> AESGCM | None:
        cipher = self._ciphers.get(unit)
        if cipher is not None:
            return cipher
        with self._turn:
            key = self._ring.tree.key(unit)
            if key is None:
                return None
            if len(self._ciphers) >= _HELD:
                self._ciphers.clear()
            cipher = self._ciphers[unit] = AESGCM(key)
        return cipher

    def ready(self, units: Iterable[int]) -> None:
        """Make the ciphers of units at once, before their bodies are sealed or opened one by one."""
        with self._turn:
            asked = [unit for unit in units if unit not in self._ciphers]
            if len(self._ciphers) + len(asked) > _HELD:
                self._ciphers.clear()
            for unit in asked[:_HELD]:
                key = self._ring.tree.key(unit)
                if key is not None:
                    self._ciphers[unit] = AESGCM(key)

    def seal(self, unit: int, body: bytes, place: bytes) -> bytes:
        """Seal a body.

        Raises:
            StoreFault: The unit was erased.
        """
        cipher = self._ciphers.get(unit) or self._cipher(unit)
        if cipher is None:
            raise StoreFault(reason="erased", unit=unit)
        nonce = self._nonce()
        return nonce + cipher.encrypt(nonce, body, place)

    def _nonce(self) -> bytes:
        """Bytes that were never used before: drawn many at a time, each given out once."""
        try:
            return self._nonces.pop()
        except IndexError:
            drawn = os.urandom(_NONCE * _DRAWN)
            self._nonces += [drawn[place : place + _NONCE] for place in range(_NONCE, len(drawn), _NONCE)]
            return drawn[:_NONCE]

    def unseal(self, unit: int, sealed: bytes | None, place: bytes) -> bytes | None:
        """Open a body; None where it or its key was erased.

        Raises:
            StoreFault: The body is damaged, or was moved from another place.
        """
        cipher = None if sealed is None else self._ciphers.get(unit) or self._cipher(unit)
        if cipher is None or sealed is None:
            return None
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise StoreFault(reason="damaged-body", unit=unit) from None

    def queue(self) -> None:
        """Wait until no other transaction is handing out units; whoever comes after sees what we commit."""
        self._db.one("SELECT value FROM counter WHERE name = 'unit'" + self._db.dialect.for_update)

    def units(self, count: int) -> range:
        """Hand out fresh units that follow each other; never one twice, not even after a restore from a backup."""
        with self._db.transaction():
            sql = "SELECT value, bound FROM counter WHERE name = 'unit'" + self._db.dialect.for_update
            found = self._db.one(sql)
            first, bound = found if found else (0, 0)
            self._ring.refresh()
            if bound != self._ring.keys.high or first + count > bound:
                start, high = self._ring.claim(count)
                # a database restored from a backup knows an older bound: what lies between may have been used
                first, bound = (first if start == bound else start), high
            self._db.run("UPDATE counter SET value = ?, bound = ? WHERE name = 'unit'", (first + count, bound))
        return range(first, first + count)

    def destroy(self, units: Iterable[int]) -> None:
        """Destroy the keys of units, for ever."""
        gone: Sequence[int] = tuple(units)
        self._ring.destroy(gone)
        with self._turn:
            self._ciphers.clear()
