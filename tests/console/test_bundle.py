"""The committed bundle is what its sources build, and it is served so that a browser may keep it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.applications import Starlette
from tests.console.browsing import browse

from vigie.console.bundle import MAP, Bundle

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "src/vigie/console/static"
UNPACK = "const z=require('zlib'),f=require('fs');process.stdout.write(z.brotliDecompressSync(f.readFileSync(process.argv[1])))"


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The packages of the lock file, installed where they are not; needs npm, which CI must have."""
    if shutil.which("npm") is None:
        if os.environ.get("CI"):
            pytest.fail("npm is needed to build the bundle anew")
        pytest.skip("npm is not installed; the committed bundle is used as it is")
    if not (FRONTEND / "node_modules/esbuild").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=FRONTEND, check=True, capture_output=True, timeout=240)
    return FRONTEND / "node_modules"


def test_a_fresh_build_gives_the_committed_bytes(node_modules: Path, tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True, capture_output=True, timeout=120)
    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".br"}
    committed = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix != ".br"}
    assert fresh.keys() == committed.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []


def test_every_packed_file_unpacks_to_its_own(node_modules: Path) -> None:
    packed = sorted(STATIC.glob("*.br"))
    assert {path.stem for path in packed} == {path.name for path in STATIC.iterdir() if path.suffix in {".js", ".css", ".svg"}}
    for path in packed:
        told = subprocess.run(["node", "-e", UNPACK, str(path)], check=True, capture_output=True, timeout=60).stdout
        assert told == (STATIC / path.stem).read_bytes()


def test_every_package_in_the_bundle_brings_its_licence() -> None:
    told = (STATIC / "THIRD_PARTY.txt").read_text(encoding="utf-8")
    for name in ("htmx.org", "ol ", "ol-pmtiles", "pmtiles", "pbf", "rbush", "quickselect", "fflate"):
        assert f"\n{name}" in told
    assert "GPL" not in told
    assert "world-atlas" in (MAP.parent / "countries.LICENSE").read_text(encoding="utf-8")


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_file_is_served_packed_and_for_ever(accepted: str, coding: str | None) -> None:
    bundle = Bundle.load()
    with browse(Starlette(routes=bundle.routes())) as client:
        asked = client.get(bundle.href("live-worker.js"), headers={"accept-encoding": accepted})
        assert asked.headers.get("content-encoding") == coding
        assert "immutable" in asked.headers["cache-control"]
        assert asked.headers["content-type"].startswith("text/javascript")


def test_only_files_of_the_bundle_are_served() -> None:
    bundle = Bundle.load()
    with browse(Starlette(routes=bundle.routes())) as client:
        for name in ("nothing.js", "..%2fpages.py", "console.js.br"):
            assert client.get(f"/static/{bundle.version}/{name}").status_code == 404


def test_another_byte_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first = Bundle.load(tmp_path).version
    (tmp_path / "a.js").write_text("2")
    assert Bundle.load(tmp_path).version != first


def test_the_map_is_served_in_ranges() -> None:
    with browse(Starlette(routes=Bundle.load().routes())) as client:
        head = client.get("/map/countries.pmtiles", headers={"range": "bytes=0-6"})
        assert (head.status_code, head.content) == (206, b"PMTiles")
        assert head.headers["content-range"] == f"bytes 0-6/{MAP.stat().st_size}"
