"""A port operator against every route: nothing but the own terminal, and refusals that say nothing."""

import re

import pytest
from fastapi.openapi.utils import get_openapi
from tests.api.conftest import BOXES
from tests.desk.port import BOB, an_officer, discharge, take_in

from vigie.api import create_api
from vigie.desk import arrivals, officers
from vigie.terms import Handling, Purpose, Role

PIA = an_officer("pia", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), sites=("BEANR",), terminals=("1742",))
OPEN = {("get", "/v1/terminal"), ("get", "/v1/risk/scans-needed"), ("get", "/v1/ports/figures")}
"""Routes that answer an operator: the own boxes, arithmetic that knows no box, figures without persons."""

EMPTY = {("get", "/v1/risk/indicators/waiting")}
"""Routes that answer everybody, and an operator with nothing."""

OWN = {("get", "/v1/session"), ("delete", "/v1/session"), ("get", "/v1/preferences"), ("put", "/v1/preferences"), ("post", "/v1/sign-out")}
"""Routes about the asking officer alone."""

SIGNED = {("post", "/v1/tracking/release-events")}
"""Routes of other systems: a signature opens them, no session does."""

HERE = BOXES[:3]


@pytest.fixture
def pia(node, asks):
    take_in(node, discharge(*HERE, number=77))
    arrivals.override(BOB, f"{HERE[0]}-1", "select", "secret reason", node)
    officers.add(None, PIA, node)
    token = officers.sign_in(officers.link(None, PIA.id, node).token, node).token
    return asks(create_api(node), headers={"authorization": f"Bearer {token}"})


def secrets_of(node):
    """Words that no answer to an operator may hold: of rules, scores, strata, parties, other boxes."""
    listed = node.store.visits.get([f"{box}-1" for box in BOXES])
    scores = {str(abs(kept.listed.score_milli)) for kept in listed.values()}
    ids = {one.id for one in node.rules.policy.indicators if len(one.id) > 2}
    texts = {node.rules.title(one.id, "en") for one in node.rules.policy.indicators}
    return scores | texts | {*ids, "secret reason", "Fruta", "Guayaquil", "ordinary", "uniform", "tilted", *BOXES[3:]}


def every_route(app):
    for path, route in get_openapi(title="x", version="1", routes=app.routes)["paths"].items():
        for method in route:
            yield method, path


def concrete(path):
    named = {"number": f"{BOXES[4]}-1", "visit": f"{BOXES[4]}-1", "wanted": f"{BOXES[4]}-1", "site": "BEANR", "day": "2026-03-02", "table": "strata"}
    return re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "1"), path)


def test_no_route_tells_an_operator_more_than_the_own_terminal(node, pia):
    app = create_api(node)
    secrets = secrets_of(node)
    answered, asked = set(), set(every_route(app))
    assert len(asked) > 40
    for method, path in asked:
        if (method, path) in OWN:
            continue
        told = pia.request(method.upper(), concrete(path), json={}, params={"q": BOXES[4], "rate": "0.01", "kind": "x", "term": "x"})
        if told.status_code < 300:
            answered.add((method, path))
            assert (method, path) not in EMPTY or told.json() == []
        else:
            wanted = {401} if (method, path) in SIGNED else {403, 404, 405, 422}
            assert told.status_code in wanted, (method, path, told.status_code, told.text)
        assert not [word for word in secrets if word in told.text], (method, path, told.text)
    assert answered <= OPEN | EMPTY, answered - OPEN
    assert ("get", "/v1/terminal") in answered


def test_the_own_terminal_is_numbers_and_states(pia):
    told = pia.told("GET", "/v1/terminal")
    assert set(told) == {"terminals", "boxes", "after"}
    assert [set(one) for one in told["boxes"]] == [{"container", "state"}] * 3
    assert {one["container"]: one["state"] for one in told["boxes"]} == {HERE[0]: "selected", HERE[1]: "not-selected", HERE[2]: "not-selected"}


def test_a_box_that_is_and_one_that_is_not_are_refused_alike(pia):
    there, nowhere = (pia.problem(403, "GET", f"/v1/arrivals/{box}") for box in (BOXES[4], "XXXU0000000"))
    assert there == nowhere
