"""A document as typst source: tagged headings, tables, links and alternative texts for PDF/UA-1.

Every word of a document enters as a string literal, so that no text can be taken for markup.
"""

from unicodedata import category

from vigie.registry.bulletin_document import Block, Chart, Document, Heading, Paragraph, Said, Source, Table

_FRAME = """\
#set document(title: {title}, author: {publisher}, date: datetime(year: {year}, month: {month}, day: {day}))
#set text(lang: {language}, font: "Libertinus Serif", size: 10.5pt)
#set par(justify: false, leading: 0.7em)
#set page(paper: "a4", margin: (x: 22mm, top: 24mm, bottom: 24mm),
  header: {header},
  footer: context grid(columns: (1fr, auto), text(8pt, {publisher}),
    text(8pt, {page} + " " + counter(page).display("1 / 1", both: true))))
#show heading: set text(fill: rgb("#12395b"))
#show heading: set block(above: 1.4em, below: 0.7em)
#show link: set text(fill: rgb("#12395b"))
#show title: set text(19pt, fill: rgb("#12395b"))
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set text(9pt)
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): it => {{ show figure.caption: it => block(sticky: true, it); it }}
#set table(stroke: (x, y) => if y == 0 {{ (bottom: 0.8pt + rgb("#12395b")) }} else {{
  (bottom: 0.3pt + rgb("#b6c2cc")) }}, inset: (x: 5pt, y: 4pt))
#title()
#text(12pt, {subtitle})
"""

_MARK = '#block(fill: rgb("#fff2cc"), stroke: 0.5pt + rgb("#8a6d00"), inset: 6pt, width: 100%, text(9.5pt, {text}))\n'


def literal(text: str) -> str:
    """Write a text as a string literal of typst; characters that are none for print are left out."""
    kept = "".join(" " if sign in "\n\t" else sign for sign in text if sign in "\n\t" or category(sign)[0] != "C")
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_of(document: Document) -> str:
    """Write a document as the source of a PDF/UA-1 file."""
    year, month, day = document.day.split("-")
    marks = " · ".join(document.marks)
    frame = _FRAME.format(
        title=literal(document.title), publisher=literal(document.publisher), year=int(year), month=int(month),
        day=int(day), language=literal(document.language), page=literal(document.words.page),
        subtitle=literal(document.subtitle),
        header=f'align(right, text(8pt, fill: rgb("#8a3b00"), {literal(marks)}))' if marks else "none",
    )  # fmt: skip
    parts = [frame, *(_MARK.format(text=literal(mark)) for mark in document.marks)]
    parts += [_block(one) for one in document.blocks]
    return "\n".join([*parts, *_sources(document)]) + "\n"


def chart_typst(chart: Chart, language: str) -> str:
    """Write one chart alone on a page of its own size, to be drawn as an image."""
    frame = f"#set page(width: 165mm, height: auto, margin: 2mm)\n#set text(lang: {literal(language)}, size: 9pt)\n"
    return frame + "#" + bars(chart) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"#heading({literal(block.text)})\n"
        case Paragraph():
            text = "".join(_said(one) for one in block.parts)
            return f"#text(8.5pt)[{text}]\n" if block.quiet else f"{text}\n"
        case Table():
            return _table(block)
        case Chart():
            caption, alt = literal(block.caption), literal(block.alt)
            return f"#figure(kind: image, alt: {alt}, caption: {caption}, {bars(block)})\n"


def _said(told: Said) -> str:
    if not told.source:
        return f"#{literal(told.text)};"
    return f'#link(<s{told.source}>)[#{literal(told.text)};#super("[{told.source}]")]'


def _table(table: Table) -> str:
    align = ", ".join("right" if unit else "left" for unit in table.units)
    heads = "".join(f"[#strong({literal(head)})]," for head in table.columns)
    rows = "\n".join("  " + "".join(f"[{_said(cell)}]," for cell in row) for row in table.rows)
    widths = ", ".join("auto" if unit else "1fr" for unit in table.units)
    return (
        f"#figure(kind: table, caption: {literal(table.caption)}, "
        f"table(columns: ({widths},), align: ({align},), table.header({heads.rstrip(',')},),\n{rows}))\n"
    )


def bars(chart: Chart) -> str:
    """Write the bars of a chart as one typst expression; heights are shares of 30 mm."""
    cells = []
    for label, told in chart.bars:
        height = 30.0 * float(told.value or 0) / chart.top
        cells.append(
            f"stack(spacing: 2pt, text(7pt, {literal(told.text)}), "
            f'rect(width: 70%, height: {height:.2f}mm, fill: rgb("#2f6690"), stroke: none), '
            f"text(7pt, {literal(label)}))"
        )
    inner = ",\n  ".join(f"align(bottom + center, {cell})" for cell in cells)
    return f"grid(columns: (1fr,) * {max(len(cells), 1)}, align: bottom + center,\n  {inner})"


def _sources(document: Document) -> list[str]:
    if not document.sources:
        return []
    heads = "".join(f"[#strong({literal(head)})]," for head in document.words.columns)
    rows = "\n".join(_source(one) for one in document.sources)
    return [
        f"#heading({literal(document.words.sources)})\n",
        "#text(8.5pt, table(columns: (auto, 1fr, auto, auto), align: (right, left, right, left), "
        f"table.header({heads.rstrip(',')},),\n{rows}))",
    ]


def _source(one: Source) -> str:
    return (
        f"  [{one.number} #metadata(none) <s{one.number}>], [#{literal(one.told)};], [{one.rows}],"
        f" [#raw({literal(one.digest)})],"
    )
