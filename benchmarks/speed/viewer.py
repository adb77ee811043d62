"""The viewer in headless Chromium without a graphics card: preview, exact picture, window and level, equal pixels.

The picture has 3000 by 1000 pixels of 16 bits with Poisson noise, as reference page console measured it. Peer: the same
picture as a PNG of 16 bits, decoded and drawn by the browser, which leaves 8 bits. `python -m benchmarks.speed.viewer`
prints one line per figure.
"""

import argparse
import gzip
import json
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
import uvicorn

from vigie.app.web import create_app
from vigie.desk import officers, reading_pictures, scanning_intake
from vigie.node import FixedClock, Node, build, load_settings
from vigie.scanning import Scan, ScanFacts, write_tiff
from vigie.terms import Handling, Moment, Officer, OfficerId, Purpose, Role, read_moment

COMMAND = "python -m benchmarks.speed.viewer"
CHROMIUM = "/usr/bin/chromium"
ROWS, COLUMNS = 1000, 3000
NOW = read_moment("2026-03-02T06:00:00Z")
OFFICER = Officer(OfficerId("eva"), "Eva", (Role.TARGETING, Role.SUPERVISOR), Handling.RED, tuple(Purpose))
TARGETS = {"preview": 150, "exact": 500, "level": 50}

OPENED = """() => {
  const image = performance.getEntriesByType('resource').find(one => one.name.endsWith('/preview'));
  const frame = performance.getEntriesByType('resource').find(one => one.name.includes('/frames/high/'));
  const root = document.getElementById('scan');
  return {preview: image.responseEnd, exact: Number(root.dataset.exact), answered: frame.responseStart,
          arrived: frame.responseEnd, way: root.dataset.drawnBy};
}"""
LEVEL = """n => { const view = document.getElementById('scan').view, took = [];
  for (let i = 0; i < n; i += 1) { view.set({low: .5 + i / 500, high: .9 + i / 500}); view.draw(); view.way.read(); took.push(view.took); }
  return took; }"""
PIXELS = """() => { const view = document.getElementById('scan').view; const found = [];
  for (const change of [{}, {invert: true, gamma: .6}, {palette: 'heat', mode: 'linear', low: .1, high: .7}, {edges: true}, {scale: 1.7, x: 900, y: 300}, {scale: 5, x: -20, y: 500}]) {
    view.set(change); view.draw(); const data = view.way.read(); let sum = 2166136261;
    for (let i = 0; i < data.length; i += 1) sum = Math.imul(sum ^ data[i], 16777619);
    found.push(sum >>> 0); } return found; }"""
PEER = """async () => { const blob = await (await fetch('/peer.png')).blob(); const took = [];
  for (let i = 0; i < 5; i += 1) { const began = performance.now(); const image = await createImageBitmap(blob);
    const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
    const to = canvas.getContext('2d'); to.drawImage(image, 0, 0); to.getImageData(0, 0, 1, 1); took.push(performance.now() - began); }
  return took; }"""


def a_picture(seed: int) -> Scan:
    """A container with pallets, 3000 by 1000, two energies, Poisson noise."""
    chance = np.random.default_rng(seed)
    field = np.zeros((ROWS, COLUMNS), np.float32)
    field[80:860, 180:2820] = 0.35
    for pallet in range(10):
        left = 220 + pallet * 258
        field[360:840, left : left + 236] += 1.4 + 0.3 * chance.random((480, 236), np.float32)
    counts = [chance.poisson(np.exp(-field * share) * 9000) * 5 for share in (1.0, 1.2)]
    high, low = (one.clip(0, 65_535).astype(np.uint16) for one in counts)
    facts = ScanFacts(energies_mev=(6.0, 4.0), air=(45_000, 45_000), row_mm=4.0, column_mm=4.0, scanner="MX-1", simulated=True)
    return Scan(facts=facts, high=high, low=low)


