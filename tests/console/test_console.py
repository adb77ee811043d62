"""The pages in a real browser: for every reader, language and theme; by keyboard; live; and never leaving the host."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.console.conftest import Port

from vigie.terms import Language

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is a development package")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_BYTES = 25_000
SHOTS = os.environ.get("VIGIE_SCREENSHOTS")  # a folder: where `make docs` wants the pictures of the README


@dataclass(frozen=True)
class Site:
    """The served node. box: The address of one container's page."""

    port: Port
    address: str
    box: str

    @property
    def pages(self) -> tuple[str, ...]:
        """Every kind of page."""
        return (
            "/", "/arrivals", self.box, f"{self.box}/watch", "/selection", "/selection/print", "/risk/watchlists",
            "/risk/indicators", "/audit", "/audit/verify", "/search?q=MSC", "/help", "/arrivals/NONE0000000-1",
            "/risk/indicators/P1", "/risk/indicators/edit", "/risk/indicators/import", "/risk/simulation",
            "/risk/backtest", "/risk/compare", "/risk/models", "/risk/drift", "/tracking/moves",
            f"/tracking/moves{self.box.removeprefix('/arrivals')}", "/tracking/ships", "/tracking/silent",
            "/tracking/releases", "/tracking/gate", "/ports/insiders", "/ports/figures", "/audit/erasure",
            "/audit/readers",
        )  # fmt: skip


@pytest.fixture(scope="module")
def site(port: Port) -> Iterator[Site]:
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is absent: make test installs Debian's chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    config = uvicorn.Config(port.app, port=number, log_config=None, timeout_graceful_shutdown=1, server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    from tests.console.conftest import ADA

    from vigie.desk import arrivals
    from vigie.desk.views import ArrivalsQuery

    box = arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0].visit
    yield Site(port, f"http://localhost:{number}", f"/arrivals/{box}")
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def chromium(site: Site) -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """One page in a browser of its own, and what went wrong in it."""

    page: Any
    faults: list[str]
    asked: list[str]


