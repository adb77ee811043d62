import json
from unicodedata import category

import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.documents import a_bulletin

from vigie.registry import Chart, typst_of
from vigie.registry.bulletin_typst import literal


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_literal_that_says_it(text):
    kept = "".join(sign for sign in text.translate({9: " ", 10: " "}) if category(sign)[0] != "C")
    assert typst_values(f"#metadata({literal(text)}) <said>") == [kept]


def typst_values(source):
    return json.loads(typst.query(source.encode(), "<said>", field="value"))


def test_a_space_that_parts_thousands_is_kept():
    assert literal("1\u202f234\u00a0kg") == '"1\u202f234\u00a0kg"'


def test_the_source_names_title_language_and_a_label_for_each_source():
    document = a_bulletin("nl")
    source = typst_of(document)
    assert f'title: "{document.title}"' in source
    assert 'lang: "nl"' in source
    assert all(f"<s{one.number}>\n" in source or f"<s{one.number}>]" in source for one in document.sources)
    assert source.count("alt: ") == sum(isinstance(one, Chart) for one in document.blocks) == 2
