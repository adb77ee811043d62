"""Decisions are written down, numbered once, and short."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
WANTED = {  # the decisions the first version stands on
    "0000": "state",
    "0001": "layout",
    "0002": "ids",
    "0003": "time",
    "0004": "errors",
    "0005": "store",
    "0006": "feature",
    "0007": "indicator",
    "0008": "selection",
    "0009": "stack",
    "0010": "licences",
}


def test_decisions_have_numbers_of_their_own_and_the_first_ones_exist():
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = Counter(path.name[:4] for path in pages)
    assert [number for number, count in numbers.items() if count > 1] == []
    named = {path.name[:4]: path.name for path in pages}
    assert {number for number, word in WANTED.items() if word not in named.get(number, "")} == set()


def test_a_decision_can_be_read_in_a_minute():
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        text = path.read_text()
        assert len(text.splitlines()) <= 90, path.name
        assert re.match(r"# \d{4}[ :.—-]", text) or path.name.startswith("0000"), path.name
