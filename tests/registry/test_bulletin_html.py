from html.parser import HTMLParser

import pytest
from tests.registry.documents import a_bulletin, a_row

from vigie.registry import Document, Paragraph, Said, Words, body_of, html_of


class Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.hrefs, self.open = [], set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        self.ids |= {told["id"]} if "id" in told else set()
        self.hrefs += [told["href"]] if "href" in told else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["fr", "nl", "en", "pt", "es"])
def test_each_number_leads_to_its_source_and_every_tag_is_closed(language):
    found = Read(html_of(a_bulletin(language)))
    assert found.open == []
    assert {href[1:] for href in found.hrefs if href.startswith("#")} <= found.ids
    assert len(found.hrefs) > 20
    assert ("html", {"lang": language}) in found.tags
    assert all("style" not in told and not any(name.startswith("on") for name in told) for _, told in found.tags)


def test_with_a_register_numbers_lead_to_its_rows():
    found = Read(body_of(a_bulletin(register="/registry")))
    assert "/registry?as_of=2026-01-15&since=2025-01-01&until=2025-12-31&substance=cocaine&provenance=BR" in found.hrefs


def test_what_a_text_holds_is_no_markup():
    sneaky = Document("<b>t", "<i>s", "en", '<p>"', "2026-01-01", (Paragraph((Said("<script>alert(1)</script>"),)),),
                      (), Words("s", ("a", "b", "c", "d"), "p"), ("<mark>",))  # fmt: skip
    assert not {"script", "b", "i", "mark"} & {tag for tag, _ in Read(html_of(sneaky)).tags}
    rows = [a_row("2025-01-05", 1, provenance='"><script>')]
    assert "script" not in {tag for tag, _ in Read(html_of(a_bulletin(rows=rows, register="/registry"))).tags}


def test_bars_have_words_and_no_height_below_nothing():
    rects = [told for tag, told in Read(html_of(a_bulletin())).tags if tag == "rect"]
    assert len(rects) == 24
    assert all(0 <= float(told["height"]) <= 120 for told in rects)
