"""The editor marks a fault at its place, keeps a draft, and shows what was imported."""

from tests.console.browsing import Client
from tests.console.conftest import Port
from tests.console.test_indicators_form import posted
from tests.desk.test_indicators import fields

from vigie.console.indicators_form import editor_of
from vigie.desk.lifecycle import known
from vigie.risk import RuleKind


def filled(**more):
    return dict(posted(editor_of(fields(**more) | {"valid_from": "2020-01-01"}, "a good reason")))


def test_the_editor_opens_on_nothing_and_on_an_indicator(ada: Client) -> None:
    assert "data-hx-post" in ada.get("/risk/indicators/edit").text
    page = ada.get("/risk/indicators/edit?id=C7").text
    assert 'value="seals"' in page
    assert "nothing wrong" in page
    assert ada.get("/risk/indicators/edit?id=NONE").status_code == 404


def test_a_fault_is_marked_at_its_condition(ada: Client) -> None:
    page = ada.post("/risk/indicators/edit", data=filled() | {"0-value": "many"}).text
    _, _, after = page.partition('id="line-0"')
    assert after.index("late small") < after.index('id="line-1"')
    assert "<mark>" in page
    text = ada.post("/risk/indicators/edit", data=filled() | {"mode": "text", "expression": "seals = null"}).text
    assert "<mark>n</mark>" in text


def test_a_draft_is_kept_with_a_reason_and_without_faults(port: Port, ada: Client) -> None:
    assert "Say why" in ada.post("/risk/indicators", data=filled(name="ED1") | {"why": ""}).text
    assert ada.post("/risk/indicators", data=filled(name="ED1") | {"0-value": "many"}).status_code == 200
    assert known(RuleKind.INDICATOR, "ED1", port.node) == ()
    told = ada.post("/risk/indicators", data=filled(name="ED1") | {"do": "submit"})
    assert (told.status_code, told.headers["location"]) == (303, "/risk/indicators/ED1?version=1")
    assert [one.state for one in known(RuleKind.INDICATOR, "ED1", port.node)] == ["submitted"]


def test_rules_are_imported_as_drafts(ada: Client) -> None:
    assert "asycuda" in ada.get("/risk/indicators/import").text
    rule = 'If ComCod = "080810" and CtyOrigCod = "US" Then RedLane IS 30; Endif;'
    page = ada.post("/risk/indicators/import", data={"form": "asycuda", "text": rule}).text
    assert "hs6 = &#39;080810&#39;" in page
    assert "1 doubts" in page
    assert ada.post("/risk/indicators/import", data={"form": "asycuda"}).status_code == 422


def test_who_may_not_draft_sees_no_editor(bo: Client) -> None:
    assert bo.get("/risk/indicators/edit").status_code == 404
    assert bo.get("/risk/indicators/import").status_code == 404
    assert bo.post("/risk/indicators", data=filled(name="ED2")).status_code == 404
