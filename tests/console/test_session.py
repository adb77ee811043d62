"""The door: who gets in, how, and as whom."""

import pytest
from tests.console.browsing import Client
from tests.console.conftest import ADA, BO, Port

from vigie.desk import officers
from vigie.desk.views import Preferences
from vigie.terms import Language


def test_nobody_sees_a_page_without_a_session(stranger: Client) -> None:
    for path in ("/", "/arrivals", "/audit", "/search?q=x", "/arrivals.csv"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    fragment = stranger.get("/arrivals", headers={"hx-request": "true"})
    assert (fragment.status_code, fragment.headers["hx-redirect"]) == (401, "/sign-in")


def test_a_look_at_the_link_does_not_use_it_up(port: Port, stranger: Client) -> None:
    token = officers.link(None, BO.id, port.node).token
    assert stranger.get(f"/sign-in/{token}").status_code == 200
    assert stranger.get(f"/sign-in/{token}").status_code == 200
    opened = stranger.post(f"/sign-in/{token}")
    cookie = opened.headers["set-cookie"]
    assert opened.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert stranger.get("/").status_code == 200
    assert stranger.post(f"/sign-in/{token}").status_code == 403


def test_over_tls_the_cookie_is_bound_to_this_host(port: Port) -> None:
    from tests.console.browsing import browse

    token = officers.link(None, BO.id, port.node).token
    with browse(port.app, base_url="https://localhost") as client:
        cookie = client.post(f"/sign-in/{token}").headers["set-cookie"]
    assert cookie.startswith("__Host-vigie=")
    assert "Secure" in cookie


def test_signing_out_ends_the_session_everywhere(port: Port, stranger: Client) -> None:
    stranger.post(f"/sign-in/{officers.link(None, BO.id, port.node).token}")
    token = stranger.cookies["vigie"]
    assert stranger.post("/sign-out").status_code == 303
    stranger.cookies.set("vigie", token)
    assert stranger.get("/").status_code == 303


def test_in_the_demonstration_one_may_go_on_as_the_other(port: Port, stranger: Client) -> None:
    stranger.post(f"/sign-in/{officers.link(None, BO.id, port.node).token}")
    assert ADA.name in stranger.get("/").text
    stranger.post("/me/switch", data={"officer": "ada"})
    assert "/audit" in stranger.get("/").text
    assert stranger.post("/me/switch", data={"officer": "nobody"}).status_code == 404


@pytest.mark.parametrize("language", list(Language))
def test_language_and_theme_are_the_officers_own(port: Port, ada: Client, language: Language) -> None:
    answer = ada.post("/me/preferences", data={"language": str(language), "theme": "dark", "back": "/arrivals?bands=high"})
    assert answer.headers["location"] == "/arrivals?bands=high"
    page = ada.get("/").text
    assert f'<html lang="{language}" data-theme="dark"' in page
    officers.prefer(ADA, Preferences(), port.node)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_after_an_act_nobody_is_sent_elsewhere(ada: Client, where: str) -> None:
    assert ada.post("/me/preferences", data={"back": where}).headers["location"] == "/"


def test_what_a_role_may_not_do_is_not_offered(ada: Client, bo: Client) -> None:
    assert 'href="/audit"' in ada.get("/").text
    assert 'href="/audit"' not in bo.get("/").text
    assert bo.get("/audit").status_code == 404
    assert 'lang="nl"' in bo.get("/audit").text
