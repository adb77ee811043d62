"""Officers, their sign-in links and sessions, and what they set for themselves."""

from hashlib import sha256

import msgspec

from vigie.store.db import Db
from vigie.terms import Moment, Officer, OfficerId

_OFFICER = msgspec.json.Decoder(Officer)


class Officers:
    """The officers of the node."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, officer: Officer) -> None:
        """Add an officer, or put one in the place of what is known under the same sign-in name."""
        sql = "INSERT INTO officer (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
        self._db.run(sql, (officer.id, msgspec.json.encode(officer).decode()))

    def get(self, officer: OfficerId) -> Officer | None:
        """One officer."""
        found = self._db.one("SELECT body FROM officer WHERE id = ?", (officer,))
        return None if found is None else _OFFICER.decode(found[0])

    def all(self) -> list[Officer]:
        """All officers, those who left included, by sign-in name."""
        return [_OFFICER.decode(body) for (body,) in self._db.rows("SELECT body FROM officer ORDER BY id")]


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()  # tokens are long and random: nothing to be gained by a slow hash


class Sessions:
    """Who is signed in. Tokens are kept as hashes only: who reads the database cannot sign in with what is there."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def create_link(self, officer: OfficerId, token: str, expires: Moment) -> None:
        """Keep a one-time sign-in link."""
        row = (_hash(token), officer, expires)
        self._db.run("INSERT INTO link (token, officer, expires) VALUES (?, ?, ?)", row)

    def take_link(self, token: str, now: Moment) -> OfficerId | None:
        """Use a link up: who it was for; None where it is unknown, used or expired."""
        sql = "UPDATE link SET used = ? WHERE token = ? AND used IS NULL AND expires > ? RETURNING officer"
        with self._db.transaction():
            found = self._db.one(sql, (now, _hash(token), now))
        return OfficerId(found[0]) if found else None

    def open(self, officer: OfficerId, token: str, expires: Moment, now: Moment) -> None:
        """Begin a session."""
        sql = "INSERT INTO session (token, officer, opened, expires) VALUES (?, ?, ?, ?)"
        self._db.run(sql, (_hash(token), officer, now, expires))

    def get(self, token: str, now: Moment) -> OfficerId | None:
        """Whose session it is; None where there is none or it expired."""
        found = self._db.one("SELECT officer FROM session WHERE token = ? AND expires > ?", (_hash(token), now))
        return OfficerId(found[0]) if found else None

    def close(self, token: str) -> None:
        """End a session."""
        self._db.run("DELETE FROM session WHERE token = ?", (_hash(token),))

    def close_all(self, officer: OfficerId) -> int:
        """End all sessions of an officer and void the open links; how many sessions there were."""
        with self._db.transaction():
            self._db.run("DELETE FROM link WHERE officer = ? AND used IS NULL", (officer,))
            return self._db.run("DELETE FROM session WHERE officer = ?", (officer,))

    def sweep(self, now: Moment) -> int:
        """Drop expired sessions and links; how many."""
        with self._db.transaction():
            links = self._db.run("DELETE FROM link WHERE expires <= ?", (now,))
            return links + self._db.run("DELETE FROM session WHERE expires <= ?", (now,))


class Preferences:
    """What officers set for themselves: saved views (`view:` and a name), language, columns ..."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, officer: OfficerId, name: str) -> bytes | None:
        """One preference."""
        found = self._db.one("SELECT body FROM preference WHERE officer = ? AND name = ?", (officer, name))
        return bytes(found[0]) if found else None

    def put(self, officer: OfficerId, name: str, body: bytes) -> None:
        """Set a preference."""
        sql = (
            "INSERT INTO preference (officer, name, body) VALUES (?, ?, ?)"
            " ON CONFLICT (officer, name) DO UPDATE SET body = excluded.body"
        )
        self._db.run(sql, (officer, name, body))

    def names(self, officer: OfficerId, prefix: str = "") -> list[str]:
        """The names of an officer's preferences that start with a text, in order."""
        sql = "SELECT name FROM preference WHERE officer = ? ORDER BY name"
        return [name for (name,) in self._db.rows(sql, (officer,)) if name.startswith(prefix)]

    def remove(self, officer: OfficerId, name: str) -> bool:
        """Drop a preference; whether it was there."""
        return self._db.run("DELETE FROM preference WHERE officer = ? AND name = ?", (officer, name)) > 0


class Settings:
    """What the node remembers of itself: policies, capacity, whether it is live ..."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, name: str) -> bytes | None:
        """One setting."""
        found = self._db.one("SELECT body FROM setting WHERE name = ?", (name,))
        return bytes(found[0]) if found else None

    def put(self, name: str, body: bytes) -> None:
        """Set a setting."""
        sql = "INSERT INTO setting (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body"
        self._db.run(sql, (name, body))

    def names(self) -> list[str]:
        """The names of all settings."""
        return [name for (name,) in self._db.rows("SELECT name FROM setting ORDER BY name")]
