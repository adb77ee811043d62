"""Put a node together: the only place that knows all parts."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vigie.desk.exchange_trust import Trust
from vigie.desk.helping import Crew
from vigie.desk.judging import Watch
from vigie.desk.needs import Store
from vigie.desk.pseudonyms import Pseudonyms
from vigie.desk.rules import CompiledRules
from vigie.desk.sequencing import Sequenced
from vigie.desk.views import HealthFact
from vigie.node.checkpoints import Checkpoints
from vigie.node.clock import Clock, RunningClock, WallClock
from vigie.node.errands import Errands
from vigie.node.exchange_couriers import Couriers
from vigie.node.exchange_stirring import Stirring
from vigie.node.jobs import Jobs
from vigie.node.logs import set_up
from vigie.node.memory import give_back
from vigie.node.owning import Owning
from vigie.node.scanning_asking import Asking
from vigie.node.scanning_beside import ScanningBeside
from vigie.node.settings import Settings
from vigie.node.training import Training
from vigie.terms import AnalyticsMissing, InboxItem, Moment, StoreFault

if TYPE_CHECKING:
    from vigie.engine import Archive, Batch, Statistics, Taught
    from vigie.node.refolding import Run
    from vigie.node.scanning_batch import Run as ScanRun
    from vigie.registry import Document
    from vigie.risk import ChannelSet, Counted, Judged, Policy, Predictor
    from vigie.store import Store as RealStore

_CLOCK = "clock-at"
"""Setting of the store: where a simulated clock stood, so that it never runs backwards over a restart."""


class Node:
    """One node: its store, clock, rules and jobs. Built once per process; safe to use from several threads.

    Attributes:
        settings: What was set. store: The store. clock: Tells the moment.
        pseudonyms: Keys of parties. watch: What officers look out for. jobs: The sequencer and the other jobs.
        trust: Keys and documents of the exchange. stirring: Wakes who delivers to partners.
        owning: What only the process with the sequencer's lock does beside.
    """

    def __init__(
        self, settings: Settings, store: "RealStore", clock: Clock, rules: CompiledRules | None = None
    ) -> None:
        self.settings = settings
        self.store: Store = store
        self.clock = clock
        self.pseudonyms = Pseudonyms(store.secret("party"))
        self.watch = Watch()
        self.trust = Trust(store.secret)
        self.stirring = Stirring()
        self.jobs = Jobs(self)
        self.scanning = ScanningBeside(self)
        self.asking = Asking(self)
        self._serves = False
        self.couriers = Couriers(self)
        self.checkpoints = Checkpoints(self)
        self.owning = Owning((self.scanning, self.checkpoints, self.couriers))
        self._close = store.close
        gc.freeze()  # what is loaded by now stays: no search for garbage looks through it again
        if rules is not None:
            self.rules = rules.own()

    @cached_property
    def rules(self) -> CompiledRules:
        """Features and indicators, compiled when they are first asked for (about 0.3 s): many commands need none."""
        return CompiledRules(self.now())

    @property
    def name(self) -> str:
        """The node's name."""
        return self.settings.name

    @property
    def simulated(self) -> bool:
        """Whether everything in it is invented."""
        return self.settings.simulated

    @property
    def live(self) -> int:
        """The latest log entry: rises with every change that lists show, as they show it."""
        last = self.store.log.last
        return last() if self.store.pace is None else self.store.aside(last)

    def now(self) -> Moment:
        """The moment, UTC, by the node's own clock."""
        return self.clock.now()

    def wall(self) -> Moment:
        """The moment, UTC, by the machine's clock."""
        return WallClock().now()

    @property
    def elsewhere(self) -> Asking | None:
        """The child that does what needs pictures, so that a process that serves loads nothing for them."""
        return self.asking if self._serves else None

    def stir(self) -> None:
        """Say that something was written for partners."""
        self.stirring.stir()

    def start(self) -> None:
        """Start the sequencer and the other jobs of a running node; of several processes one does them, as locked."""
        self._serves = True
        give_back()
        self.owning.open()
        self.jobs.start()

    def stop(self) -> None:
        """Stop the jobs; what they were at is finished first."""
        self._serves = False
        self.asking.close()
        self.owning.close()
        self.jobs.stop()

    @contextmanager
    def sequencer(self) -> Iterator[bool]:
        """Be the sequencer inside the context, where nobody else is: True then, False where somebody is."""
        with self.jobs.alone() as mine:
            yield mine

    def drain(
        self, leave: int = 0, held: Sequence[InboxItem] = (), meanwhile: Callable[[], None] | None = None
    ) -> Sequenced:
        """Deal with what waits until at most `leave` items are left; only inside `sequencer()`.

        Args:
            held: Items handed in a moment ago, with their places, so that they need not be read back.
            meanwhile: Called while a batch is put on the disk; must not raise.
        """
        return self.jobs.drain(leave, held, meanwhile)

    @property
    def crew(self) -> Crew | None:
        """The child process that helps while much waits; None else."""
        return self.jobs.crew

    def settle(self, ids: Iterable[int]) -> None:
        """Wait until items handed in are dealt with; where nobody is the sequencer, be it."""
        self.jobs.settle(list(ids))

    def nudge(self) -> None:
        """Wake the sequencer of another process."""
        self.jobs.nudge()

    def changed(self, after: int, timeout_s: float) -> int:
        """Wait until something changed after a counter, or the time is up; gives the counter now."""
        return self.jobs.changed(after, timeout_s)

    @cached_property
    def training(self) -> Training:
        """What is being taught, or was last."""
        return Training(self)

    @cached_property
    def errands(self) -> Errands:
        """Long acts that go on beside, or did last."""
        return Errands(self)

    @cached_property
    def archive(self) -> "Archive":
        """The decision table of the node.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        try:
            from vigie.engine import Archive
        except ModuleNotFoundError:
            raise AnalyticsMissing from None
        return Archive(self.settings.home / "archive")

    @cached_property
    def batch(self) -> "Batch":
        """What runs over many boxes at once.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        archive = self.archive
        from vigie.engine import Batch

        return Batch(archive, self.settings.home / "archive" / "open.parquet")

    def refold(self, kind: str, stamp: str, engine: str, *, judged: bool) -> "Run":
        """Begin a run over many past decisions, or go on with it; see `vigie.node.refolding`.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        from vigie.node.refolding import Run

        return Run(self, kind, stamp, engine, judged=judged)

    def scan_run(self, parts: Sequence[Sequence[str]], stamp: str, engine: str) -> "ScanRun":
        """Begin a run over many kept scans, or go on with it; see `vigie.node.scanning_batch`.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        from vigie.node.scanning_batch import Run

        return Run(self, parts, stamp, engine)

    def forget(self, units: Iterable[int]) -> int:
        """Remove the decisions of erased units from the decision table, where there is one; gives how many.

        Raises:
            AnalyticsMissing: There is one, and the extra that could change it is not installed any more.
        """
        return self.batch.erase(list(units)) if (self.settings.home / "archive").exists() else 0

    def counted(self, label: str, detector: tuple[str, ...], since: int) -> "Counted":
        """Count decisions from a moment on, as the drift page asks.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        files = self.archive.files()
        from vigie.engine import counted

        return counted(files, self.rules.policy, label, detector=detector, since=since)

    @cached_property
    def _columns(self) -> "dict[int, tuple[tuple[int, int], Statistics]]":
        return {}

    def statistics(self, clearance: int) -> "Statistics":
        """The columns of register and controls that an officer of this clearance may count, as they stand now.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        try:
            from vigie.engine import Statistics, effort_table, register_table
        except ModuleNotFoundError:
            raise AnalyticsMissing from None

        def counted() -> Statistics:
            stamp = self.store.registry.stamp(), self.store.effort.stamp()
            kept = self._columns.get(clearance)
            if kept is None or kept[0] != stamp:
                register = register_table(self.store.registry.rows(0, 1 << 62, clearance=clearance))
                looked = effort_table(self.store.effort.rows(clearance))
                kept = self._columns[clearance] = stamp, Statistics(register, looked)
            return kept[1]

        return self.store.aside(counted)

    def masks(self, policy: "Policy", rows: Sequence[Sequence[object]]) -> list[int] | None:
        """Which indicators fire, row by row, as DuckDB says (63 at most); None where it is not installed."""
        try:
            from vigie.engine import fired, row_table

            found = fired(policy, row_table(rows))
        except ModuleNotFoundError:
            return None
        return [int(mask) for mask in found.column("mask_0").to_pylist()]

    def printed(self, document: "Document", form: str) -> bytes:
        """Print a document as `pdf` or `docx`.

        Raises:
            BulletinMissing: The extra is not installed.
        """
        from vigie.engine import docx_of, pdf_of

        return pdf_of(document) if form == "pdf" else docx_of(document)

    def teach(self, rules: "Policy", seed: int, told: Callable[[str], None], *, apart: bool = False) -> "Taught":
        """Teach the channels of the house on the decision table.

        Args:
            apart: In a child process, so that this one goes on answering.

        Raises:
            TooFewPositives: Too little was found yet. AnalyticsMissing, ModelsMissing: An extra is not installed.
        """
        if apart:
            return self.training.teach(rules, seed, told)
        from vigie.risk import ModelsMissing

        table = self.archive.read()
        try:
            from vigie.engine import teach_channels

            return teach_channels(table, rules, seed, told)
        except ModuleNotFoundError:
            raise ModelsMissing(extra="models") from None

    def judge(
        self, rules: "Policy", channels: "ChannelSet", models: Mapping[str, "Predictor"], since: Moment
    ) -> tuple["Judged", ...]:
        """Judge taught channels on decisions later than a moment."""
        table = self.archive.read(since=since)
        before = self.archive.read(until=since, columns=("found", "consignee_key", "consignor_key"))
        from vigie.engine import judge_channels

        return judge_channels(table, rules, channels, models, before)

    def health(self, language: str) -> tuple[HealthFact, ...]:
        """What the doctor says of the node."""
        from vigie.node.health import doctor

        return doctor(self, language)

    def close(self) -> None:
        """Stop the jobs and let go of the store."""
        self.errands.stop()  # before teaching, which may wait for the decision table
        self.training.stop()
        self.stop()
        if isinstance(self.clock, RunningClock):
            self.store.settings.put(_CLOCK, str(self.now()).encode())
        self._close()
        gc.unfreeze()  # else what holds a library open is never let go, and the library complains of it at exit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def build(settings: Settings, clock: Clock | None = None, rules: CompiledRules | None = None) -> Node:
    """Build a node from its settings; a new home gets its keys and its store.

    Args:
        settings: See `vigie.node.settings`. clock: Instead of the one the settings ask for.
        rules: Compiled before, to be shared by several nodes of one process; None compiles them when needed.

    Raises:
        StoreFault: The store is locked, damaged, of a newer version, or its keys are missing.
    """
    from vigie.store import open_store

    set_up(settings.log_format, settings.log_level)
    initialise_home(settings.home)
    store = open_store(
        settings.store_url, settings.key_file, blobs=settings.home / "blobs", archive=settings.home / "archived",
        replica=settings.replica_url, replica_lag_s=settings.replica_lag_s,
    )  # fmt: skip
    try:
        return Node(settings, store, clock or _clock(settings, store), rules)
    except BaseException:
        store.close()
        raise


def initialise(settings: Settings) -> None:
    """Make the home, the keys and the store of a node; what is there already is left as it is."""
    build(settings).close()


def initialise_home(home: Path) -> None:
    """Make the folder of a node, closed to other users of the machine.

    Raises:
        StoreFault: The folder cannot be made.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreFault(reason="the home cannot be made", error=os.strerror(fault.errno or 0)) from None


def _clock(settings: Settings, store: Store) -> Clock:
    if not settings.simulated or (settings.clock_rate == 1.0 and not settings.clock_start):
        return WallClock()
    stood = store.settings.get(_CLOCK)
    start = int(stood) if stood else settings.clock_start or WallClock().now()
    return RunningClock(Moment(max(start, store.log.last())), settings.clock_rate)
