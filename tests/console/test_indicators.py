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
    assert "Z1" in ada.get("/").text
    assert 'value="approve"' in ada.get("/risk/indicators/Z1").text
    told = ada.post("/risk/indicators/Z1/steps", data={"version": "1", "verb": "approve", "reason": "looks right"})
    assert told.status_code == 303
    assert ada.post("/risk/indicators/Z1/steps", data={"version": "1", "verb": "live"}).status_code == 303
    assert {one.state for one in known(RuleKind.INDICATOR, "Z1", port.node)} == {"live"}
    assert ada.post("/risk/indicators/Z1/steps", data={"version": "x", "verb": "live"}).status_code == 422


def test_two_versions_are_compared(port: Port, ada: Client) -> None:
    drafted(port, SUE, name="X5")
    drafted(port, SUE, name="X5", expression="seals = 1 and empty = false and hs2 = '08'", fires=[{"seals": 1, "empty": False, "hs2": "08"}] * 2)
    page = ada.get("/risk/indicators/X5?before=1&after=2").text
    assert "<del>seals = 1 and empty = false</del>" in page
    assert "say the same" in ada.get("/risk/indicators/X5?before=1&after=1").text


def test_a_rule_held_closely_is_shown_to_who_says_why(ada: Client, port: Port) -> None:
    name = next(one.id for one in port.node.rules.written if one.handling >= 3)
    where = f"/risk/indicators/{name}"
    page = ada.get(f"{where}?version=1").text
    assert f"Why do you look at {name}?" in page
    assert 'name="reason"' in page
    assert "formula" not in page
    assert "Why do you look" in ada.get(f"{where}/export?form=text").text
    assert "Why do you look" in ada.get(f"/risk/indicators/edit?id={name}&version=1").text
    assert "Why do you look" in ada.post(f"{where}/look", data={"reason": " x", "back": where}).text
    told = ada.post(f"{where}/look", data={"reason": "ship of the 4th", "back": f"{where}?version=1"})
    assert (told.status_code, told.headers["location"]) == (303, f"{where}?version=1")
    assert "Why do you look" not in ada.get(where).text
    assert ada.get(f"{where}/export?form=text").headers["content-type"].startswith("text/plain")
    looks = port.node.store.trail.page(None, 10, act="see-rule", subject=f"indicator {name} v1")
    assert {one.entry.facts.get("reason") for one in looks} == {"ship of the 4th"}
