"""Versions of rules and their steps, only ever added; and every policy that ever decided, whole, by its hash."""

from collections import defaultdict
from collections.abc import Sequence

from vigie.risk import RuleKind, RuleStep, RuleVersion, State, stand
from vigie.store.db import Db, Row
from vigie.terms import Moment, OfficerId

_VERSION = "SELECT kind, id, version, hash, body, author, made, reason, valid_from, valid_until FROM rule_version "
_STEP = "SELECT kind, id, version, verb, state, officer, moment, reason FROM rule_step "


class Rules:
    """The rules that officers made; what came with vigie is no row here, the steps it took are."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def stamp(self) -> int:
        """A number that rises with every change, for whoever keeps a copy."""
        found = self._db.one("SELECT value FROM counter WHERE name = 'rules'")
        return int(found[0]) if found else 0

    def _changed(self) -> None:
        self._db.run("UPDATE counter SET value = value + 1 WHERE name = 'rules'")

    def add(self, made: RuleVersion) -> None:
        """Add a version, with the state it starts in as its first step.

        Raises:
            ValueError: There is one with this kind, id and version.
        """
        places = "INSERT INTO rule_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        with self._db.transaction():
            if self.get(made.kind, made.id, made.version) is not None:
                raise ValueError("the version is there")
            self._db.run(places, (
                made.kind.value, made.id, made.version, made.hash, made.body, made.author, made.made_at, made.reason,
                made.valid_from, made.valid_until,
            ))  # fmt: skip
            self._step(RuleStep(made.kind, made.id, made.version, "draft", made.state, made.author, made.made_at,
                                made.reason))  # fmt: skip
            self._changed()

    def step(self, taken: RuleStep, start: State) -> None:
        """Add a step.

        Args:
            start: Where the version must stand now; of a shipped one without steps: live.

        Raises:
            ValueError: It does not stand there any more.
        """
        with self._db.transaction():
            before = self.steps(taken.kind, taken.id, taken.version)
            if (before[-1].state if before else State.LIVE) is not start:
                raise ValueError("the version has moved on")
            self._step(taken)
            self._changed()

    def _step(self, taken: RuleStep) -> None:
        self._db.run(
            "INSERT INTO rule_step (kind, id, version, verb, state, officer, moment, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (taken.kind.value, taken.id, taken.version, taken.verb, taken.state.value, taken.officer, taken.at,
             taken.reason),
        )  # fmt: skip

    def get(self, kind: RuleKind, name: str, version: int) -> RuleVersion | None:
        """One version as it stands now."""
        found = self._versions("WHERE kind = ? AND id = ? AND version = ?", (kind.value, name, version))
        return found[0] if found else None

    def versions(self, kind: RuleKind, name: str = "") -> list[RuleVersion]:
        """All versions of one rule, or of all of a kind, as they stand now: by id and version."""
        clause, more = (" AND id = ?", (name,)) if name else ("", ())
        return self._versions(f"WHERE kind = ?{clause} ORDER BY id, version", (kind.value, *more))

    def _versions(self, where: str, args: Sequence[str | int]) -> list[RuleVersion]:
        with self._db.reading():
            found = [_version(row) for row in self._db.rows(_VERSION + where, args)]
            if not found:
                return []
            taken: dict[tuple[str, int], list[RuleStep]] = defaultdict(list)
            for step in self.steps(found[0].kind, found[0].id if len({one.id for one in found}) == 1 else ""):
                taken[step.id, step.version].append(step)
        return [stand(one, taken[one.id, one.version]) for one in found]

    def steps(self, kind: RuleKind, name: str = "", version: int | None = None) -> list[RuleStep]:
        """The steps of a version, a rule, or all of a kind, oldest first."""
        clauses, args = ["kind = ?"], [kind.value, *filter(None, [name])]
        clauses += ["id = ?"] if name else []
        clauses += ["version = ?"] if version is not None else []
        more = [] if version is None else [version]
        found = self._db.rows(f"{_STEP}WHERE {' AND '.join(clauses)} ORDER BY place", (*args, *more))
        return [_taken(row) for row in found]

    def keep_policy(self, name: str, body: bytes, at: Moment) -> bool:
        """Keep a policy whole, by its hash; whether it was new."""
        sql = "INSERT INTO policy (hash, first, body) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING"
        with self._db.transaction():
            return self._db.run(sql, (name, at, body)) > 0

    def keeps(self, name: str) -> bool:
        """Whether a policy is kept, by its hash; its body is not read."""
        return self._db.one("SELECT 1 FROM policy WHERE hash = ?", (name,)) is not None

    def policy(self, name: str) -> bytes | None:
        """A policy by its hash, as JSON; None where no such policy ever decided here."""
        found = self._db.one("SELECT body FROM policy WHERE hash = ?", (name,))
        return bytes(found[0]) if found else None

    def policies(self) -> list[tuple[str, Moment]]:
        """All policies that decided, each with its first moment, oldest first."""
        found = self._db.rows("SELECT hash, first FROM policy ORDER BY first, hash")
        return [(str(name), Moment(first)) for name, first in found]


def _version(row: Row) -> RuleVersion:
    kind, name, version, digest, body, author, made, reason, start, end = row
    return RuleVersion(
        RuleKind(kind), name, version, digest, bytes(body), OfficerId(author), Moment(made), State.DRAFT, "", reason,
        Moment(start), None if end is None else Moment(end),
    )  # fmt: skip


def _taken(row: Row) -> RuleStep:
    kind, name, version, verb, state, officer, at, reason = row
    return RuleStep(RuleKind(kind), name, version, verb, State(state), OfficerId(officer), Moment(at), reason)
