"""The catalogue, one indicator with its versions, and the steps of its life-cycle, as pages."""

import re

import msgspec
from tests.console.browsing import Client
from tests.console.conftest import ADA, Port
from tests.desk.test_indicators import fields

from vigie.desk import indicators as desk
from vigie.desk.lifecycle import known
from vigie.risk import RuleKind
from vigie.terms import OfficerId

SUE = msgspec.structs.replace(ADA, id=OfficerId("sue"), name="Sue")


def drafted(port: Port, officer, **more) -> None:
    made = desk.draft(officer, fields(**more), "a reason", port.node)
    desk.step(officer, made.id, made.version, "submit", "", port.node)


def test_the_catalogue_shows_every_indicator_and_filters(port: Port, ada: Client) -> None:
    page = ada.get("/risk/indicators").text
    shown = set(re.findall(r'id="i-([^"]+)"', page))
    assert shown == {one.id for one in desk.catalogue(ADA, port.node)}
    assert len(shown) >= 25
    some = set(re.findall(r'id="i-([^"]+)"', ada.get("/risk/indicators?family=T").text))
    assert some == {one for one in shown if one.startswith("T")}
    assert "No indicator" in ada.get("/risk/indicators?state=draft").text
    assert "seals = 0" not in page


def test_one_indicator_is_shown_whole(ada: Client) -> None:
    page = ada.get("/risk/indicators/C7").text
    assert "seals = 0 and empty = false" in page
    assert 'data-hx-get="/risk/simulate?draft=C7%401"' in page or 'may(' not in page
    assert ada.get("/risk/indicators/NONE").status_code == 404
    assert ada.get("/risk/indicators/C7/export?form=text").text == "seals = 0 and empty = false\n"


def test_a_second_officer_decides_on_the_page(port: Port, ada: Client) -> None:
    drafted(port, SUE)
    page = ada.get("/risk/indicators").text
    assert "Waits for a second officer" in page
    assert "X1" in ada.get("/").text
    assert 'value="approve"' in ada.get("/risk/indicators/X1").text
    told = ada.post("/risk/indicators/X1/steps", data={"version": "1", "verb": "approve", "reason": "looks right"})
    assert told.status_code == 303
    assert ada.post("/risk/indicators/X1/steps", data={"version": "1", "verb": "live"}).status_code == 303
    assert {one.state for one in known(RuleKind.INDICATOR, "X1", port.node)} == {"live"}
    assert ada.post("/risk/indicators/X1/steps", data={"version": "x", "verb": "live"}).status_code == 422


def test_two_versions_are_compared(port: Port, ada: Client) -> None:
    drafted(port, SUE, name="X5")
    drafted(port, SUE, name="X5", expression="seals = 1 and empty = false and hs2 = '08'", fires=[{"seals": 1, "empty": False, "hs2": "08"}] * 2)
    page = ada.get("/risk/indicators/X5?before=1&after=2").text
    assert "<del>seals = 1 and empty = false</del>" in page
    assert "say the same" in ada.get("/risk/indicators/X5?before=1&after=1").text
