"""Closed months beside the store: catalogued here, held in Parquet files, read as if they had never moved.

A month moves in steps, each of which may be cut off: the file is written whole (a new name, then its own), read back,
counted and hashed against the store, catalogued as `written`; then its rows go in portions, and it is `moved`. What the
catalogue does not name does not count. Bodies move sealed: their keys stay in the key file, so an erasure reaches them
at once. Heads of log entries (order, chain, subject, unit) stay, so that the chain and erasure need no file at hand.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from vigie.store import archived_files as files
from vigie.store.archived_files import BY_NAME, SOURCES, Source
from vigie.store.db import Db, Row, among, places
from vigie.terms import Moment, StoreFault

_AT_ONCE = 2_000
_COLUMNS = ("source", "month", "first", "until", "state", "held", "digest", "file", "file_bytes", "file_digest", "made")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM archived "
WRITTEN, MOVED = "written", "moved"


class Month(msgspec.Struct, frozen=True):
    """A month of one table.

    Attributes:
        source: The table. month: `2026-01`. first, until: From (inclusive), to (exclusive), µs. state: `written` while
            its rows are being removed, `moved`. held: Rows. digest: SHA-256 over them. file: In the archive's folder.
        file_bytes, file_digest: Of the file. made: When.
    """

    source: str
    month: str
    first: int
    until: int
    state: str
    held: int
    digest: str
    file: str
    file_bytes: int
    file_digest: str
    made: int


class Archived:
    """The archive of a store.

    Args:
        folder: Where its files lie; None for a store without an archive (in memory).
    """

    def __init__(self, db: Db, folder: Path | None) -> None:
        self._db, self.folder = db, folder

    def months(self, source: str = "") -> list[Month]:
        """What is catalogued, oldest first."""
        where, args = ("WHERE source = ? ", (source,)) if source else ("", ())
        return [Month(*row) for row in self._db.rows(_SELECT + where + "ORDER BY month, source", args)]

    def paths(self, source: str, since: int = 0, until: int = 1 << 62) -> list[Path]:
        """The files of a table that meet a span, oldest first: what DuckDB reads beside the store."""
        return [self._path(one) for one in self.months(source) if one.first < until and one.until > since]

    def _path(self, month: Month) -> Path:
        return self._home() / month.file

    def _home(self) -> Path:
        if self.folder is None:
            raise StoreFault(reason="no-archive")
        return self.folder

    def closed(self, before: Moment) -> list[tuple[Source, str, int, int]]:
        """The months wholly before a moment that still have rows in the store: table, month, first, until.

        A month whose removal was cut off is among them.
        """
        found, known = [], {(one.source, one.month): one.state for one in self.months()}
        for source in SOURCES:
            sql = f"SELECT min({source.at}) FROM {source.name} WHERE {_unmoved(source)}{source.settled}"
            start = self._db.one(sql)
            cut_off = [month for (name, month), state in known.items() if name == source.name and state == WRITTEN]
            months = dict.fromkeys(cut_off)
            if start is not None and start[0] is not None:
                months |= dict.fromkeys(_months(int(start[0]), before))
            found += [(source, month, *span_of(month)) for month in sorted(months)
                      if known.get((source.name, month)) != MOVED]  # fmt: skip
        return sorted(found, key=lambda one: (one[1], one[0].name))

    def move(self, source: Source, month: str, now: Moment) -> Month | None:
        """Move a month; done again after it was cut off, it goes on. None where it has no rows.

        Raises:
            StoreFault: The disk is full, or what was written differs from the store: then nothing is removed.
            AnalyticsMissing: The extra that writes Parquet is not installed.
        """
        known = next((one for one in self.months(source.name) if one.month == month), None)
        if known is None:
            known = self._written(source, month, now)
        else:
            self.check(known)
        if known is not None:
            self._remove(known, source)
        return known

    def _written(self, source: Source, month: str, now: Moment) -> Month | None:
        first, until = span_of(month)
        path = self._home() / f"{source.name}-{month}.parquet"
        with self._db.reading():
            if not next(self._rows(source, first, until), ()):
                return None
            files.write(path, source, self._rows(source, first, until))
        held, digest = files.digest_of(files.read(path, source))
        with self._db.reading():
            ours = files.digest_of(self._rows(source, first, until))
        if ours != (held, digest):
            path.unlink()
            raise StoreFault(reason="archive-differs", table=source.name, rows=ours[0], found=held)
        made = Month(source.name, month, first, until, WRITTEN, held, digest, path.name, path.stat().st_size,
                     files.file_digest(path), now)  # fmt: skip
        with self._db.transaction():
            self._db.load("archived", _COLUMNS, [msgspec.structs.astuple(made)])
        return made

    def check(self, month: Month) -> None:
        """Make sure that a file is there as it was catalogued.

        Raises:
            StoreFault: It is absent, cut off or changed.
        """
        if files.file_digest(self._path(month)) != month.file_digest:
            raise StoreFault(reason="archive-file", file=month.file)

    def _rows(self, source: Source, first: int, until: int) -> Iterator[Sequence[Row]]:
        """Rows of the store that are to move, in the order of the key, in portions."""
        key, columns = ", ".join(source.key), ", ".join(source.columns)
        base = (f"SELECT {columns} FROM {source.name} WHERE {source.at} >= ? AND {source.at} < ? AND {_unmoved(source)}"
                f"{source.settled}")  # fmt: skip
        where, args = "", ()  # type: tuple[str, tuple[Any, ...]]
        while True:
            rows = self._db.rows(f"{base}{where} ORDER BY {key} LIMIT {_AT_ONCE}", (first, until, *args))
            if rows:
                yield [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]
            if len(rows) < _AT_ONCE:
                return
            where, args = f" AND ({key}) > ({places(len(source.key))})", source.key_of(rows[-1])

    def _remove(self, month: Month, source: Source) -> None:
        """Remove from the store what the file holds, portion by portion, and say so."""
        act = f"DELETE FROM {source.name}" if source.whole else f"UPDATE {source.name} SET body = NULL"
        where = " AND ".join(f"{name} = ?" for name in source.key)
        for rows in files.read(self._path(month), source):
            with self._db.transaction():
                self._db.many(f"{act} WHERE {where}", [source.key_of(row) for row in rows])
        with self._db.transaction():
            self._db.run("UPDATE archived SET state = ? WHERE source = ? AND month = ?",
                         (MOVED, month.source, month.month))  # fmt: skip

    def bodies(self, name: str, keys: Collection[tuple[tuple[Any, ...], int]]) -> dict[tuple[Any, ...], bytes]:
        """Sealed bodies that moved, by key; those of no file are left out: they were erased.

        Args:
            keys: Key and moment, as `Source.key` and `Source.at` name them.
        """
        found: dict[tuple[Any, ...], bytes] = {}
        if not keys:
            return found
        source = BY_NAME[name]
        for month in self.months(name):
            mine = [key for key, at in keys if month.first <= at < month.until]
            if mine:
                found |= {key: row[-1] for key, row in files.pick(self._path(month), source, mine).items() if row[-1]}
        return found

    def until(self, name: str) -> int:
        """Where a table begins in the store: what lies before moved, or is moving; 0 where nothing did."""
        found = self._db.one("SELECT max(until) FROM archived WHERE source = ?", (name,))
        return int(found[0] or 0) if found else 0

    def after(self, name: str, hlc: int, limit: int) -> list[Row]:
        """Rows that moved with a greater `hlc`, in order; the rows of the last entry are all there."""
        source, found = BY_NAME[name], []  # type: tuple[Source, list[Row]]
        for month in self.months(name):
            if month.until <= hlc + 1:
                continue
            for rows in files.read(self._path(month), source):
                found += [row for row in rows if row[0] > hlc]
                if len(found) > limit:
                    last = found[limit - 1][0]
                    ours = [row for row in found if row[0] <= last]
                    if len(ours) < len(found):  # a later entry is there, so the last one of ours is whole
                        return ours
        return found

    def of_lines(self, wanted: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int, int], Row]:
        """The latest history row of each (line, kind, upto) that moved."""
        asked, found = list(wanted), dict[tuple[int, int, int], Row]()
        if not asked or not self.until("history"):
            return found
        pa = files.arrow()
        import pyarrow.compute as pc

        lines = pa.array(sorted({line for line, _, _ in asked}), pa.int64())
        for path in reversed(self.paths("history")):
            rows = list(files.those(path, BY_NAME["history"],
                                    lambda table: pc.is_in(table["line"], lines).combine_chunks()))  # fmt: skip
            for one in asked:
                ours = [row for row in rows if row[1] == one[0] and row[2] == one[1] and row[0] <= one[2]]
                if ours and one not in found:
                    found[one] = max(ours)
        return found

    def units(self, names: Sequence[str] = ("log", "inbox", "assessment")) -> dict[str, int]:
        """How many rows of each table moved."""
        held = among(self._db, "SELECT source, sum(held) FROM archived WHERE source IN ({}) GROUP BY source", names)
        return {name: int(count) for name, count in held}


def _unmoved(source: Source) -> str:
    return "1 = 1" if source.whole else "body IS NOT NULL"


def span_of(month: str) -> tuple[int, int]:
    """From when (inclusive) to when (exclusive) a month lasts, µs, UTC.

    >>> span_of("1970-01")
    (0, 2678400000000)
    """
    year, number = int(month[:4]), int(month[5:])
    following = (year + number // 12, number % 12 + 1)
    start, end = (int(datetime(*day, 1, tzinfo=UTC).timestamp()) * 1_000_000 for day in ((year, number), following))
    return start, end


def _months(start: int, before: int) -> Iterator[str]:
    """The months from the one of a moment on that end before another."""
    moment = datetime.fromtimestamp(start // 1_000_000, UTC)
    year, number = moment.year, moment.month
    while span_of(month := f"{year:04d}-{number:02d}")[1] <= before:
        yield month
        year, number = year + number // 12, number % 12 + 1
