"""The decision table on disk: one Parquet file per month, replaced whole, so that a crash leaves the old or the new."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vigie.risk import DECISIONS, DECISIONS_VERSION
from vigie.terms import StoreFault

_STATE = "state.json"
_ARROW = {"int": pa.int64(), "moment": pa.int64(), "float": pa.float64(), "text": pa.string(), "bool": pa.bool_()}
_GROUP = 122_880  # rows of a row group: the size DuckDB shares out between cores (its default)


class State(msgspec.Struct, frozen=True):
    """What an archive holds. cursor: Log entry up to which it is made. rows: How many. form: Hash of its columns."""

    cursor: int = 0
    rows: int = 0
    form: str = ""


@cache
def schema() -> pa.Schema:
    """The Arrow schema of the decision table."""
    return pa.schema([(one.name, _ARROW[one.type]) for one in DECISIONS])


@cache
def form() -> str:
    """Name the exact columns: an archive of another form is built anew."""
    told = [DECISIONS_VERSION, *((one.name, str(_ARROW[one.type])) for one in DECISIONS)]
    return sha256(msgspec.json.encode(told)).hexdigest()[:16]


def decision_table(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Turn rows into a decision table; what a row does not name is null.

    Args:
        rows: Column to value, columns as in `vigie.risk.DECISIONS`.
    """
    names = schema().names
    whole, values = dict.fromkeys(names), itemgetter(*names)
    told = zip(*[values({**whole, **row}) for row in rows], strict=True)  # a third of the time of column by column
    made = [pa.array(column, field.type) for column, field in zip(told, schema(), strict=False)]
    return pa.table(made, schema=schema()) if made else schema().empty_table()


