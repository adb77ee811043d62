"""A document as a value: headings, sentences, tables, charts, and the sources that every number refers to.

One value is printed as PDF, DOCX, CSV and HTML, so that no form says something that another one does not.
"""

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from vigie.terms import AnalyticsMissing


class BulletinMissing(AnalyticsMissing):
    """What prints documents or reads office files is not installed: extra `bulletin`."""

    code = "bulletin-missing"


class Said(msgspec.Struct, frozen=True):
    """A piece of a sentence, or a cell.

    Attributes:
        text: As people read it, in the document's language.
        source: Number of the entry in the table of sources; 0 where it rests on no row.
        value: The bare number for programs; None where the text is all.
    """

    text: str
    source: int = 0
    value: float | int | None = None


class Heading(msgspec.Struct, frozen=True, tag_field="block", tag="heading"):
    """A heading of a section."""

    text: str


class Paragraph(msgspec.Struct, frozen=True, tag_field="block", tag="paragraph"):
    """A sentence or some. quiet: A note beside the matter, set small."""

    parts: tuple[Said, ...]
    quiet: bool = False


class Table(msgspec.Struct, frozen=True, tag_field="block", tag="table"):
    """A table; the first cell of each row names the row.

    Attributes:
        caption: What it shows. columns: Heads. units: Unit of each column (`kg`, `findings`), empty for words.
        rows: Cells, as many as columns.
    """

    caption: str
    columns: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]


class Chart(msgspec.Struct, frozen=True, tag_field="block", tag="chart"):
    """Bars of one measure; whoever cannot see them reads `alt`, and the table beside it holds every value.

    Attributes:
        caption: What it shows. alt: The same in words, with the highest and the lowest.
        bars: Label under each bar, and its value (0 or more) as shown and bare.
    """

    caption: str
    alt: str
    bars: tuple[tuple[str, Said], ...]

    @property
    def top(self) -> float:
        """The highest value, 1.0 where all are nothing: what the height of the chart stands for."""
        return max((float(told.value or 0) for _, told in self.bars), default=0.0) or 1.0


Block = Heading | Paragraph | Table | Chart


class Source(msgspec.Struct, frozen=True):
    """What a number rests on.

    Attributes:
        number: From 1; the numbers of the document refer to it. told: Which rows, in words.
        query: The same as a query of the register's list, `name=value&…`; empty where no list shows them.
        rows: How many. digest: First 16 hexadecimal characters of SHA-256 over the rows, to see whether they changed.
    """

    number: int
    told: str
    query: str
    rows: int
    digest: str


class Words(msgspec.Struct, frozen=True):
    """Words of the frame. sources: Heading of the table of sources; columns: its heads; page: `page` of a page."""

    sources: str
    columns: tuple[str, str, str, str]
    page: str


class Document(msgspec.Struct, frozen=True):
    """A document to be printed.

    Attributes:
        title: Its title. subtitle: Line below it. language: `fr`, `nl`, `en`, `pt` or `es`. publisher: The node.
        day: ISO date; stands in the files as their date, so that the same document is the same bytes on any day.
        blocks: What it says, in order. sources: What its numbers rest on. words: Words of the frame.
        marks: Words that stand on every page: simulated, provisional.
        register: Address of the register's list, to which `Source.query` is added; empty for no links.
    """

    title: str
    subtitle: str
    language: str
    publisher: str
    day: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    words: Words
    marks: tuple[str, ...] = ()
    register: str = ""


class Sources:
    """Numbers the sources while a document is composed; the same rows asked for again keep their number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Source] = {}

    def add(self, told: str, query: str, rows: Iterable[str]) -> int:
        """Take a source in and give its number.

        Args:
            told: Which rows, in words. query: Of the register's list. rows: One line per row, in any order.
        """
        lines = sorted(rows)
        digest = sha256("\n".join(lines).encode()).hexdigest()[:16]
        key = (told, query, digest)
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = Source(len(self._found) + 1, told, query, len(lines), digest)
        return known.number

    def all(self) -> tuple[Source, ...]:
        """The sources in the order of their numbers."""
        return tuple(self._found.values())
