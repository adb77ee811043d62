import io
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from tests.registry.documents import a_bulletin

from vigie.engine import docx_of, pdf_of

LANGUAGES = ("fr", "nl", "en", "pt", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_and_has_title_language_and_marks_on_every_page(language):
    document = a_bulletin(language)
    read = pypdf.PdfReader(io.BytesIO(pdf_of(document)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert read.metadata.title == document.title
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert all(document.marks[0][:8] in page.extract_text() for page in read.pages)


def test_every_figure_of_a_pdf_has_words():
    read = pypdf.PdfReader(io.BytesIO(pdf_of(a_bulletin())))
    kinds = [(one["/S"], one.get("/Alt")) for one in structure(read.trailer["/Root"]["/StructTreeRoot"])]
    assert [bool(alt) for kind, alt in kinds if kind == "/Figure"] == [True, True]
    assert {"/Table", "/TH", "/TD", "/Link", "/H1"} <= {kind for kind, _ in kinds}


def structure(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from structure(child)


@pytest.mark.parametrize("printed", [pdf_of, docx_of])
def test_two_runs_give_the_same_bytes_and_another_day_others(printed):
    first = printed(a_bulletin("fr"))
    assert first == printed(a_bulletin("fr"))
    assert first != printed(a_bulletin("fr", as_of=date(2026, 2, 1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_docx_says_the_same_and_every_link_has_its_mark(language):
    document = a_bulletin(language)
    raw = docx_of(document)
    read = docx.Document(io.BytesIO(raw))
    assert read.core_properties.title == document.title
    assert read.core_properties.modified.isoformat() == "2026-01-15T00:00:00+00:00"
    assert len(read.tables) == len([one for one in document.blocks if hasattr(one, "rows")]) + 1
    assert document.marks[0] in read.sections[0].header.paragraphs[0].text
    body = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml").decode()
    assert all(f'w:name="s{one.number}"' in body for one in document.sources)
    assert body.count("<w:hyperlink") > 20
    assert body.count("descr=") == 2
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(raw)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