class Archive:
    """The decision table of a node.

    Args:
        folder: Where its months lie; made when first written, closed to other users of the machine.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def state(self) -> State:
        """What it holds; nothing where it is absent, damaged, or of another form."""
        try:
            told = msgspec.json.decode((self.folder / _STATE).read_bytes(), type=State)
        except (OSError, msgspec.MsgspecError):
            return State(form=form())
        return told if told.form == form() else State(form=form())

    def files(self) -> list[Path]:
        """Its months, oldest first; months of another form are as good as absent."""
        return [path for path in self._months() if pq.read_schema(path).equals(schema())]

    def _months(self) -> list[Path]:
        return sorted(self.folder.glob("????-??.parquet"))

    def read(
        self, since: int | None = None, until: int | None = None, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """Read decisions.

        Args:
            since, until: `at` from (inclusive) to (exclusive), µs. columns: Only these; all where None.
        """
        wanted = list(columns) if columns is not None else schema().names
        months = [path for path in self.files() if _meets(path.stem, since, until)]
        parts = [pq.read_table(path, columns=list(dict.fromkeys((*wanted, "at")))) for path in months]
        if not parts:
            return schema().empty_table().select(wanted)
        table = pa.concat_tables(parts)
        if since is not None:
            table = table.filter(pc.greater_equal(table["at"], since))
        if until is not None:
            table = table.filter(pc.less(table["at"], until))
        return table.select(wanted)

    def of(self, visits: Sequence[str], columns: Sequence[str]) -> pa.Table:
        """The rows of some visits."""
        wanted = pa.array(visits, pa.string())
        own = list(dict.fromkeys(("visit", *columns)))
        parts = [part.filter(pc.is_in(part["visit"], wanted))
                 for part in (pq.read_table(path, columns=own) for path in self.files())]  # fmt: skip
        return pa.concat_tables(parts) if parts else schema().empty_table().select(own)

    def write(self, table: pa.Table, cursor: int | None = None) -> State:
        """Put rows in the place of those of the same visits; a month is replaced whole.

        Args:
            table: As `decision_table` gives it; one row per visit.
            cursor: Log entry up to which the archive is complete now; None leaves it, for a part of an update. After a
                crash the update is done again from the old cursor, which changes nothing that was written already.

        Raises:
            StoreFault: The folder cannot be written.
        """
        with self._alone():
            self._clear_other_forms()
            fresh = dict(_by_month(table))
            known = set(self._months_of(table["visit"]))
            for month in sorted(fresh.keys() | known, key=lambda name: (name not in fresh, name)):
                self._replace(month, table["visit"], fresh.get(month))
            return self._keep(cursor)

    def write_rows(self, rows: Sequence[Mapping[str, object]], cursor: int | None = None) -> State:
        """The same, from rows: column to value."""
        return self.write(decision_table(rows), cursor)

    def erase(self, units: Iterable[int]) -> int:
        """Remove the rows of erasure units, for ever; gives how many.

        Raises:
            StoreFault: The folder cannot be written.
        """
        gone, count = pa.array(sorted(set(units)), pa.int64()), 0
        if not self.folder.exists():
            return 0
        with self._alone():
            for path in self.files():
                before = pq.read_table(path)
                after = before.filter(pc.invert(pc.is_in(before["unit"], gone)))
                if after.num_rows < before.num_rows:
                    count += before.num_rows - after.num_rows
                    self._put(path, after)
            self._keep(None)
        return count

    def _months_of(self, visits: pa.ChunkedArray) -> Iterator[str]:
        wanted = visits.combine_chunks()
        for path in self._months():
            if pc.any(pc.is_in(pq.read_table(path, columns=["visit"])["visit"], wanted)).as_py():
                yield path.stem

    def _replace(self, month: str, visits: pa.ChunkedArray, fresh: pa.Table | None) -> None:
        path = self.folder / f"{month}.parquet"
        parts = [] if fresh is None else [fresh]
        if path.exists():
            old = pq.read_table(path)
            parts.append(old.filter(pc.invert(pc.is_in(old["visit"], visits.combine_chunks()))))
        self._put(path, pa.concat_tables(parts).sort_by([("at", "ascending"), ("visit", "ascending")]))

    def _put(self, path: Path, table: pa.Table) -> None:
        if not table.num_rows:
            path.unlink(missing_ok=True)
            return
        new = path.with_suffix(".new")
        try:
            pq.write_table(table, new, compression="zstd", row_group_size=_GROUP)
            settle(new, path)
        except OSError as fault:
            raise StoreFault(reason="the archive cannot be written", error=os.strerror(fault.errno or 0)) from None

    def _keep(self, cursor: int | None) -> State:
        known = self.state()
        rows = sum(pq.read_metadata(path).num_rows for path in self._months())
        told = State(known.cursor if cursor is None else cursor, rows, form())
        new = self.folder / f"{_STATE}.new"
        new.write_bytes(msgspec.json.encode(told))
        settle(new, self.folder / _STATE)
        return told

    def _clear_other_forms(self) -> None:
        for path in self._months():
            if not pq.read_schema(path).equals(schema()):
                path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, across processes."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self.folder / ".lock").open("w") as lock:
                flock(lock, LOCK_EX)
                yield
        except OSError as fault:
            raise StoreFault(reason="the archive cannot be written", error=os.strerror(fault.errno or 0)) from None


def read(
    folder: Path, since: int | None = None, until: int | None = None, columns: Sequence[str] | None = None
) -> pa.Table:
    """Read the decisions of an archive; see `Archive.read`."""
    return Archive(folder).read(since, until, columns)


def _by_month(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    months = pc.strftime(table["at"].cast(pa.timestamp("us")), "%Y-%m")
    for month in pc.unique(months).to_pylist():
        yield month, table.filter(pc.equal(months, month))


def _meets(month: str, since: int | None, until: int | None) -> bool:
    first, last = (None if at is None else _month(at) for at in (since, until))
    return (first is None or month >= first) and (last is None or month <= last)


def _month(at: int) -> str:
    told: str = pc.strftime(pa.scalar(at, pa.timestamp("us")), "%Y-%m").as_py()
    return told


def settle(new: Path, path: Path) -> None:
    """Put a new file in the place of the old one, whole or not at all, also where the machine stops."""
    with new.open("rb") as told:
        os.fsync(told.fileno())
    new.chmod(0o600)
    new.replace(path)
