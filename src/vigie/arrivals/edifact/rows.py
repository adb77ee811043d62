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
from vigie.arrivals.edifact.syntax import Elements, cut_all, service_of
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


def read(part: Part) -> Reading:
    """Read a part that `split` cut."""
    return next(read_all((part,)))


def read_all(parts: Iterable[Part]) -> Iterator[Reading]:
    """Read parts one after the other; the head that consecutive parts of a message share is read once."""
    known: bytes | None = None
    envelope, head, service = Envelope(), Said(), service_of(b"")
    for part in parts:
        notes = Notes(part, envelope.reference)
        if known is None or part.head != known or part.number == 0:
            service = service_of(part.head)
            envelope = read_head(part.head, service)
            notes.reference = envelope.reference
            head = head_said(envelope.segments, notes)
            known = part.head
        reader = _READERS.get(part.form)
        if reader is None:
            if part.number == 0 and part.form:
                notes.tell("edifact-unread-form", HEAD, "UNH", form=part.form[:6])
            yield Reading((), notes.doubts())
            continue
        segments = cut_all(part.body, service, envelope.syntax)
        rows = tuple(reader(envelope, head, segments, notes))
        yield Reading(rows, notes.doubts())
