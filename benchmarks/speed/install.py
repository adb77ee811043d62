"""What an installation weighs: the base, and what each extra adds, as the packages say of themselves."""

from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import vigie

COMMAND = "python -m benchmarks --only install"
TARGETS = {"base": 150.0, "analytics": 500.0}
"""MB. Source: issue 8."""

EXTRAS = ("analytics", "models", "postgres", "scanning", "bulletin", "cluster")
FEAST_MB = 584.0
"""Feast 0.67 with its dependencies. Source: reference page scale, section 1."""


def figures(seed: int, quick: bool) -> Iterable[dict[str, object]]:
    """Measure what is installed here; an extra that is not is left out."""
    base = needed("vigie")
    own = sum(file.stat().st_size for file in Path(vigie.__file__).parent.rglob("*")
              if file.is_file() and "__pycache__" not in file.parts)  # fmt: skip
    whole = own + sum(map(size_of, base))
    yield _figure("base", whole, len(base), seed)
    for extra in EXTRAS:
        names = needed("vigie", extra)
        if names:
            yield _figure(extra, sum(size_of(name) for name in names - base), len(names - base), seed)
    both = needed("vigie", "analytics")
    yield _figure("base with analytics", whole + sum(size_of(name) for name in both - base), len(both), seed)


def _figure(name: str, size: int, count: int, seed: int) -> dict[str, object]:
    return {"name": f"size of {name}", "value": round(size / 1e6, 1), "unit": "MB", "target": TARGETS.get(name), "n": count,
            "peer": "Feast 0.67", "peer_value": FEAST_MB, "seed": seed, "command": COMMAND}  # fmt: skip


def needed(name: str, extra: str = "") -> frozenset[str]:
    """All that a package needs, with what that needs; empty where an extra is not installed whole."""
    found: dict[str, None] = {}
    waiting = [(name, extra)]
    while waiting:
        one, with_extra = waiting.pop()
        try:
            told = distribution(one)
        except PackageNotFoundError:
            return frozenset()
        for line in told.requires or ():
            wanted, extras = _wanted(line, with_extra)
            if wanted and wanted not in found:
                found[wanted] = None
                waiting += [(wanted, each) for each in extras or ("",)]
    return frozenset(found)


def _wanted(line: str, extra: str) -> tuple[str, list[str]]:
    """The package of a requirement that holds here, lower case; empty where it does not."""
    from packaging.requirements import Requirement

    told = Requirement(line)
    if told.marker is not None and not told.marker.evaluate({"extra": extra}):
        return "", []
    return told.name.lower().replace("_", "-"), sorted(told.extras)


def size_of(name: str) -> int:
    """The bytes of a package's files; compiled copies of its Python files do not count."""
    told: Distribution = distribution(name)
    paths = (Path(str(told.locate_file(file))) for file in told.files or () if file.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    for line in figures(0, quick=True):
        print(line)
