"""Doubts of one part, with the place of the segment they are about."""

from vigie.arrivals.edifact.syntax import BLANKS, Run, service_of
from vigie.arrivals.reading import Part
from vigie.terms import Doubt, Fact, Place

HEAD = -1
"""Stands for the number of a segment of the head: noticed once, with the first part of a message."""

ELSEWHERE = -2
"""Stands for the number of a segment that was copied into the part from another place of the message."""


class Notes:
    """Collects doubts while a part is read; where they stand in the file is worked out only if there are any."""

    __slots__ = ("part", "reference", "told")

    def __init__(self, part: Part, reference: str) -> None:
        self.part, self.reference = part, reference
        self.told: list[tuple[int, str, str, dict[str, Fact]]] = []

    def tell(self, code: str, at: int, path: str = "", **facts: Fact) -> None:
        """Notice something at a segment of the body (counted from 0), or of the head."""
        if at != HEAD or self.part.number == 0:
            self.told.append((at, code, path, facts))

    def doubts(self) -> tuple[Doubt, ...]:
        """The splitter's doubts, then those of the reader in the order noticed."""
        if not self.told:
            return self.part.doubts
        offsets = _offsets(self.part)
        return self.part.doubts + tuple(
            Doubt(code, self._place(at, path, offsets), facts) for at, code, path, facts in self.told
        )

    def _place(self, at: int, path: str, offsets: list[int]) -> Place:
        if at < 0:
            return Place(self.reference, path=path)
        return Place(self.reference, self.part.segment + at, path, offsets[at] if at < len(offsets) else None)


def _offsets(part: Part) -> list[int]:
    """Tell where in the file each segment of a part starts."""
    run = Run(part.offset, part.body, part.body.endswith(b"'"), service_of(part.head))
    offsets: list[int] = []
    end = part.offset
    for piece in run.pieces():
        told = piece.lstrip(BLANKS)
        if told:
            offsets.append(end + len(piece) - len(told))
        end += len(piece) + 1
    return offsets
