"""The reading room's pages: asked in memory, and in a real browser where there is one."""

import re
import socket
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn
from tests.console.browsing import browse
from tests.console.conftest import signed_in
from tests.desk.read import CAT, DAN, a_room

from vigie.app.web import create_app
from vigie.desk import officers, reading
from vigie.desk.views import Preferences
from vigie.terms import Language

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node, scans = a_room(tmp_path_factory.mktemp("room") / "home")
    yield SimpleNamespace(node=node, scans=scans, app=create_app(node))
    node.__exit__(None, None, None)


@pytest.fixture
def cat(room):
    with browse(room.app) as client:
        client.cookies.set("vigie", signed_in(room.node, CAT))
        yield client


def test_the_list_says_what_waits_and_filters(cat, room):
    page = cat.get("/scanning/read")
    assert page.text.count("data-row") == 5
    assert "simulated" in page.text
    assert "no machine lets a box go" in page.text
    assert "5 not read by the machine yet" in page.text
    assert "No scan that waits fits" in cat.get("/scanning/read?awaits=arbiter").text
    assert cat.get("/scanning/read?awaits=nobody").status_code == 422
    assert "Rules of the reading room" not in page.text  # a targeting officer does not change them


def test_claim_read_and_go_to_the_next(cat, room):
    first = room.scans[0]
    told = cat.post("/scanning/read", data={"act": "claim", "scan": first})
    assert told.headers["location"] == f"/scanning/scan/{first}"
    page = cat.get(f"/scanning/scan/{first}").text
    assert "Simulated picture" in page
    assert "BANANAS" in page
    assert "Hidden until your reading is given" in page
    assert "not calibrated" in page
    frame = re.search(r'data-high="([^"]+)"', page).group(1)
    answer = cat.get(frame)
    record = room.node.store.scans.get(first)
    assert len(answer.content) == record.rows * record.columns * 2
    assert answer.headers["content-encoding"] == "identity"
    assert cat.get(f"/scanning/scan/{first}/preview").headers["content-type"] == "image/webp"
    form = {"verdict": "hold-and-visit", "reason": ["bags", ""], "x": ["3", ""], "y": ["4", ""], "width": ["50", ""],
            "height": ["30", ""], "region_note": ["at the doors", ""], "then": "next"}  # fmt: skip
    given = cat.post(f"/scanning/scan/{first}", data=form)
    assert given.headers["location"].startswith("/scanning/scan/X")
    assert given.headers["location"] != f"/scanning/scan/{first}"
    after = cat.get(f"/scanning/scan/{first}").text
    assert "Decided: hold and visit" in after
    assert "at the doors" in after
    bad = cat.post(f"/scanning/scan/{room.scans[1]}", data={"verdict": "hold-and-visit"})
    assert bad.status_code == 422
    assert "a hold needs a region" in bad.text.lower()


def test_the_other_scan_is_laid_over_this_one(cat, room):
    answer = cat.get(f"/scanning/scan/{room.scans[0]}/beside/{room.scans[4]}")
    record = room.node.store.scans.get(room.scans[0])
    assert len(answer.content) == record.rows * record.columns * 4
    assert float(answer.headers["x-likeness"]) > 0.5
    assert cat.get(f"/scanning/scan/{room.scans[0]}/beside/X0").status_code in {403, 404}


def test_keys_are_the_officers_own(cat, room):
    from vigie.console.scanning_keys import USUAL

    form = {f"key-{action}": key for action, key in USUAL.items()} | {"key-hold": "z", "back": "/scanning/read"}
    assert cat.post("/scanning/keys", data=form).status_code == 303
    assert officers.preferences(CAT, room.node).keys["scan-hold"] == "z"
    assert cat.post("/scanning/keys", data=form | {"key-hold": "n"}).status_code == 422
    cat.post("/scanning/keys", data={"usual": "yes"})
    assert officers.preferences(CAT, room.node).keys == {}


def test_a_supervisor_changes_the_rules(room):
    from tests.desk.port import BOB

    with browse(room.app) as bob:
        bob.cookies.set("vigie", signed_in(room.node, BOB))
        assert "Rules of the reading room" in bob.get("/scanning/read").text
        rules = {"reasons_shown": "yes", "second_percent": "0", "claim_minutes": "20", "due_minutes": "90"}
        assert bob.post("/scanning/room", data=rules).status_code == 303
        assert bob.post("/scanning/room", data=rules | {"claim_minutes": "soon"}).status_code == 422
        assert "Agreement of readers" in bob.get("/scanning/read").text


