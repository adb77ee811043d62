"""Requests that another site's page made are refused; every answer carries the headers."""

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.console.browsing import browse

from vigie.console.guard import HEADERS, POLICY, Guard, is_forged


@pytest.mark.parametrize(
    ("method", "headers", "forged"),
    [
        ("GET", {"sec-fetch-site": "cross-site", "cookie": "vigie=a"}, False),
        ("POST", {"sec-fetch-site": "same-origin", "cookie": "vigie=a"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("POST", {"sec-fetch-site": "same-site", "cookie": "vigie=a"}, True),
        ("POST", {"sec-fetch-site": "cross-site"}, True),
        ("POST", {"origin": "http://node.example:8000", "host": "node.example:8000"}, False),
        ("POST", {"origin": "http://evil.example", "host": "node.example"}, True),
        ("POST", {"origin": "null", "host": "node.example"}, True),
        ("POST", {"cookie": "vigie=a", "host": "node.example"}, True),
        ("POST", {"authorization": "Bearer x", "host": "node.example"}, False),
        ("DELETE", {"cookie": "vigie=a"}, True),
    ],
)
def test_who_made_the_request_decides(method: str, headers: dict[str, str], forged: bool) -> None:
    assert is_forged(method, Headers(headers)) is forged


def _app() -> Starlette:
    async def page(request: Request) -> Response:
        return PlainTextResponse("reached")

    return Starlette(routes=[Route("/", page, methods=["GET", "POST"])], middleware=[Middleware(Guard)])


def test_a_forged_form_never_reaches_the_page() -> None:
    with browse(_app()) as client:
        refused = client.post("/", headers={"sec-fetch-site": "cross-site"})
        assert (refused.status_code, "reached" in refused.text) == (403, False)
        assert client.post("/", headers={"sec-fetch-site": "same-origin"}).text == "reached"


def test_every_answer_carries_the_headers_even_a_refusal() -> None:
    with browse(_app()) as client:
        for answer in (client.get("/"), client.get("/nowhere"), client.post("/", headers={"origin": "http://evil.example"})):
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
            assert answer.headers["cache-control"] == "no-store"


def test_the_policy_allows_nothing_unsafe_and_nobody_else() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
    assert POLICY.startswith("default-src 'none'")
