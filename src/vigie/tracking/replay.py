"""One container told again, entry by entry, by the very rule by which the sequencer told it the first time."""

from collections.abc import Iterator, Sequence

from vigie.terms import Moment
from vigie.tracking.journey import Said, apply, doubted
from vigie.tracking.segment import segment_of
from vigie.tracking.visit import Visit

NEWEST = 4
"""Segments of a box that an entry can belong to: a sequencer reads no older ones, and a replay must not either.

Source: more than four lives within `SILENCE` would need a box to come back every seven weeks.
"""


class Replay:
    """The visits of one container as they were after each entry.

    Attributes:
        container: Normalised number. visits: Its visits as they are now, by rising segment.
        erased: Segments before the first that is told: their numbers are not given again.
    """

    def __init__(self, container: str, erased: int = 0) -> None:
        self.container, self.erased = container, erased
        self.visits: list[Visit] = []

    def take(
        self, hlc: Moment, said: Sequence[Said], codes: Sequence[str] = ()
    ) -> Iterator[tuple[Visit | None, Visit]]:
        """Apply what one entry says of the container; gives each visit that changed, before and after.

        Args:
            hlc: The entry. said: What it says of this container. codes: Doubt codes of the message it came from.
        """
        for one in said:
            recent = self.visits[-NEWEST:]
            segment = segment_of(recent, one, hlc) if recent else self.erased + 1
            before = next((visit for visit in recent if visit.segment == segment), None)
            after = apply(before, hlc, one, self.container, segment)
            if after is None or after is before:
                continue
            marked = doubted(after, tuple(codes))
            if before is None:
                self.visits.append(marked)
            else:
                self.visits[self.visits.index(before)] = marked
            yield before, marked
