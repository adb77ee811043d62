"""A whole store copied to another database, SQLite or PostgreSQL: every row, counted and hashed on both sides."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import msgspec

from vigie.store.db import Db, Row, places
from vigie.store.migrate import migrate
from vigie.store.sqlite import SqliteDb
from vigie.terms import StoreFault

_AT_ONCE = 2_000
_MARK = "schema_version"  # the migrations made: each store's own

_pack = msgspec.msgpack.Encoder().encode
Told = Callable[[str, int], None]


class Copied(msgspec.Struct, frozen=True):
    """What was copied of one table.

    Attributes:
        table: Its name. rows: How many. digest: SHA-256 over all rows in the order of the key, equal on both sides.
    """

    table: str
    rows: int
    digest: str


class Table(msgspec.Struct, frozen=True):
    """A table: its columns in order, and those that make its key, in order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def copy(source: Db, target: Db, told: Told = lambda table, rows: None) -> list[Copied]:
    """Copy every row of a store into an empty one, and compare both before anything of it counts.

    The key file is not part of it: it stays with the node, and belongs to both databases afterwards. Only one of them
    may be used from then on. Call it while nobody is the sequencer of the source.

    Args:
        source: Read in one snapshot. target: Its tables are made; it must hold nothing. told: Hears table and rows so
        far.

    Raises:
        StoreFault: The target holds something, or what it holds afterwards differs; then nothing was copied.
    """
    migrate(target)
    with source.reading(), target.transaction():
        tables = [table for table in tables_of(source) if table.name != _MARK]
        _empty(tables, target)
        copied = []
        for table in tables:
            target.run(f"DELETE FROM {table.name}")  # what migrations write into an empty store
            copied.append(_copied(table, source, target, told))
        _go_on_counting(source, target)
        for one, table in zip(copied, tables, strict=True):
            found = _hashed(table, target)
            if found != (one.rows, one.digest):
                raise StoreFault(reason="copy-differs", table=one.table, rows=one.rows, found=found[0])
    return copied


def _empty(tables: Sequence[Table], target: Db) -> None:
    """Refuse a store that holds anything but what migrations write into a new one."""
    new = SqliteDb(None, create=True)
    migrate(new)
    for table in tables:
        if next(_rows(table, target), ()) != next(_rows(table, new), ()):
            raise StoreFault(reason="not-an-empty-store", table=table.name)
    new.close()


def _copied(table: Table, source: Db, target: Db, told: Told) -> Copied:
    digest, count = sha256(), 0
    for rows in _rows(table, source):
        target.load(table.name, table.columns, rows)
        digest.update(_pack(rows))
        count += len(rows)
        told(table.name, count)
    return Copied(table.name, count, digest.hexdigest())


def _hashed(table: Table, db: Db) -> tuple[int, str]:
    digest, count = sha256(), 0
    for rows in _rows(table, db):
        digest.update(_pack(rows))
        count += len(rows)
    return count, digest.hexdigest()


def _rows(table: Table, db: Db) -> Iterator[Sequence[Row]]:
    """All rows in the order of the key, in portions: both databases sort text by its bytes."""
    key, columns = ", ".join(table.key), ", ".join(table.columns)
    at = [table.columns.index(name) for name in table.key]
    where, args = "", ()
    while True:
        rows = db.rows(f"SELECT {columns} FROM {table.name}{where} ORDER BY {key} LIMIT {_AT_ONCE}", args)
        if rows:
            yield rows
        if len(rows) < _AT_ONCE:
            return
        where = f" WHERE ({key}) > ({places(len(at))})"
        args = tuple(rows[-1][place] for place in at)


def tables_of(db: Db) -> list[Table]:
    """The tables of a store, by name."""
    found = _sqlite_columns(db) if db.dialect.name == "sqlite" else _postgresql_columns(db)
    named: dict[str, list[tuple[str, int]]] = {}
    for table, column, place in found:
        named.setdefault(table, []).append((column, place))
    return [
        Table(name, tuple(column for column, _ in columns),
              tuple(column for column, place in sorted(columns, key=lambda one: one[1]) if place))
        for name, columns in sorted(named.items())
    ]  # fmt: skip


def _sqlite_columns(db: Db) -> list[Row]:
    """Table, column, place in the key (0: none)."""
    return db.rows(
        "SELECT t.name, c.name, c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t.name, c.cid"
    )


def _postgresql_columns(db: Db) -> list[Row]:
    return db.rows(
        "SELECT c.table_name::text, c.column_name::text, coalesce(k.ordinal_position, 0)::int"
        " FROM information_schema.columns c"
        " JOIN information_schema.tables t ON (t.table_schema, t.table_name) = (c.table_schema, c.table_name)"
        " LEFT JOIN information_schema.table_constraints p ON (p.table_schema, p.table_name) ="
        " (c.table_schema, c.table_name) AND p.constraint_type = 'PRIMARY KEY'"
        " LEFT JOIN information_schema.key_column_usage k ON (k.constraint_schema, k.constraint_name, k.column_name) ="
        " (p.constraint_schema, p.constraint_name, c.column_name)"
        " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
        " ORDER BY c.table_name, c.ordinal_position"
    )


def _go_on_counting(source: Db, target: Db) -> None:
    """Numbers that a table hands out go on where they were, also where its last rows are gone: none is used twice."""
    for table, last in _counters(source).items():
        if target.dialect.name == "sqlite":
            target.run("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            target.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
        else:
            counter = f"pg_get_serial_sequence('{table}', '{_COUNTED[table]}')"
            target.one(f"SELECT setval({counter}, ?)", (last,))


_COUNTED = {
    "outbox": "id", "notice": "id", "rule_step": "place", "access_opening": "id", "dossier": "id",
    "training_answer": "id",
}  # fmt: skip
"""Tables whose numbers the database hands out (`counted` in the migrations), and their column."""


def _counters(db: Db) -> dict[str, int]:
    """The last number that was handed out per table; tables that never handed one out are left out."""
    if db.dialect.name == "sqlite":
        return {table: last for table, last in db.rows("SELECT name, seq FROM sqlite_sequence") if table in _COUNTED}
    found = {}
    for table, column in _COUNTED.items():
        row = db.one(f"SELECT pg_get_serial_sequence('{table}', '{column}')")
        last = db.one(f"SELECT last_value, is_called FROM {row[0]}") if row else None
        if last is not None and last[1]:
            found[table] = int(last[0])
    return found
