"""Read one part of an EDIFACT message: canonical rows and doubts; nothing that stands in it is a reason to stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from vigie.arrivals.edifact.envelope import Envelope, read_head
from vigie.arrivals.edifact.messages.calls import read_calls
from vigie.arrivals.edifact.messages.manifest import read_manifest
from vigie.arrivals.edifact.messages.moves import read_moves
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.messages.response import read_response
from vigie.arrivals.edifact.messages.said import Said, head_said
from vigie.arrivals.edifact.messages.status import read_status
from vigie.arrivals.edifact.messages.stowage import read_stowage
from vigie.arrivals.edifact.messages.weights import read_weights
from vigie.arrivals.edifact.syntax import Elements, Repeated, cut_all, service_of
from vigie.arrivals.reading import Part, Reading, Row

Reader = Callable[[Envelope, Said, Sequence[Elements], Notes], Iterable[Row]]

_BY_READER: dict[Callable[..., Iterable[Row]], tuple[str, ...]] = {
    read_stowage: ("BAPLIE", "MOVINS", "COPRAR", "COPARN", "COREOR", "COPINO"),
    read_manifest: ("CUSCAR", "IFCSUM", "IFTMIN", "IFTMCS"),
    read_moves: ("CODECO", "COARRI"),
    read_status: ("IFTSTA",),
    read_weights: ("VERMAS",),
    read_calls: ("CALINF", "CUSREP"),
    read_response: ("CUSRES",),
}
_READERS: dict[str, Reader] = {
    form: partial(reader, form=form) for reader, forms in _BY_READER.items() for form in forms
}

FORMS_READ = tuple(_READERS)
"""Message types that become rows; any other is kept raw."""


class PartsReader:
    """Reads parts one after the other; the head that consecutive parts of a message share is read once.

    One belongs to one run of parts: what it remembers is the head of the last one, and segments that many boxes share.
    """

    def __init__(self) -> None:
        self._known: bytes | None = None
        self._repeated = Repeated()
        self._envelope, self._head, self._service = Envelope(), Said(), service_of(b"")

    def read(self, part: Part) -> Reading:
        """Read the next part that `split` cut."""
        notes = Notes(part, self._envelope.reference)
        if part.head != self._known or part.number == 0:
            self._read_head(part, notes)
        reader = _READERS.get(part.form)
        if reader is None:
            if part.number == 0 and part.form:
                notes.tell("edifact-unread-form", HEAD, "UNH", form=part.form[:6])
            return Reading((), notes.doubts())
        segments = cut_all(part.body, self._service, self._envelope.syntax, self._repeated)
        return Reading(tuple(reader(self._envelope, self._head, segments, notes)), notes.doubts())

    def _read_head(self, part: Part, notes: Notes) -> None:
        self._known = None  # a head that fails is not taken for one that was read
        self._service = service_of(part.head)
        self._envelope = read_head(part.head, self._service)
        notes.reference = self._envelope.reference
        self._head = head_said(self._envelope.segments, notes)
        self._known = part.head


def read(part: Part) -> Reading:
    """Read a part that `split` cut."""
    return PartsReader().read(part)


def read_all(parts: Iterable[Part]) -> Iterator[Reading]:
    """Read parts one after the other."""
    return map(PartsReader().read, parts)
