"""The import contracts hold; and each of them, broken on purpose in a copy of the sources, is seen to be broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = [
    c["name"] for c in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]
BREAKS = {  # contract to (module of the copy, line that breaks it)
    "One way through the house": ("terms/moments.py", "import vigie.desk"),
    "arrivals: enter by the front door": ("tracking/visit.py", "import vigie.arrivals.cargo"),
    "tracking: enter by the front door": ("risk/history.py", "import vigie.tracking.visit"),
    "risk: enter by the front door": ("selection/planning.py", "import vigie.risk.features"),
    "selection: enter by the front door": ("inspections/consistency.py", "import vigie.selection.draw"),
    "inspections: enter by the front door": ("desk/inspections.py", "import vigie.inspections.consistency"),
    "registry: enter by the front door": ("desk/audit.py", "import vigie.registry.seizure"),
    "ports: enter by the front door": ("desk/audit.py", "import vigie.ports.uplift"),
    "exchange: enter by the front door": ("desk/audit.py", "import vigie.exchange.tree"),
    "trends: enter by the front door": ("desk/audit.py", "import vigie.trends.counts"),
    "scanning: enter by the front door": ("desk/audit.py", "import vigie.scanning.xray.scan"),
    "Only scanning reads and judges pictures": ("desk/audit.py", "import pydicom"),
    "The simulator is not known to recognition": ("scanning/xray/scan.py", "import vigie.world"),
    "Only peers speak to other nodes": ("desk/audit.py", "import http.client"),
    "No circles": ("arrivals/cargo.py", "import vigie.tracking"),
    "Rooms do no I/O": ("risk/history.py", "import socket"),
    "Faces reach the stores only through a desk": ("cli/risk.py", "import vigie.store"),
    "Only the store opens a database": ("desk/audit.py", "import sqlite3"),
    "Only engine and store use DuckDB": ("desk/audit.py", "import duckdb"),
    "Only engine imports typst and docx": ("desk/bulletin.py", "import typst"),
}


def linted(folder):
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from importlinter.cli import lint_imports_command as run; run()"
    told = subprocess.run(
        [sys.executable, "-c", code, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return told.returncode, told.stdout + told.stderr


def test_every_contract_has_its_break():
    assert sorted(BREAKS) == sorted(CONTRACTS)


def test_the_house_keeps_its_contracts():
    code, told = linted(ROOT / "src")
    assert code == 0, told


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_broken_contract_is_seen(name, tmp_path):
    shutil.copytree(ROOT / "src" / "vigie", tmp_path / "vigie", ignore=shutil.ignore_patterns("__pycache__", "static"))
    module, line = BREAKS[name]
    path = tmp_path / "vigie" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    code, told = linted(tmp_path)
    assert code == 1, told
    assert f"{name} BROKEN" in told
