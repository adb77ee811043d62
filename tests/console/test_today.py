"""Today: the numbers lead to their lists, warnings can be read, the help tells the keys."""

import re

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.console.today import COUNTS, LINKS
from vigie.desk import today as desk


def test_each_number_leads_to_its_list(port: Port, ada: Client) -> None:
    counts = desk.today(ADA, port.node).counts
    page = ada.get("/").text
    for name in COUNTS:
        assert f"{counts.get(name, 0):,}" in page
        assert ada.get(LINKS[name]).status_code == 200


def test_the_moving_part_comes_alone(ada: Client) -> None:
    part = ada.get("/", headers={"hx-request": "true", "hx-request-type": "partial"}).text
    assert "<html" not in part
    assert "My queue" in part


def test_warnings_are_read_once(port: Port, ada: Client) -> None:
    while notices := [str(one.id) for one in desk.today(ADA, port.node).notices]:
        assert ada.post("/notices/seen", data={"notice": notices}).status_code == 303
        assert {str(one.id) for one in desk.today(ADA, port.node).notices}.isdisjoint(notices)
    assert "No unread warnings" in ada.get("/").text


def test_the_help_tells_every_key_as_page_and_as_overlay(ada: Client) -> None:
    page = ada.get("/help").text
    overlay = ada.get("/help", headers={"hx-request-type": "partial"}).text
    for keys in ("j / k", "g a", "Esc", "?"):
        assert f"<kbd>{keys}</kbd>" in page
        assert f"<kbd>{keys}</kbd>" in overlay
    assert "<html" not in overlay
    letters = set(re.findall(r'data-go="(\w)"', page))
    assert {keys[-1] for keys in re.findall(r"<kbd>(g \w)</kbd>", page)} == letters