# ---- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(room):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is a development package")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is absent: make test installs Debian's chromium")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(room.app, port=number, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield SimpleNamespace(address=f"http://localhost:{number}", browser=browser)
        browser.close()
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def opened(site, room):
    contexts = []

    def make(officer=DAN, **options):
        context = site.browser.new_context(base_url=site.address, **({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        context.add_cookies([{"name": "vigie", "value": signed_in(room.node, officer), "url": site.address}])
        page = context.new_page()
        page.faults, page.asked = [], []
        page.on("console", lambda told: told.type in {"error", "warning"} and page.faults.append(told.text))
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("request", lambda request: page.asked.append(request.url))
        return page

    yield make
    for context in contexts:
        context.close()


def drawn(page, where):
    page.goto(where, wait_until="load")
    page.wait_for_selector("#scan.exact", timeout=30_000)


@pytest.mark.browser
def test_both_ways_of_drawing_give_the_same_pixels(opened, room):
    from benchmarks.speed.viewer import PIXELS

    found = {}
    for way in ("canvas", "webgl2"):
        page = opened()
        drawn(page, f"/scanning/scan/{room.scans[1]}?draw={way}")
        found[page.evaluate("document.getElementById('scan').view.way.name")] = page.evaluate(PIXELS)
        assert [one for one in page.faults if "readback" not in one and "ReadPixels" not in one] == []  # reading is ours
    assert set(found) == {"canvas", "webgl2"}
    assert found["canvas"] == found["webgl2"]
    assert len(set(found["canvas"])) >= 4  # the last two lie outside so small a picture


@pytest.mark.browser
def test_three_keys_hold_a_box(opened, room):
    page = opened()
    drawn(page, f"/scanning/scan/{room.scans[1]}")
    page.uncheck("input[name=then]")
    page.keyboard.press("2")
    assert page.locator("#regions li").count() == 1
    assert page.locator("#regions select").input_value() == "bags"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("h")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert "Decided" in page.content()
    (told,) = room.node.store.readings.of([room.scans[1]])[room.scans[1]]
    assert (told.verdict.value, told.regions[0].reason.value, told.reader) == ("hold-and-visit", "bags", "dan")
    assert page.faults == []


@pytest.mark.browser
def test_tools_by_mouse_and_keyboard(opened, room):
    page = opened()
    drawn(page, f"/scanning/scan/{room.scans[2]}")
    view = "document.getElementById('scan').view"
    box = page.locator("canvas.main").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    assert "%" in page.locator("#readout").inner_text()
    assert "not calibrated" in page.locator("#readout").inner_text()
    before = page.evaluate(f"{view}.high - {view}.low")
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1], steps=3)
    page.mouse.up()
    assert page.evaluate(f"{view}.high - {view}.low") > before
    page.keyboard.press("b")
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 40, steps=3)
    page.mouse.up()
    assert page.locator("#regions li").count() == 1
    assert page.locator(".marks .region").count() == 1
    page.locator(".marks .region").focus()
    page.keyboard.press("Delete")
    assert page.locator("#regions li").count() == 0
    page.keyboard.press("m")
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 100, middle[1], steps=3)
    page.mouse.up()
    assert "cm" in page.locator(".marks .length text").text_content()
    for key, state in (("i", "invert"), ("c", "palette"), ("e", "edges"), ("l", "mode"), ("u", None), ("0", None)):
        seen = page.evaluate(f"String({view}.{state})") if state else None
        page.keyboard.press(key)
        assert state is None or page.evaluate(f"String({view}.{state})") != seen
    page.keyboard.press("?")
    assert page.locator("#scan-keys").evaluate("one => one.open")
    page.keyboard.press("Escape")
    assert page.faults == []


@pytest.mark.browser
def test_on_a_telephone_the_picture_comes_before_the_tools(opened, room):
    page = opened(viewport={"width": 390, "height": 844})
    drawn(page, f"/scanning/scan/{room.scans[2]}")
    box = page.locator("canvas.main").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert not page.locator("[data-act=invert]").is_visible()
    page.click("[data-fold]")
    assert page.locator("[data-act=invert]").is_visible()
    assert page.locator("[data-fold]").get_attribute("aria-expanded") == "true"
    assert page.faults == []


@pytest.mark.browser
def test_files_are_taken_in_without_leaving_the_page(opened, room):
    page = opened()
    page.goto("/scanning/scans", wait_until="load")
    page.set_input_files("#bring input[type=file]", {"name": "torn.tif", "mimeType": "image/tiff", "buffer": b"II*\0no"})
    page.click("#bring button")
    page.locator("#brought .alert").wait_for(timeout=20_000)
    assert "torn.tif" in page.locator("#brought").inner_text()
    assert not page.locator("#bring progress").is_visible()
    assert page.faults == []


@pytest.mark.browser
def test_a_difference_is_shown_and_taken_away_again(opened, room):
    page = opened(CAT)
    drawn(page, f"/scanning/scan/{room.scans[0]}")
    for key, mode in (("d", "difference"), ("p", "side"), ("f", "flicker")):
        page.keyboard.press(key)
        page.wait_for_selector(f".screens[data-mode={mode}]", timeout=20_000)
        page.locator("#quality:has-text('likeness')").wait_for(timeout=20_000)
    page.keyboard.press("f")
    page.wait_for_selector(".screens[data-mode=one]")
    assert page.faults == []
    assert [one for one in page.asked if not one.startswith("http://localhost")] == []


@pytest.mark.browser
@pytest.mark.parametrize("language", list(Language))
def test_the_pages_hold_for_every_reader(opened, room, language):
    officers.prefer(DAN, Preferences(language=language, theme="dark" if language == "nl" else "light"), room.node)
    pages = ("/scanning/read", f"/scanning/scan/{room.scans[3]}", f"/scanning/scan/{room.scans[0]}", "/scanning/train")
    narrow = opened(viewport={"width": 320, "height": 700})
    for path in pages:
        narrow.goto(path)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in frontend/")
    page = opened(bypass_csp=True)
    for path in pages:
        page.goto(path, wait_until="load")
        if "/scan/" in path:
            page.wait_for_selector("#scan.exact", timeout=30_000)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
            ".then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]))", RULES,
        )  # fmt: skip
        assert found == [], path
    officers.prefer(DAN, Preferences(), room.node)


def test_readings_given_here_are_those_of_the_desk(room):
    assert reading.worklist(CAT, room.node).counts["first"] < 5
