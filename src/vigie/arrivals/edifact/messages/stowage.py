"""Bay plans and container lists: BAPLIE, MOVINS, COPRAR, COPARN, COREOR, COPINO."""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Function, Stowed
from vigie.arrivals.edifact.envelope import Envelope
from vigie.arrivals.edifact.forms import FORMS
from vigie.arrivals.edifact.messages.groups import groups
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.terms import Moment

_PICKUP = ("235", "200", "234")
"""2005: collection, latest; pick-up or collection of cargo; collection, earliest.

Source: UN/EDIFACT D.00B, code list."""

_UNTIL = ("36",)
"""2005: expiry date. Source: UN/EDIFACT D.00B, code list."""


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
                documents=said.documents(), description=said.description, pickup=_told(said, shared, *_PICKUP),
                until=_told(said, shared, *_UNTIL),
            )  # fmt: skip
        else:
            notes.tell("edifact-empty-slot", said.index, "LOC+147", cell=said.stow[:7])


def _told(said: Said, head: Said | None, *qualifiers: str) -> Moment | None:
    """A date of the box, else of the whole list; a bay plan tells none."""
    if head is None:
        return None
    own = said.date(*qualifiers).at
    return head.date(*qualifiers).at if own is None else own
