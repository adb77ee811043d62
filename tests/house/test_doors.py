"""Front doors stay light, and the base package alone opens every one of them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent.name for path in (ROOT / "src" / "vigie").glob("*/__init__.py"))
HEAVY = {
    "numpy",
    "duckdb",
    "pyarrow",
    "lightgbm",
    "sklearn",
    "onnxruntime",
    "pydicom",
    "typst",
    "distributed",
    "polars",
}


def modules_after(statement):
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\nprint(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "src",
    )
    return set(told.stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_a_front_door_loads_no_heavy_runtime(room):
    assert modules_after(f"import vigie.{room}") & HEAVY == set()


def test_the_command_answers_without_loading_the_web():
    loaded = modules_after("from vigie.app import command")
    assert loaded & {"fastapi", "starlette", "uvicorn", "pydantic", "jinja2", "lxml"} == set()


def test_the_base_package_alone_opens_every_door(tmp_path):
    """Install the base lock into an empty environment; import every front door; weigh it (at most 150 MB)."""
    uv = ROOT / ".venv" / "bin" / "uv"
    place = tmp_path / "base"
    subprocess.run([uv, "--quiet", "venv", "--python", sys.executable, place], check=True)
    python = place / "bin" / "python"
    install = [uv, "--quiet", "pip", "install", "--python", python]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "requirements" / "base.lock"], check=True)
    doors = "; ".join(f"import vigie.{room}" for room in ROOMS)
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {doors}; import vigie.app.command, vigie.app.web"
    subprocess.run([python, "-W", "error", "-c", code], check=True, cwd=tmp_path)
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file() and not file.is_symlink())
    size += sum(file.stat().st_size for file in (ROOT / "src").rglob("*") if file.is_file() and file.suffix != ".pyc")
    assert size <= 150_000_000
