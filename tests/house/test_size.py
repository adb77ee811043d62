"""Files and functions stay small enough to be read at once (HOUSE_STYLE: files at most 400 lines, functions 45)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("benchmarks/**/*.py")])
LONGEST_FILE, LONGEST_FUNCTION, ALL_TERMS = 400, 45, 1200


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("name", names(SOURCES))
def test_a_file_can_be_read_at_once(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function: lines for function, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def docstring_lines(node):
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return (first.end_lineno or 0) - first.lineno + 1 if told else 0


def test_the_ground_stays_small():
    assert sum(len(path.read_text().splitlines()) for path in ROOT.glob("src/vigie/terms/**/*.py")) <= ALL_TERMS


def test_the_front_page_stays_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100
