"""Opening the store: a database, a key file, and the repositories over both."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from vigie.store.access import Access
from vigie.store.acts import Acts
from vigie.store.archived import Archived
from vigie.store.assessments import Assessments
from vigie.store.blobs import Blobs
from vigie.store.copying import Copied, copy
from vigie.store.db import Db
from vigie.store.dossiers import Dossiers
from vigie.store.effort import Effort
from vigie.store.erasing import Erasing
from vigie.store.erasure import Erased, erase
from vigie.store.erasures import Erasures
from vigie.store.exchange import Exchanged
from vigie.store.exchange_delivery import Deliveries
from vigie.store.exchange_drafts import Drafts
from vigie.store.exchange_standing import Standings
from vigie.store.exchange_taxii import Collections
from vigie.store.heard import HeardOf
from vigie.store.history import History
from vigie.store.inbox import Inbox
from vigie.store.issued import Issued
from vigie.store.keyfile import KeyRing
from vigie.store.links import Links
from vigie.store.log import Log
from vigie.store.lookup import Lookup
from vigie.store.machine_readings import MachineReadings
from vigie.store.migrate import migrate
from vigie.store.models import Models
from vigie.store.notices import Notices
from vigie.store.officers import Officers, Preferences, Sessions, Settings
from vigie.store.orders import Orders
from vigie.store.outbox import Outbox
from vigie.store.packages import Packages
from vigie.store.parties import Parties
from vigie.store.parts import Parts
from vigie.store.priorities import Priorities
from vigie.store.readings import Readings
from vigie.store.registry import Claims, Registry
from vigie.store.registry_imports import SeizureImports
from vigie.store.release import Releases
from vigie.store.replica import Pace, Replicated
from vigie.store.rules import Rules
from vigie.store.sailings import Sailings
from vigie.store.scans import Scans
from vigie.store.selections import Selections
from vigie.store.sequencer import Sequencer, nudge, take_sequencer
from vigie.store.shipcalls import ShipCalls
from vigie.store.sqlite import SqliteDb
from vigie.store.trail import Trail
from vigie.store.training import Trainings
from vigie.store.vault import Vault
from vigie.store.visits import Visits
from vigie.store.watchlists import Watchlists
from vigie.terms import BadRequest, Fact, StoreFault

_PAIR = "key-file"
_REPLICA_CONNECT_S, _REPLICA_ANSWER_S = 1.0, 15.0
"""So long a replica may take to be reached and to answer before the database is asked: an officer waits meanwhile."""
T = TypeVar("T")


class _Later(threading.local):
    """What this thread does once its transaction is on the disk."""

    def __init__(self) -> None:
        self.acts: list[Callable[[], None]] = []


class Store:
    """All that a node keeps. Safe for threads; a transaction belongs to the thread that opened it."""

    def __init__(
        self, db: Db, ring: KeyRing, version: int, blobs: Path | None = None, archive: Path | None = None
    ) -> None:
        self.db = db
        self._later = _Later()
        self.version = version
        self.vault = vault = Vault(ring, db)
        self.archived = archived = Archived(db, archive)
        self.inbox = Inbox(db, vault, archived)
        self.outbox = Outbox(db)
        self.parts = Parts(db)
        self.log = Log(db, vault, archived, Issued(_beside(ring.path)))
        self.trail = Trail(db)
        self.visits = visits = Visits(db, vault)
        self.assessments = Assessments(db, vault, visits, archived)
        self.history = History(db, archived)
        self.lookup = Lookup(db, visits)
        self.parties = Parties(db, vault, visits)
        self.officers, self.sessions = Officers(db), Sessions(db)
        self.preferences, self.settings = Preferences(db), Settings(db)
        self.watchlists = Watchlists(db, vault)
        self.selections, self.orders = Selections(db), Orders(db)
        self.overrides, self.outcomes, self.acknowledgements = (
            Acts(db, vault, kind) for kind in ("override", "outcome", "acknowledgement")
        )
        self.notices, self.rules, self.models = Notices(db), Rules(db), Models(db)
        self.erasures, self.ship_calls = Erasures(db), ShipCalls(db)
        self.access = Access(db, vault)
        self.heard, self.sailings = HeardOf(db), Sailings(db)
        self.blobs = Blobs(blobs, vault)
        self.erasing = Erasing(db, vault, self.blobs, self.transaction, self.afterwards)
        self.exchange, self.standings = Exchanged(db, vault, self.erasing), Standings(db)
        self.drafts = Drafts(db, vault)
        self.trainings = Trainings(db)
        self.deliveries, self.collections = Deliveries(db), Collections(db, vault)
        self.releases = Releases(db, vault)
        self.priorities, self.dossiers, self.links = Priorities(db, vault), Dossiers(db), Links(db)
        self.registry, self.claims = Registry(db, vault), Claims(db)
        self.effort = Effort(db)
        self.machine_readings = MachineReadings(db, vault)
        self.readings = Readings(db, vault)
        self.scans = Scans(db, vault, self.blobs)
        self.packages = Packages(db, vault, self.blobs, self.erasing)
        self.seizure_imports = SeizureImports(db, vault)

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """All or nothing for all repositories, on this thread; an inner one joins the outer."""
        outermost = not self.db.busy()
        if outermost and self.vault.refresh():
            self._forget()  # another process claimed units or erased some: what is remembered may be gone
        try:
            with self.db.transaction():
                yield self
        except BaseException:
            if outermost:
                self._forget()
                self._later.acts = []
            raise
        finally:
            if outermost:
                self.visits.let_go()
        if outermost:
            acts, self._later.acts = self._later.acts, []
            for act in acts:
                act()

    def afterwards(self, act: Callable[[], None]) -> None:
        """Do something once the transaction of this thread is on the disk, and not at all where it is undone.

        Args:
            act: Must not raise.
        """
        if self.db.busy():
            self._later.acts.append(act)
        else:
            act()

    @contextmanager
    def behind(self, meanwhile: Callable[[], None]) -> Iterator[None]:
        """Around a transaction: its bulk writes go on beside; reading waits for them, and its end raises what failed.

        Args:
            meanwhile: Called once while the transaction is put on the disk; must not raise nor ask the store.
        """
        with self.db.behind(meanwhile):
            yield

    @contextmanager
    def reading(self) -> Iterator[Self]:
        """One snapshot for all that is read on this thread."""
        self.vault.refresh()
        with self.db.reading():
            yield self

    def aside(self, read: Callable[[], T]) -> T:
        """Read what need not be of this moment, in one snapshot: of the replica where there is one that shows enough.

        Args:
            read: May be called twice.
        """
        self.vault.refresh()
        if isinstance(self.db, Replicated):
            return self.db.aside(read)
        with self.db.reading():
            return read()

    @property
    def pace(self) -> Pace | None:
        """How far the replica is behind; None without one."""
        return self.db.pace if isinstance(self.db, Replicated) else None

    def end(self) -> int:
        """The place in the server's log behind which lies all that was written by now; 0 without a replica."""
        return self.db.end() if isinstance(self.db, Replicated) else 0

    def _forget(self) -> None:
        self.visits.forget()
        self.parties.forget()

    def take_sequencer(self) -> Sequencer | None:
        """Become the one sequencer; None where another process is."""
        return take_sequencer(self.db, self.log)

    def nudge(self) -> None:
        """Wake the sequencer in another process, where the database carries such news."""
        nudge(self.db)

    def checkpoint(self) -> None:
        """Fold what was written back into the database's file, beside whoever writes; see `Db.checkpoint`."""
        self.db.checkpoint()

    def units(self, count: int) -> range:
        """Fresh erasure units that follow each other; none is ever handed out twice."""
        return self.vault.units(count)

    def secret(self, label: str) -> bytes:
        """One of the node's secrets (32 bytes), by its label."""
        return self.vault.secret(label)

    def erase(self, units: Iterable[int]) -> Erased:
        """Destroy the keys of units, their bodies, and all that was derived from them."""
        gone = tuple(units)
        try:
            erased = erase(self.db, self.vault, gone)
            files = self.blobs.remove(gone)
            return Erased(erased.units, erased.rows + files)
        finally:
            self._forget()

    def copy_to(self, url: str, told: Callable[[str, int], None]) -> list[Copied]:
        """Copy everything into an empty database; the key file is then that of both.

        Raises:
            StoreFault: It cannot be reached, holds something, or what arrived differs; then nothing was copied.
        """
        target = open_db(url, create=True)
        try:
            return copy(self.db, target, told)
        finally:
            target.close()

    def facts(self) -> dict[str, Fact]:
        """What an administrator wants to know: database, version, sizes, seeds in the key file."""
        counts: dict[str, Fact] = {}
        with self.db.reading():
            for table in ("inbox", "log", "visit", "history", "trail"):
                counts[table] = int((self.db.one(f"SELECT count(*) FROM {table}") or (0,))[0])
        return {"database": self.db.dialect.name, "version": self.version, "seeds": self.vault.seeds, **counts}

    def close(self) -> None:
        """Let go of the database."""
        self.blobs.close()
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _beside(key_file: Path | None) -> Path | None:
    """The high-water mark lies with the keys, so that no backup of the database takes it back."""
    return None if key_file is None else key_file.with_name(f"{key_file.name}.issued")