@contextmanager
def served(home: Path, seed: int) -> Iterator[tuple[Node, str, str, Scan]]:
    """A node with one scan, its address, and the scan's page."""
    settings = load_settings(environment={}, home=home, simulated=True, sites=("BEANR",), clock_start=NOW)
    with build(settings, clock=FixedClock(Moment(NOW))) as node, socket.socket() as free:
        officers.add(None, OFFICER, node)
        told = a_picture(seed)
        view = scanning_intake.take_in(OFFICER, write_tiff(told, "one", fast=True), node)
        record = node.store.scans.get(view.rows[0].id)
        reading_pictures.keep_frames(record, node, told)  # as the child does behind each scan that comes
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
        free.close()
        server = uvicorn.Server(uvicorn.Config(create_app(node), port=number, log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield node, f"http://localhost:{number}", f"/scanning/scan/{view.rows[0].id}", told
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def opened(browser: Any, node: Node, address: str, where: str) -> Any:
    """The page of the scan in a browser of its own, drawn exactly."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 1000})
    token = officers.sign_in(officers.link(None, OFFICER.id, node).token, node).token
    context.add_cookies([{"name": "vigie", "value": token, "url": address}])
    page = context.new_page()
    page.goto(where, wait_until="load")
    page.wait_for_selector("#scan.exact", timeout=30_000)
    return page


def measured(seed: int, runs: int) -> dict[str, Any]:
    """Open the page so many times; draw with both ways; decode the peer."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, served(Path(home) / "home", seed) as (node, address, where, told), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opens, levels = [], {"canvas": [], "webgl2": []}
        for _ in range(runs + 1):  # the first warms the server
            page = opened(browser, node, address, where)
            opens.append(page.evaluate(OPENED))
            page.context.close()
        pixels = {}
        for way in levels:
            page = opened(browser, node, address, f"{where}?draw={way}")
            levels[way] = page.evaluate(LEVEL, 20)
            pixels[way] = (page.evaluate("document.getElementById('scan').view.way.name"), page.evaluate(PIXELS))
            if way == "canvas":
                page.route("**/peer.png", lambda route: route.fulfill(body=_png(told), content_type="image/png"))
                peer = page.evaluate(PEER)
            page.context.close()
        browser.close()
    raw = told.high.tobytes()
    begun = time.process_time()
    packed = len(gzip.compress(raw, 1))
    return {"opens": opens[1:], "levels": levels, "pixels": pixels, "peer": peer, "raw": len(raw), "gzip": packed,
            "gzip_s": time.process_time() - begun}  # fmt: skip


def _png(scan: Scan) -> bytes:
    import imagecodecs

    return bytes(imagecodecs.png_encode(scan.high, level=6))


def figures(seed: int, quick: bool = True) -> Iterator[dict[str, Any]]:
    """The figures, each beside the peer."""
    runs = 5 if quick else 20
    told = measured(seed, runs)
    peer = median(told["peer"])

    def row(name: str, values: list[float], target: float | None, **more: Any) -> dict[str, Any]:
        ends = quantiles(values, n=20) if len(values) > 1 else [values[0]] * 19
        return {"name": name, "value": round(median(values), 1), "unit": "ms", "target": None if target is None else f"<= {target:g} ms",
                "peer": "PNG of 16 bits: decoding and drawing alone, 8 bits left", "peer_value": round(peer, 1),
                "ratio": round(peer / median(values), 2), "n": len(values), "low": round(ends[0], 1), "high": round(ends[-1], 1),
                "seed": seed, "command": COMMAND, **more}  # fmt: skip

    opens = told["opens"]
    yield row("viewer: preview has come, from the start of the page", [one["preview"] for one in opens], TARGETS["preview"])
    yield row("viewer: 3000 x 1000 x 16 bits drawn exactly, no graphics card", [one["exact"] for one in opens], TARGETS["exact"],
              way=opens[0]["way"], server_ms=round(median([one["answered"] for one in opens]), 1),
              arrived_ms=round(median([one["arrived"] for one in opens]), 1))  # fmt: skip
    yield row("viewer: window and level, canvas", told["levels"]["canvas"], TARGETS["level"])
    yield row("viewer: window and level, WebGL2 in software", told["levels"]["webgl2"], None)
    same = told["pixels"]["canvas"][1] == told["pixels"]["webgl2"][1]
    ways = sorted({told["pixels"][way][0] for way in told["pixels"]})
    yield {"name": "viewer: both ways of drawing give the same pixels (6 settings)", "value": float(same), "unit": "1 = yes", "target": "1",
           "peer": " and ".join(ways), "peer_value": None, "n": 6, "seed": seed, "command": COMMAND}  # fmt: skip
    yield {"name": "viewer: bytes of one exact picture, plain", "value": told["raw"] / 1e6, "unit": "MB", "target": None, "peer": "gzip -1",
           "peer_value": round(told["gzip"] / 1e6, 2), "ratio": round(told["gzip"] / told["raw"], 2), "n": 1, "seed": seed,
           "gzip_cpu_s": round(told["gzip_s"], 3), "command": COMMAND}  # fmt: skip


def main() -> int:
    """Run; 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--long", action="store_true")
    asked.add_argument("--seed", type=int, default=20261122)
    given = asked.parse_args()
    missed = False
    for told in figures(given.seed, quick=not given.long):
        print(json.dumps(told), flush=True)
        target = told["target"] or ""
        missed |= target.startswith("<=") and told["value"] > float(target.split()[1])
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
