"""Erasure on its page: seen before it is asked for, confirmed by another administrator, told on the box's own page."""

import re
from collections.abc import Iterator

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import ADA, SITE, Port, signed_in

from vigie.desk import arrivals, officers
from vigie.desk.views import ArrivalsQuery
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role


@pytest.fixture(scope="module")
def other(port: Port) -> Iterator[Client]:
    """A second administrator."""
    bea = Officer(OfficerId("bea"), "Bea", (Role.ADMINISTRATOR, Role.AUDITOR), Handling.AMBER,
                  purposes=(Purpose.ADMINISTRATION, Purpose.OVERSIGHT))  # fmt: skip
    officers.add(None, bea, port.node)
    with browse(port.app, cookies={"vigie": signed_in(port.node, bea)}) as client:
        yield client


def test_an_erasure_is_seen_asked_for_confirmed_and_told(port: Port, ada: Client, other: Client) -> None:
    rows = arrivals.page(ADA, ArrivalsQuery(sort="container", statuses=("gone",), sites=(SITE,)), port.node).rows
    visit = rows[-1].visit
    assert "/audit/erasure" in ada.get("/audit").text
    page = ada.get(f"/audit/erasure?kind=box&wanted={visit}").text
    assert "This would be erased" in page
    assert visit in page
    asked = ada.post("/audit/erasure", data={"kind": "box", "wanted": visit, "reason": "the trader asked", "basis": "GDPR 17"})
    where = asked.headers["location"]
    assert "Withdraw" in ada.get(where).text
    assert ada.post(where, data={"decision": "confirmed"}).status_code == 403
    seen = other.get(where).text
    units = re.search(r'name="units" value="(\d+)"', seen)
    assert units is not None
    assert other.post(where, data={"decision": "confirmed", "units": units[1]}).status_code == 303
    assert "keys destroyed" in other.get(where).text
    gone = ada.get(f"/arrivals/{visit}")
    assert gone.status_code == 410
    assert visit in gone.text
    assert "This box was erased" in gone.text
    assert other.get("/audit/verify").text.count(">whole</span>") == 2


def test_what_is_not_there_is_said_on_the_page(ada: Client, bo: Client) -> None:
    assert 'role="alert"' in ada.get("/audit/erasure?kind=box&wanted=nothing").text
    assert 'role="alert"' in ada.get("/audit/erasure?kind=days&wanted=yesterday").text
    assert ada.post("/audit/erasure", data={"kind": "box", "wanted": "x", "reason": "", "basis": "law"}).status_code == 422
    assert bo.get("/audit/erasure").status_code == 404
    assert ada.get("/audit/erasure/1").status_code == 404
