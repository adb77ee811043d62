"""A document as HTML without script or inline style: for the console's preview and as a page of its own."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from vigie.registry.bulletin_document import Block, Chart, Document, Heading, Paragraph, Said, Source, Table

WIDTH, HEIGHT, _FOOT = 640.0, 200.0, 40.0
"""The view box of a chart, and the room for labels below and values above its bars."""

_NUM = ' class="num"'
_SOURCE_KINDS = (_NUM, "", _NUM, "")


def html_of(document: Document) -> str:
    """Write a document as a whole page; the style stands in it, so that one file is enough."""
    style = (files("vigie.registry") / "bulletin.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(document.title)}</h1>\n{body_of(document)}"
        f"</main>\n<footer>{escape(document.publisher)}</footer>\n</body>\n</html>\n"
    )


def body_of(document: Document) -> str:
    """Write what stands below the title: marks, blocks, sources."""
    return "\n".join(_pieces(document)) + "\n"


def _pieces(document: Document) -> Iterator[str]:
    yield f'<p class="subtitle">{escape(document.subtitle)}</p>'
    for mark in document.marks:
        yield f'<p class="mark">{escape(mark)}</p>'
    for block in document.blocks:
        yield _block(block, document)
    if document.sources:
        yield f'<h2 id="sources">{escape(document.words.sources)}</h2>'
        heads = "".join(f'<th scope="col"{kind}>{escape(head)}</th>'
                        for head, kind in zip(document.words.columns, _SOURCE_KINDS, strict=True))  # fmt: skip
        rows = "\n".join(_source(one, document) for one in document.sources)
        label = escape(document.words.sources, quote=True)
        yield (f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table class="sources">'
               f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></div>")  # fmt: skip


def _block(block: Block, document: Document) -> str:
    match block:
        case Heading():
            return f"<h2>{escape(block.text)}</h2>"
        case Paragraph():
            told = "".join(_said(one, document) for one in block.parts)
            return f'<p class="hint">{told}</p>' if block.quiet else f"<p>{told}</p>"
        case Table():
            return _table(block, document)
        case Chart():
            return _chart(block)


def _said(told: Said, document: Document) -> str:
    text = escape(told.text)
    if not told.source:
        return text
    return f'<a href="{_target(document.sources[told.source - 1], document)}">{text}</a>'


def _target(source: Source, document: Document) -> str:
    """Where a number leads: to its rows in the register, or to the table of sources where there is no register."""
    if document.register and source.query:
        return escape(f"{document.register}?{source.query}", quote=True)
    return f"#s{source.number}"


def _table(table: Table, document: Document) -> str:
    kinds = [' class="num"' if unit else "" for unit in table.units]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head)}</th>' for head, kind in zip(table.columns, kinds, strict=True)
    )
    rows = []
    for first, *rest in table.rows:
        cells = "".join(f"<td{kind}>{_said(cell, document)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
        rows.append(f'<tr><th scope="row">{_said(first, document)}</th>{cells}</tr>')
    label = escape(table.caption, quote=True)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table><caption>{escape(table.caption)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table></div>"
    )


def _chart(chart: Chart) -> str:
    """Bars as SVG; the table beside it tells the same to who reads no picture, `alt` what it shows."""
    step = WIDTH / max(len(chart.bars), 1)
    drawn = []
    for place, (label, told) in enumerate(chart.bars):
        height = round((HEIGHT - 2 * _FOOT) * float(told.value or 0) / chart.top, 2)
        middle, top = round((place + 0.5) * step, 2), round(HEIGHT - _FOOT - height, 2)
        drawn.append(
            f'<rect x="{round(middle - step * 0.35, 2)}" y="{top}" width="{round(step * 0.7, 2)}" height="{height}"/>'
            f'<text x="{middle}" y="{round(top - 6, 2)}">{escape(told.text)}</text>'
            f'<text x="{middle}" y="{HEIGHT - _FOOT + 18}">{escape(label)}</text>'
        )
    return (
        f'<figure class="bars"><svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{escape(chart.alt, quote=True)}">' + "".join(drawn)
        + f"</svg><figcaption>{escape(chart.caption)}</figcaption></figure>"
    )  # fmt: skip


def _source(one: Source, document: Document) -> str:
    told = escape(one.told)
    if document.register and one.query:
        told = f'<a href="{_target(one, document)}">{told}</a>'
    return (
        f'<tr id="s{one.number}"><td class="num">{one.number}</td><td>{told}</td><td class="num">{one.rows}</td>'
        f"<td><code>{escape(one.digest)}</code></td></tr>"
    )