def open_db(url: str, create: bool) -> Db:
    """Open the database that a URL names (`sqlite:///file`, `sqlite://` in memory, `postgresql://…`).

    Raises:
        StoreFault: It is absent, cannot be reached, or its driver is not installed. BadRequest: No such kind of URL.
    """
    if url.startswith(("postgresql://", "postgres://")):
        try:
            from vigie.store.postgres import PostgresDb  # the driver is an extra: the base installs without it
        except ModuleNotFoundError:
            raise StoreFault(reason="no-driver", extra="postgres") from None
        return PostgresDb(url)
    if url in ("sqlite://", "sqlite:///:memory:"):
        return SqliteDb(None, create=True)
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteDb(path, create)
    raise BadRequest(reason="database-url", scheme=url.partition(":")[0][:20])


def _paired(db: Db, key_file: Path | None, create: bool) -> KeyRing:
    """A database belongs to one key file: another one would seal new bodies that the right one cannot open."""
    settings = Settings(db)
    with db.transaction():
        known = settings.get(_PAIR)
        ring = KeyRing(key_file, create and known is None)
        if known is None:
            settings.put(_PAIR, ring.keys.node)
        elif known != ring.keys.node:
            raise StoreFault(reason="wrong-key-file")
    return ring


def _beside_replica(db: Db, url: str, most_s: float) -> Db:
    """The database with its replica beside it.

    Raises:
        BadRequest: The database is none that has replicas.
    """
    if db.dialect.name != "postgresql":
        raise BadRequest(reason="only-postgresql-has-replicas")
    from vigie.store.postgres import PostgresDb

    return Replicated(db, PostgresDb(url, _REPLICA_CONNECT_S, _REPLICA_ANSWER_S), most_s)


