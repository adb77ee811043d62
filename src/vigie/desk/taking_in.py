"""Files become inbox items: durable before anything is made of them, so that nothing acknowledged is ever lost."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from time import perf_counter
from typing import Any, BinaryIO, TypeVar

from msgspec.structs import replace

from vigie.arrivals import Part, split
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.sequencing import LIVE, NOTICED, Sequenced, brought, undisturbed
from vigie.desk.told import packed, tell
from vigie.desk.trail import leave
from vigie.desk.views import ImportReport, Noticed
from vigie.terms import BadRequest, Doubt, InboxItem, Moment, Officer, Purpose

CHUNK = 1000
"""Parts handed in together: one disk flush for about a thousand boxes, and at most some megabytes in memory."""

HISTORY = 4
"""History is handed in and written in pieces so many times larger: nobody acts yet, and a box that is told of several
times in one is judged and written once. Source: own; measured on simulated traffic (ADR 0048)."""

CHUNK_BYTES = 16 << 20
"""Bytes handed in together, where parts are large: memory stays bounded whatever the sizes of messages."""

T = TypeVar("T")
Progress = Callable[[ImportReport], None]


class Tally:
    """Counts while an import runs."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self.files = self.parts = self.known = self.entries = self.assessed = self.faults = 0
        self.rows: Counter[str] = Counter()
        self.doubts: Counter[str] = Counter()
        self.containers: set[int] = set()  # hashes: a third of the memory of the numbers
        self.messages: set[int] = set()
        self.noticed: list[tuple[str, Doubt]] = []

    def add(self, brought: Sequenced) -> None:
        """Add what a batch brought."""
        self.entries += brought.entries
        self.assessed += brought.assessed
        self.faults += brought.faults
        self.rows.update(brought.rows)
        self.doubts.update(brought.doubts)
        self.containers.update(map(hash, brought.containers))
        self.noticed += brought.noticed[: NOTICED - len(self.noticed)]

    def report(self) -> ImportReport:
        """What was brought so far."""
        return ImportReport(
            files=self.files, messages=len(self.messages), parts=self.parts, known=self.known,
            consignments=self.rows["Consignment"], containers=len(self.containers), movements=self.rows["Movement"],
            measurements=self.rows["Measurement"], plans=self.rows["Stowed"],
            positions=self.rows["Position"] + self.rows["Port"], entries=self.entries, assessed=self.assessed,
            faults=self.faults, doubts=dict(self.doubts), seconds=round(perf_counter() - self.began, 3),
            noticed=tuple(
                Noticed(name, doubt.code, doubt.place.part, doubt.place.segment, doubt.place.path, doubt.place.offset,
                        doubt.facts)
                for name, doubt in self.noticed
            ),
        )  # fmt: skip


def take_in(
    officer: Officer, files: Iterable[tuple[str, BinaryIO]], node: Node, *, progress: Progress | None = None,
    backload: bool = False, column_map: str | None = None, purpose: Purpose = Purpose.TARGETING,
) -> ImportReport:
    """Take files of any known format in; when it returns, everything is in the log, lists and scores.

    Args:
        files: Name and stream of each. backload: The files are history, from before the node went live.
        column_map: How the columns of a table are named (TOML); None where the files are no tables.
        progress: Told the counts after every thousand parts.

    Raises:
        NotForYou: The officer may not. BadRequest: The column map cannot be read. Conflict: The node is live already,
        so nothing can be loaded behind its back.
    """
    permit(officer, "import", purpose, "messages", node)
    if backload and node.store.settings.get(LIVE) is not None:
        raise BadRequest(reason="the-node-is-live-history-can-only-be-loaded-before")
    columns = None if column_map is None else _columns(column_map)
    tally = Tally()
    received = node.now()
    together = CHUNK * HISTORY if backload else CHUNK
    chunks = _Fetched(_chunks(_parts(files, columns, tally), together))
    with node.sequencer() as mine:
        for chunk in chunks:
            with undisturbed():
                _hand_in(chunk, backload, tally, node, chunks.fetch if mine else None, together)
            if progress is not None:
                progress(tally.report())
        if mine:
            tally.add(node.drain())
            if progress is not None:
                progress(tally.report())
    report = tally.report()
    leave(
        officer, purpose, "import", "messages", node, files=report.files, parts=report.parts, known=report.known,
        containers=report.containers, backload=backload, began=received,
    )
    return report


