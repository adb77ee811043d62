"""A doubt: what a message leaves unsure, and where in it; nothing is refused for its form."""

import msgspec

from vigie.terms.errors import Fact


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where in a message something stands.

    Attributes:
        part: Message reference (UNH, MRN, event id), as written.
        segment: Segment or line or row number, counted from 1.
        path: XPath, JSON pointer, or `tag+qualifier` of a segment.
        offset: First byte in the file, counted from 0.
    """

    part: str = ""
    segment: int | None = None
    path: str = ""
    offset: int | None = None


class Doubt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a reader noticed.

    Attributes:
        code: Stable name; its text in five languages stands in `terms/texts/doubts.toml`.
        place: Where it stands.
        facts: Values that the text names.
    """

    code: str
    place: Place
    facts: dict[str, Fact] = {}