def open_store(
    url: str, key_file: Path | None, *, create: bool = True, blobs: Path | None = None, archive: Path | None = None,
    replica: str = "", replica_lag_s: float = 2.0,
) -> Store:  # fmt: skip
    """Open a node's store.

    Args:
        url: `sqlite:///path`, `sqlite://` (in memory, gone when closed), `postgresql://user@host:port/database`.
        key_file: The file with the keys; None only for a store in memory.
        create: Make database, tables and keys where they are absent.
        blobs: Folder of large bodies; None for a folder that goes when the store is closed.
        archive: Folder of the months that moved out of the store; None where none may.
        replica: URL of a streaming replica, of which is read what may be `replica_lag_s` seconds old; empty for none.

    Raises:
        StoreFault: Absent, out of reach, locked, damaged, of a newer version, or not the key file of this database.
        BadRequest: Not one of these URLs.
    """
    if key_file is None and url != "sqlite://":
        raise StoreFault(reason="no-key-file")
    db = open_db(url, create)
    try:
        version = migrate(db, create)
        if replica:
            db = _beside_replica(db, replica, replica_lag_s)
        store = Store(db, _paired(db, key_file, create), version, blobs, archive)
        with suppress(StoreFault, OSError):  # what whoever used it last had no time for; else at the next tick
            store.erasing.finish()
        return store
    except BaseException:
        db.close()
        raise
