"""Numbered migrations: the tables grow from any older version to this one, in one transaction."""

import re
from collections.abc import Iterator
from importlib.resources import files

from vigie.store.db import Db
from vigie.terms import StoreFault

COMPATIBLE = 1
"""The oldest code (by its last migration) that may still work on the tables as this code leaves them."""

_NAME = re.compile(r"([0-9]{4})_[a-z_]+\.sql")


def migrations() -> tuple[tuple[int, str], ...]:
    """All migrations, each its number and its text, in order."""
    folder = files("vigie.store").joinpath("migrations")
    found = ((_NAME.fullmatch(file.name), file) for file in folder.iterdir())
    return tuple(sorted((int(name[1]), file.read_text(encoding="utf-8")) for name, file in found if name))


def statements(text: str, db: Db) -> Iterator[str]:
    """The statements of a migration, with the type tokens of the database filled in."""
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    for statement in bare.format(**db.dialect.types).split(";\n"):
        if statement.strip():
            yield statement.strip()


def version(db: Db) -> tuple[int, int]:
    """The last migration made, and the oldest code that may work here; zeros for an empty store."""
    found = db.one("SELECT max(version), max(compatible) FROM schema_version")
    return (int(found[0] or 0), int(found[1] or 0)) if found else (0, 0)


def migrate(db: Db, create: bool = True) -> int:
    """Bring the tables to this version; does nothing the second time.

    Returns:
        The version.

    Raises:
        StoreFault: The store is newer than this code can work on, or is to be created and may not be.
    """
    known = migrations()
    with db.transaction():
        if db.dialect.name == "postgresql":
            db.run("SELECT pg_advisory_xact_lock(hashtext('vigie migrations'))")  # IF NOT EXISTS alone may race
        db.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, compatible BIGINT)")
        found, compatible = version(db)
        if compatible > known[-1][0]:
            raise StoreFault(reason="newer-store", found=found, known=known[-1][0])
        if not found and not create:
            raise StoreFault(reason="absent")
        for number, text in known:
            if number > found:
                for statement in statements(text, db):
                    db.run(statement)
                db.run("INSERT INTO schema_version (version, compatible) VALUES (?, ?)", (number, COMPATIBLE))
    return max(found, known[-1][0])
