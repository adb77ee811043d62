"""Documentation is tested: generated pages are up to date, and nothing a user can name is missing from them."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|Unlicense|Public Domain|CC0|HPND|0BSD|Python-2.0|The Unlicense"
)
ORACLES = {"python-stdnum", "cpe"}  # LGPL: used by tests alone; the second by way of stix2-validator


def generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages():
    return generator().pages()


def test_generated_pages_are_up_to_date(pages):
    stale = [
        str(path.relative_to(ROOT))
        for path, text in pages.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make docs`"


def test_every_licence_is_one_we_may_stand_on(pages):
    rows = re.findall(r"(?m)^\| ([^|]+) \| ([^|]+) \|$", pages[DOCS / "reference" / "licences.md"])
    wrong = {
        name: licence
        for name, licence in rows
        if name not in {"package", "---", *ORACLES} and not ALLOWED.search(licence)
    }
    assert wrong == {}


def test_links_between_pages_lead_somewhere():
    broken = []
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_sources_named_in_docstrings_exist():
    missing = set()
    for path in (ROOT / "src").rglob("*.py"):
        for page, anchor in re.findall(r"(docs/[a-z0-9/_.-]+\.md)(#[a-z0-9-]+)?", path.read_text(encoding="utf-8")):
            target = ROOT / page
            heads = (
                {slug(head) for head in re.findall(r"(?m)^#+ (.+)$", target.read_text())} if target.exists() else None
            )
            if heads is None or (anchor and anchor[1:] not in heads):
                missing.add(f"{path.relative_to(ROOT)}: {page}{anchor}")
    assert missing == set()


def slug(head):
    return re.sub(r"[^a-z0-9]+", "-", head.lower()).strip("-")
