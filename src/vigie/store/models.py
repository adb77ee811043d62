"""Taught models, by the hash of their bytes."""

import zlib
from hashlib import sha256

from vigie.store.db import Db

_LEVEL = 6  # trees are text: a quarter is left, and more work saves little


class Models:
    """Bytes of models; none is ever changed. Who loads one checks the hash."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, body: bytes) -> str:
        """Keep a model; gives its hash (SHA-256, hexadecimal). The same bytes are kept once."""
        name = sha256(body).hexdigest()
        sql = "INSERT INTO model (hash, size, body) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING"
        with self._db.transaction():
            self._db.run(sql, (name, len(body), zlib.compress(body, _LEVEL)))
        return name

    def get(self, name: str) -> bytes | None:
        """The bytes of a model as they lie there now; None where there is none. What cannot be unpacked is empty."""
        found = self._db.one("SELECT body FROM model WHERE hash = ?", (name,))
        if found is None:
            return None
        try:
            return zlib.decompress(bytes(found[0]))
        except zlib.error:
            return b""

    def hashes(self) -> dict[str, int]:
        """All models, with their sizes in bytes."""
        return {str(name): int(size) for name, size in self._db.rows("SELECT hash, size FROM model ORDER BY hash")}
