"""Priorities by their steps, only ever added."""

import msgspec

from vigie.ports import Priority, PriorityStep, priority_of
from vigie.store.db import Db
from vigie.store.vault import Vault
from vigie.terms import Moment, datetime_of

_decode = msgspec.json.Decoder(PriorityStep)


class Priorities:
    """The priorities of the node; a step whose act was erased is gone, and with the first step the priority."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def add(self, hlc: Moment, unit: int, step: PriorityStep) -> str:
        """Add a step, and give the name of the priority; one that is raised gets the next number of its year.

        Raises:
            BadRequest: Not legal from where it stands by now.
        """
        with self._db.transaction():
            name = step.priority or self._next(step)
            priority_of(name, [*self._steps(name), step])
            body = self._vault.seal(unit, msgspec.json.encode(step), b"priority:%d" % hlc)
            self._db.load("priority_step", ("hlc", "priority", "unit", "body"), [(hlc, name, unit, body)])
        return name

    def _next(self, step: PriorityStep) -> str:
        year = f"P{datetime_of(step.at).year}-"
        found = self._db.rows("SELECT DISTINCT priority FROM priority_step WHERE priority LIKE ?", (f"{year}%",))
        return f"{year}{max((int(str(name).removeprefix(year)) for (name,) in found), default=0) + 1:03d}"

    def _steps(self, name: str) -> list[PriorityStep]:
        return [step for _, step in self._read("WHERE priority = ?", (name,))]

    def _read(self, where: str = "", args: tuple[str, ...] = ()) -> list[tuple[str, PriorityStep]]:
        sql = f"SELECT hlc, priority, unit, body FROM priority_step {where} ORDER BY hlc"
        found = []
        for hlc, name, unit, sealed in self._db.rows(sql, args):
            body = self._vault.unseal(unit, sealed, b"priority:%d" % hlc)
            if body is not None:
                found.append((str(name), _decode.decode(body)))
        return found

    def get(self, name: str) -> Priority | None:
        """One priority."""
        steps = self._steps(name)
        return priority_of(name, steps) if steps and not steps[0].priority else None

    def all(self) -> list[Priority]:
        """All priorities, in the order in which they were raised."""
        steps: dict[str, list[PriorityStep]] = {}
        for name, step in self._read():
            steps.setdefault(name, []).append(step)
        found = (priority_of(name, one) for name, one in steps.items() if not one[0].priority)
        return [one for one in found if one is not None]
