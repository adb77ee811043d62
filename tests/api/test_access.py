import pytest
from tests.desk.port import BOB

from vigie.api.access import COOKIE_NAMES
from vigie.desk import officers


def test_without_a_session_nothing_is_answered(asking):
    nobody = asking()
    assert nobody.problem(401, "GET", "/v1/today")["title"] == "sign-in"
    assert nobody.get("/v1/today").headers["www-authenticate"] == "Bearer"
    for headers in (
        {"authorization": "Bearer x"},
        {"authorization": "Basic x"},
        {"cookie": "vigie=x"},
        {"authorization": ""},
    ):
        assert nobody.get("/v1/today", headers=headers).status_code == 401


@pytest.mark.parametrize("name", COOKIE_NAMES)
def test_the_cookie_of_the_console_is_a_session(asking, node, name):
    token = officers.sign_in(officers.link(None, BOB.id, node).token, node).token
    nobody = asking()
    assert nobody.get("/v1/today", headers={"cookie": f"{name}={token}"}).status_code == 200
    officers.sign_out(token, node)
    assert nobody.get("/v1/today", headers={"cookie": f"{name}={token}"}).status_code == 401


def test_an_officer_who_left_is_nobody(asking, node):
    ann = asking("ann")
    assert ann.get("/v1/today").status_code == 200
    officers.deactivate(officers.OPERATOR, "ann", node)
    ann.problem(401, "GET", "/v1/today")
