"""Bay plans and container lists: BAPLIE, MOVINS, COPRAR, COPARN, COREOR, COPINO."""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Function, Stowed
from vigie.arrivals.edifact.envelope import Envelope
from vigie.arrivals.edifact.forms import FORMS
from vigie.arrivals.edifact.messages.groups import groups
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements


def read_stowage(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Stowed]:
    """Each container of a plan or list, in the order of the message; slots without a number are kept."""
    if envelope.function is Function.CANCELLATION:
        notes.tell("edifact-list-cancelled", HEAD, "BGM", form=form)
        return
    call, openers = head.call(), FORMS[form].openers if form in FORMS else ("EQD",)
    shared = head if form not in {"BAPLIE", "MOVINS"} else None
    at = envelope.sent_at
    for said in groups(segments, openers, notes):
        if said.numbered:
            yield Stowed(
                form=form, equipment=said.equipment(notes), call=call, route=said.route(shared), at=at,
                documents=said.documents(), description=said.description,
            )  # fmt: skip
        else:
            notes.tell("edifact-empty-slot", said.index, "LOC+147", cell=said.stow[:7])
