"""What can be scanned: the slots of a scanner in a shift at a site."""

import msgspec

from vigie.terms import BadRequest, Moment


class Scanner(msgspec.Struct, frozen=True):
    """A scanner with the number of boxes it takes in one shift.

    Attributes:
        id: As painted on it. slots: Boxes in the shift, 0 or more.
    """

    id: str
    slots: int


class Shift(msgspec.Struct, frozen=True):
    """One shift at one site.

    Attributes:
        site: UN/LOCODE of the port. name: `early`, `late`, `night`, or the site's own word.
        start, end: UTC. scanners: What works in it.
    """

    site: str
    name: str
    start: Moment
    end: Moment
    scanners: tuple[Scanner, ...]

    def __post_init__(self) -> None:
        """Refuse a shift that ends before it starts, or a scanner with less than nothing."""
        if self.end <= self.start:
            raise BadRequest(reason="a-shift-must-end-after-it-starts", shift=self.name)
        if any(scanner.slots < 0 for scanner in self.scanners):
            raise BadRequest(reason="a-scanner-cannot-have-fewer-than-0-slots", shift=self.name)

    @property
    def slots(self) -> int:
        """Boxes that can be scanned in the shift."""
        return sum(scanner.slots for scanner in self.scanners)

    @property
    def id(self) -> str:
        """Name the shift: site, start, name; the draws are keyed by it."""
        return f"{self.site}|{self.start}|{self.name}"