def retry(officer: Officer, node: Node, purpose: Purpose = Purpose.TARGETING) -> ImportReport:
    """Work once more on every part that was set aside, after what set it aside has been mended.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "import", purpose, "messages", node)
    tally = Tally()
    with node.sequencer() as mine:
        tally.parts = node.store.inbox.again()
        if mine:
            tally.add(node.drain())
    report = tally.report()
    leave(officer, purpose, "import", "set-aside", node, parts=report.parts, faults=report.faults)
    return report


def _columns(text: str) -> Any:
    from vigie.arrivals import read_column_map  # tables are heavy, and most files are none

    return read_column_map(text)


def _parts(files: Iterable[tuple[str, BinaryIO]], columns: Any, tally: Tally) -> Iterator[tuple[str, Part]]:
    """The parts of all files, each with the name of its file."""
    for name, stream in files:
        tally.files += 1
        for part in split(stream, column_map=columns):
            yield name, part


def _chunks(parts: Iterable[tuple[str, Part]], together: int) -> Iterator[list[tuple[str, Part]]]:
    """Parts that are handed in together: of one large file, or of many small ones."""
    chunk: list[tuple[str, Part]] = []
    held = 0
    for name, part in parts:
        chunk.append((name, part))
        held += len(part.body)
        if len(chunk) >= together or held >= CHUNK_BYTES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


class _Fetched(Iterator[T]):
    """Things of an iterator, the next of which can be fetched before it is asked for."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._next: list[T] = []
        self._fault: Exception | None = None

    def fetch(self) -> None:
        """Fetch the next thing; never raises: what went wrong is raised when it is asked for."""
        if not self._next and self._fault is None:
            try:
                self._next.append(next(self._source))
            except Exception as fault:  # noqa: BLE001 -- kept, and raised below where the caller can deal with it
                self._fault = fault

    def __next__(self) -> T:
        self.fetch()
        if self._next:
            return self._next.pop()
        raise self._fault or StopIteration


def content_of(part: Part) -> bytes:
    """What a part is told apart by, with 0x1F between: format, form, head of its envelope, and its own bytes."""
    return b"\x1f".join((part.format.encode(), part.form.encode(), part.head, part.body))


def item_of(part: Part, source: str, received: Moment, backload: bool = False) -> InboxItem:
    """Put a part into the form in which it waits; the same content is the same item, whichever file brings it."""
    digest = sha256(content_of(part)).hexdigest()
    return InboxItem("part", digest, packed(part), received, source, part.message, part.sent_at, backload)


def _hand_in(
    chunk: list[tuple[str, Part]], backload: bool, tally: Tally, node: Node, fetch: Callable[[], None] | None,
    together: int = CHUNK,
) -> None:
    """Hand parts in.

    Args:
        fetch: Fetches the next ones, where this process writes them; None where another one does. together: Parts that
            may wait for the next.
    """
    received = node.now()
    items = [item_of(part, source, received, backload) for source, part in chunk]
    receipts = node.store.inbox.add(items)
    tally.parts += len(chunk)
    tally.known += sum(receipt.known for receipt in receipts)
    for (source, part), receipt in zip(chunk, receipts, strict=True):
        if receipt.known and not part.body:  # says nothing but that this file is empty or damaged, whatever file it is
            tally.add(counted(part, source))
    tally.messages.update(hash(part.message) for _, part in chunk)
    if fetch is not None:
        held = [replace(item, id=told.id) for item, told in zip(items, receipts, strict=True) if not told.known]
        tally.add(node.drain(together, held, fetch))  # the last chunk is read while the one before is written
        return
    fresh = [receipt.id for receipt in receipts if not receipt.known]
    for (source, part), receipt in zip(chunk, receipts, strict=True):
        if not receipt.known:  # another process writes them; what they hold is counted here
            tally.add(counted(part, source))
    node.settle(fresh)
    tally.faults += sum(state.startswith("fault") for state in node.store.inbox.state(fresh).values())


def counted(part: Part, source: str = "") -> Sequenced:
    """Count what a part holds, without writing anything."""
    return brought([tell(item_of(part, source, Moment(0)))])
