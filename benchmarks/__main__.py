"""`make bench`: run every speed figure beside its peer in the same run, and write benchmarks/results.json."""

import argparse
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent
QUALITY = ("risk", "clones")
"""Modules of benchmarks/quality that run with `--long`."""

FIELDS = ("name", "value", "unit", "target", "peer", "peer_value", "ratio", "n", "low", "high", "seed", "command", "commit")


def main() -> int:
    """Run the figures and print them as they come."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--long", action="store_true", help="full counts instead of those of half an hour")
    asked.add_argument("--only", default="", help="name of one module of benchmarks/speed; with --long also risk, clones")
    asked.add_argument("--out", type=Path, default=FOLDER / "results.json")
    given = asked.parse_args()
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=FOLDER, capture_output=True, text=True, check=False).stdout.strip()
    kept = [] if not given.only else [f for f in _before(given.out) if f.get("module") != given.only]
    for path in sorted((FOLDER / "speed").glob("*.py")):
        if path.stem.startswith("_") or given.only not in ("", path.stem):
            continue
        begun = time.perf_counter()
        for figure in import_module(f"benchmarks.speed.{path.stem}").figures(given.seed, quick=not given.long):
            row = {field: figure.get(field) for field in FIELDS} | {"commit": commit, "module": path.stem}
            kept.append(row)
            print(f"{path.stem}: {row['name']} = {row['value']} {row['unit']} (target {row['target']}; {row['peer']} {row['peer_value']})")
        print(f"{path.stem}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        given.out.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    for name in (name for name in QUALITY if given.long and given.only in ("", name)):
        kept += _quality(name, given.seed, commit)
        given.out.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    return 0


def _quality(name: str, seed: int, commit: str) -> list[dict[str, object]]:
    """What the risk core is worth on splits inside public tables (the acceptance parts are not here); clones and silence."""
    told = import_module(f"benchmarks.quality.{name}").figures(seed, quick=False)
    for figure in told:
        print(f"{name}: {figure['name']} = {figure['value']} {figure['unit']} (target {figure['target']})")
    return [{field: figure.get(field) for field in FIELDS} | {"commit": commit, "module": name} for figure in told]


def _before(path: Path) -> list[dict[str, object]]:
    return list(msgspec.json.decode(path.read_bytes())) if path.exists() else []


if __name__ == "__main__":
    sys.exit(main())
