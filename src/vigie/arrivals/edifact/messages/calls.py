"""Ships' calls: announcements to terminals (CALINF) and conveyance reports to customs (CUSREP).

Source: UN/EDIFACT CALINF, CUSREP D.00B; 2005 (132, 133 estimated; 178, 186 actual; 232, 189 scheduled).
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.edifact.envelope import Envelope, one
from vigie.arrivals.edifact.messages.notes import Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.arrivals.events import Classifier, Port
from vigie.terms import write_moment

_EVENTS = {
    "132": ("ARRI", Classifier.ESTIMATED), "133": ("DEPA", Classifier.ESTIMATED),
    "178": ("ARRI", Classifier.ACTUAL), "186": ("DEPA", Classifier.ACTUAL), "136": ("DEPA", Classifier.ACTUAL),
    "232": ("ARRI", Classifier.PLANNED), "189": ("DEPA", Classifier.PLANNED),
}  # fmt: skip
_CALLED = frozenset(("153", "60", "5", "11", "9", "165", "175", "87", "8"))  # 3227: places the ship calls at


def read_calls(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Port]:
    """One row for each place and time at it; without a place in front, a time belongs to the first place after it."""
    del head, form
    everything = Said(0)
    stops: list[tuple[str, str, Said]] = []
    for at, elements in enumerate(segments):
        tag = elements[0].upper() if isinstance(elements[0], str) else ""
        if tag == "LOC" and one(elements, 1) in _CALLED:
            stop = Said(at)
            stop.take(elements, at, notes)
            stops.append((one(elements, 1), "", stop))
        elif tag == "DTM" and stops:
            stops[-1][2].take(elements, at, notes)
            continue
        everything.take(elements, at, notes)
    call = everything.call()
    ship = call.imo or call.call_sign or call.name
    loose = [(qualifier, when) for qualifier, when in everything.dates.items() if qualifier in _EVENTS]
    for index, (qualifier, _, stop) in enumerate(stops):
        place, facility = stop.places.get(qualifier, ("", ""))
        timed = [(key, when) for key, when in stop.dates.items() if key in _EVENTS]
        for key, when in timed or (loose if index == 0 else []):
            code, classifier = _EVENTS[key]
            if when.at is None:
                continue
            name = f"{envelope.sender}:{code}-{classifier.value}:{ship}:{call.voyage}:{place}:{write_moment(when.at)}"
            yield Port(
                call=call, place=place, code=code, classifier=classifier, at=when.at, event_id=name, facility=facility
            )
