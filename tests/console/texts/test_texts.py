"""Every text a page uses exists in five languages, and no page carries a text of its own."""

import re
import tomllib
from enum import StrEnum
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from vigie.terms import (
    Concealment,
    Depth,
    Detector,
    EntryKind,
    Found,
    Handling,
    Language,
    PartyRole,
    Purpose,
    Role,
)  # fmt: skip

CONSOLE = Path(str(files("vigie.console")))
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))
TABLES = {
    code: told
    for path in sorted((CONSOLE / "texts").glob("*.toml"))
    for code, told in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
CODES = {path: re.findall(r"\bt\('([a-z0-9_-]+)'", path.read_text(encoding="utf-8")) for path in TEMPLATES}
PLACES = re.compile(r"\{(\w+)\}")
MARKS = {"vigie", "TLP", "g", "v", "kind,value,note", "vigie officers link", "HTTP", "data-cancelled", "CSV", "JSON", "TOML",
         "AUC", "AP", "ECE", "PSI", "Brier", "UN/LOCODE", "ISO 3166", "HS", "kg", "t", "lb",
         "month,port,route,findings,kg,inspected,scanned,random_scanned",
         "place,scope,period_start,period_end,drug,measure,value,unit,source_title,publisher,source_date"}  # fmt: skip
"""What stays as it is in every language: names, codes, measures by their name, a command to type, the head of a file."""


def test_every_text_is_written_in_five_languages() -> None:
    wanted = {str(language) for language in Language}
    assert {code: told.keys() for code, told in TABLES.items() if told.keys() != wanted} == {}
    assert [code for code, told in TABLES.items() if not all(value.strip() for value in told.values())] == []


def test_a_text_names_the_same_facts_in_every_language() -> None:
    assert [code for code, told in TABLES.items() if len({frozenset(PLACES.findall(one)) for one in told.values()}) > 1] == []


def test_longer_texts_are_translated_and_not_copied() -> None:
    copied = [
        (code, language)
        for code, told in TABLES.items()
        for language in ("fr", "nl", "pt", "es")
        if told[language] == told["en"] and len(told["en"].split()) > 3
    ]
    assert copied == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_text_a_page_asks_for_exists(path: Path) -> None:
    asked = [code for code in CODES[path] if not code.endswith("-")]
    assert [code for code in asked if code not in TABLES] == []
    begun = [code for code in CODES[path] if code.endswith("-") and code != "error-"]
    assert [code for code in begun if not any(known.startswith(code) for known in TABLES)] == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("found", Found), ("concealment", Concealment), ("detector", Detector), ("depth", Depth), ("entry", EntryKind),
        ("party", PartyRole), ("purpose", Purpose), ("role", Role), ("language", Language),
    ],
)  # fmt: skip
def test_every_value_of_our_own_lists_has_a_word(kind: str, values: type[StrEnum]) -> None:
    assert [f"{kind}-{value}" for value in values if f"{kind}-{value}" not in TABLES] == []


def test_every_handling_code_is_explained() -> None:
    assert [code for code in Handling if f"tlp-{int(code)}" not in TABLES] == []


def test_every_message_after_an_act_exists() -> None:
    said = {code for path in CONSOLE.glob("*.py") for code in re.findall(r'"(said-[a-z-]+)"', path.read_text())}
    assert {code for code in said if code not in TABLES} == set()


class Literals(HTMLParser):
    """Collects what a reader would see or hear of a template without its placeholders."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read out or shown."""
        spoken = {"title", "aria-label", "placeholder", "alt", "data-confirm", "data-label"}
        self.found += [value for name, value in attrs if name in spoken and value]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_carries_words_of_its_own(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", " ", raw, flags=re.DOTALL)
    reader = Literals()
    reader.feed(bare)
    words = [piece.strip(" \n\t·:()/–−→≠×+?.,…|") for piece in reader.found]
    assert [word for word in words if re.search(r"[^\W\d_]", word) and word not in MARKS] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_breaks_the_strict_policy_or_the_escaping(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on|https?://", raw)
    assert not re.search(r"(?<!data-)\bhx-[a-z]+=", raw)
    assert not re.search(r"\|\s*safe\b|autoescape", raw)
