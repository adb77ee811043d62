"""The outbox: jobs written with the fact that makes them, leased to workers, done at least once."""

from collections.abc import Sequence

from vigie.store.db import Db, remove
from vigie.terms import Job, Moment


class Outbox:
    """Jobs by topic. A worker that dies lets its lease run out, and another takes the job."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, topic: str, body: bytes, due: int = 0) -> int:
        """Add a job that may be taken from `due` on; its number."""
        sql = "INSERT INTO outbox (topic, body, due, tries) VALUES (?, ?, ?, 0) RETURNING id"
        with self._db.transaction():
            found = self._db.one(sql, (topic, body, due))
        return int(found[0]) if found else 0

    def claim(self, topic: str, count: int, lease: int, now: Moment) -> list[Job]:
        """Lease up to `count` jobs that are due, oldest first, for `lease` microseconds; nobody else gets them."""
        sql = (
            "UPDATE outbox SET due = ?, tries = tries + 1 WHERE id IN (SELECT id FROM outbox"
            " WHERE topic = ? AND due <= ? ORDER BY due, id LIMIT ?"
            f"{self._db.dialect.skip_locked}) RETURNING id, topic, body, tries"
        )
        with self._db.transaction():
            found = self._db.rows(sql, (now + lease, topic, now, count))
        return [Job(*row) for row in sorted(found)]

    def done(self, jobs: Sequence[int]) -> int:
        """Say that jobs are done; how many of them were still there."""
        with self._db.transaction():
            return remove(self._db, "DELETE FROM outbox WHERE id IN ({})", sorted(set(jobs)))

    def again(self, job: int, due: Moment) -> None:
        """Give a job back, to be taken again from `due` on."""
        with self._db.transaction():
            self._db.run("UPDATE outbox SET due = ? WHERE id = ?", (due, job))

    def waiting(self, topic: str) -> int:
        """How many jobs of a topic are not done."""
        found = self._db.one("SELECT count(*) FROM outbox WHERE topic = ?", (topic,))
        return int(found[0]) if found else 0
