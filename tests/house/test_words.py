"""Words and constructions that have no place in the house."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "src").rglob("*.py"))
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "process", "common", "misc", "core"}
FORBIDDEN = {
    "asks the machine for the time": re.compile(r"datetime\.now\(|\butcnow\("),
    "swallows every fault": re.compile(r"except (Base)?Exception:\s*\n\s*pass\b"),
    "left open": re.compile(r"\b(TODO|FIXME|XXX:)"),
    "runs foreign text": re.compile(r"\bpickle\b|\bmarshal\b|\byaml\.load\("),
}
OUTSIDE = re.compile(r"/(?:wor[k]|roo[t]|hom[e])/|pypi\.or[g]|files\.pythonhoste[d]|registry\.npmj[s]")


def tracked():
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in told.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_speaks_as_the_house_does(path):
    text = path.read_text(encoding="utf-8")
    assert [reason for reason, shape in FORBIDDEN.items() if shape.search(text)] == []
    assert path.stem not in EMPTY_WORDS
    assert path.parent.name not in EMPTY_WORDS


def test_the_repository_names_no_machine_and_no_registry():
    found = []
    for path in tracked():
        if path.suffix in {".pmtiles", ".png", ".parquet", ".woff2"} or path.name == Path(__file__).name:
            continue
        if OUTSIDE.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_nothing_built_or_downloaded_is_tracked():
    wrong = re.compile(r"(^|/)(uv\.lock|\.venv/|node_modules/|__pycache__/)|\.pyc$")
    assert [str(p) for p in tracked() if wrong.search(p.relative_to(ROOT).as_posix())] == []
