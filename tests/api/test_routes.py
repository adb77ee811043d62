import re

import pytest
from openapi_spec_validator import validate
from starlette.routing import Mount
from tests.desk.port import BOB

from vigie.api import create_api
from vigie.app.web import create_app
from vigie.desk import officers, today


@pytest.fixture
def described(asking):
    return asking().get("/openapi.json").json()


def operations(described):
    return [(path, method, one) for path, route in described["paths"].items() for method, one in route.items()]


def test_the_description_is_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_every_operation_says_what_it_does_and_how_it_refuses(described):
    names = [one["operationId"] for _, _, one in operations(described)]
    assert len(names) == len(set(names)) > 35
    for path, method, one in operations(described):
        assert one["summary"], (path, method)
        assert one["description"], (path, method)
        assert {"401", "403", "422"} <= set(one["responses"])
        assert "application/problem+json" in one["responses"]["422"]["content"]


def test_every_operation_asks_for_a_session_first(described, asking):
    nobody = asking()
    for path, method, _ in operations(described):
        concrete = re.sub(r"\{\w+\}", "1", path.replace("{day}", "2026-03-02").replace("{site}", "BEANR"))
        told = nobody.request(
            method.upper(), concrete, json={}, params={"q": "x", "order": "x", "by": "x", "kind": "x", "term": "x"}
        )
        assert (told.status_code, told.headers["content-type"]) == (401, "application/problem+json"), (method, path)


def test_what_is_not_there_is_a_problem_document(bob):
    assert bob.problem(404, "GET", "/v1/no-such-thing")["title"] == "not-found"
    bob.problem(405, "DELETE", "/v1/today")


def test_a_fault_nobody_foresaw_tells_nothing_of_itself(bob, monkeypatch):
    def broken(officer, node):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(today, "today", broken)
    assert "secret" not in str(bob.problem(500, "GET", "/v1/today"))


def test_in_the_application_another_sites_page_cannot_act(node, asks):
    app = create_app(node, [Mount("/api", create_api(node))])
    token = officers.sign_in(officers.link(None, BOB.id, node).token, node).token
    browser = asks(app, base_url="http://vigie.test", cookies={"vigie": token})
    body = {"visits": ["X-1"], "act": "claim"}
    for forged in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.test"}, {}):
        assert browser.post("/api/v1/arrivals/bulk", json=body, headers=forged).status_code == 403
    own = browser.post("/api/v1/arrivals/bulk", json=body, headers={"origin": "http://vigie.test"})
    assert (own.status_code, own.json()["refused"]) == (200, ["X-1"])
    program = asks(app, base_url="http://vigie.test", headers={"authorization": f"Bearer {token}"})
    assert program.post("/api/v1/arrivals/bulk", json=body).status_code == 200
    page = browser.get("/api/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert browser.get("/api/openapi.json").json()["servers"] == [{"url": "/api"}]
