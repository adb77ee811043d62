"""Documents printed: PDF/UA-1 by typst and DOCX by python-docx, in memory, without the machine's fonts or clock.

The same document gives the same bytes: its own day stands in both files as their date.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vigie.registry import (
    BulletinMissing,
    Chart,
    Document,
    Heading,
    Paragraph,
    Said,
    Table,
    chart_typst,
    typst_of,
)

if TYPE_CHECKING:
    from docx.document import Document as Written

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every member of a DOCX file: the earliest that a ZIP archive can name."""

_PPI = 150.0
"""Dots per inch of a chart in DOCX: sharp in print at its width of 165 mm."""

_WIDTH_MM = 165


def pdf_of(document: Document) -> bytes:
    """Print a document as tagged PDF (PDF/UA-1) with title, language and alternative texts.

    Raises:
        BulletinMissing: The extra is not installed.
    """
    day = datetime.fromisoformat(document.day).replace(tzinfo=UTC)
    return _typst(typst_of(document), format="pdf", pdf_standards=["ua-1"], timestamp=int(day.timestamp()))


def _typst(source: str, **wanted: Any) -> bytes:
    try:
        import typst
    except ModuleNotFoundError:
        raise BulletinMissing(extra="bulletin") from None
    made: bytes = typst.compile(source.encode(), ignore_system_fonts=True, **wanted)
    return made


def docx_of(document: Document) -> bytes:
    """Print a document as DOCX; each number leads to its entry in the table of sources.

    Raises:
        BulletinMissing: The extra is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError:
        raise BulletinMissing(extra="bulletin") from None
    written = docx.Document()
    _set_up(written, document)
    written.add_heading(document.title, 0)
    written.add_paragraph(document.subtitle)
    for mark in document.marks:
        written.add_paragraph().add_run(mark).bold = True
    for block in document.blocks:
        match block:
            case Heading():
                written.add_heading(block.text, 1)
            case Paragraph():
                _paragraph(written, block)
            case Table():
                _table(written, block)
            case Chart():
                _chart(written, block, document.language)
    if document.sources:
        _sources(written, document)
    return _packed(written)


def _set_up(written: "Written", document: Document) -> None:
    """Title, language, date and footer; marks stand on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    day = datetime.fromisoformat(document.day)
    told = written.core_properties
    told.title, told.author, told.language = document.title, document.publisher, document.language
    told.created = told.modified = day
    told.last_modified_by, told.revision, told.comments = document.publisher, 1, ""
    fonts = written.styles.element.find(".//" + qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = fonts.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        fonts.append(spoken)
    spoken.set(qn("w:val"), {"en": "en-GB", "pt": "pt-PT"}.get(document.language, document.language))
    section = written.sections[0]
    section.page_width, section.page_height = _mm(210), _mm(297)
    section.left_margin = section.right_margin = _mm(22)
    if document.marks:
        section.header.paragraphs[0].text = " · ".join(document.marks)
    section.footer.paragraphs[0].text = document.publisher


def _mm(length: int) -> Any:
    from docx.shared import Mm

    return Mm(length)


def _paragraph(written: "Written", block: Paragraph) -> None:
    line = written.add_paragraph()
    for part in block.parts:
        _say(line, part, 8.5 if block.quiet else 0.0)


def _say(line: Any, part: Said, size: float = 0.0) -> None:
    """Write a piece; a number with a source becomes a link inside the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    runs = [line.add_run(part.text)]
    if part.source:
        mark = line.add_run(f"[{part.source}]")
        mark.font.superscript = True
        runs.append(mark)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"s{part.source}")
        runs[0]._r.addprevious(link)
        for run in runs:
            link.append(run._r)
    if size:
        for run in runs:
            run.font.size = Pt(size)


def _table(written: "Written", table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    written.add_paragraph(table.caption, style="Caption")
    made = _grid(written, table.columns)
    for row in table.rows:
        cells = made.add_row().cells
        for cell, told, unit in zip(cells, row, table.units, strict=True):
            line = cell.paragraphs[0]
            _say(line, told, 9.0)
            if unit:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    written.add_paragraph()


def _grid(written: "Written", heads: tuple[str, ...]) -> Any:
    """An empty table whose first row is a header that comes again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = written.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(again)
    return made


def _chart(written: "Written", chart: Chart, language: str) -> None:
    """A chart as an image with its words."""
    image = _typst(chart_typst(chart, language), format="png", ppi=_PPI)
    shape = written.add_picture(BytesIO(image), width=_mm(_WIDTH_MM))
    told = shape._inline.docPr
    told.set("descr", chart.alt)
    told.set("title", chart.caption)
    written.add_paragraph(chart.caption, style="Caption")


def _sources(written: "Written", document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    written.add_heading(document.words.sources, 1)
    made = _grid(written, document.words.columns)
    for one in document.sources:
        cells = made.add_row().cells
        line = cells[0].paragraphs[0]
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(one.number))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), f"s{one.number}")
            line._p.append(mark)
        for cell, text in zip(cells, (str(one.number), one.told, str(one.rows), one.digest), strict=True):
            _say(cell.paragraphs[0], Said(text), 8.5)


def _packed(written: "Written") -> bytes:
    """The file with fixed times, members in order of their names."""
    raw, out = BytesIO(), BytesIO()
    written.save(raw)
    with ZipFile(raw) as found, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        # the list of types stands first, where readers look for it
        for name in sorted(found.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = ZipInfo(name, _EPOCH)
            member.compress_type = ZIP_DEFLATED
            packed.writestr(member, found.read(name))
    return out.getvalue()
