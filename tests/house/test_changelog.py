"""Every change tells its users: a fragment per change, named `<issue>.<slug>.md`."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_fragments_are_named_and_short():
    fragments = sorted((ROOT / "changelog.d").glob("*"))
    assert fragments
    for path in fragments:
        assert re.fullmatch(r"\d+\.[a-z0-9-]+\.md", path.name), path.name
        assert 0 < len(path.read_text().split()) <= 150, path.name
