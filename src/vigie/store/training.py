"""Which officers of this node completed which training package."""

from vigie.store.db import Db
from vigie.terms import Moment


class Trainings:
    """Completed trainings. A partner is told how many, never who."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def complete(self, training: str, officer: str, at: Moment) -> bool:
        """Note that an officer completed a package; whether it was not noted before."""
        sql = "INSERT INTO training_done (training, officer, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        return self._db.run(sql, (training, officer, at)) > 0

    def done(self, training: str) -> list[tuple[str, Moment]]:
        """Who completed a package, and when, the first first."""
        sql = "SELECT officer, at FROM training_done WHERE training = ? ORDER BY at, officer"
        return [(str(officer), Moment(at)) for officer, at in self._db.rows(sql, (training,))]
