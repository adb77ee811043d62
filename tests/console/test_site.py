"""Every address answers: pages with their frame, acts only by POST, and errors in the reader's language."""

import re

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import Port

from vigie.console.guard import HEADERS
from vigie.console.site import ACTS, LOOKS

PAGES = ("/", "/arrivals", "/selection", "/selection/print", "/risk/watchlists", "/risk/indicators", "/audit",
         "/audit/verify", "/search?q=MSC", "/search", "/help")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_its_frame(ada: Client, path: str) -> None:
    answer = ada.get(path)
    page = answer.text
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    for part in ('class="skip"', 'role="search"', 'id="clock"', "TLP:RED", "SIMULATED DATA", "Test port", 'id="main"'):
        assert part in page
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert not re.search(r"\sstyle=|<script(?![^>]*src=)|\son\w+=", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_look_is_never_an_act_and_an_act_never_a_look(ada: Client) -> None:
    shared = {path: look for path, look in LOOKS if path in dict(ACTS)}  # a form is shown and sent to one address
    assert {path for path, look in shared.items() if look is dict(ACTS)[path]} == set()
    assert ada.get("/arrivals/bulk").status_code in {404, 405}
    assert ada.post("/arrivals").status_code == 405


@pytest.mark.parametrize(("language", "told"), [("fr", "Cette page"), ("nl", "Deze pagina"), ("es-MX", "Esta página")])
def test_what_no_page_answers_is_said_in_the_readers_language(stranger: Client, language: str, told: str) -> None:
    answer = stranger.get("/no/such/page", headers={"accept-language": language})
    assert answer.status_code == 404
    assert told in answer.text


def test_a_fault_of_ours_is_told_without_its_inside(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*asked: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("vigie.desk.today.frame", broken)
    with browse(port.app, loud=False) as client:
        client.cookies.set("vigie", port.ada)
        answer = client.get("/", headers={"accept-language": "pt"})
    assert answer.status_code == 500
    assert "Ocorreu um erro do nosso lado" in answer.text
    assert "inside" not in answer.text


def test_what_a_message_says_is_never_markup(ada: Client) -> None:
    page = ada.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("short", "where"),
    [("/read", "/scanning/read"), ("/train", "/scanning/train"), ("/scanning", "/scanning/read"),
     ("/scan/X574B64CD1F17F42", "/scanning/scan/X574B64CD1F17F42"), ("/scan/%2E%2E%22", "/scanning/scan/..%22")],
)  # fmt: skip
def test_short_addresses_of_scans_lead_to_their_pages(stranger: Client, short: str, where: str) -> None:
    answer = stranger.get(short)
    assert (answer.status_code, answer.headers["location"]) == (308, where)
