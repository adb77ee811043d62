"""The pages of the policy: as it came, a draft by form, faults at their place, four eyes, what it changes."""

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.console.policy import filled, read_form
from vigie.desk import policy as desk


def form_of(port: Port, **changes: str) -> dict[str, str]:
    return filled(desk.show(ADA, port.node).values) | {"reason": "less trust", "do": "keep"} | changes


def test_as_it_came_is_shown_with_all_its_values(ada: Client) -> None:
    page = ada.get("/risk/policy").text
    assert "As it came" in page or "came with vigie" in page
    assert 'href="/risk/policy/0"' in page
    shown = ada.get("/risk/policy/0").text
    for told in ("Bands of the score", "Shares of chance", "Where boxes start", "Weights of indicators", "In nothing that you may know"):
        assert told in shown
    assert 'href="/risk/policy"' in ada.get("/risk/indicators").text


def test_the_form_gives_back_what_it_shows(port: Port) -> None:
    values = desk.show(ADA, port.node).values
    told, wrong = read_form(filled(values))  # type: ignore[arg-type]
    assert wrong == ()
    assert desk.check(ADA, told, port.node).changes == ()


def test_a_fault_comes_back_at_its_place_with_what_was_typed(ada: Client, port: Port) -> None:
    page = ada.post("/risk/policy", data=form_of(port, most="99999", uniform="much", do="check")).text
    assert "A whole number is needed here." in page
    assert 'value="99999"' in page
    page = ada.post("/risk/policy", data=form_of(port, most="99999", do="check")).text
    assert "This value lies outside: 1 to 20000." in page
    page = ada.post("/risk/policy", data=form_of(port, most="4000", reason="")).text
    assert "Say why" in page
    assert [one.version for one in desk.policies(ADA, port.node)] == [0]


def test_a_draft_is_kept_compared_and_not_approved_by_its_author(ada: Client, port: Port) -> None:
    made = ada.post("/risk/policy", data=form_of(port, most="4000", do="submit"))
    assert (made.status_code, made.headers["location"]) == (303, "/risk/policy/1")
    page = ada.get("/risk/policy/1?before=0&after=1").text
    assert "<del>+9.21</del>" in page
    assert "<ins>+4.00</ins>" in page
    assert 'value="approve"' not in page
    assert "Waits for a second officer" in page
    assert ada.post("/risk/policy/1/steps", data={"verb": "approve", "reason": "fine by me"}).status_code == 403
    assert ada.post("/risk/policy/1/steps", data={"verb": "shadow"}).status_code == 422
    assert "policy@1" in ada.get("/risk/simulation").text
    assert "Slots left to chance" in ada.get("/risk/simulation?draft=policy@1").text
    assert ada.post("/risk/policy/1/steps", data={"verb": "withdraw", "reason": "again"}).status_code == 303


def test_who_may_not_sees_nothing_of_it(bo: Client) -> None:
    for path in ("/risk/policy", "/risk/policy/0", "/risk/policy/edit"):
        assert bo.get(path).status_code == 404