@pytest.fixture
def opened(site: Site, chromium: Any) -> Iterator[Any]:
    contexts = []

    def make(token: str | None = None, **options: Any) -> Opened:
        context = chromium.new_context(base_url=site.address, **({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        context.add_cookies([{"name": "vigie", "value": token or site.port.ada, "url": site.address}])
        page = context.new_page()
        found = Opened(page, [], [])
        page.on("console", lambda told: told.type in {"error", "warning"} and found.faults.append(told.text))
        page.on("pageerror", lambda fault: found.faults.append(str(fault)))
        page.on("request", lambda request: found.asked.append(request.url))
        return found

    yield make
    for context in contexts:
        context.close()


def speak(site: Site, language: Language, theme: str) -> None:
    """Set what the officer likes, as the menu does."""
    from tests.console.conftest import ADA

    from vigie.desk import officers
    from vigie.desk.views import Preferences

    officers.prefer(ADA, Preferences(language=language, theme=theme), site.port.node)


@pytest.fixture(autouse=True)
def english(site: Site) -> None:
    speak(site, Language.EN, "auto")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(site: Site, opened: Any, language: Language, theme: str) -> None:
    if not AXE.exists():
        if os.environ.get("CI"):
            pytest.fail("npm ci in frontend/ brings axe-core")
        pytest.skip("axe-core is not installed: npm ci in frontend/")
    speak(site, language, theme)
    page = opened(bypass_csp=True).page  # only to bring axe in; the policy itself is judged below
    wrong: dict[str, list[object]] = {}
    for path in site.pages:
        page.goto(path)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
            ".then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]))",
            RULES,
        )
        if found:
            wrong[path] = found
        assert page.locator("html").get_attribute("lang") == str(language)
    assert wrong == {}


@pytest.mark.parametrize("language", list(Language))
def test_nothing_scrolls_sideways_at_320_pixels(site: Site, opened: Any, language: Language) -> None:
    speak(site, language, "light")
    page = opened(viewport={"width": 320, "height": 700}).page
    wide = {}
    for path in site.pages:
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


def test_no_request_leaves_the_host_and_no_policy_is_broken(site: Site, opened: Any) -> None:
    seen = opened()
    for path in site.pages:
        seen.page.goto(path)
        seen.page.wait_for_timeout(150)
    seen.page.goto(site.box)
    seen.page.wait_for_selector("#map[data-drawn=yes]", timeout=15_000)
    assert [url for url in seen.asked if not url.startswith(site.address)] == []
    assert [fault for fault in seen.faults if "404" not in fault] == []
    assert any(url.endswith("countries.pmtiles") for url in seen.asked)


def test_the_list_of_fifty_rows_is_light_on_the_wire(site: Site, opened: Any) -> None:
    page = opened().page
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto("/arrivals")
    page.wait_for_timeout(500)
    assert page.locator("#rows tr[data-row]").count() == 50
    print(f"list page on the wire: {sum(sizes):.0f} bytes in {len(sizes)} answers")
    assert sum(sizes) <= MOST_BYTES


def test_targets_are_at_least_24_pixels(site: Site, opened: Any) -> None:
    page = opened().page
    small: dict[str, list[str]] = {}
    for path in site.pages:
        page.goto(path)
        found = page.evaluate(
            "() => [...document.querySelectorAll('button,input:not([type=hidden]),select,nav a,summary,.list .box a')]"
            ".filter(one => one.offsetParent && one.type !== 'checkbox' && one.type !== 'radio')"
            ".map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])"
            ".filter(([, box]) => box.height < 23.5 || box.width < 23.5).map(([html]) => html)"
        )
        if found:
            small[path] = found
    assert small == {}


def test_keys_move_mark_open_search_go_and_help(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("x")
    assert page.locator("#bulk output").text_content() == "1"
    page.keyboard.press("?")
    page.wait_for_selector("dialog#help[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog#help", state="hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/arrivals/*")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/selection")


def test_keys_can_be_switched_off(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/")
    page.locator(".about details.menu summary").click()
    page.locator("select[name=keys]").select_option("off")
    page.wait_for_selector("html[data-keys=off]")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert page.url == f"{site.address}/"


def test_language_and_theme_are_kept(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals?bands=high")
    page.locator(".about details.menu summary").click()
    page.locator("select[name=language]").select_option("fr")
    page.wait_for_selector("html[lang=fr]")
    assert page.url.endswith("/arrivals?bands=high")
    page.locator(".about details.menu summary").click()
    page.locator("select[name=theme]").select_option("dark")
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_filter_replaces_the_list_and_the_address(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals")
    box = page.locator("#rows .box a").nth(3).text_content().strip()
    page.locator("#filters input[name=text]").fill(box)
    page.wait_for_selector("#rows tr[data-row]:nth-child(2)", state="detached")
    assert f"text={box}" in page.url
    assert page.locator("#rows .box a").text_content() == box


def test_the_next_rows_are_put_under_the_first(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals")
    page.locator("#more a").click()
    page.wait_for_selector("#rows tr[data-row]:nth-child(51)")
    boxes = page.locator("#rows .box a").all_text_contents()
    assert len(boxes) == len(set(boxes))
    assert page.url == f"{site.address}/arrivals"


def test_a_bulk_act_is_told_and_taken_back(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals")
    page.locator("#mark-all").check()
    assert page.locator("#bulk output").text_content() == "50"
    page.locator("#bulk button[value=claim]").click()
    page.wait_for_selector(".toast")
    assert "50" in page.locator(".toast span").text_content()
    page.locator(".toast form button").click()
    page.wait_for_selector(".toast")
    page.goto("/arrivals?claimed=me")
    assert page.locator("#rows tr[data-row]").count() == 0


def test_what_cannot_be_taken_back_is_asked_first(site: Site, opened: Any) -> None:
    page = opened().page
    page.goto("/arrivals")
    page.locator("#rows input[type=checkbox]").nth(1).check()
    page.locator("#bulk input[name=reason]").fill("seen and clean")
    page.locator("#bulk button[value=release]").click()
    assert page.locator("dialog#confirm").is_visible()
    page.locator("dialog#confirm button[value='']").click()
    assert page.locator(".toast").count() == 0
    page.locator("#bulk button[value=release]").click()
    page.locator("dialog#confirm button[value=yes]").click()
    page.wait_for_selector(".toast")


def test_many_tabs_stay_live_on_one_stream(site: Site, opened: Any) -> None:
    first = opened()
    tabs = [first.page, *[first.page.context.new_page() for _ in range(8)]]
    for tab in tabs:
        tab.goto("/arrivals")
    time.sleep(1.5)
    from tests.console.conftest import ADA

    from vigie.desk import arrivals
    from vigie.desk.views import ArrivalsQuery

    row = arrivals.page(ADA, ArrivalsQuery(sort="due", descending=False), site.port.node).rows[0]
    arrivals.override(ADA, row.visit, "hold", "to see it live", site.port.node)
    for tab in tabs:
        tab.wait_for_selector("#changed:not([hidden])", timeout=15_000)
    tabs[-1].goto("/")
    assert tabs[-1].locator("h1").is_visible()


def test_the_list_is_whole_without_scripts(site: Site, opened: Any) -> None:
    page = opened(java_script_enabled=False).page
    page.goto("/arrivals")
    assert page.locator("#rows tr[data-row]").count() == 50
    page.locator("#more a").click()
    assert page.locator("#rows tr[data-row]").count() > 0
    page.goto("/arrivals")
    page.locator("#filters select[name=bands]").select_option("ordinary")
    page.locator("#filters button").click()
    assert "bands=ordinary" in page.url


def test_the_link_signs_in_once(site: Site, opened: Any) -> None:
    from tests.console.conftest import BO

    from vigie.desk import officers

    token = officers.link(None, BO.id, site.port.node).token
    page = opened().page
    page.context.clear_cookies()
    page.goto(f"/sign-in/{token}")
    page.locator("form button").click()
    page.wait_for_url(f"{site.address}/")
    assert page.locator(".about details.menu summary").text_content() == BO.name
    page.goto(f"/sign-in/{token}")
    page.locator("form button").click()
    assert page.locator("[role=alert]").is_visible()


def test_pictures_for_the_readme(site: Site, opened: Any, tmp_path: Path) -> None:
    folder = Path(SHOTS) if SHOTS else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in (("today", "/"), ("arrivals", "/arrivals"), ("container", site.box), ("plan", "/selection")):
        for scheme in ("light", "dark"):
            page = opened(color_scheme=scheme, viewport={"width": 1440, "height": 900}).page
            page.goto(path)
            if name == "container":
                page.wait_for_selector("#map[data-drawn=yes]", timeout=15_000)
            page.screenshot(path=str(folder / f"{name}-{scheme}.png"))
            assert (folder / f"{name}-{scheme}.png").stat().st_size > 10_000
