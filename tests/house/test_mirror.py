"""Every source file has its test file, and every test file its source file."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "vigie"
TESTS = ROOT / "tests"
OWN_FOLDERS = {"stories", "stores", "nodes", "golden", "house", "fuzz", "quality"}  # tests of several files at once


def needs_a_test(path):
    if path.name != "__init__.py":
        return True
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    return any(line.lstrip().startswith(("def ", "class ")) and "__getattr__" not in line for line in lines)


def mirrored(path):
    part = path.relative_to(SOURCES)
    name = part.parent.name if part.name == "__init__.py" else part.stem
    return TESTS / part.parent / f"test_{name.lstrip('_')}.py"


def test_every_file_has_its_test_file():
    missing = [
        str(path.relative_to(ROOT))
        for path in sorted(SOURCES.rglob("*.py"))
        if needs_a_test(path) and not mirrored(path).exists()
    ]
    assert missing == []


def test_every_test_file_has_its_file():
    wanted = {mirrored(path) for path in SOURCES.rglob("*.py")}
    found = {path for path in TESTS.rglob("test_*.py") if path.relative_to(TESTS).parts[0] not in OWN_FOLDERS}
    assert sorted(str(path.relative_to(ROOT)) for path in found - wanted) == []
